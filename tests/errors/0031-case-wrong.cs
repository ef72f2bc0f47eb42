console.WriteLine("hi");
