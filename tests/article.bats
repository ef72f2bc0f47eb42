# The article, from top to bottom: why there is a ValueTask, what is in it, and what happens to those who await it twice.
# article.txt is the transcript of one session; what stands behind "al> " is typed, what follows must come back.
# AWAITLAB_GOLDEN=update writes the answers anew: read the difference.
# shellcheck disable=SC2154 # bats sets output, stderr, lines and status

load helper

# typed_lines: what article.txt types, with a comment before each chapter.
typed_lines() {
    sed -n -e 's/^== /\/\/ == /p' -e 's/^\(al\|\.\.\)> //p' -e 's/^\(al\|\.\.\)>$//p' "$TESTS/article.txt"
}

setup_file() {
    export LC_ALL=C.UTF-8 TERM=dumb HOME=$BATS_FILE_TMPDIR
    (cd "$BATS_FILE_TMPDIR" && typed_lines | "$AWAITLAB" -i -e 'transcript kept.txt' >/dev/null 2>&1) || true
    sed 's/^al> \/\/ == /== /' "$BATS_FILE_TMPDIR/kept.txt" >"$BATS_FILE_TMPDIR/article.txt"
    if [ "${AWAITLAB_GOLDEN:-}" = update ]; then
        cp "$BATS_FILE_TMPDIR/article.txt" "$TESTS/article.txt"
    fi
}

# chapter TITLE FILE
chapter() {
    awk -v title="== $1" '/^== / { wanted = $0 == title } wanted' "$2"
}

# Line by line: what differs is shown with the line that was typed before it.
assert_chapter() {
    chapter "$1" "$TESTS/article.txt" >expected
    chapter "$1" "$BATS_FILE_TMPDIR/article.txt" >actual
    assert [ -s expected ]
    if ! diff -u --label article.txt expected --label 'this run' actual >difference; then
        batslib_decorate "$1" <difference | fail
    fi
}

@test "a Task for an answer that is already there" {
    assert_chapter 'A Task for an answer that is already there'
}

@test "the same with ValueTask" {
    assert_chapter 'The same with ValueTask'
}

@test "one value, three arms" {
    assert_chapter 'One value, three arms'
}

@test "twice: a result bears it" {
    assert_chapter 'Twice: a result bears it'
}

@test "twice: a Task bears it" {
    assert_chapter 'Twice: a Task bears it'
}

@test "twice: a source does not" {
    assert_chapter 'Twice: a source does not'
}

@test "AsTask: when it has to be more than once" {
    assert_chapter 'AsTask: when it has to be more than once'
}

@test "a pooled source: one object, many operations" {
    assert_chapter 'A pooled source: one object, many operations'
}

@test "the token is short: somebody else's result" {
    assert_chapter "The token is short: somebody else's result"
}

@test "looking into the second await" {
    assert_chapter 'Looking into the second await'
}

@test "when not to use it" {
    assert_chapter 'When not to use it'
}

@test "every chapter is checked" {
    run -0 grep -c '^== ' "$TESTS/article.txt"
    assert_output "$(grep -c '^    assert_chapter ' "$BATS_TEST_FILENAME")"
}
