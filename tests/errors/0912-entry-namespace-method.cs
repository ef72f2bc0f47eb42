namespace N
{
    void M() { }
}
