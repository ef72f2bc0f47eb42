enum Color { Red, Green }
class P
{
    static void Main() { var c = Color.Blue; }
}
