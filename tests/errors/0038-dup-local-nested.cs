int x = 1;
if (x > 0)
{
    int x = 2;
}
