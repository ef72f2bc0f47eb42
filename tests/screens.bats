# Screens without a terminal: what the panes look like, character by character. `make golden` writes them anew.

# shellcheck disable=SC2154 # bats sets output and stderr
load helper

setup_file() {
    # A file name is on the screen, so it must be the same everywhere.
    cp "$(dirname "$BATS_TEST_FILENAME")"/screens/* "$BATS_FILE_TMPDIR"
}

# screen OPTIONS...: one screen as text, from the folder of the programs.
screen() (
    cd "$BATS_FILE_TMPDIR" || return
    TERM=xterm "$AWAITLAB" screen "$@"
)

# bats test_tags=golden
@test "COMPACT at 80x24" {
    run -0 screen --ascii double-await.cs@52
    assert_golden compact.txt
}

# bats test_tags=golden
@test "COMPACT with lines instead of ASCII" {
    run -0 screen double-await.cs@52
    assert_golden compact-lines.txt
}

# bats test_tags=golden
@test "WIDE at 160x48" {
    run -0 screen --ascii --width 160 --height 48 double-await.cs@52
    assert_golden wide.txt
}

# bats test_tags=golden
@test "LESSON at 80x24, with a prediction to be made" {
    run -0 screen --ascii --lesson lesson.md
    assert_golden lesson.txt
}

# bats test_tags=golden
@test "the source alone" {
    run -0 screen --ascii -e 'layout-screen source' double-await.cs@52
    assert_golden source.txt
}

# bats test_tags=golden
@test "the lowered C# of the present method instead of the source" {
    run -0 screen --ascii -e 'layout-screen source' -e 'pane source on lowered' double-await.cs@20
    assert_golden lowered.txt
    assert_output --partial 'Lowered  ReadTwice'
    run -0 screen --ascii -e 'layout-screen source' -e 'pane source on lowered' -e 'pane source off' double-await.cs@20
    assert_output --partial 'Source  ReadTwice()'
}

@test "the core library's own C#, where the present step happens" {
    run -0 screen --ascii -e 'layout-screen source' -e 'pane source on library' -e 'goto error' double-await.cs
    assert_output --partial 'Library  ManualResetValueTaskSourceCore.cs'
    assert_output --regexp '> +[0-9]+ .*CoreTokenRefused'
    run -0 screen --ascii -e 'layout-screen source' -e 'pane source on library' double-await.cs@1
    assert_output --partial 'double-await.cs<'
}

# bats test_tags=golden
@test "heap and tasks" {
    run -0 screen --ascii -e 'layout-screen heap' double-await.cs@52
    assert_golden heap.txt
}

# bats test_tags=golden
@test "a zoomed pane has no borders at its sides" {
    run -0 screen --ascii -e 'pane heap zoom' double-await.cs@52
    assert_golden zoom.txt
    refute_output --regexp '^\|'
}

# bats test_tags=golden
@test "presenting: a big step number, and the future is hidden" {
    run -0 screen --ascii --present double-await.cs@14
    assert_golden present.txt
    assert_output --partial '???'
}

# bats test_tags=golden
@test "below 60x16 there is one pane and the prompt" {
    run -0 screen --ascii --width 50 --height 12 double-await.cs@14
    assert_golden small.txt
}

# bats test_tags=golden
@test "each arm of the union, in its box of memory" {
    run -0 screen --ascii --width 60 --height 40 -e 'goto 11:' -e 'show vt result' -e 'show vt task' -e 'show vt stale' \
        -e 'show vt fresh' -e 'pane session zoom' arms.cs
    assert_golden arms.txt
}

# bats test_tags=golden
@test "each arm of the union in the small pane" {
    for name in result task fresh; do
        screen --ascii -e 'goto 11:' -e "pane vt on $name" arms.cs | sed -n '3,9p' | cut -c46-79
    done >arms
    run -0 cat arms
    assert_golden arms-small.txt
}

@test "exactly 80x24: no row is missing, none is longer" {
    screen --ascii double-await.cs@52 >screen.txt
    assert_equal "$(wc -l <screen.txt)" 24
    run -0 awk 'length($0) > 80' screen.txt
    assert_output ''
}

@test "every size down to one cell is drawn" {
    for size in 80x24 79x23 60x16 59x15 40x10 20x5 10x3 5x2 1x1 200x60 160x36 120x36 121x37; do
        screen --ascii --width "${size%x*}" --height "${size#*x}" double-await.cs@52 >screen.txt
        assert_equal "$size $(wc -l <screen.txt)" "$size ${size#*x}"
        run -0 awk -v most="${size%x*}" 'length($0) > most' screen.txt
        assert_output ''
    done
}

@test "ASCII and NO_COLOR screens carry the same information" {
    screen --color=always double-await.cs@52 | sed 's/\x1b\[[0-9;]*m//g' | sed 's/ *$//' >coloured
    NO_COLOR=1 screen double-await.cs@52 | sed 's/ *$//' >plain
    run -0 diff coloured plain
    screen --ascii double-await.cs@52 | sed 's/ *$//' >ascii
    sed 's/[─]/-/g; s/[│]/|/g; s/[┌┐└┘├┤┬┴┼]/+/g' plain >translated
    run -0 diff translated ascii
}

@test "Focus lost without colour" {
    run -0 screen --ascii --color=never double-await.cs@52
    assert_output --partial '[>1 Source'
    run -0 screen --ascii --color=never -e 'focus heap' double-await.cs@52
    assert_output --partial '[>3 Heap'
}

@test "UTF-8 needed for borders" {
    cd "$BATS_FILE_TMPDIR"
    LC_ALL=C "$AWAITLAB" screen double-await.cs@52 >screen.txt
    run -1 env LC_ALL=C grep -n '[^ -~]' screen.txt
    run -0 grep -F '+-[' screen.txt
}

@test "Window of height 0" {
    screen --width 10 --height 3 double-await.cs@52 >screen.txt
    assert_equal "$(wc -l <screen.txt)" 3
}

@test "export svg writes the screen as a picture with its text in it" {
    run -0 screen --svg picture.svg double-await.cs@52
    run -0 cat "$BATS_FILE_TMPDIR/picture.svg"
    assert_line --index 0 --regexp '^<svg xmlns="http://www.w3.org/2000/svg" viewBox='
    assert_output --partial 'STALE'
    assert_line --index -1 '</svg>'
    cd "$BATS_FILE_TMPDIR"
    run awaitlab --keep-going -e 'load double-await.cs' -e 'export svg other.svg'
    assert_file_exists other.svg
    run awaitlab -e 'export svg /nonexistent/x.svg'
    assert_output --partial 'cannot write /nonexistent/x.svg'
}

@test "a pane can be written to a file" {
    cd "$BATS_FILE_TMPDIR"
    awaitlab -e 'int x = 42;' -e 'pane vars > vars.txt'
    run -0 cat vars.txt
    assert_output --partial 'x'
    assert_output --partial '42'
}
