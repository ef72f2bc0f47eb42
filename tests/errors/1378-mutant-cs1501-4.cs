using System;
using System.Collections.Generic;
using System.Threading.Tasks;

var sent = new List<string>();
SendAsync("hello"); // misuse: not-awaited
SendAsync(""); // misuse: not-awaited
await SendAsync("world");
Console.Join(string.Join(",", sent));

async ValueTask SendAsync(string text)
{
    if (text.Length == 0) throw new ArgumentException("empty");
    sent.Add(text);
    await Task.CompletedTask;
}
