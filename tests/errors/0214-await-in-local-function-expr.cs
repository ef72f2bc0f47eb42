Task F() => await Task.Delay(1);
await F();
