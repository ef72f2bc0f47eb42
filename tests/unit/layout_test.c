/* Sizes of types as CoreCLR 10.0.0 gave them (reference/layout.py has the same rows; they were written from there).
 *
 * A row's type is a little program for a stack of fields and types:
 *   r            a reference            1 2 4 8      a primitive of so many bytes
 *   16:4         a struct of 16 bytes, aligned to 4, without references
 *   aN sN        pops N fields, pushes the struct with automatic / sequential layout that they make
 *   cN           pops N fields and the base class below them (0: object), pushes the class
 *   z o          the size of the struct / of an instance of the class on top: the result */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "code/layout.h"

typedef struct Row {
    const char *name;
    const char *program;
    uint32_t expected;
} Row;

static const Row rows[] = {
    {"Task<void>", "0 4 r r r 4 r r c7 1:1 c1 o", 72},
    {"Task<int>", "0 4 r r r 4 r r c7 4 c1 o", 72},
    {"Task<bool>", "0 4 r r r 4 r r c7 1 c1 o", 72},
    {"Task<short>", "0 4 r r r 4 r r c7 2 c1 o", 72},
    {"Task<long>", "0 4 r r r 4 r r c7 8 c1 o", 72},
    {"Task<object>", "0 4 r r r 4 r r c7 r c1 o", 72},
    {"Task<int?>", "0 4 r r r 4 r r c7 1 4 s2 c1 o", 72},
    {"Task<(int,int)>", "0 4 r r r 4 r r c7 4 4 a2 c1 o", 72},
    {"Task<DateTime>", "0 4 r r r 4 r r c7 8:8 c1 o", 72},
    {"Task<long?>", "0 4 r r r 4 r r c7 1 8 s2 c1 o", 80},
    {"Task<Guid>", "0 4 r r r 4 r r c7 16:4 c1 o", 80},
    {"Task<decimal>", "0 4 r r r 4 r r c7 16:8 c1 o", 80},
    {"Task<(string,int)>", "0 4 r r r 4 r r c7 r 4 a2 c1 o", 80},
    {"sizeof ValueTask<void>", "r 1:1 2 1 a4 z", 16},
    {"sizeof ValueTask<int>", "r 4 2 1 a4 z", 16},
    {"sizeof ValueTask<bool>", "r 1 2 1 a4 z", 16},
    {"sizeof ValueTask<short>", "r 2 2 1 a4 z", 16},
    {"sizeof ValueTask<long>", "r 8 2 1 a4 z", 24},
    {"sizeof ValueTask<object>", "r r 2 1 a4 z", 24},
    {"sizeof ValueTask<int?>", "r 1 4 s2 2 1 a4 z", 24},
    {"sizeof ValueTask<(int,int)>", "r 4 4 a2 2 1 a4 z", 24},
    {"sizeof ValueTask<DateTime>", "r 8:8 2 1 a4 z", 24},
    {"sizeof ValueTask<long?>", "r 1 8 s2 2 1 a4 z", 32},
    {"sizeof ValueTask<Guid>", "r 16:4 2 1 a4 z", 32},
    {"sizeof ValueTask<decimal>", "r 16:8 2 1 a4 z", 32},
    {"sizeof ValueTask<(string,int)>", "r r 4 a2 2 1 a4 z", 32},
    {"sizeof ValueTaskAwaiter<void>", "r 1:1 2 1 a4 a1 z", 16},
    {"sizeof ValueTaskAwaiter<int>", "r 4 2 1 a4 a1 z", 16},
    {"sizeof ValueTaskAwaiter<bool>", "r 1 2 1 a4 a1 z", 16},
    {"sizeof ValueTaskAwaiter<short>", "r 2 2 1 a4 a1 z", 16},
    {"sizeof ValueTaskAwaiter<long>", "r 8 2 1 a4 a1 z", 24},
    {"sizeof ValueTaskAwaiter<object>", "r r 2 1 a4 a1 z", 24},
    {"sizeof ValueTaskAwaiter<int?>", "r 1 4 s2 2 1 a4 a1 z", 24},
    {"sizeof ValueTaskAwaiter<(int,int)>", "r 4 4 a2 2 1 a4 a1 z", 24},
    {"sizeof ValueTaskAwaiter<DateTime>", "r 8:8 2 1 a4 a1 z", 24},
    {"sizeof ValueTaskAwaiter<long?>", "r 1 8 s2 2 1 a4 a1 z", 32},
    {"sizeof ValueTaskAwaiter<Guid>", "r 16:4 2 1 a4 a1 z", 32},
    {"sizeof ValueTaskAwaiter<decimal>", "r 16:8 2 1 a4 a1 z", 32},
    {"sizeof ValueTaskAwaiter<(string,int)>", "r r 4 a2 2 1 a4 a1 z", 32},
    {"sizeof MRVTSC<void>", "r r r r 1:1 2 1 1 a8 z", 40},
    {"sizeof MRVTSC<int>", "r r r r 4 2 1 1 a8 z", 40},
    {"sizeof MRVTSC<bool>", "r r r r 1 2 1 1 a8 z", 40},
    {"sizeof MRVTSC<short>", "r r r r 2 2 1 1 a8 z", 40},
    {"sizeof MRVTSC<long>", "r r r r 8 2 1 1 a8 z", 48},
    {"sizeof MRVTSC<object>", "r r r r r 2 1 1 a8 z", 48},
    {"sizeof MRVTSC<int?>", "r r r r 1 4 s2 2 1 1 a8 z", 48},
    {"sizeof MRVTSC<(int,int)>", "r r r r 4 4 a2 2 1 1 a8 z", 48},
    {"sizeof MRVTSC<DateTime>", "r r r r 8:8 2 1 1 a8 z", 48},
    {"sizeof MRVTSC<long?>", "r r r r 1 8 s2 2 1 1 a8 z", 56},
    {"sizeof MRVTSC<Guid>", "r r r r 16:4 2 1 1 a8 z", 56},
    {"sizeof MRVTSC<decimal>", "r r r r 16:8 2 1 1 a8 z", 56},
    {"sizeof MRVTSC<(string,int)>", "r r r r r 4 a2 2 1 1 a8 z", 56},
    {"class { MRVTSC<void> }", "0 r r r r 1:1 2 1 1 a8 c1 o", 56},
    {"class { MRVTSC<int> }", "0 r r r r 4 2 1 1 a8 c1 o", 56},
    {"class { MRVTSC<bool> }", "0 r r r r 1 2 1 1 a8 c1 o", 56},
    {"class { MRVTSC<short> }", "0 r r r r 2 2 1 1 a8 c1 o", 56},
    {"class { MRVTSC<long> }", "0 r r r r 8 2 1 1 a8 c1 o", 64},
    {"class { MRVTSC<object> }", "0 r r r r r 2 1 1 a8 c1 o", 64},
    {"class { MRVTSC<int?> }", "0 r r r r 1 4 s2 2 1 1 a8 c1 o", 64},
    {"class { MRVTSC<(int,int)> }", "0 r r r r 4 4 a2 2 1 1 a8 c1 o", 64},
    {"class { MRVTSC<DateTime> }", "0 r r r r 8:8 2 1 1 a8 c1 o", 64},
    {"class { MRVTSC<long?> }", "0 r r r r 1 8 s2 2 1 1 a8 c1 o", 72},
    {"class { MRVTSC<Guid> }", "0 r r r r 16:4 2 1 1 a8 c1 o", 72},
    {"class { MRVTSC<decimal> }", "0 r r r r 16:8 2 1 1 a8 c1 o", 72},
    {"class { MRVTSC<(string,int)> }", "0 r r r r r 4 a2 2 1 1 a8 c1 o", 72},
    {"sizeof AsyncValueTaskMethodBuilder<void>", "r 1:1 a2 z", 16},
    {"sizeof AsyncValueTaskMethodBuilder<int>", "r 4 a2 z", 16},
    {"sizeof AsyncValueTaskMethodBuilder<bool>", "r 1 a2 z", 16},
    {"sizeof AsyncValueTaskMethodBuilder<short>", "r 2 a2 z", 16},
    {"sizeof AsyncValueTaskMethodBuilder<long>", "r 8 a2 z", 16},
    {"sizeof AsyncValueTaskMethodBuilder<object>", "r r a2 z", 16},
    {"sizeof AsyncValueTaskMethodBuilder<int?>", "r 1 4 s2 a2 z", 16},
    {"sizeof AsyncValueTaskMethodBuilder<(int,int)>", "r 4 4 a2 a2 z", 16},
    {"sizeof AsyncValueTaskMethodBuilder<DateTime>", "r 8:8 a2 z", 16},
    {"sizeof AsyncValueTaskMethodBuilder<long?>", "r 1 8 s2 a2 z", 24},
    {"sizeof AsyncValueTaskMethodBuilder<Guid>", "r 16:4 a2 z", 24},
    {"sizeof AsyncValueTaskMethodBuilder<decimal>", "r 16:8 a2 z", 24},
    {"sizeof AsyncValueTaskMethodBuilder<(string,int)>", "r r 4 a2 a2 z", 24},
    {"ValueTaskSourceAsTask<void>", "0 4 r r r 4 r r c7 1:1 c1 r 2 c2 o", 88},
    {"ValueTaskSourceAsTask<int>", "0 4 r r r 4 r r c7 4 c1 r 2 c2 o", 80},
    {"ValueTaskSourceAsTask<bool>", "0 4 r r r 4 r r c7 1 c1 r 2 c2 o", 88},
    {"ValueTaskSourceAsTask<short>", "0 4 r r r 4 r r c7 2 c1 r 2 c2 o", 80},
    {"ValueTaskSourceAsTask<long>", "0 4 r r r 4 r r c7 8 c1 r 2 c2 o", 88},
    {"ValueTaskSourceAsTask<object>", "0 4 r r r 4 r r c7 r c1 r 2 c2 o", 88},
    {"ValueTaskSourceAsTask<int?>", "0 4 r r r 4 r r c7 1 4 s2 c1 r 2 c2 o", 88},
    {"ValueTaskSourceAsTask<(int,int)>", "0 4 r r r 4 r r c7 4 4 a2 c1 r 2 c2 o", 88},
    {"ValueTaskSourceAsTask<DateTime>", "0 4 r r r 4 r r c7 8:8 c1 r 2 c2 o", 88},
    {"ValueTaskSourceAsTask<long?>", "0 4 r r r 4 r r c7 1 8 s2 c1 r 2 c2 o", 96},
    {"ValueTaskSourceAsTask<Guid>", "0 4 r r r 4 r r c7 16:4 c1 r 2 c2 o", 96},
    {"ValueTaskSourceAsTask<decimal>", "0 4 r r r 4 r r c7 16:8 c1 r 2 c2 o", 96},
    {"ValueTaskSourceAsTask<(string,int)>", "0 4 r r r 4 r r c7 r 4 a2 c1 r 2 c2 o", 96},
    {"box, 16-byte machine, result void", "0 4 r r r 4 r r c7 1:1 c1 4 r 1 a3 c1 o", 88},
    {"box, 16-byte machine, result int", "0 4 r r r 4 r r c7 4 c1 4 r 1 a3 c1 o", 88},
    {"box, 16-byte machine, result bool", "0 4 r r r 4 r r c7 1 c1 4 r 1 a3 c1 o", 88},
    {"box, 16-byte machine, result short", "0 4 r r r 4 r r c7 2 c1 4 r 1 a3 c1 o", 88},
    {"box, 16-byte machine, result long", "0 4 r r r 4 r r c7 8 c1 4 r 1 a3 c1 o", 88},
    {"box, 16-byte machine, result object", "0 4 r r r 4 r r c7 r c1 4 r 1 a3 c1 o", 88},
    {"box, 16-byte machine, result int?", "0 4 r r r 4 r r c7 1 4 s2 c1 4 r 1 a3 c1 o", 88},
    {"box, 16-byte machine, result (int,int)", "0 4 r r r 4 r r c7 4 4 a2 c1 4 r 1 a3 c1 o", 88},
    {"box, 16-byte machine, result DateTime", "0 4 r r r 4 r r c7 8:8 c1 4 r 1 a3 c1 o", 88},
    {"box, 16-byte machine, result long?", "0 4 r r r 4 r r c7 1 8 s2 c1 4 r 1 a3 c1 o", 96},
    {"box, 16-byte machine, result Guid", "0 4 r r r 4 r r c7 16:4 c1 4 r 1 a3 c1 o", 96},
    {"box, 16-byte machine, result decimal", "0 4 r r r 4 r r c7 16:8 c1 4 r 1 a3 c1 o", 96},
    {"box, 16-byte machine, result (string,int)", "0 4 r r r 4 r r c7 r 4 a2 c1 4 r 1 a3 c1 o", 96},
    {"pooled box, 16-byte machine, result void", "0 r r r r r r 1:1 2 1 1 a8 c3 4 r 1 a3 c1 o", 88},
    {"pooled box, 16-byte machine, result int", "0 r r r r r r 4 2 1 1 a8 c3 4 r 1 a3 c1 o", 88},
    {"pooled box, 16-byte machine, result bool", "0 r r r r r r 1 2 1 1 a8 c3 4 r 1 a3 c1 o", 88},
    {"pooled box, 16-byte machine, result short", "0 r r r r r r 2 2 1 1 a8 c3 4 r 1 a3 c1 o", 88},
    {"pooled box, 16-byte machine, result long", "0 r r r r r r 8 2 1 1 a8 c3 4 r 1 a3 c1 o", 96},
    {"pooled box, 16-byte machine, result object", "0 r r r r r r r 2 1 1 a8 c3 4 r 1 a3 c1 o", 96},
    {"pooled box, 16-byte machine, result int?", "0 r r r r r r 1 4 s2 2 1 1 a8 c3 4 r 1 a3 c1 o", 96},
    {"pooled box, 16-byte machine, result (int,int)", "0 r r r r r r 4 4 a2 2 1 1 a8 c3 4 r 1 a3 c1 o", 96},
    {"pooled box, 16-byte machine, result DateTime", "0 r r r r r r 8:8 2 1 1 a8 c3 4 r 1 a3 c1 o", 96},
    {"pooled box, 16-byte machine, result long?", "0 r r r r r r 1 8 s2 2 1 1 a8 c3 4 r 1 a3 c1 o", 104},
    {"pooled box, 16-byte machine, result Guid", "0 r r r r r r 16:4 2 1 1 a8 c3 4 r 1 a3 c1 o", 104},
    {"pooled box, 16-byte machine, result decimal", "0 r r r r r r 16:8 2 1 1 a8 c3 4 r 1 a3 c1 o", 104},
    {"pooled box, 16-byte machine, result (string,int)", "0 r r r r r r r 4 a2 2 1 1 a8 c3 4 r 1 a3 c1 o", 104},
    {"Task", "0 4 r r r 4 r r c7 c0 o", 64},
    {"DelayPromise", "0 4 r r r 4 r r c7 r c1 o", 72},
    {"DelayPromiseWithCancellation", "0 4 r r r 4 r r c7 r c1 8 r a2 c1 o", 88},
    {"TimerQueueTimer", "0 r r r r r r r 8 4 4 4 1 1 1 c14 o", 96},
    {"WhenAllPromise", "0 4 r r r 4 r r c7 4 c1 o", 72},
    {"WhenAllPromise<T>", "0 4 r r r 4 r r c7 r c1 r 4 c2 o", 88},
    {"TwoTaskWhenAnyPromise", "0 4 r r r 4 r r c7 r c1 r r c2 o", 88},
    {"CompleteOnInvokePromise (WhenAny n>2)", "0 4 r r r 4 r r c7 r c1 r 4 c2 o", 88},
    {"CancellationPromise<int>", "0 4 r r r 4 r r c7 4 c1 r 8 r a2 r c3 o", 104},
    {"CancellationPromise<object>", "0 4 r r r 4 r r c7 r c1 r 8 r a2 r c3 o", 104},
    {"UnwrapPromise<int>", "0 4 r r r 4 r r c7 4 c1 1 1 c2 o", 72},
    {"UnwrapPromise<object>", "0 4 r r r 4 r r c7 r c1 1 1 c2 o", 80},
    {"ContinuationTaskFromTask", "0 4 r r r 4 r r c7 r c1 o", 72},
    {"ContinuationResultTaskFromTask<int>", "0 4 r r r 4 r r c7 4 c1 r c1 o", 80},
    {"ContinueWithTaskContinuation", "0 r 4 r c3 o", 40},
    {"AwaitTaskContinuation", "0 r r 4 c3 o", 40},
    {"SynchronizationContext-/TaskSchedulerAwaitTaskContinuation", "0 r r 4 c3 r c1 o", 48},
    {"ContingentProperties", "0 r r r r a1 r 4 4 r r c9 o", 80},
    {"TaskExceptionHolder", "0 r r r 1 c4 o", 48},
    {"ExceptionDispatchInfo", "0 r r r 8 r a4 c2 o", 56},
    {"TaskCompletionSource(<T>) itself", "0 r c1 o", 24},
    {"ValueTaskSourceAsTask", "0 4 r r r 4 r r c7 r 2 c2 o", 80},
    {"CancellationTokenSource", "0 4 1 r r r c5 c0 o", 48},
    {"Linked1 CTS", "0 4 1 r r r c5 8 r a2 c1 o", 64},
    {"Linked2 CTS", "0 4 1 r r r c5 8 r a2 8 r a2 c2 o", 80},
    {"LinkedN CTS", "0 4 1 r r r c5 r c1 o", 56},
    {"CTS.Registrations", "0 r r r 8 8 4 1 c7 o", 64},
    {"CTS.CallbackNode", "0 r r r 8 r r r r c8 o", 80},
    {"StrongBox<CancellationTokenRegistration>", "0 8 r a2 c1 o", 32},
    {"ManualResetEventSlim, SetOnInvokeMres", "0 r r 4 c3 c0 o", 40},
    {"SetOnCountdownMres", "0 r r 4 c3 4 c1 o", 40},
    {"CompletionActionInvoker", "0 r r c2 o", 32},
    {"work item, default context", "0 r r c2 o", 32},
    {"work item with ExecutionContext", "0 r r r c3 o", 40},
    {"CapturedSchedulerAndExecutionContext", "0 r r c2 o", 32},
    {"ExecutionContext", "0 r r 1 1 c4 o", 40},
    {"SemaphoreSlim", "0 4 4 4 4 r r r r c8 o", 64},
    {"SemaphoreSlim.TaskNode", "0 4 r r r 4 r r c7 1 c1 r r c2 o", 88},
    {"Delegate", "0 r 8 r r 8 8 c6 o", 64},
    {"Exception, InvalidOperationException", "0 r r r r r r r r r r 8 8 4 4 c14 c0 o", 120},
    {"OperationCanceledException", "0 r r r r r r r r r r 8 8 4 4 c14 r c1 c0 o", 128},
    {"ArgumentException, ObjectDisposedException", "0 r r r r r r r r r r 8 8 4 4 c14 r c1 c0 o", 128},
    {"AggregateException", "0 r r r r r r r r r r 8 8 4 4 c14 r r c2 o", 136},
    {"TaskCanceledException", "0 r r r r r r r r r r 8 8 4 4 c14 r c1 r c1 o", 136},
    {"ArgumentOutOfRangeException", "0 r r r r r r r r r r 8 8 4 4 c14 r c1 r c1 o", 136},
    {"List<T>", "0 r 4 4 c3 o", 32},
    {"Queue<T>", "0 r 4 4 4 4 c5 o", 40},
    {"Dictionary<K,V>", "0 r r 8 4 4 4 4 r r r c10 o", 80},
    {"HashSet<T>", "0 r r 8 4 4 4 4 r c8 o", 64},
    {"closure {int}", "0 4 c1 o", 24},
    {"closure {this,int}", "0 r 4 c2 o", 32},
    {"sizeof Dictionary.Entry<int,int>", "4 4 4 4 s4 z", 16},
    {"sizeof Dictionary.Entry<int,bool>", "4 4 4 1 s4 z", 16},
    {"sizeof Dictionary.Entry<int,object>", "4 4 4 r a4 z", 24},
    {"sizeof Dictionary.Entry<int,long>", "4 4 4 8 s4 z", 24},
    {"sizeof ValueTask", "r 2 1 a3 z", 16},
    {"sizeof ValueTaskAwaiter", "r 2 1 a3 a1 z", 16},
    {"sizeof ConfiguredTaskAwaiter", "r 4 a2 z", 16},
    {"sizeof AsyncVoidMethodBuilder", "r r a1 a2 z", 16},
    {"sizeof List<T>.Enumerator", "r 4 4 4 a4 z", 24},
    {"machine: async Task: await Task.Yield() [box 96, pooled 96]", "4 r a1 1:1 a3 z", 24},
    {"machine: await Task.Delay, int x [box 96, pooled 96]", "4 r a1 4 r a1 a4 z", 24},
    {"machine: the same, ConfigureAwait(false) [box 104, pooled 104]", "4 r a1 4 r 4 a2 a4 z", 32},
    {"machine: async void: await Task.Delay [box 104, pooled 104]", "4 r r a1 a2 r a1 a3 z", 32},
    {"machine: repository, Task<T> [box 104, pooled 112]", "4 r a1 r 4 r a1 a5 z", 32},
    {"machine: the same, ConfigureAwait(false) [box 112, pooled 120]", "4 r a1 r 4 r 4 a2 a5 z", 40},
    {"machine: the same, awaits ValueTask<T> [box 120, pooled 128]", "4 r a1 r 4 r r 2 1 a4 a1 a5 z", 48},
    {"machine: repository, ValueTask<T> [box 112, pooled 120]", "4 r r a2 r 4 r a1 a5 z", 40},
    {"machine: the same, awaits ValueTask<T> [box 128, pooled 136]", "4 r r a2 r 4 r r 2 1 a4 a1 a5 z", 56},
    {"machine: sum of two ValueTask<int> [box 112, pooled 112]", "4 r a1 r 4 r 4 2 1 a4 a1 a5 z", 40},
    {"machine: sum of two Task<int> [box 104, pooled 104]", "4 r a1 r 4 r a1 a5 z", 32},
    {"machine: two ValueTask<string> [box 128, pooled 128]", "4 r a1 r r r r 2 1 a4 a1 a5 z", 56},
    {"machine: x + await, x a parameter [box 112, pooled 112]", "4 r a1 4 r 4 r a1 a6 z", 40},
    {"machine: arr[0] = await [box 120, pooled 120]", "4 r a1 r r r r a1 a6 z", 48},
    {"machine: arr[i] += await [box 128, pooled 128]", "4 r a1 r 4 r 4 r 4 r a1 a9 z", 56},
    {"machine: three awaiter types [box 128, pooled 128]", "4 r a1 r r a1 r 4 2 1 a4 a1 r a1 a6 z", 56},
    {"machine: await in finally [box 112, pooled 112]", "4 r a1 r r 4 r a1 a6 z", 40},
    {"machine: await in catch [box 104, pooled 104]", "4 r a1 r 4 r a1 a5 z", 32},
    {"machine: foreach, int[] [box 112, pooled 112]", "4 r a1 r r 4 r a1 a6 z", 40},
    {"machine: foreach, List<int> [box 128, pooled 128]", "4 r a1 r r 4 4 4 a4 r a1 a5 z", 56},
    {"machine: await using [box 128, pooled 128]", "4 r a1 r r 4 r a1 r 2 1 a3 a1 a7 z", 56},
    {"machine: ValueTask<int> parameter [box 120, pooled 120]", "4 r a1 r 4 2 1 a4 r 4 2 1 a4 a1 a4 z", 48},
    {"machine: Guid local [box 120, pooled 120]", "4 r a1 r 16:4 r a1 a5 z", 48},
    {"machine: ValueTask<string> parameter [box 136, pooled 144]", "4 r a1 r r 2 1 a4 r r 2 1 a4 a1 a4 z", 64},
    {"machine: two custom awaiters [box 96, pooled 96]", "4 r a1 r a3 z", 24},
    {"machine: byte, bool, short, long parameters [box 112, pooled 112]", "4 r a1 r 1 1 2 8 r a1 a8 z", 40},
    {"machine: ValueTask<bool>, same awaited [box 120, pooled 120]", "4 r 1 a2 r 4 r 1 2 1 a4 a1 a5 z", 48},
    {"machine: ValueTask, same [box 112, pooled 112]", "4 r a1 r 4 r 2 1 a3 a1 a5 z", 40},
    {"machine: ValueTask<long>, same [box 128, pooled 136]", "4 r 8 a2 r 4 r 8 2 1 a4 a1 a5 z", 56},
    {"machine: ValueTask<Guid>, same [box 152, pooled 160]", "4 r 16:4 a2 r 4 r 16:4 2 1 a4 a1 a5 z", 72},
    {"box: Yield", "0 4 r r r 4 r r c7 1:1 c1 4 r a1 1:1 a3 c1 o", 96},
    {"box: await of a Task<int> parameter", "0 4 r r r 4 r r c7 1:1 c1 4 r a1 r r a1 a4 c1 o", 104},
    {"box: ValueTask<int>, same", "0 4 r r r 4 r r c7 4 c1 4 r 4 a2 r r a1 a4 c1 o", 112},
    {"box: Task<Guid>, same", "0 4 r r r 4 r r c7 16:4 c1 4 r a1 r r a1 a4 c1 o", 112},
    {"pooled box: int", "0 r r r r r r 4 2 1 1 a8 c3 4 r 4 a2 r r a1 a4 c1 o", 112},
    {"pooled box: long", "0 r r r r r r 8 2 1 1 a8 c3 4 r 8 a2 r r a1 a4 c1 o", 120},
    {"Debug machine class: repository, Task<T>", "0 4 r a1 4 r r r r a1 c7 o", 64},
    {"Debug machine class: repository, ValueTask<T>", "0 4 r r a2 4 r r r r a1 c7 o", 72},
    {"async iterator class, await Yield", "0 4 r r r r 1 2 1 1 a8 4 1 4 r a1 1:1 c7 o", 88},
};

enum { DEEPEST = 64 };

typedef struct Stack {
    LayoutField at[DEEPEST]; /* a class is kept as the size of its fields */
    uint32_t count;
} Stack;

static void push(Stack *stack, LayoutField field)
{
    assert_true(stack->count < DEEPEST);
    stack->at[stack->count++] = field;
}

static LayoutField *pop(Stack *stack, uint32_t count)
{
    assert_true(stack->count >= count);
    stack->count -= count;
    return &stack->at[stack->count];
}

static void push_struct(Stack *stack, LayoutResult result)
{
    push(stack,
         (LayoutField){
             .size = result.size, .align = result.align, .is_struct = true, .has_references = result.has_references});
}

static void push_class(Stack *stack, uint32_t count)
{
    LayoutField *fields = pop(stack, count);
    uint32_t parent = pop(stack, 1)->size;
    push(stack, (LayoutField){.size = layout_class(fields, count, parent).end});
}

static void push_number(Stack *stack, const char *token)
{
    char *end;
    uint32_t size = (uint32_t)strtoul(token, &end, 10);
    LayoutField field = {.size = size, .align = size};
    if (*end == ':') {
        field.is_struct = true;
        field.align = (uint32_t)strtoul(end + 1, NULL, 10);
    }
    push(stack, field);
}

static uint32_t evaluate(const char *program)
{
    Stack stack = {.count = 0};
    while (*program) {
        uint32_t count = (uint32_t)strtoul(program + 1, NULL, 10);
        switch (*program) {
        case 'r':
            push(&stack, (LayoutField){.size = 8, .is_reference = true});
            break;
        case 'a':
            push_struct(&stack, layout_auto(pop(&stack, count), count));
            break;
        case 's':
            push_struct(&stack, layout_sequential(pop(&stack, count), count));
            break;
        case 'c':
            push_class(&stack, count);
            break;
        case 'z':
            return pop(&stack, 1)->size;
        case 'o':
            return layout_object_size(pop(&stack, 1)->size);
        default:
            push_number(&stack, program);
            break;
        }
        program += strcspn(program, " ");
        program += *program == ' ';
    }
    fail_msg("the program has no result");
    return 0;
}

static void sizes_agree_with_coreclr(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t size = evaluate(rows[i].program);
        if (size != rows[i].expected)
            fail_msg("%s: %u instead of %u", rows[i].name, size, rows[i].expected);
    }
}

static void arrays_and_strings(void **state)
{
    (void)state;
    assert_int_equal(layout_array_size(0, 4), 24);
    assert_int_equal(layout_array_size(3, 4), 40);
    assert_int_equal(layout_array_size(4, 8), 56);
    assert_int_equal(layout_string_size(1), 24);
    assert_int_equal(layout_string_size(5), 32);
    assert_int_equal(layout_string_size(8), 40);
}

static void small_fields_fill_the_gap_behind_the_parent(void **state)
{
    (void)state;
    LayoutField fields[] = {{.size = 8}, {.size = 1}, {.size = 4}};
    LayoutResult result = layout_class(fields, 3, 5); /* the parent ends after 5 bytes */
    assert_int_equal(fields[1].offset, 5);
    assert_int_equal(fields[0].offset, 8);
    assert_int_equal(fields[2].offset, 16);
    assert_int_equal(result.end, 20);
}

static void references_come_first(void **state)
{
    (void)state;
    LayoutField fields[] = {{.size = 4}, {.size = 8}, {.size = 8, .is_reference = true}};
    LayoutResult result = layout_sequential(fields, 3); /* holds a reference: automatic */
    assert_int_equal(fields[2].offset, 0);
    assert_int_equal(fields[1].offset, 8);
    assert_int_equal(fields[0].offset, 16);
    assert_int_equal(result.size, 24);
    assert_true(result.has_references);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_agree_with_coreclr),
        cmocka_unit_test(arrays_and_strings),
        cmocka_unit_test(small_fields_fill_the_gap_behind_the_parent),
        cmocka_unit_test(references_come_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
