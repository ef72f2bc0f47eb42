int counter = 0;
void Inc(int by = "x") => counter += by;
Action a = () => Inc();
a(); Inc(5);
Console.WriteLine(counter);
static int Pure(int x) => x + 1;
Console.WriteLine(Pure(1));
