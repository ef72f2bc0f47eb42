using System.Numerics; Console.WriteLine(BigInteger.Parse("5"));
