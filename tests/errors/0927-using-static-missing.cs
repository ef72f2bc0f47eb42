using static System.Mathh;
Console.WriteLine(1);
