// A task type and a builder of one's own.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
// custom task-like and builder
Console.WriteLine(await Compute(5)); 
static async MyTask<int> Compute(int x) { await Task.Delay(1); return x * 2; }
[System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(MyBuilder<>))] class MyTask<T>
{
    public TaskCompletionSource<T> Tcs = new();
    public System.Runtime.CompilerServices.TaskAwaiter<T> GetAwaiter() => Tcs.Task.GetAwaiter();
}
struct MyBuilder<T>
{
    MyTask<T> task;
    public static MyBuilder<T> Create() => new() { task = new() };
    public MyTask<T> Task => task;
    public void Start<S>(ref S s) where S : System.Runtime.CompilerServices.IAsyncStateMachine { Console.WriteLine("start"); s.MoveNext(); }
    public void SetStateMachine(System.Runtime.CompilerServices.IAsyncStateMachine s) { }
    public void SetResult(T r) { Console.WriteLine("result"); task.Tcs.SetResult(r); }
    public void SetException(Exception e) => task.Tcs.SetException(e);
    public void AwaitOnCompleted<A, S>(ref A a, ref S s) where A : System.Runtime.CompilerServices.INotifyCompletion where S : System.Runtime.CompilerServices.IAsyncStateMachine => a.OnCompleted(s.MoveNext);
    public void AwaitUnsafeOnCompleted<A, S>(ref A a, ref S s) where A : System.Runtime.CompilerServices.ICriticalNotifyCompletion where S : System.Runtime.CompilerServices.IAsyncStateMachine
    {
        Console.WriteLine("await");
        a.UnsafeOnCompleted(s.MoveNext);
    }
}
