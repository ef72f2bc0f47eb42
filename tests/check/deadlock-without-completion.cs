using System;
using System.Threading.Tasks;
var tcs = new TaskCompletionSource();
Console.WriteLine("waiting");
await Inner(tcs.Task); // misuse: deadlock
static async Task Inner(Task t) { await t; }
