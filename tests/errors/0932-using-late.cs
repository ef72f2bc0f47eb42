Console.WriteLine();
using System.Text;
