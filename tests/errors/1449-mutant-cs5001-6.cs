using System.Text;
namespace My.App;
public static class Program { public static double Main(string[] args) { var sb = new StringBuilder(); sb.Append(1).Append("x").AppendLine(); sb.AppendFormat("{0}", 3); Console.Write(sb.ToString()); return args.Length; } }
