var x = await new ValueTask();
