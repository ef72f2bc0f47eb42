int? a = 1;
a.Value = 2;
