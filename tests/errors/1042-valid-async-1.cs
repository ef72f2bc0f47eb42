static async IAsyncEnumerable<int> Count(int n, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default) { for (int i = 0; i < n; i++) { await Task.Delay(1, ct); yield return i; } }
await foreach (var x in Count(3)) Console.WriteLine(x);
await foreach (var x in Count(2).WithCancellation(CancellationToken.None).ConfigureAwait(false)) Console.WriteLine(x);
