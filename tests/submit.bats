# C# typed piece by piece, as a person at the prompt sees it: declarations stay, code in the middle of other code, loaded files.
# shellcheck disable=SC2154 # bats sets output, stderr, lines and status

load helper

# typed LINE...: gives the lines to awaitlab as a script on standard input.
typed() {
    printf '%s\n' "$@" | awaitlab
}

@test "var needs no semicolon, and is no abbreviation of vars" {
    run -0 typed 'var a = 1' 'var text = "x"' 'a + text'
    assert_output '"1x" (string)'
}

@test "a name may be declared anew with another type" {
    run -0 typed 'int x = 1' 'Func<int> old = () => x' 'string x = "now"' 'x' 'old()'
    assert_output $'"now" (string)\n1 (int)'
}

@test "an error says where, and nothing of that input has happened" {
    run -3 typed 'int x = 1; string s = x;' 'x'
    assert_line --partial "input 1(1,23): error CS0029: Cannot implicitly convert type 'int' to 'string'"
    refute_line '1 (int)'
}

@test "an exception ends the input, not the session" {
    run -3 typed 'int x = 1' 'x = 2; throw new Exception("boo")'
    assert_line --partial 'System.Exception: boo'
}

@test "C# typed in the past sees the locals of that place, and a new future begins there" {
    run -0 typed 'class Op { int n = 2; public int Total(int k) { int sum = 0; for (int i = 0; i < k; i++) { sum += i; n++; } return sum; } }' \
        'var op = new Op()' 'op.Total(4)' 'goto 12' 'sum + k' 'sum = 100' 'int kept = sum + i' 'step 100' 'kept' 'print op'
    assert_line --partial 'another future begins here'
    assert_line '101 (int)'
}

@test "print changes nothing, whatever it calls" {
    run -0 typed 'int count = 1; int Next() { Console.WriteLine(count); return ++count; }' 'print Next()' 'print Next()' 'count'
    assert_output $'2 (int)\n2 (int)\n1 (int)'
}

@test "print takes no assignment and no await" {
    run -2 typed 'int count = 1' 'print count = 2'
    assert_line --partial 'Looking at a value changes nothing'
    run -2 typed 'print await Task.FromResult(1)'
    assert_line --partial 'Looking at a value runs no await'
}

@test "variables and functions of a loaded file can be used" {
    cat >"$BATS_TEST_TMPDIR/setup.cs" <<'END'
int calls = 0;
var op = new Op();
async Task<int> Fetch(int n) { calls++; await Task.Delay(1); return n + calls; }
Console.WriteLine(await Fetch(1));
class Op { public int N = 7; }
END
    run -0 typed "#load $BATS_TEST_TMPDIR/setup.cs" 'calls' 'op.N' 'await Fetch(10)' 'calls'
    assert_output $'2\n1 (int)\n7 (int)\n12 (int)\n2 (int)'
}
