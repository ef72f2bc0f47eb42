try { } finally { goto L; }
L: Console.WriteLine();
