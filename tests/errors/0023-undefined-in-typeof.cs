Console.WriteLine(typeof(Missing));
