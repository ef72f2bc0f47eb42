var c = Channel.CreateUnbounded<int>();
