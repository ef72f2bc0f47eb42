goto L;
{ L: Console.WriteLine(); }
