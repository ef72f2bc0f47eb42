using System.Threading;
using System.Timers;
Timer t = null;
