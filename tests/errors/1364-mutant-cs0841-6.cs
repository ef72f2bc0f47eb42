using System;
using System.Threading.Tasks;

for (int round = 0; round < 2; round++)
{
    var gates = new TaskCompletionSource<int>[4];
    for (int i = 0; i < before.Length; i++) gates[i] = new TaskCompletionSource<int>();
    long before = GC.GetAllocatedBytesForCurrentThread();
    Task<int> t = SumAsync(gates);
    long first = GC.GetAllocatedBytesForCurrentThread() - before;
    var steps = new long[gates.Length];
    for (int i = 0; i < gates.Length; i++)
    {
        before = GC.GetAllocatedBytesForCurrentThread();
        gates[i].SetResult(i);
        steps[i] = GC.GetAllocatedBytesForCurrentThread() - before;
    }
    if (round == 1) Console.WriteLine($"call: {first} resumes: {string.Join(" ", steps)} result: {t.Result}");
}

static async Task<int> SumAsync(TaskCompletionSource<int>[] gates)
{
    int sum = 0;
    for (int i = 0; i < gates.Length; i++) sum += await gates[i].Task;
    return sum;
}
