Console.WriteLine(x);
int x = 1;
