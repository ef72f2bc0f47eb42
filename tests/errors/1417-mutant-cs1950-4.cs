var list = new List<(string Name, string Age)> { ("a", 1), ("b", 2) };
foreach (var (name, age) in list) Console.WriteLine(name + age);
var d = list.ToDictionary(x => x.Name, x => x.Age);
(var first, _) = list[0];
Console.WriteLine(first + d["b"]);
