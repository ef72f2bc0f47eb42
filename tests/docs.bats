# Documentation that shows a command shows what the command prints today. `tests/transcripts --update` writes it anew.

# shellcheck disable=SC2154 # bats sets stderr
load helper

@test "the transcripts in README.md and docs/ are what the program prints" {
    run -0 "$TESTS/transcripts"
    refute_line --regexp '^not ok'
}

# Some of them show misuse: that is what they are for.
@test "every example in docs/examples runs without a complaint" {
    for example in "$TESTS"/../docs/examples/*.cs; do
        run --separate-stderr -0 awaitlab run --no-findings "$example"
        assert_equal "$stderr" ''
    done
}
