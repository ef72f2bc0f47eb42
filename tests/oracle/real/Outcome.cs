using System;

// What a run came to, on either side: what was printed, and how it ended in one line.
//   ended 0 | unhandled TYPE: message | deadlock | error CSnnnn line | limit
sealed record Outcome(string Printed, string End)
{
    // A refused program and a program that ran are different kinds of findings, so the shrinker keeps them apart.
    public bool IsRefused => End.StartsWith("error ", StringComparison.Ordinal);

    public bool Agrees(Outcome other) =>
        IsRefused ? other.IsRefused : End == other.End && Printed == other.Printed;
}
