using System.Threading.Tasks.Sources;
var core = new ManualResetValueTaskSourceCore<int>();
int t = 3;
core.GetResult(t);
