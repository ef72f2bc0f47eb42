class P
{
    static bool G(bool b, out int x) { if (b) { x = 1; return true; } return false; }
    static void Main() { }
}
