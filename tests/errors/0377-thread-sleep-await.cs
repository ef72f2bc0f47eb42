await Thread.Sleep(1);
