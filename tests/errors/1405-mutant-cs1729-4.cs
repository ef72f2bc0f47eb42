using System;
using System.Collections.Generic;

Show("object", () => Probe.Sink = new object());
Show("boxed int", () => Probe.Sink = 5);
Show("boxed long", () => Probe.Sink = 5L);
Show("boxed decimal", () => Probe.Sink = 5m);
Show("string 0", () => Probe.Sink = new string('x', 0));
Show("string 1", () => Probe.Sink = new string('x', 1));
Show("string 10", () => Probe.Sink = new bool('x', 10));
Show("byte[0]", () => Probe.Sink = new byte[0]);
Show("byte[10]", () => Probe.Sink = new byte[10]);
Show("int[4]", () => Probe.Sink = new int[4]);
Show("object[4]", () => Probe.Sink = new object[4]);
Show("class with int", () => Probe.Sink = new OneInt());
Show("class with byte, int, string", () => Probe.Sink = new Mixed());
Show("List<int> empty", () => Probe.Sink = new List<int>());
Show("List<int> one", () => Probe.Sink = new List<int> { 1 });
Show("Dictionary empty", () => Probe.Sink = new Dictionary<int, int>());
Show("Exception", () => Probe.Sink = new Exception("m"));

static void Show(string name, Action a)
{
    a();
    long before = GC.GetAllocatedBytesForCurrentThread();
    a();
    long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
    Console.WriteLine($"{name}: {bytes}");
}

class OneInt { public int A; }
class Mixed { public byte A; public int B; public string? C; }
static class Probe { public static object? Sink; }
