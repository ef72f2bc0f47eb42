# Completion in the shells, and the man page: made by the program from its own lists.
# shellcheck disable=SC2154,SC2207 # bats sets output, stderr, lines and status; completion fills arrays as it does

load helper

# completed WORD...: what bash offers for the last word.
completed() {
    source <(awaitlab completion bash)
    COMP_WORDS=("$@")
    COMP_CWORD=$(($# - 1))
    _awaitlab
    printf '%s\n' "${COMPREPLY[@]}"
}

@test "bash offers the commands" {
    run -0 completed awaitlab r
    assert_output 'run'
    run -0 completed awaitlab help comp
    assert_output 'completion'
}

@test "bash offers the options of the command that stands there" {
    run -0 completed awaitlab run --la
    assert_output '--layout'
    run -0 completed awaitlab run --max-
    assert_output $'--max-steps\n--max-heap'
    run -0 completed awaitlab watch --lay
    assert_output ''
}

@test "bash offers the values of an option, and files" {
    touch one.cs
    run -0 completed awaitlab run --color a
    assert_output $'auto\nalways'
    run -0 completed awaitlab run --color = al
    assert_output 'always'
    run -0 completed awaitlab run one
    assert_output 'one.cs'
    run -0 completed awaitlab completion ''
    assert_output $'bash\nzsh\nfish'
}

@test "each shell's script is one that the shell accepts" {
    for shell in bash zsh fish; do
        awaitlab completion "$shell" >script
        run -0 grep -c -- '--max-steps\|-l max-steps' script
        if command -v "$shell"; then
            run -0 "$shell" -n script
        fi
    done
}

@test "a shell that nobody knows is bad usage" {
    run --separate-stderr -2 awaitlab completion tcsh
    assert_regex "$stderr" 'tcsh'
    run --separate-stderr -2 awaitlab completion
}

@test "docs/awaitlab.1 is what the program prints" {
    awaitlab manual man >now
    run -0 diff "$TESTS/../docs/awaitlab.1" now
}

@test "docs/commands.md is what the program prints" {
    awaitlab manual commands >now
    run -0 diff "$TESTS/../docs/commands.md" now
}

@test "the man page has every option and is clean for man" {
    run -0 awaitlab manual man
    assert_output --partial '\-\-max\-steps'
    if command -v man >/dev/null; then
        awaitlab manual man >page.1
        run --separate-stderr -0 man --warnings -E UTF-8 -l ./page.1
        assert_equal "$stderr" ''
    fi
}
