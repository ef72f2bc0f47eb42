# `awaitlab features`: the list of what is supported. That its examples run is proved by unit/feature_test.
# shellcheck disable=SC2154 # bats sets output, stderr, lines and status

load helper

@test "features lists language, refusals and library as text" {
    run --separate-stderr -0 awaitlab features
    assert_equal "$stderr" ''
    assert_line 'Statements'
    assert_line --partial 'query expressions'
    assert_line --partial "'dynamic': use a static type"
    assert_line 'System.Threading.Tasks'
    assert_line '  ValueTask<TResult>'
}

@test "--features is the same list" {
    awaitlab features >command
    awaitlab --features >option
    run -0 cmp command option
}

@test "a word picks the lines that mention it" {
    run --separate-stderr -0 awaitlab features SemaphoreSlim
    assert_line 'System.Threading'
    assert_line '  SemaphoreSlim'
    refute_line '  Monitor'
}

@test "as JSON each line is an object with its example or members" {
    run --separate-stderr -0 awaitlab features --format json
    assert_line --partial '"record":"language"'
    assert_line --partial '"record":"refused"'
    assert_line --regexp '"record":"type".*"name":"Channel<T>"'
    refute_line --regexp '^[^{]'
}
