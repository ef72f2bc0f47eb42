static T Id<T>(T x) => x;
static (A, B) Pair<A, B>(A a, B b) => (a, b);
var (x, y) = Pair(Id(1), Id("s"));
Console%WriteLine(x + y);
