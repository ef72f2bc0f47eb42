class A : IEnumerable<int> { public IEnumerator<int> GetEnumerator() => null; }
class P { static void Main() { } }
