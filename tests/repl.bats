# The prompt, driven line by line through a pipe: what is typed, what comes back, what a script ends with.
# shellcheck disable=SC2154 # bats sets output, stderr, lines and status

load helper

# typed LINE...: gives the lines to awaitlab as a script on standard input.
typed() {
    printf '%s\n' "$@" | awaitlab
}

# ---- C# --------------------------------------------------------------------------------------------------------------

@test "an expression shows its value and its type" {
    run -0 typed '6 * 7' '"text"' '1.5m' "'c'" 'null' 'new int[] { 1, 2, 3 }'
    assert_line --index 0 '42 (int)'
    assert_line --index 1 '"text" (string)'
    assert_line --index 2 '1.5m (decimal)'
    assert_line --index 3 "'c' (char)"
    assert_line --index 4 --regexp '^null'
    assert_line --index 5 'int[3] { 1, 2, 3 }'
}

@test "a statement with a semicolon shows nothing" {
    run -0 typed 'int x = 1;' 'x = x + 1;' 'x++;'
    assert_output ''
}

@test "what is declared stays: variables, methods, types" {
    run -0 typed 'int x = 20;' 'int Twice(int n) => 2 * n;' 'record Point(int X, int Y);' 'Twice(x) + 2' 'new Point(1, 2)'
    assert_line --index 0 '42 (int)'
    assert_line --index 1 'Point { X = 1, Y = 2 }'
}

@test "await works at top level" {
    run -0 typed 'await Task.FromResult(42)' 'async Task<int> F(int n) { await Task.Delay(n); return n; }' 'await F(5)'
    assert_output $'42 (int)\n5 (int)'
}

@test "an input goes on until it is complete" {
    run -0 typed 'int Twice(int n)' '{' '    return 2 * n;' '}' 'Twice(' '21)'
    assert_output '42 (int)'
}

@test "an input that never becomes complete is an error of C#" {
    run --separate-stderr -3 typed 'int Twice(int n) {' '    return 2 * n;'
    assert_regex "$stderr" 'error CS1513'
}

@test "an error names place and code, and what came before stays" {
    run --separate-stderr -3 typed 'int x = 42;' 'int y = "text";' 'x'
    assert_output '42 (int)'
    assert_regex "$stderr" 'input 2\(1,9\): error CS0029: '
}

@test "an exception that nobody catches ends only the input" {
    run --separate-stderr -3 typed 'int x = 42;' 'throw new InvalidOperationException("no");' 'x'
    assert_output '42 (int)'
    assert_regex "$stderr" 'System.InvalidOperationException: no'
}

@test "waiting for what never comes is a deadlock, and the session goes on" {
    run --separate-stderr -1 typed 'var source = new TaskCompletionSource<int>();' 'await source.Task' '6 * 7'
    assert_output '42 (int)'
    assert_regex "$stderr" 'deadlock'
}

@test "output without an end of line does not run into the next answer" {
    run -0 typed 'Console.Write("no end");' '6 * 7'
    assert_output $'no end\n42 (int)'
}

# ---- commands and C# -------------------------------------------------------------------------------------------------

@test "a command is found by name, short name, alias, and a beginning that fits only one" {
    run -0 typed 'help quit'
    assert_line --index 0 --regexp '^quit'
    for line in '? quit' 'h quit' 'hel quit' ':help quit' '#help quit'; do
        run -0 typed "$line"
        assert_line --index 0 --regexp '^quit'
    done
}

@test "a semicolon makes it C#, a colon makes it a command" {
    run --separate-stderr -0 typed 'int help = 42;' 'help++;' ':help quit'
    assert_equal "$stderr" "note: 'help' is also a command; print it with \`p help\`"
    assert_line --index 0 --regexp '^quit'
    run --separate-stderr -0 typed 'int help = 42;' 'help + 0' 'help = 3' 'help.ToString()'
    assert_output $'42 (int)\n3 (int)\n"3" (string)'
}

@test "a word that is neither a name nor a command: both are said, with a suggestion" {
    run --separate-stderr -3 typed 'hlep'
    assert_regex "$stderr" 'CS0103'
    assert_regex "$stderr" "no command either; did you mean 'help'"
    run --separate-stderr -2 typed ':hlep'
    assert_regex "$stderr" "'hlep'.*'help'"
}

@test "blank lines, comments, #! and #: lines are nothing" {
    run --separate-stderr -0 typed '#!/usr/bin/env awaitlab' '#:package Some@1.0' '' '   ' '// a comment' '42 // another'
    assert_output '42 (int)'
    assert_equal "$stderr" ''
}

@test "help shows every command with one sentence, and an example for each" {
    run -0 typed 'help all'
    assert_line --regexp '^  layout TYPE +the memory of a type'
    refute_line --regexp '^.{101}'
    run -0 typed 'help'
    assert_line --regexp '^Moving in time +step\(s\) next\(n\)'
    refute_line --regexp '^.{85}'
    assert [ "${#lines[@]}" -le 24 ]
    run -0 typed 'help layout'
    assert_line --partial 'example: layout'
    run --separate-stderr -2 typed 'help lyout'
    assert_regex "$stderr" "'layout'"
}

@test "history has whole inputs, numbered" {
    run -0 typed 'int Twice(int n)' '    => 2 * n;' 'history'
    assert_output $'    1  int Twice(int n)\n           => 2 * n;\n    2  history'
}

@test "a short command that is a variable, too, says so" {
    run --separate-stderr -0 typed "int n = 5;" "n"
    assert_regex "$stderr" "is also a variable; print it with .p n."
}

@test "reset begins anew" {
    run --separate-stderr -3 typed 'int x = 1;' 'reset' 'x'
    assert_regex "$stderr" "'x' does not exist"
}

@test "quit leaves at once" {
    run -0 typed '1' 'quit' '2'
    assert_output '1 (int)'
    run -0 typed '#exit' '2'
    assert_output ''
}

@test "a setting that does not exist is named" {
    run -0 typed 'set width 100' 'set width'
    assert_output --regexp '^width +100'
    run --separate-stderr -2 typed 'set widht 3'
    assert_regex "$stderr" "'widht'.*'width'"
    run --separate-stderr -2 typed 'set ascii perhaps'
    assert_regex "$stderr" 'on or off'
}

@test "layout and lowered look at what was typed" {
    run -0 typed 'struct Pair { public int A; public byte B; }' 'layout Pair'
    assert_line --index 0 --regexp '^Pair: struct, 8 bytes'
    run --separate-stderr -2 typed 'layout Nothing'
    assert_regex "$stderr" 'Nothing'
}

# ---- files -----------------------------------------------------------------------------------------------------------

@test "#load runs a C# file, and its types stay" {
    program point.cs <<<'record Point(int X, int Y); class Program { static void Main() { System.Console.WriteLine("loaded"); } }'
    run -0 typed '#load "point.cs"' 'new Point(1, 2)'
    assert_output $'loaded\nPoint { X = 1, Y = 2 }'
    run -0 typed 'load point.cs'
    assert_output 'loaded'
}

@test "load does the lines of a script, and stops at its first error" {
    printf 'int x = 42;\nx\nint y = "a";\nx\n' >lines.al
    run --separate-stderr -3 typed 'load lines.al' 'x + 1'
    assert_output $'42 (int)\n43 (int)'
    assert_regex "$stderr" 'lines\.al:3: stopped'
}

@test "a script that loads itself comes to an end" {
    echo 'load self.al' >self.al
    run --separate-stderr -2 typed 'load self.al'
    assert_regex "$stderr" 'open already'
}

@test "a file that cannot be read is named, with the reason" {
    run --separate-stderr -2 typed 'load missing.cs'
    assert_regex "$stderr" 'missing\.cs: No such file'
    run --separate-stderr -2 typed 'load'
    run --separate-stderr -2 awaitlab -x /
    assert_equal "$stderr" 'cannot read /: Is a directory'
    run --separate-stderr -2 awaitlab ./
    assert_regex "$stderr" 'Is a directory'
}

@test "trap: recording nobody can read: save, replay, and every step is the same" {
    typed "${twice[@]}" 'int x = 1;' 'goto 9' 'mark nine' 'save kept.run' 'goto start' $(printf 'step\n%.0s' {1..30}) |
        tail -n 120 >before
    typed 'replay kept.run' 'marks' 'goto start' $(printf 'step\n%.0s' {1..30}) | tail -n 120 >after
    run -0 diff before after
    run -0 typed 'replay kept.run' 'marks'
    assert_line --regexp '^\[9/'
    assert_line --regexp '^nine +step 9'
    run -0 typed 'replay kept.run@3' 'save again.run'
    assert_line --regexp '^\[3/'
    run -0 awaitlab kept.run@5
    assert_line --regexp '^\[5/'
}

@test "export json writes every step, in order, and what was found" {
    run -1 typed 'var vt = new ValueTask<int>(7);' 'await vt' 'await vt' 'goto 3' 'export json steps.jsonl' 'where'
    assert_line --regexp '^[0-9]+ steps are in steps.jsonl'
    run -0 jq -r 'select(.record == "event") | .step' steps.jsonl
    assert_output "$(seq 1 "$(grep -c '"event"' steps.jsonl)")"
    run -0 jq -r 'select(.record == "finding") | .code' steps.jsonl
    assert_output 'AL0001'
    run --separate-stderr -2 typed '1' 'export json /nowhere/steps'
    assert_regex "$stderr" '/nowhere/steps'
}

@test "a recording that is none is refused, and the session stays" {
    printf 'nonsense\n' >kept.run
    run --separate-stderr -2 typed 'int x = 42;' 'replay kept.run' 'replay missing.run' 'x'
    assert_output '42 (int)'
    assert_regex "$stderr" 'kept\.run'
    assert_regex "$stderr" 'missing\.run: No such file'
    run --separate-stderr -2 typed 'int x = 42;' 'save /nowhere/kept.run'
    assert_regex "$stderr" '/nowhere'
}

@test "the transcript keeps what is typed and what is shown" {
    run -0 typed 'transcript kept.txt' '6 * 7' 'Console.WriteLine("hello");' 'transcript off' '1'
    run -0 cat kept.txt
    assert_output $'al> 6 * 7\n42 (int)\nal> Console.WriteLine("hello");\nhello\nal> transcript off'
}

@test "a program that reads a line gets the next one" {
    run -0 typed 'Console.ReadLine()' 'this one' '1'
    assert_output $'"this one" (string)\n1 (int)'
}

@test "edit runs what the editor leaves" {
    printf '#!/bin/sh\necho "Console.WriteLine(40 + 2);" >"$1"\n' >editor
    chmod +x editor
    EDITOR=./editor run -0 typed 'edit'
    assert_output $'Console.WriteLine(40 + 2);\n42'
    EDITOR=false run --separate-stderr -2 typed 'edit'
    assert_regex "$stderr" 'false'
}

# ---- looking without effect ------------------------------------------------------------------------------------------

@test "print shows a value and undoes what showing it did" {
    run -0 typed 'int x = 1;' 'int Next() { Console.WriteLine("side effect"); return ++x; }' 'print Next()' 'x' 'p (x + 1) * 2' 'p -x'
    assert_output $'2 (int)\n1 (int)\n4 (int)\n-1 (int)'
    run --separate-stderr -2 typed 'print nothing'
    assert_regex "$stderr" "'nothing'"
    run --separate-stderr -2 typed 'string s = null;' 'print s.Length'
    assert_regex "$stderr" 'NullReferenceException'
}

@test "vars shows what was declared" {
    run -0 typed 'int x = 1;' 'string s = "text";' 'vars'
    assert_line '  int x = 1'
    assert_line '  string s = "text"'
}

# ---- time ------------------------------------------------------------------------------------------------------------

twice=('async Task<int> Twice(int n)' '{' '    await Task.Delay(n);' '    int m = 2 * n;' '    return m;' '}' 'await Twice(20)')

@test "each step tells where, what, what has changed, and the heap" {
    run -0 typed "${twice[@]}" 'goto start' 'step 2'
    assert_line --regexp '^\[2/[0-9]+\] input 1\(3,5\) Twice on T1, t=0 ms$'
    assert_line 'now: line 3: await Task.Delay(n);'
    assert_line --regexp '^changed: '
    assert_line --regexp '^heap: [0-9]+ objects?, [0-9]+ B'
}

@test "trap: reverse at start hangs or misleads: it says so, and that is no error" {
    run -0 typed 'int x = 1;' 'back 100' 'back'
    assert_line 'start of recorded history'
    run -0 typed 'back'
}

@test "trap: seek lands after the event: goto 4, and it is 4" {
    run -0 typed "${twice[@]}" 'goto 4' 'goto 4' 'goto start' 'step 4' 'goto @4'
    run -0 grep -c '^\[4/' <<<"$output"
    assert_output 4
}

@test "trap: position not unique: steps have each number once, in order" {
    typed "${twice[@]}" 'goto start' $(printf 'step\n%.0s' {1..20}) | sed -n 's/^\[\([0-9]*\)\/.*/\1/p' | tail -n +2 >numbers
    seq 1 20 >expected
    run -0 diff expected numbers
}

@test "back and forth is exact" {
    typed "${twice[@]}" 'goto 7' >once
    typed "${twice[@]}" 'goto 7' 'back 5' 'step 5' | tail -n "$(($(wc -l <once) - 1))" >again
    run -0 diff <(tail -n +2 once) again
}

@test "goto understands steps, ends, marks and lines" {
    run -0 typed "${twice[@]}" 'goto 3' 'mark spot' 'goto end' 'goto spot' 'goto start' 'goto 4:' 'goto +1' 'goto -2'
    assert_line 'mark spot is step 3'
    assert_line --regexp '^\[3/'
    assert_line --regexp '^\[0/'
    assert_line --regexp 'input 1\(4,5\) Twice'
    run --separate-stderr -2 typed 'goto nowhere'
    assert_regex "$stderr" 'nowhere'
}

@test "breakpoints stop going on and going back" {
    run -0 typed "${twice[@]}" 'goto start' 'break 4' 'break await' 'continue' 'continue' 'goto end' 'rc' 'break' 'delete 1' 'delete all' 'break'
    assert_line 'breakpoint 1: line 4'
    assert_line --partial 'breakpoint 2: await'
    assert_line 'no breakpoints'
    run --separate-stderr -2 typed 'break nonsense'
    assert_regex "$stderr" 'nonsense'
    run --separate-stderr -2 typed 'delete 5'
}

@test "next goes from statement to statement, turn from thread to thread" {
    run -0 typed "${twice[@]}" 'goto 3:' 'next' 'N'
    assert_line --regexp 'input 1\(4,5\) Twice'
    run -0 typed "${twice[@]}" 'goto start' 'turn' 'T' 'rev turn'
}

@test "where shows who awaits whom" {
    run -0 typed "${twice[@]}" 'goto 4:' 'where'
    assert_line --regexp '^> Twice  input 1\(4,5\)'
    assert_line --regexp '^  Main'
}

@test "list marks the line that runs" {
    run -0 typed "${twice[@]}" 'goto 4:' 'list'
    assert_line --regexp '^>.   4      int m = 2'
    assert_line --regexp '^ \.   3      await Task'
}

@test "a misuse is told when it happens, with both places" {
    run --separate-stderr -1 typed 'var vt = new ValueTask<int>(7);' 'await vt' 'await vt'
    assert_output $'7 (int)\n7 (int)'
    assert_regex "$stderr" 'input 3\(1,1\): warning AL0001: .*double-await'
    assert_regex "$stderr" 'input 2\(1,1\): note: consumed here before'
}

@test "goto error goes to the misuse" {
    run -1 typed 'var vt = new ValueTask<int>(7);' 'await vt' 'await vt' 'goto start' 'goto error'
    assert_line --regexp '^\[[0-9]+/[0-9]+\] input 3'
    run --separate-stderr -2 typed '1' 'goto error'
    assert_regex "$stderr" 'no misuse'
}

@test "awaiting what is not complete is no misuse at a prompt" {
    run --separate-stderr -0 typed 'await Task.Delay(5)' 'await new ValueTask(Task.Delay(5))' 'await Task.WhenAll(Task.Delay(1), Task.Delay(2))'
    assert_equal "$stderr" ''
}

@test "why names the step that wrote a value, field by field" {
    run -0 typed 'int x = 1;' 'x = 5;' 'var vt = new ValueTask<int>(7);' 'int y = 2;' 'why x' 'why vt'
    assert_line --regexp '^x = 5, before 1'
    assert_line --partial 'input 2(1,1)'
    assert_line --regexp '^vt\._result = 7, before 0'
    run --separate-stderr -2 typed '1' 'why nothing'
    assert_regex "$stderr" "'nothing'"
}

@test "diff shows what is different between two moments" {
    run -0 typed 'int x = 1;' 'x = 5;' 'goto 1' 'mark one' 'goto end' 'diff one' 'diff start end' 'diff 2 2'
    assert_line 'from step 1 to 2'
    assert_line --regexp '^\* x  1 -> 5'
    assert_line 'from step 2 to 2: no difference'
    run --separate-stderr -2 typed '1' 'diff nowhere'
    assert_regex "$stderr" 'nowhere'
}

@test "explain tells about a step, and about a rule" {
    run -0 typed 'int x = 1;' 'explain'
    assert_line --regexp '^now: '
    run -0 typed 'explain AL0001' 'explain double-await'
    assert_line --partial '# AL0001 double-await'
    run -0 typed 'explain rules'
    assert_line --regexp '^AL0001  double-await'
    run --separate-stderr -2 typed 'explain duoble-await'
    assert_regex "$stderr" "did you mean 'double-await'"
}

# ---- other futures ---------------------------------------------------------------------------------------------------

@test "trap: undo keeps variables: after undo the name is unknown" {
    run --separate-stderr -3 typed 'int x = 1;' 'undo' 'x'
    assert_regex "$stderr" "'x' does not exist"
}

@test "undo skips what only looks, and redo takes it back" {
    run --separate-stderr -0 typed 'int x = 1;' 'x = 2;' 'print x' 'where' 'undo' 'print x' 'redo' 'print x' 'undo' 'undo' 'undo' 'undo' 'redo'
    assert_line --index 0 '2 (int)'
    assert_output --partial $'1 (int)\ndone again'
    assert_line 'nothing to undo: this is the start'
}

@test "typing in the past makes another future, and keeps the old one" {
    run -0 typed 'int x = 1;' 'x = 2;' 'goto 1' 'x = x + 10;' 'print x' 'branches' 'branches 1' 'print x'
    assert_line --partial 'the old one is kept'
    assert_line '11 (int)'
    assert_line --index -1 '2 (int)'
    run -0 typed 'branches'
}

@test "sched says who runs next, and choose lets the user decide" {
    run -0 typed 'sched' 'sched lifo' 'sched' 'sched random 5' 'sched'
    assert_output $'fifo\nlifo\nrandom 5'
    run --separate-stderr -2 typed 'sched sometimes'
    assert_regex "$stderr" 'fifo'
    run --separate-stderr -2 typed '1' 'choose 77'
    assert_regex "$stderr" '77'
    run -0 typed 'sched ask' 'void F(string s) { for (int i = 0; i < 2; i++) { Console.WriteLine(s); Thread.Yield(); } }' \
        'var t = new Thread(() => F("a")); t.Start(); F("b"); t.Join();' 'choose' 'choose 2' 'choose 2'
    assert_line 'who runs next?'
    assert_line --regexp '^  choose [0-9]+  '
}

# ---- the command line ------------------------------------------------------------------------------------------------

@test "-e takes C# and commands, and keeps what was declared" {
    run -0 awaitlab -e 'int x = 6' -e 'x * 7' -c 'help quit'
    assert_line --index 0 '42 (int)'
    assert_line --index 1 --regexp '^quit'
}

@test "-x does the lines of a file, and a file without .cs is one" {
    printf 'int x = 42;\nx\n' >lines
    run -0 awaitlab -x lines
    assert_output '42 (int)'
    run -0 awaitlab ./lines
    assert_output '42 (int)'
    run -0 awaitlab -x lines -e 'x + 1'
    assert_output $'42 (int)\n43 (int)'
}

@test "a file with #! runs as a program of its own" {
    printf '#!%s\n6 * 7\n' "$AWAITLAB" >script
    chmod +x script
    run -0 ./script
    assert_output '42 (int)'
}

@test "a .cs file runs as a program, with arguments" {
    program echo.cs <<<'System.Console.WriteLine(string.Join(",", args)); return 5;'
    run -5 awaitlab echo.cs one two
    assert_output 'one,two'
    run -5 awaitlab echo.cs -- -x
    assert_output -- '-x'
}

@test "FILE@STEP shows that moment" {
    program steps.cs <<<'int x = 1; x = 2; x = 3; System.Console.WriteLine(x);'
    run -0 awaitlab steps.cs@2
    assert_line --regexp '^\[2/[0-9]+\] steps\.cs\(1,'
    run -0 awaitlab steps.cs@end
    assert_line --partial 'wrote: "3\n"'
    run --separate-stderr -2 awaitlab missing.cs@2
    run --separate-stderr -2 awaitlab steps.cs@nowhere
    program 'odd@2.cs' <<<'System.Console.WriteLine("odd");'
    run -0 awaitlab odd@2.cs
    assert_output 'odd'
}

@test "- is standard input" {
    run -0 awaitlab - <<<'6 * 7'
    assert_output '42 (int)'
}

@test "-b stops at the first error and sums up; --keep-going goes on" {
    printf '1\nint y = "a";\n2\n' >lines
    run --separate-stderr -3 awaitlab -b <lines
    assert_output '1 (int)'
    assert_regex "$stderr" 'exit code 3, [0-9]+ steps?, [0-9]+ objects?, [0-9]+ B'
    run --separate-stderr -3 awaitlab -b --keep-going <lines
    assert_output $'1 (int)\n2 (int)'
    run --separate-stderr -3 awaitlab -x lines
    assert_output '1 (int)'
    run --separate-stderr -3 awaitlab --keep-going -x lines
    assert_output $'1 (int)\n2 (int)'
}

@test "-i goes on with standard input after the script" {
    run -0 awaitlab -i -e 'int x = 42;' <<<'x'
    assert_output '42 (int)'
}

@test "a limit ends with 4" {
    run --separate-stderr -4 awaitlab --max-steps 10 -e 'for (int i = 0; i < 100; i++) await Task.Yield();'
    assert_regex "$stderr" 'max-steps'
}

@test "--timeout ends a script that does not end, with 4" {
    run --separate-stderr -4 awaitlab --timeout 0.2 -e 'int x = 42;' -e 'while (true) { }' -e 'x'
    assert_output ''
    assert_regex "$stderr" '--timeout'
}

@test "a misspelt command of the command line is no file" {
    run --separate-stderr -2 awaitlab rum
    assert_regex "$stderr" "'rum'.*'run'"
}

@test "nobody reads the output any more: 141, without a word" {
    printf '"text"\n%.0s' {1..20000} >lines
    { awaitlab <lines 2>errors || echo "$?" >code; } | head -1 >/dev/null
    run -0 cat errors
    assert_output ''
    run -0 cat code
    assert_output '141'
}

# ---- the traps of others ---------------------------------------------------------------------------------------------

@test "trap: bracketed paste leaves no junk in pipes: no escape byte on either stream" {
    printf 'help\nlayout Task\nint x = ;\nset color on\nset color off\n:nonsense\n42\n' >lines
    awaitlab <lines >out 2>err || true
    run -1 grep -c $'\033' out err
    run -0 grep -c '42' out
}

@test "trap: script error but exit 0: a syntax error in a file is 3" {
    printf 'int x = ;\n' >lines
    run --separate-stderr -3 awaitlab -x lines
    run --separate-stderr -3 awaitlab -b <lines
    run --separate-stderr -3 awaitlab <lines
}

@test "trap: plain mode moves the cursor: no control sequence, no carriage return" {
    for options in '--plain' '--color=never' '--ascii'; do
        awaitlab $options -e 'help' -e 'layout Task' >out 2>&1
        run -1 grep -c $'[\033\r\b]' out
    done
}

@test "trap: UTF-8 needed for borders: LC_ALL=C draws in ASCII" {
    LC_ALL=C run -0 awaitlab -e 'layout Task'
    refute_output --regexp '[^ -~
]'
    LC_ALL=C.UTF-8 run -0 awaitlab --ascii -e 'layout Task'
    refute_output --partial '│'
    LC_ALL=C.UTF-8 NO_GRAPHICS=1 run -0 awaitlab -e 'layout Task'
    refute_output --partial '│'
}

@test "trap: long one-line input gets slow: 10 kB" {
    local ones
    ones=$(printf '1, %.0s' {1..3400})
    run -0 timeout 5 "$AWAITLAB" -e "new int[] { $ones }.Length"
    assert_output '3400 (int)'
}

@test "trap: colour without a terminal: NO_COLOR beats CLICOLOR_FORCE, the option beats both" {
    CLICOLOR_FORCE=1 run -3 awaitlab -e 'int x = "a";'
    assert_output --partial $'\033['
    NO_COLOR=1 CLICOLOR_FORCE=1 run -3 awaitlab -e 'int x = "a";'
    refute_output --partial $'\033'
    NO_COLOR=1 run -3 awaitlab --color=always -e 'int x = "a";'
    assert_output --partial $'\033['
}

@test "trap: no home, or one that cannot be written, is no error" {
    HOME=/proc/nonexistent run --separate-stderr -0 awaitlab -e '1'
    assert_equal "$stderr" ''
    HOME='' XDG_STATE_HOME=/proc/nothing run --separate-stderr -0 awaitlab -e '1'
    assert_equal "$stderr" ''
}

@test "trap: the rc file does not reach into scripts" {
    mkdir -p .config/awaitlab
    echo 'Console.WriteLine("rc");' >.config/awaitlab/awaitlabrc
    run -0 awaitlab -e '1'
    assert_output '1 (int)'
    run -0 typed '1'
    assert_output '1 (int)'
}

@test "continue stops at each misuse of a long run, from the first one on" {
    run -1 typed "load $TESTS/../docs/examples/await-twice.cs" 'goto start' 'continue' 'continue' 'continue' 'continue'
    run -0 grep -c '^\[[0-9]\{2\}/' <<<"$output"
    assert_output 3
}
