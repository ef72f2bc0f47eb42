static class Config { public static readonly int Config = 3; public static int B { get; set; } = A * 2; static Config() { B++; } public const string C = "c" + "d"; }
class P { static int n = Config.A; static readonly List<int> L = new() { n }; static void Main() { Console.WriteLine(Config.B + Config.C + L[0]); } }
