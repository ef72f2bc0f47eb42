# The batch face: what a person types, what they see, and what their scripts can rely on.
# Exit codes: the program's own, or 1 deadlock, 2 bad usage or file, 3 compile error or unhandled exception, 4 a limit was
# hit, 130 Ctrl-C, 141 nobody reads the output.
# shellcheck disable=SC2154 # bats sets output, stderr, lines and status

load helper

hello='using System; Console.WriteLine("hello");'
endless='while (true) { }'

# ---- running a program -------------------------------------------------------------------------------------------

@test "a program in a file runs, and stdout is its output and nothing else" {
    program hello.cs <<<"$hello"
    run --separate-stderr -0 awaitlab run hello.cs
    assert_output 'hello'
    assert_equal "$stderr" ''
}

@test "a program can come from a pipe" {
    run --separate-stderr -0 awaitlab run - <<<"$hello"
    assert_output 'hello'
}

@test "a program can stand on the command line" {
    run --separate-stderr -0 awaitlab run -e "$hello"
    assert_output 'hello'
}

@test "output without a final newline arrives as it is" {
    awaitlab run -e 'using System; Console.Write("no newline");' >printed
    printf 'no newline' >expected
    run -0 cmp printed expected
}

@test "text outside ASCII survives the trip from source to screen" {
    run -0 awaitlab run -e 'using System; Console.WriteLine("grüße, 日本, 🙂");'
    assert_output 'grüße, 日本, 🙂'
}

@test "a byte order mark and Windows line ends are no obstacle" {
    printf '\357\273\277using System;\r\nConsole.WriteLine(\r\n    "hello");\r\n' >windows.cs
    run -0 awaitlab run windows.cs
    assert_output 'hello'
}

@test "a file whose name begins with a dash runs after --" {
    program ./-dash.cs <<<"$hello"
    run -0 awaitlab run -- -dash.cs
    assert_output 'hello'
}

@test "what comes after -- reaches the program as args" {
    program echo.cs <<<'using System; foreach (string a in args) Console.WriteLine($"[{a}]");'
    run -0 awaitlab run echo.cs -- one '' '--stats' 'zwei drei'
    assert_output $'[one]\n[]\n[--stats]\n[zwei drei]'
    run -0 awaitlab run -e 'System.Console.WriteLine(args.Length);' -- a b
    assert_output '2'
    run --separate-stderr -2 awaitlab run echo.cs one
    assert_regex "$stderr" "'one'.*--"
}

@test "several -e are one program" {
    run -0 awaitlab run -e 'using System; // a comment to the end' -e 'Console.WriteLine(1);' -e 'Console.WriteLine(2);'
    assert_output $'1\n2'
}

@test "the exit code is the one the program ends with" {
    run -7 awaitlab run -e 'return 7;'
    run -8 awaitlab run -e 'using System.Threading.Tasks; await Task.Yield(); return 8;'
    run -9 awaitlab run -e 'System.Environment.Exit(9);'
}

@test "a program reads standard input line by line" {
    printf 'one\r\n\nlast' >lines
    run -0 awaitlab run -e 'using System; string? s; while ((s = Console.ReadLine()) != null) Console.WriteLine($"[{s}]");' <lines
    assert_output $'[one]\n[]\n[last]'
}

@test "standard output and standard error arrive in the order they were written" {
    run -0 awaitlab run -e 'using System;
        for (int i = 0; i < 3; i++) { Console.Write($"out {i}\n"); Console.Error.Write($"error {i}\n"); }'
    assert_output $'out 0\nerror 0\nout 1\nerror 1\nout 2\nerror 2'
}

@test "the same program gives the same output every time" {
    program order.cs <<'CODE'
using System;
using System.Threading.Tasks;

var work = new Task[4];
for (int i = 0; i < work.Length; i++)
{
    int number = i;
    work[i] = Task.Run(() => Console.WriteLine($"task {number}"));
}
await Task.WhenAll(work);
CODE
    awaitlab run order.cs >first
    awaitlab run order.cs >second
    run -0 cmp first second
    run -0 sort first
    assert_line --index 3 'task 3'
}

@test "the cache-first example shows 72 bytes for a Task hit and none for a ValueTask hit" {
    run --separate-stderr -0 awaitlab run "$TESTS/../docs/examples/cache-first.cs"
    assert_line --regexp '^Task<Product\?> +hit: +72 B'
    assert_line --regexp '^ValueTask<Product\?> +hit: +0 B'
    assert_equal "$stderr" ''
}

# ---- compile errors ----------------------------------------------------------------------------------------------

@test "an unknown name is reported with file, line, column and Roslyn's code" {
    printf 'using System;\nConsole.WriteLine(nope);\n' >broken.cs
    run --separate-stderr -3 awaitlab run broken.cs
    assert_output ''
    assert_equal "${stderr_lines[0]}" \
        "broken.cs(2,19): error CS0103: The name 'nope' does not exist in the current context"
}

@test "a missing semicolon is CS1002 at the end of the line before" {
    printf 'using System;\nConsole.WriteLine(1)\nConsole.WriteLine(2);\n' >broken.cs
    run --separate-stderr -3 awaitlab run broken.cs
    assert_regex "${stderr_lines[0]}" '^broken\.cs\(2,21\): error CS1002: ; expected'
}

@test "a wrong type is CS0029" {
    printf 'int number = "seven";\n' >broken.cs
    run --separate-stderr -3 awaitlab run broken.cs
    assert_regex "${stderr_lines[0]}" "^broken\.cs\(1,14\): error CS0029: Cannot implicitly convert type 'string' to 'int'"
}

@test "nothing runs when something does not compile" {
    printf 'using System;\nConsole.WriteLine("ran");\nint x = nope;\n' >broken.cs
    run --separate-stderr -3 awaitlab run broken.cs
    assert_output ''
}

@test "errors in a pipe keep stdout clean too" {
    run --separate-stderr -3 awaitlab run - <<<'int x = nope;'
    assert_output ''
    assert_regex "${stderr_lines[0]}" '\(1,9\): error CS0103:'
}

@test "there are no escape sequences when nobody looks through a terminal" {
    run --separate-stderr -3 awaitlab run -e 'int x = nope;'
    refute_regex "$output$stderr" $'\033'
}

@test "on a terminal a caret points at the place" {
    printf 'using System;\nConsole.WriteLine(nope);\n' >broken.cs
    in_terminal "cd '$PWD' && '$AWAITLAB' run broken.cs"
    wait_for 'error CS0103'
    wait_for '^'
}

# ---- exceptions --------------------------------------------------------------------------------------------------

@test "an unhandled exception looks as .NET prints it" {
    program throws.cs <<'CODE'
using System;

Console.WriteLine("before");
throw new InvalidOperationException("boom");
CODE
    run --separate-stderr -3 awaitlab run throws.cs
    assert_output 'before'
    assert_equal "${stderr_lines[0]}" 'Unhandled exception. System.InvalidOperationException: boom'
    assert_regex "${stderr_lines[1]}" '^   at '
}

@test "an exception in an awaited method names the method" {
    program throws.cs <<'CODE'
using System;
using System.Threading.Tasks;

await FailAsync();

static async Task FailAsync()
{
    await Task.Yield();
    throw new FormatException("late");
}
CODE
    run --separate-stderr -3 awaitlab run throws.cs
    assert_equal "${stderr_lines[0]}" 'Unhandled exception. System.FormatException: late'
    assert_regex "$stderr" 'FailAsync'
}

# ---- looking closer ----------------------------------------------------------------------------------------------

three_tasks='using System; using System.Threading.Tasks;
for (int i = 0; i < 3; i++) { Task<string> t = Task.FromResult("x"); Console.WriteLine(await t); }'

@test "--stats tells what was allocated, beside the program's output" {
    run --separate-stderr -0 awaitlab run --stats -e "$three_tasks"
    assert_output $'x\nx\nx'
    assert_regex "$stderr" 'Task<(string|String)>'
    assert_regex "$stderr" '216'
}

@test "--trace tells each protocol event in one sentence with its step" {
    run --separate-stderr -0 awaitlab run --trace -e "$three_tasks"
    assert_output $'x\nx\nx'
    assert_regex "$stderr" 'IsCompleted'
}

@test "--trace has a step where each statement begins, as in a debugger" {
    cat >loop.cs <<'END'
int sum = 0, last = 9;
for (int i = 0; i < 2; i++)
    sum += Twice(i);
foreach (var x in new[] { 1 }) {
    if (x > 1)
        sum++;
}
while (await System.Threading.Tasks.Task.FromResult(sum) > 2)
    throw new System.Exception();
System.Func<int, int> twice = n => n + n;
return twice(0);
static int Twice(int n) => n * 2;
END
    awaitlab run --trace loop.cs 2>trace
    run -0 sed -n 's/.*  line \([0-9]\)/line \1/p' trace
    assert_output 'line 1: int sum = 0
line 1: last = 9
line 2: int i = 0
line 2: i < 2
line 3: sum += Twice(i);
line 12: n * 2
line 2: i++
line 2: i < 2
line 3: sum += Twice(i);
line 12: n * 2
line 2: i++
line 2: i < 2
line 4: foreach (var x in new[] { 1 })
line 4: foreach (var x in new[] { 1 })
line 5: if (x > 1)
line 8: while (await System.Threading.Tasks.Task.FromResult(sum) > 2)
line 10: System.Func<int, int> twice = n => n + n;
line 11: return twice(0);
line 10: n + n'
}

@test "--trace is the same every time" {
    awaitlab run --trace -e "$three_tasks" 2>first
    awaitlab run --trace -e "$three_tasks" 2>second
    run -0 cmp first second
}

@test "--lowered shows the state machine that the compiler makes of an async method" {
    program method.cs <<'CODE'
using System.Threading.Tasks;

await PauseAsync(1);

static async Task PauseAsync(int times)
{
    await Task.Yield();
}
CODE
    run -0 awaitlab run --lowered PauseAsync method.cs
    assert_output --partial 'MoveNext'
    assert_output --partial 'times'
}

@test "--lowered without a name shows all methods, and runs nothing" {
    program method.cs <<<"$hello"
    run --separate-stderr -0 awaitlab run --lowered method.cs
    assert_output --partial 'hello'
    refute_line 'hello'
    assert_equal "$stderr" ''
    run --separate-stderr -2 awaitlab run --lowered Nothing method.cs
    assert_regex "$stderr" 'Nothing'
}

@test "--layout needs no program, and has a form for ASCII" {
    run -0 awaitlab run --ascii --layout 'Task<int>'
    assert_line --index 0 --regexp '^Task<int>: class, 72 bytes'
    refute_output --partial '│'
    run -0 awaitlab run --layout 'Task<int>'
    assert_output --partial '│'
}

@test "--layout knows the types of the program" {
    run -0 awaitlab run --layout Pair -e 'System.Console.WriteLine(1); struct Pair { public byte A; public long B; }'
    assert_line --index 0 --regexp '^Pair: struct, 16 bytes.*7 bytes of padding'
}

@test "--layout shows the fields of a type with its size" {
    program empty-loop.cs <<<'for (int i = 0; i < 1; i++) { }'
    run -0 awaitlab run --layout 'ValueTask<int>' empty-loop.cs
    assert_output --partial '_obj'
    assert_output --partial '_result'
    assert_output --partial '_token'
    assert_output --partial '16'
}

@test "--layout shows the box of a suspended method, as large as --stats counts it" {
    program box.cs <<'CODE'
using System.Threading.Tasks;

await Repository.GetAsync(3);

static class Repository
{
    public static async Task<int> GetAsync(int id) { await Task.Yield(); return id; }
}
CODE
    run -0 awaitlab run --layout 'Box<GetAsync>' box.cs
    assert_line --index 0 --partial 'Box<GetAsync>: class, 96 bytes on the heap'
    assert_output --partial '<>1__state'
    local by_method=$output
    run -0 awaitlab run --layout 'Box<Repository.GetAsync>' box.cs
    assert_output "$by_method"
    run -0 awaitlab run --stats box.cs
    assert_line --regexp 'Box<GetAsync> +\| +1 \| +96 B'
}

@test "--layout takes the names of closures that --stats shows" {
    local code='int k = 1; System.Func<int> f = () => k; System.Console.WriteLine(f());'
    run -0 awaitlab run --layout 'Program.<>c__DisplayClass0_0' -e "$code"
    assert_line --index 0 --partial 'class, 24 bytes on the heap'
}

@test "in a narrow terminal --trace folds its sentences between words" {
    program twice.cs <<'CODE'
using System.Threading.Tasks;

await AMethodWithAnUncommonlyLongName();

static async Task AMethodWithAnUncommonlyLongName() { await Task.Yield(); }
CODE
    in_terminal "cd '$PWD' && '$AWAITLAB' run --trace twice.cs 2>&1 >/dev/null"
    wait_for '                       Box<AMethodWithAnUncommonlyLongName>#2'
}

@test "in a narrow terminal --layout leaves out where fields are declared" {
    in_terminal "'$AWAITLAB' run --layout 'Dictionary<string, int>'"
    wait_for '_version'
    run -0 terminal_screen
    assert_output --partial '76-79'
    refute_output --partial 'Declared in'
}

@test "--layout of a type that does not exist says so" {
    run --separate-stderr awaitlab run --layout 'NoSuchType' -e "$hello"
    assert_orderly_failure
    assert_regex "$stderr" 'NoSuchType'
}

@test "--format json gives one JSON object per line" {
    program silent.cs <<'CODE'
using System.Threading.Tasks;

await Task.Yield();
CODE
    awaitlab run --trace --stats --format json silent.cs >records 2>&1
    assert_file_not_empty records
    run -0 jq -e --slurp 'length > 1 and all(.[]; type == "object")' records
    run -0 jq -c . records
    assert_equal "${#lines[@]}" "$(wc -l <records)"
}

@test "--format json tells errors and the outcome as records" {
    run --separate-stderr -3 awaitlab run --format json -e 'int x = nope;'
    assert_output ''
    run -0 jq -r 'select(.record == "diagnostic") | "\(.line),\(.column) \(.code)"' <<<"$stderr"
    assert_line --index 0 '1,9 CS0103'
    run --separate-stderr -5 awaitlab run --format json -e 'return 5;'
    run -0 jq -r 'select(.record == "outcome") | "\(.outcome) \(.exitCode)"' <<<"$stderr"
    assert_output 'finished 5'
    run --separate-stderr -4 awaitlab run --format json --timeout 0.2 -e "$endless"
    run -0 jq -r 'select(.record == "outcome") | .outcome' <<<"$stderr"
    assert_output 'timeout'
}

# ---- help and wrong usage ----------------------------------------------------------------------------------------

@test "--help explains itself on stdout" {
    run --separate-stderr -0 awaitlab --help
    assert_output --partial 'awaitlab run'
    assert_output --partial '--max-steps'
    assert_equal "$stderr" ''
}

@test "no line of the help is wider than 80 columns" {
    run -0 awaitlab --help
    refute_line --regexp '^.{81}'
}

@test "--version is one line" {
    run --separate-stderr -0 awaitlab --version
    assert_output --regexp '^awaitlab [0-9]+\.[0-9]+'
    assert_one_line "$output"
}

@test "an unknown option is named" {
    run --separate-stderr -2 awaitlab run --colour-of-the-sky -e "$hello"
    assert_output ''
    assert_regex "$stderr" 'colour-of-the-sky'
}

@test "a small slip in an option or a command is guessed" {
    run --separate-stderr -2 awaitlab run --max-stesp 5 -e "$hello"
    assert_regex "$stderr" '--max-steps'
    run --separate-stderr -2 awaitlab rum
    assert_regex "$stderr" "'run'"
    run --separate-stderr -2 awaitlab --stats hello.cs
    assert_regex "$stderr" '--stats.*awaitlab run'
}

@test "an unknown command is named" {
    run --separate-stderr -2 awaitlab juggle
    assert_output ''
    assert_regex "$stderr" 'juggle'
}

@test "run without a program says what is missing" {
    run --separate-stderr -2 awaitlab run
    assert_output ''
    assert_regex "$stderr" '.'
}

@test "an option without its value is bad usage" {
    for option in -e --max-steps --max-heap --timeout --format --layout; do
        run --separate-stderr -2 awaitlab run "$option"
        assert_regex "$stderr" "$option"
    done
}

@test "a number that is none is bad usage" {
    for option in --max-steps --max-heap --timeout; do
        for value in many -1 '' 99999999999999999999999; do
            run --separate-stderr -2 awaitlab run "$option" "$value" -e "$hello"
            assert_regex "$stderr" "$option"
        done
    done
}

@test "a format that does not exist is bad usage" {
    run --separate-stderr -2 awaitlab run --format yaml -e "$hello"
    assert_regex "$stderr" 'yaml'
}

# ---- files that are not what they should be ----------------------------------------------------------------------

@test "a file that does not exist is named, with the reason" {
    run --separate-stderr -2 awaitlab run missing.cs
    assert_output ''
    assert_regex "$stderr" 'missing\.cs.*No such file or directory'
}

@test "a file that may not be read is named, with the reason" {
    [ "$(id -u)" -ne 0 ] || skip 'root reads everything'
    program secret.cs <<<"$hello"
    chmod 000 secret.cs
    run --separate-stderr -2 awaitlab run secret.cs
    assert_regex "$stderr" 'secret\.cs.*Permission denied'
}

@test "a directory is not a program" {
    mkdir folder.cs
    run --separate-stderr -2 awaitlab run folder.cs
    assert_output ''
    assert_regex "$stderr" 'folder\.cs.*[Dd]irectory'
}

@test "an empty file has no entry point" {
    : >empty.cs
    run --separate-stderr -3 awaitlab run empty.cs
    assert_output ''
    assert_regex "$stderr" 'error CS5001'
}

@test "a file of nothing but a comment has no entry point either" {
    program comment.cs <<<'// nothing here'
    run --separate-stderr -3 awaitlab run comment.cs
    assert_regex "$stderr" 'error CS5001'
}

@test "binary junk is a compile error" {
    awk 'BEGIN { srand(1); for (i = 0; i < 20000; i++) printf "%c", int(rand() * 256) }' >junk.cs
    head -c 4096 /dev/zero >>junk.cs
    run --separate-stderr -3 awaitlab run junk.cs
    assert_output ''
    assert_regex "${stderr_lines[0]}" '^junk\.cs\([0-9]+,[0-9]+\): error '
}

@test "a program cut off anywhere ends in an orderly way" {
    local whole=$TESTS/conformance/044-pooled-operation.cs size
    for ((size = 1; size < 1200; size += 61)); do
        head -c "$size" "$whole" >cut.cs
        run --separate-stderr awaitlab run cut.cs
        assert_equal "$status $size" "3 $size"
        assert_regex "$stderr" 'error CS'
    done
}

@test "a line of ten million characters is read" {
    {
        printf 'using System; Console.WriteLine("'
        head -c 10000000 /dev/zero | tr '\0' a
        printf '".Length);\n'
    } >long.cs
    run --separate-stderr -0 awaitlab run long.cs
    assert_output '10000000'
}

@test "an error in a very long line does not print that line" {
    {
        printf 'int x = nope; // '
        head -c 10000000 /dev/zero | tr '\0' a
    } >long.cs
    awaitlab run long.cs 2>messages >printed || status=$?
    assert_equal "$status" 3
    run -0 head -c 60 messages
    assert_output --partial 'long.cs(1,9): error CS0103'
    run -0 test "$(wc -c <messages)" -lt 4096
}

@test "a million open brackets are an error, not a crash" {
    for bracket in '(' '[' '{' '<'; do
        head -c 1000000 /dev/zero | tr '\0' "$bracket" >deep.cs
        run --separate-stderr -3 awaitlab run deep.cs
        assert_regex "${stderr_lines[0]}" 'error CS'
    done
}

@test "a million nested and closed brackets are an answer or an error, not a crash" {
    {
        printf 'using System; Console.WriteLine('
        head -c 1000000 /dev/zero | tr '\0' '('
        printf '1'
        head -c 1000000 /dev/zero | tr '\0' ')'
        printf ');\n'
    } >deep.cs
    run --separate-stderr awaitlab run deep.cs
    if [ "$status" -eq 0 ]; then
        assert_output '1'
    else
        assert_equal "$status" 3
        assert_regex "${stderr_lines[0]}" 'error CS'
    fi
}

@test "a million nested unary operators, else branches and types do not crash either" {
    for piece in '!' '-' '~' 'if(x)' 'new A[' 'List<' 'x=>' 'await ' 'a?' '(a,' '{{' '$"{' 'else ' 'try{' 'class A{'; do
        awk -v piece="$piece" 'BEGIN { printf "var v = "; for (i = 0; i < 200000; i++) printf "%s", piece }' >deep.cs
        run --separate-stderr awaitlab run deep.cs
        assert_equal "$status $piece" "3 $piece"
    done
}

# ---- limits ------------------------------------------------------------------------------------------------------

@test "an endless loop ends at --max-steps" {
    run --separate-stderr -4 awaitlab run --max-steps 100000 -e "$endless"
    assert_one_line "$stderr"
    assert_regex "$stderr" 'step'
}

@test "an endless loop ends at --timeout" {
    SECONDS=0
    run --separate-stderr -4 awaitlab run --max-steps 1000000000000 --timeout 1 -e "$endless"
    assert_one_line "$stderr"
    run -0 test "$SECONDS" -lt 5
}

@test "output that was written before a limit is not lost" {
    run --separate-stderr -4 awaitlab run --max-steps 100000 -e "using System; Console.Write(\"kept\"); $endless"
    assert_output 'kept'
}

@test "a program that waits for ever is told so" {
    run --separate-stderr -1 awaitlab run --timeout 5 -e \
        'using System.Threading.Tasks; await new TaskCompletionSource().Task;'
    assert_one_line "$stderr"
    assert_regex "$stderr" 'deadlock'

}

@test "a delay of an hour takes no time at all" {
    SECONDS=0
    run -0 awaitlab run -e 'using System; using System.Threading.Tasks;
        await Task.Delay(TimeSpan.FromHours(1)); Console.WriteLine("later");'
    assert_output 'later'
    run -0 test "$SECONDS" -lt 5
}

@test "endless recursion is a stack limit" {
    run --separate-stderr -4 awaitlab run -e 'Down(1); static int Down(int n) => Down(n + 1) + 1;'
    assert_output ''
    assert_regex "$stderr" '[Ss]tack'
}

@test "endless asynchronous recursion is a limit too" {
    run --separate-stderr -4 awaitlab run --max-heap 50000000 -e 'using System.Threading.Tasks;
        await DownAsync(1); static async Task DownAsync(int n) { await DownAsync(n + 1); }'
    assert_output ''
    assert_regex "$stderr" '.'
}

@test "keeping everything ends at --max-heap" {
    run --separate-stderr -4 awaitlab run --max-heap 10000000 -e 'using System.Collections.Generic;
        var kept = new List<byte[]>(); while (true) { kept.Add(new byte[1000]); }'
    assert_output ''
    assert_regex "$stderr" 'heap'
}

@test "throwing everything away never reaches --max-heap" {
    run --separate-stderr -0 awaitlab run --max-heap 10000000 -e 'using System;
        long sum = 0; for (int i = 0; i < 100000; i++) { sum += new byte[1000].Length; } Console.WriteLine(sum);'
    assert_output '100000000'
}

@test "one huge array is refused" {
    run --separate-stderr awaitlab run -e 'var huge = new long[2000000000];'
    assert_orderly_failure
    assert_output ''
    assert_regex "$stderr" '[Mm]emory|heap'
}

# ---- the world outside -------------------------------------------------------------------------------------------

@test "a reader that goes away ends the program quietly" {
    run -0 --separate-stderr bash -c "'$AWAITLAB' run --timeout 20 -e 'using System;
        while (true) { Console.WriteLine(\"again\"); }' | head -n 1"
    assert_output 'again'
    assert_equal "$stderr" ''
    run -141 bash -c "set -o pipefail; '$AWAITLAB' run --timeout 20 -e 'using System;
        while (true) { Console.WriteLine(\"again\"); }' | head -n 1"
}

@test "a full disk is reported, lost output never passes for success" {
    [ -e /dev/full ] || skip 'no /dev/full here'
    run --separate-stderr bash -c "'$AWAITLAB' run -e '$hello' >/dev/full"
    assert_orderly_failure
    assert_regex "$stderr" 'No space left on device'
}

@test "a closed stdout is reported" {
    run --separate-stderr bash -c "'$AWAITLAB' run -e '$hello' >&-"
    assert_orderly_failure
    assert_regex "$stderr" '.'
}

@test "Ctrl-C ends a running program with 130" {
    in_terminal "'$AWAITLAB' run --timeout 50 --max-steps 1000000000000 -e 'using System;
        Console.WriteLine(\"started\"); while (true) { }'; echo \"exit code \$?\""
    wait_for 'started'
    terminal_keys C-c
    wait_for 'exit code 130'
}
