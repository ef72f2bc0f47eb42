using L = System.Int32;
using L = System.Int64;
L x = 1;
