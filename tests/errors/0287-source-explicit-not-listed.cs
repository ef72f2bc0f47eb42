using System.Threading.Tasks.Sources;
class S
{
    int IValueTaskSource<int>.GetResult(short token) => 1;
}
class P { static void Main() { } }
