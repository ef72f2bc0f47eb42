var s = new SemaphoreSlim(1);
await s.WaitAync();
