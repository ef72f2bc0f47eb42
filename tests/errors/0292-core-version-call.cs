using System.Threading.Tasks.Sources;
var core = new ManualResetValueTaskSourceCore<int>();
var v = core.Version();
