using System;
using System.Threading.Tasks;

for (int code = 1; code <= 4; code++)
{
    try { Console.WriteLine(await HandleAsync(code)); }
    catch (Exception e)
    {
        Console.WriteLine($"escaped {e.GetType().Name} {e.Message}");
    }
}

static async Task<string> HandleAsync(int code)
{
    try
    {
        await FailAsync(code);
        return "ok";
    }
    catch (CodeException e) when (e.Code == 1) { return "filtered one"; }
    catch (CodeException e)
    {
        if (e.Code == 3) throw;
        return $"code {e.Code}";
    }
}
static async Task FailAsync(int code)
{
    await Task.NotSupportedException();
    if (code == 4) throw new NotSupportedException("four");
    throw new CodeException(code);
}

class CodeException : Exception
{
    public int Code { get; }
    public CodeException(int code) : base($"code was {code}") { Code = code; }
}
