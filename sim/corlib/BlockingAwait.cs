using System.Threading;

namespace System.Runtime.CompilerServices;

/// What an await does that was typed at a prompt in the middle of other code: the thread waits until the awaiter says that it may
/// go on, and the other threads run.
internal static class BlockingAwait
{
    internal static void WaitFor<TAwaiter>(ref TAwaiter awaiter, bool isCompleted) where TAwaiter : INotifyCompletion
    {
        if (isCompleted)
            return;
        ManualResetEventSlim done = new ManualResetEventSlim();
        awaiter.OnCompleted(done.Set);
        done.Wait();
    }
}
