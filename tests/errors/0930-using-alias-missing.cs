using L = System.Collections.Generic.Lst<int>;
L l = null;
