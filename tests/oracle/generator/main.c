/* generate --seed N [--drop LIST] [--unwrap LIST] [--pieces] */
#include "generate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usings[] =
    "using System;\nusing System.Collections.Concurrent;\nusing System.Collections.Generic;\nusing System.Linq;\n"
    "using System.Runtime.CompilerServices;\nusing System.Runtime.ExceptionServices;\nusing System.Text;\nusing "
    "System.Threading;\n"
    "using System.Threading.Channels;\nusing System.Threading.Tasks;\nusing System.Threading.Tasks.Sources;\nusing "
    "static Help;\n";

/* ---- running a method ----------------------------------------------------------------------------------------------
 */

static void write_result(Piece *piece, const Method *method, const char *awaited)
{
    Piece *group = piece_add(piece, NULL, NULL);
    Piece *guarded = piece_add(group, "try\n{", "}");
    if (method->result == TYPE_NONE) {
        piece_line(guarded, text("%s;", awaited));
        piece_line(guarded, text("Console.WriteLine(\"M%d done\");", method->number));
    } else {
        piece_line(guarded, text("Console.WriteLine($\"M%d = %s\");", method->number,
                                 show(method->result, text("(%s)", awaited))));
    }
    Piece *clause = piece_add(group, "catch (Exception e)\n{", "}");
    piece_line(clause, text("Console.WriteLine($\"M%d failed {Print.Error(e)}\");", method->number));
}

static bool is_task(const Method *method)
{
    return method->kind == KIND_TASK || (method->kind == KIND_WRAPPER && !method->as_value_task);
}

/* Ways to look at a task that came to its end; `name` is the variable. */
static void observe(Generator *generator, Piece *piece, const Method *method, const char *name)
{
    const char *plain = method->result == TYPE_NONE ? "Wait()" : "Result";
    switch (random_below(generator, 6)) {
    case 0:
        piece_line(piece,
                   text("Console.WriteLine($\"{%s.IsCompleted} {%s.IsFaulted} {%s.IsCanceled}\");", name, name, name));
        write_result(piece, method, text("await %s", name));
        break;
    case 1:
        write_result(piece, method,
                     is_task(method) ? text("%s.%s", name, plain) : text("%s.GetAwaiter().GetResult()", name));
        break;
    case 2:
        write_result(piece, method, text("%s.GetAwaiter().GetResult()", name));
        break;
    case 3:
        if (is_task(method)) {
            piece_line(piece, text("Console.WriteLine($\"{%s.Status} {%s.Exception?.InnerExceptions.Count} "
                                   "{%s.Exception?.Message}\");",
                                   name, name, name));
        }
        write_result(piece, method,
                     text("await %s%s", name, is_task(method) ? ".WaitAsync(CancellationToken.None)" : ".AsTask()"));
        break;
    case 4:
        write_result(piece, method,
                     text("await Task.WhenAll(%s%s)%s", name, is_task(method) ? "" : ".AsTask()",
                          method->result == TYPE_NONE ? "" : " is [var only] ? only : throw new AppException(0)"));
        break;
    default:
        write_result(piece, method, text("await %s.ConfigureAwait(false)", name));
        break;
    }
}

static void write_gated_run(Generator *generator, const Method *method)
{
    const char *name = text("t%d", next_number(generator));
    Piece *block = piece_add(generator->main, "{", "}");
    const char *convert = "";
    if (!is_task(method) && random_chance(generator, 20)) {
        convert = random_chance(generator, 50) ? ".Preserve()" : ".AsTask().WaitAsync(CancellationToken.None)";
    }
    piece_line(block, text("var %s = %s%s;", name, call(generator, method, 2),
                           convert[0] == '.' && convert[1] == 'P' ? convert : ""));
    piece_line(block, text("Console.WriteLine($\"M%d started {%s.IsCompleted}\");", method->number, name));
    if (is_task(method) && random_chance(generator, 15)) {
        piece_line(block, text("%s.ContinueWith(t => Console.WriteLine($\"then {t.Status}\"), "
                               "TaskContinuationOptions.ExecuteSynchronously);",
                               name));
    }
    piece_line(block, "Gate.Drain();");
    observe(generator, block, method, name);
}

/* Bytes of the start and of the completion, when everything has run before. */
static void write_measured_run(Generator *generator, const Method *method)
{
    const char *name = text("t%d", next_number(generator));
    feature(generator, "bytes of async methods");
    Piece *loop = piece_add(generator->main, text("for (int i%s = 0; i%s < 3; i%s++)\n{", name, name, name), "}");
    piece_line(loop, "long before = GC.GetAllocatedBytesForCurrentThread();");
    piece_line(loop, text("var %s = %s;", name, call(generator, method, 0)));
    piece_line(loop, "long started = GC.GetAllocatedBytesForCurrentThread();");
    piece_line(loop, "Gate.Drain();");
    piece_line(loop, "long ended = GC.GetAllocatedBytesForCurrentThread();");
    piece_line(loop, text("if (i%s == 2) Console.WriteLine($\"M%d bytes {started - before} {ended - started}\");", name,
                          method->number));
    write_result(loop, method, text("await %s", name));
}

static void write_pool_run(Generator *generator, const Method *method)
{
    write_result(piece_add(generator->main, "{", "}"), method, text("await %s", call(generator, method, 2)));
}

static void write_iteration(Generator *generator, const Method *method)
{
    const char *name = text("e%d", next_number(generator));
    bool stream = method->kind == KIND_STREAM;
    bool gated = stream && !generator->pool;
    Piece *group = piece_add(generator->main, NULL, NULL);
    Piece *guarded = piece_add(group, "try\n{", "}");
    const char *source = call(generator, method, 2);
    if (!gated) {
        Piece *loop =
            piece_add(guarded, text("%sforeach (var %s in %s)\n{", stream ? "await " : "", name, source), "}");
        piece_line(loop, text("Console.WriteLine($\"item %s\");", show(method->result, name)));
    } else { /* by hand: somebody has to open the gates */
        piece_line(guarded, text("var %s = %s.GetAsyncEnumerator();", name, source));
        Piece *loop = piece_add(guarded, "while (true)\n{", "}");
        piece_line(loop, text("var next = %s.MoveNextAsync();", name));
        piece_line(loop, "Gate.Drain();");
        piece_line(loop, "if (!await next) break;");
        piece_line(loop, text("Console.WriteLine($\"item %s\");", show(method->result, text("%s.Current", name))));
        piece_line(guarded, text("await %s.DisposeAsync();", name));
    }
    Piece *clause = piece_add(group, "catch (Exception e)\n{", "}");
    piece_line(clause, text("Console.WriteLine($\"M%d failed {Print.Error(e)}\");", method->number));
}

static void write_plain_run(Generator *generator, const Method *method)
{
    Piece *block = piece_add(generator->main, "{", "}");
    Method copy = *method;
    write_result(block, &copy, call(generator, method, 2));
}

static void write_run(Generator *generator, const Method *method)
{
    generator->context = (Context){.times = 1};
    switch (method->kind) {
    case KIND_PLAIN:
        write_plain_run(generator, method);
        return;
    case KIND_ITERATOR:
    case KIND_STREAM:
        write_iteration(generator, method);
        return;
    case KIND_TASK:
    case KIND_VALUE_TASK:
    case KIND_POOLED:
    case KIND_WRAPPER:
        if (generator->pool) {
            write_pool_run(generator, method);
        } else if (generator->measured && random_chance(generator, 60)) {
            write_measured_run(generator, method);
        } else {
            write_gated_run(generator, method);
        }
        return;
    case KIND_COUNT:
        return;
    }
}

/* ---- the program ---------------------------------------------------------------------------------------------------
 */

static Piece *fixed_piece(Piece *parent, const char *open)
{
    Piece *piece = piece_add(parent, open, NULL);
    piece->fixed = true;
    return piece;
}

static void write_program(Generator *generator, uint64_t seed)
{
    generator->random = seed * 0x2545f4914f6cdd1du + 1;
    generator->program = memory_new(sizeof *generator->program);
    generator->program->fixed = true;
    generator->pool = random_chance(generator, 30);
    generator->measured = !generator->pool && random_chance(generator, 65);
    fixed_piece(generator->program, usings);
    generator->main = fixed_piece(generator->program, NULL);
    generator->types = fixed_piece(generator->program, NULL);
    fixed_piece(generator->types, NULL); /* local functions */
    bool library = random_chance(generator, 25);
    uint32_t methods = library ? 0 : 2 + random_below(generator, 5);
    for (uint32_t i = 0; i < methods; i++) {
        write_method(generator);
    }
    for (int i = generator->method_count - 1; i >= 0; i--) {
        generator->cost = 0;
        write_run(generator, &generator->methods[i]);
    }
    uint32_t scenarios = library ? 3 : random_chance(generator, 30);
    for (uint32_t i = 0; i < scenarios; i++) {
        generator->context = (Context){.times = 1};
        generator->cost = 0;
        write_scenario(generator);
    }
    piece_line(generator->main, "Console.WriteLine($\"{Tally.Total} {Tally.Last} {string.Join('|', Tally.Texts)} "
                                "{Tally.Counts.Count} {Tally.Boxed}\");");
    feature(generator, generator->pool ? "completions on the pool" : "completions inline");
}

int main(int argc, char **argv)
{
    uint64_t seed = 1;
    const char *dropped = "", *unwrapped = "";
    bool pieces = false;
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        if (strcmp(argv[i], "--seed") == 0) {
            seed = strtoull(value, NULL, 10);
            i++;
        } else if (strcmp(argv[i], "--drop") == 0) {
            dropped = value;
            i++;
        } else if (strcmp(argv[i], "--unwrap") == 0) {
            unwrapped = value;
            i++;
        } else if (strcmp(argv[i], "--pieces") == 0) {
            pieces = true;
        } else {
            fputs("usage: generate --seed N [--drop LIST] [--unwrap LIST] [--pieces]\n", stderr);
            return 2;
        }
    }
    Generator *generator = memory_new(sizeof *generator);
    write_program(generator, seed);
    if (pieces) {
        fputs(tree_pieces(generator->program), stdout);
        return 0;
    }
    const char *program = tree_text(generator->program, dropped, unwrapped);
    fputs("// Program of tests/oracle/generate with:", stdout);
    for (int i = 0; i < generator->feature_count; i++) {
        printf(" %s;", generator->features[i]);
    }
    printf("\n%s%s", program, support_text(generator, program));
    return 0;
}
