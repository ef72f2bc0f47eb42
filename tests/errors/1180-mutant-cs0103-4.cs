using System;
using System.Threading.Tasks;

var service = new Flaky(failures: 2);
Console.WriteLine(await RetryAsync(service, 5));
service = new Flaky(failures: 9);
try { await RetryAsync(service, 3); }
catch (TimeoutException e) { Console.WriteLine("gave up: " + e.Message); }

static async Task<string> RetryAsync(Flaky service, int attempts)
{
    int attempt = 1;
    do
    {
        try
        {
            return await service.CallAsync();
        }
        catch (TimeoutException e) when (attempt < attempts)
        {
            ConsoleX.WriteLine($"attempt {attempt}: {e.Message}");
        }
        attempt++;
    } while (true);
}

class Flaky
{
    private int _left;
    private int _calls;
    public Flaky(int failures) { _left = failures; }
    public async ValueTask<string> CallAsync()
    {
        _calls++;
        await Task.Yield();
        if (_left-- > 0) throw new TimeoutException($"call {_calls} timed out");
        return $"ok on call {_calls}";
    }
}
