static class Fixed
{
    public static async Task<int> Await(Task<int> task) => await task;

    public static async Task<string> AwaitTwice(Task<int> task, int n, string s)
    {
        int first = await task;
        int second = await task.ConfigureAwait(false);
        return first + n + s + second;
    }

    public static async ValueTask<int> AwaitValue(ValueTask<int> task) => unchecked(await task + 1000);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<int> Pooled(Task<int> task) => unchecked(await task + 1000);

    public static async Task<T> Generic<T>(Task<int> task, T value)
    {
        await task;
        return value;
    }

    public static async Task<int> Nested(Task<int> task, int depth) => depth == 0 ? await task : await Nested(task, depth - 1);

    public static async Task<int> Catch(Task<int> task)
    {
        try
        {
            return await task;
        }
        catch (FormatException e)
        {
            return e.Message.Length;
        }
        finally
        {
            Probe<int>.Kept = 1;
        }
    }

    public static async Task<int> Throw(int n)
    {
        await Task.CompletedTask;
        throw new AppException(n);
    }
}
