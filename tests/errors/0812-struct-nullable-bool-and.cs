bool? a = true;
if (a && true) { }
