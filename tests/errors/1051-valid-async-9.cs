var sem = new SemaphoreSlim(1, 1);
int total = 0;
await Task.WhenAll(Enumerable.Range(0, 3).Select(async i => { await sem.WaitAsync(); try { total += i; } finally { sem.Release(); } }));
Console.WriteLine(total);
