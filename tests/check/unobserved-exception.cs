using System;
using System.Threading.Tasks;
Start();
GC.Collect(); GC.WaitForPendingFinalizers(); GC.Collect();
Console.WriteLine("done");
static void Start() { _ = Fail(); }
static async Task Fail() { await Task.CompletedTask; throw new Exception("x"); } // misuse: unobserved-exception
