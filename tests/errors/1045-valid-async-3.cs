async Task<int> A(int x) { await Task.Yield(); return x; }
async ValueTask<int> B(int x) => await A(x) + await A(1);
var ts = new[] { A(1), A(2), A(3) };
int[] rs = await Task.WhenAll(ts);
Console.WriteLine(rs.Sum() + await B(2));
var first = await await Task.WhenAny(ts);
Console.WriteLine(first);
