# awaitlab check and explain, as a user sees them. tests/check/run compares what is found in many programs.

# shellcheck disable=SC2154 # bats sets stderr
load helper

make_programs() {
    cat >twice.cs <<'END'
using System;
using System.Threading.Tasks;

ValueTask<int> reading = ReadAsync();
Console.WriteLine(await reading);
Console.WriteLine(await reading);

static async ValueTask<int> ReadAsync()
{
    await Task.Yield();
    return 5;
}
END
    echo 'System.Console.WriteLine(await new System.Threading.Tasks.ValueTask<int>(5));' >once.cs
    echo 'System.Console.WriteLine(x);' >wrong.cs
}

# Before each test, after what helper.bash sets up.
eval "$(declare -f setup | sed '1s/setup/plain_setup/')"
setup() {
    plain_setup
    make_programs
}

# program PAGE HEADING: the C# below a heading of a page.
program() {
    awaitlab explain "$1" | sed -n "/^## $2\$/,/^## /p" | sed -n '/^```csharp$/,/^```$/p' | sed '1d;$d'
}

@test "a misuse is one line as compilers write it, with the other place and the fix below" {
    run --separate-stderr -1 awaitlab check twice.cs
    assert_equal "$stderr" ''
    assert_line --index 0 --regexp '^twice\.cs\(6,19\): warning AL0001: reading is awaited, but it was consumed before; .* \[double-await\]$'
    assert_line --index 1 --regexp '^    twice\.cs\(5,19\): note: consumed here before \(step [0-9]+\)$'
    assert_line --index 2 --regexp '^    twice\.cs\(4,26\): note: the ValueTask comes from here \(step [0-9]+\)$'
    assert_line --index 3 --regexp '^    fix: await each ValueTask once'
}

@test "a correct program raises nothing, and its output is dropped" {
    run --separate-stderr -0 awaitlab check once.cs
    assert_equal "$output$stderr" ''
}

@test "several files are several programs, and the worst of them makes the exit code" {
    run --separate-stderr -1 awaitlab check once.cs twice.cs
    run --separate-stderr -3 awaitlab check twice.cs wrong.cs
    assert_line --regexp '^twice\.cs'
    [[ $stderr == *'error CS0103'* ]]
    run --separate-stderr -2 awaitlab check nowhere.cs twice.cs
}

@test "a crash that a misuse explains is a finding, another one is not" {
    run --separate-stderr -1 awaitlab check "$TESTS/conformance/052-concurrent-await-crashes.cs"
    echo 'throw new System.Exception("x");' >throws.cs
    run --separate-stderr -3 awaitlab check throws.cs
}

@test "advice is a note: the exit code is 0, with --strict 1" {
    run --separate-stderr -0 awaitlab check "$TESTS/check/advice.cs"
    assert_line --regexp ': note AL0015: .*\[task-allocated-on-sync-path\]$'
    run --separate-stderr -1 awaitlab check --strict "$TESTS/check/advice.cs"
}

@test "the same finding many times is said once" {
    cat >loop.cs <<'END'
using System.Threading.Tasks;
var vt = new ValueTask<int>(1);
for (int i = 0; i < 5; i++)
{
    await vt;
}
END
    run --separate-stderr -1 awaitlab check loop.cs
    assert_equal "$(grep -c 'AL0001' <<<"$output")" 1
    assert_line --regexp '\(4 times\) \[double-await\]$'
}

@test "--format gnu is what editors read" {
    run --separate-stderr -1 awaitlab check --format gnu twice.cs
    assert_line --index 0 --regexp '^twice\.cs:6:19: warning: .* \[AL0001 double-await\]$'
    assert_line --index 1 --regexp '^twice\.cs:5:19: note: '
}

@test "--format json is one object per finding, with everything known" {
    run --separate-stderr -1 awaitlab check --format json twice.cs
    run -0 jq -r '[.record, .severity, .code, .rule, .value, .arm, .place.line, .place.column, .place.method, (.place.step > .related[0].step), (.related | length)] | join(" ")' <<<"$output"
    assert_output 'finding warning AL0001 double-await reading task 6 19 Main true 2'
}

@test "--format sarif is valid SARIF 2.1.0, with a code flow per async method" {
    python=
    for candidate in python3 /usr/bin/python3; do
        "$candidate" -W ignore -c 'import jsonschema' 2>/dev/null && python=$candidate
    done
    [ -n "$python" ] || skip 'python3-jsonschema is not installed'
    awaitlab check --format sarif twice.cs once.cs "$TESTS/conformance/052-concurrent-await-crashes.cs" \
        "$TESTS/conformance/048-stale-token-after-reuse.cs" "$TESTS/check/deadlock-on-a-context.cs" >log.sarif 2>/dev/null || true
    run -0 "$python" -W ignore - "$TESTS/schemas/sarif-2.1.0.json" log.sarif <<'END'
import json, sys
from jsonschema.validators import validator_for
schema, log = (json.load(open(name, encoding='utf-8')) for name in sys.argv[1:])
errors = [f'{list(error.path)}: {error.message[:200]}' for error in validator_for(schema)(schema).iter_errors(log)]
print('\n'.join(errors))
sys.exit(bool(errors))
END
    run -0 jq -r '.runs[0].results[0] | [.ruleId, .level, .locations[0].physicalLocation.region.startLine, (.relatedLocations | length), .codeFlows[0].threadFlows[0].id] | join(" ")' log.sarif
    assert_output 'AL0001 warning 6 2 Main'
    run -0 jq -r '[.runs[0].results[].ruleId] | unique | join(" ")' log.sarif
    assert_output 'AL0001 AL0002 AL0003 AL0012 AL0013'
}

@test "a clean check is valid SARIF too, without results" {
    run -0 awaitlab check --format sarif once.cs
    run -0 jq -r '.version, (.runs[0].results | length), (.runs[0].tool.driver.rules | length)' <<<"$output"
    assert_output $'2.1.0\n0\n16'
}

@test "run tells findings after the output, on standard error, and keeps the exit code" {
    run --separate-stderr -0 awaitlab run twice.cs
    assert_output $'5\n5'
    [[ $stderr == 'twice.cs(6,19): warning AL0001: '* ]]
    run --separate-stderr -0 awaitlab run --no-findings twice.cs
    assert_equal "$stderr" ''
    run --separate-stderr -0 awaitlab run --format json twice.cs
    run -0 jq -r 'select(.record == "finding") | .rule' <<<"$stderr"
    assert_output double-await
}

@test "what comes after -- reaches the program" {
    echo 'if (args.Length == 1) { ' >arguments.cs
    cat twice.cs >>arguments.cs
    sed -i '/^using/d; s/^ValueTask/System.Threading.Tasks.ValueTask/; s/async ValueTask/async System.Threading.Tasks.ValueTask/; s/Task.Yield/System.Threading.Tasks.Task.Yield/; s/^Console/System.Console/' arguments.cs
    echo '}' >>arguments.cs
    run -0 awaitlab check arguments.cs
    run -1 awaitlab check arguments.cs -- x
}

@test "explain knows a rule by code and by name" {
    run -0 awaitlab explain AL0003
    assert_line --index 0 '# AL0003 stale-token: a ValueTask is used after its source went on to another operation'
    by_code=$output
    run -0 awaitlab explain stale-token
    assert_output "$by_code"
    run -0 awaitlab explain al0003
}

@test "explain lists the rules, and suggests the nearest" {
    run -0 awaitlab explain
    assert_equal "${#lines[@]}" 16
    run --separate-stderr -2 awaitlab explain duble-await
    [[ $stderr == *"did you mean 'double-await'?"* ]]
}

@test "the wrong program of each page is reported for that rule, the right one for nothing" {
    awaitlab explain | while read -r _ slug _; do
        program "$slug" Wrong >"$slug.cs"
        awaitlab check --strict "$slug.cs" >found 2>messages && return 1
        grep -q "\[$slug\]\$" found || { echo "$slug:"; cat found messages; return 1; }
        program "$slug" Right >"$slug.cs"
        awaitlab check --strict "$slug.cs" >found 2>&1 || { echo "$slug, right:"; cat found; return 1; }
        [ ! -s found ]
    done
}

@test "docs/rules.md is what the program prints" {
    awaitlab manual rules >now
    run -0 diff "$TESTS/../docs/rules.md" now
}

@test "after a million right requests, when run looks away from what is dull, there is still nothing to report" {
    run -0 --separate-stderr awaitlab run "$TESTS/bench/cache-first-valuetask.cs"
    assert_equal "$stderr" ''
}
