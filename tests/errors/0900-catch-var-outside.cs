try { } catch (Exception e) { }
Console.WriteLine(e);
