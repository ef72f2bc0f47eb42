int x = 1;
switch (x)
{
    case "a": break;
}
