int[] a = [1, 2, 3]; List<string> l = ["a", "b"]; IEnumerable<int> e = [.. a, 4, .. a]; int[] empty = [];
Console.WriteLine(a.Length + l.Count + e.Count() + empty.Length);
static int Sum(List<int> xs) => xs.Sum(); Console.WriteLine(Sum([1, 2]));
int[][] jag = [[1], [2, 3]]; Console.WriteLine(jag[1][1]);
