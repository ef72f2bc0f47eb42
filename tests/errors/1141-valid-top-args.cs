Console.WriteLine(args.Length);
return args.Length > 0 ? 1 : 0;
