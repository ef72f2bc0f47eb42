# awaitlab watch: runs again at each save.
# shellcheck disable=SC2154 # bats sets output, stderr, lines and status

load helper

hello='System.Console.WriteLine("one");'

setup() {
    export HOME=$BATS_TEST_TMPDIR LC_ALL=C.UTF-8 TERM=dumb
    cd "$BATS_TEST_TMPDIR" || return 1
    watcher=
}

teardown() {
    [ -z "$watcher" ] || kill -INT "$watcher" 2>/dev/null || true
}

# wait_until TEXT COUNT: COUNT times TEXT in what was printed; twenty seconds at most.
wait_until() {
    local tries
    for ((tries = 0; tries < 400; tries++)); do
        [ "$(grep -c -- "$1" printed)" -ge "$2" ] && return
        sleep 0.05
    done
    batslib_decorate "never printed: $1" <printed | fail
}

start_watching() {
    "$AWAITLAB" watch "$@" >printed 2>&1 3>&- &
    watcher=$!
    wait_until 'Ctrl-C ends' 1
}

@test "a save runs the program again, and shows output and bytes" {
    program hello.cs <<<"$hello"
    start_watching hello.cs
    run -0 cat printed
    assert_line 'one'
    assert_line --regexp 'exit code 0, [0-9]+ steps?, [0-9]+ objects?, [0-9]+ B'
    program hello.cs <<<'System.Console.WriteLine("two");'
    wait_until 'Ctrl-C ends' 2
    run -0 grep -c '^two$' printed
}

@test "a save by renaming, as editors do it, counts" {
    program hello.cs <<<"$hello"
    start_watching ./hello.cs
    program new.cs <<<'System.Console.WriteLine("renamed");'
    mv new.cs hello.cs
    wait_until '^renamed$' 1
}

@test "an error stays on the screen and watching goes on" {
    program hello.cs <<<'int x = "text";'
    start_watching hello.cs
    run -0 grep -c 'CS0029' printed
    program hello.cs <<<"$hello"
    wait_until '^one$' 1
}

@test "Ctrl-C ends it" {
    program hello.cs <<<"$hello"
    set -m
    start_watching hello.cs
    set +m
    kill -INT "$watcher"
    local code=0
    wait "$watcher" || code=$?
    watcher=
    assert_equal "$code" 130
}

@test "a file that is not there is bad usage" {
    run --separate-stderr -2 awaitlab watch missing.cs
    assert_regex "$stderr" 'missing\.cs'
    run --separate-stderr -2 awaitlab watch
}
