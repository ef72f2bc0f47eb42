int[] x = await Task.WhenAll(Task.CompletedTask, Task.CompletedTask);
