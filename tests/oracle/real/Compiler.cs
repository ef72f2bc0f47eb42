using System;
using System.IO;
using System.Linq;
using System.Threading;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

// Roslyn with the options of a Release build of one file: C# 12, nullable enabled, no implicit usings.
sealed class Compiler
{
    // Programs are compiled as changes of this empty one, so that the symbols of the references are read once.
    private readonly CSharpCompilation _empty;
    private readonly CSharpParseOptions _parsing = new(LanguageVersion.CSharp12,
        preprocessorSymbols: ["RELEASE", "TRACE", "NET", "NETCOREAPP", "NET10_0", "NET10_0_OR_GREATER", "NET8_0_OR_GREATER"]);
    private readonly CSharpCompilationOptions _options = new(OutputKind.ConsoleApplication,
        optimizationLevel: OptimizationLevel.Release, concurrentBuild: false, nullableContextOptions: NullableContextOptions.Enable);

    public Compiler()
    {
        var references = Directory.GetFiles(ReferenceFolder(), "*.dll").Select(file => MetadataReference.CreateFromFile(file));
        _empty = CSharpCompilation.Create("program", [], references, _options);
    }

    // The reference assemblies beside the runtime that runs this: programs see the surface that a project would.
    private static string ReferenceFolder()
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../.."));
        string pack = Path.Combine(root, "packs", "Microsoft.NETCore.App.Ref");
        string newest = Directory.GetDirectories(pack).OrderBy(folder => Version.TryParse(Path.GetFileName(folder), out var v) ? v : new Version()).Last();
        return Directory.GetDirectories(Path.Combine(newest, "ref")).Single();
    }

    // Writes FILE.dll; the first error as "error CSnnnn line", or null.
    public string? Compile(string text, string dll)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(text, _parsing);
        CSharpCompilation compilation = _empty.AddSyntaxTrees(tree);
        using var stream = File.Create(dll);
        EmitResult result = compilation.Emit(stream, options: new EmitOptions());
        Diagnostic? error = result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)
            .OrderBy(d => d.Location.SourceSpan.Start).FirstOrDefault();
        return error is null ? null : $"error {error.Id} {error.Location.GetLineSpan().StartLinePosition.Line + 1}";
    }
}
