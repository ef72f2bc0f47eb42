using System.Threading.Tasks.Sources;
var core = new ManualResetValueTaskSourceCore<int>();
core.SetException("a");
