using System.Console;
WriteLine(1);
