using static System.Threading;
Console.WriteLine(1);
