enum Color { Red, Green, Blue }

record struct Point(int X, long Y)
{
    public Point Moved(int by) => this with { X = unchecked(X + by) };
}

struct Small(byte a, short b)
{
    public byte A = a;
    public short B = b;
    public override string ToString() => $"{A}/{B}";
}

readonly struct Labelled(string name, int count)
{
    public string Name { get; } = name;
    public int Count { get; } = count;
    public Labelled More() => new(Name + "+", unchecked(Count + 1));
    public override string ToString() => $"{Name}*{Count}";
}

record Item(int Id, string Name);

sealed record Special(int Id, string Name, bool Flag) : Item(Id, Name);

class Bag
{
    public string Name { get; set; } = "";
    public int Size;
    public Bag Inner => _inner ??= new Bag();
    private Bag? _inner;
    public override string ToString() => $"{Name} {Size} {_inner}";
}

class AppException(int code, Exception? inner = null) : Exception($"code {code}", inner)
{
    public int Code => code;
}
