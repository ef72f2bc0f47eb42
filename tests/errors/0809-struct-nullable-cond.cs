bool? b = true;
if (b) { }
