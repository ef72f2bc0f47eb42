Console.WriteLine(List<int>);
