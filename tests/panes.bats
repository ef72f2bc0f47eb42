# The panes in a real terminal. tmux is the terminal; every wait is for something on the screen.

# shellcheck disable=SC2154 # bats sets output and stderr
load helper

# start_panes [ARGS]: a shell that shows the terminal's settings before and after.
start_panes() {
    cp "$TESTS"/screens/* .
    TERM=xterm-256color in_terminal "PS1='sh> ' LC_ALL=C.UTF-8 HOME='$HOME' AWAITLAB='$AWAITLAB' bash --norc"
    wait_for 'sh>'
    terminal_keys "stty -a >before; $AWAITLAB tui ${1:-double-await.cs}; echo left \$?; stty -a >after; echo do''ne" Enter
}

resize() {
    tmux -L "$TERMINAL_SOCKET" resize-window -x "$1" -y "$2"
}

paste_text() {
    tmux -L "$TERMINAL_SOCKET" set-buffer "$1"
    tmux -L "$TERMINAL_SOCKET" paste-buffer -p
}

assert_settings_are_back() {
    wait_for done
    run -0 diff before after
}

@test "step, back, start and end with the keys that clickers and arrows send" {
    start_panes
    wait_for 'step 0/70'
    terminal_keys Right Right PPage NPage
    wait_for 'step 2/70'
    terminal_keys Left
    wait_for 'step 1/70'
    terminal_keys End
    wait_for 'step 70/70'
    terminal_keys Home
    wait_for 'step 0/70'
    terminal_keys C-d
    wait_for 'left 0'
    assert_settings_are_back
}

@test "arrows drive time only while the line is empty" {
    start_panes
    wait_for 'step 0/70'
    terminal_keys -l '1 + 3'
    terminal_keys Left Left Left Left Left
    terminal_keys -l '4'
    wait_for 'al> 41 + 3'
    wait_for 'step 0/70'
    terminal_keys Enter
    wait_for '44'
}

@test "Enter repeats the last move" {
    start_panes
    wait_for 'step 0/70'
    terminal_keys -l 'step 3'
    terminal_keys Enter
    wait_for 'step 3/70'
    terminal_keys Enter
    wait_for 'step 6/70'
}

@test "LINES/COLUMNS exported by readline freeze the curses size" {
    start_panes
    wait_for 'step 0/70'
    terminal_keys Right Right Right
    wait_for 'step 3/70'
    resize 160 48
    wait_for '[WIDE]'
    resize 20 5
    wait_for 'double-await.cs'
    resize 80 24
    wait_for '[COMPACT]'
    wait_for 'step 3/70'
    resize 10 3
    terminal_keys Right
    resize 80 24
    wait_for 'step 4/70'
}

@test "suspended and resumed: the shell has its terminal, then the panes are back" {
    start_panes
    wait_for 'step 0/70'
    terminal_keys Right
    wait_for 'step 1/70'
    terminal_keys C-z
    wait_for 'Stopped'
    terminal_keys 'stty -a >during; fg' Enter
    wait_for 'step 1/70'
    terminal_keys Right
    wait_for 'step 2/70'
    run -0 diff before during
}

@test "a paste of five lines arrives as one unit" {
    start_panes
    wait_for 'step 0/70'
    terminal_keys End
    wait_for 'step 70/70'
    terminal_keys -l 'reset'
    terminal_keys Enter
    wait_for 'step 0'
    paste_text $'int a = 1;\nint b = 2;\nint c = 3;\nint d = 4;\na + b + c + d'
    terminal_keys Enter
    wait_for '10'
}

@test "Bracketed paste leaves no junk" {
    start_panes
    wait_for 'step 0/70'
    paste_text 'step 5'
    wait_for 'al> step 5'
    terminal_keys Enter
    wait_for 'step 5/70'
    run terminal_screen
    refute_output --partial '200~'
    terminal_keys C-d
    assert_settings_are_back
    run terminal_screen
    refute_output --partial '2004'
}

@test "Ctrl-R stolen" {
    start_panes
    wait_for 'step 0/70'
    terminal_keys -l 'step 2'
    terminal_keys Enter
    wait_for 'step 2/70'
    terminal_keys C-r
    wait_for '(reverse-i-search)'
    terminal_keys -l 'ste'
    wait_for "step 2"
    terminal_keys Enter
    wait_for 'step 4/70'
}

@test "Tab completes a command" {
    start_panes
    wait_for 'step 0/70'
    terminal_keys -l 'layout-s'
    terminal_keys Tab
    wait_for 'al> layout-screen'
}

@test "Ctrl-C drops the line, and stops a run at the step it has reached" {
    start_panes arms.cs
    wait_for 'step 0/'
    terminal_keys -l 'nonsense'
    wait_for 'al> nonsense'
    terminal_keys C-c
    wait_for 'al>   Left/Right'
    terminal_keys End
    wait_for 'step 30/30'
    terminal_keys -l 'while (true) await System.Threading.Tasks.Task.Yield();'
    terminal_keys Enter
    sleep 0.3
    terminal_keys C-c
    wait_for 'stopped at step'
    terminal_keys Left
    wait_for 'now: '
}

@test "single-key mode, focus, zoom and layouts" {
    start_panes
    wait_for 'step 0/70'
    terminal_keys C-x s
    wait_for '[KEYS]'
    terminal_keys s s S
    wait_for 'step 1/70'
    terminal_keys 3
    wait_for '[>3 Heap'
    terminal_keys q
    wait_for '[COMPACT]'
    terminal_keys C-x o
    wait_for '[>4 Ready queue<]'
    terminal_keys C-x 1
    wait_for '[ZOOM]'
    terminal_keys C-x 1
    terminal_keys C-x 2
    wait_for '[LESSON]'
    terminal_keys C-x 2 C-x 2
    wait_for '[HEAP]'
}

@test "an object is opened by selecting it" {
    start_panes
    wait_for 'step 0/70'
    terminal_keys -l 'goto 20'
    terminal_keys Enter
    wait_for 'step 20/70'
    terminal_keys C-x s
    terminal_keys 3 Down Enter
    wait_for '[>3 Action#2<]'
    terminal_keys BSpace
    wait_for '[>3 Heap'
}

@test "Ctrl-X a leads to the plain prompt with the same session, tui back" {
    start_panes
    wait_for 'step 0/70'
    terminal_keys Right Right
    wait_for 'step 2/70'
    terminal_keys C-x a
    wait_for 'al>'
    terminal_keys -l 'step'
    terminal_keys Enter
    wait_for '[3/70]'
    terminal_keys -l 'tui'
    terminal_keys Enter
    wait_for '[COMPACT]'
    wait_for 'step 3/70'
    terminal_keys C-d
    wait_for 'left 0'
    assert_settings_are_back
}

@test "the screen's keys and the tables of help agree" {
    start_panes
    wait_for 'step 0/70'
    terminal_keys '?'
    wait_for '[>Keys<]'
    wait_for 'Ctrl-X 2'
    terminal_keys '?'
    wait_for '[COMPACT]'
    run -0 awaitlab -e 'help keys'
    assert_output --partial 'Ctrl-X 2'
    assert_output --partial 'In single-key mode'
}

@test "sizes are remembered" {
    start_panes
    wait_for 'step 0/70'
    terminal_keys C-x s
    terminal_keys '>' '>' '>'
    terminal_keys q C-d
    wait_for 'left 0'
    run -0 cat "$HOME/.local/state/awaitlab/screen"
    assert_output --partial 'COMPACT 0 30'
}

@test "a recording is an asciicast with a marker at each mark" {
    start_panes
    wait_for 'step 0/70'
    terminal_keys -l 'record demo.cast'
    terminal_keys Enter
    terminal_keys Right Right
    wait_for 'step 2/70'
    terminal_keys -l 'mark twice'
    terminal_keys Enter
    terminal_keys Right
    wait_for 'step 3/70'
    terminal_keys C-d
    wait_for 'left 0'
    run -0 jq -s -e '.[0].version == 2 and .[0].width == 80 and (map(arrays | .[1]) | index("m")) != null' demo.cast
    run -0 jq -s -e 'map(arrays | .[0]) | . == sort' demo.cast
}

@test "the program reads a line that is typed under the panes" {
    printf 'using System; string? s = Console.ReadLine(); Console.WriteLine("got " + s); Console.WriteLine("end");' >ask.cs
    start_panes ask.cs
    wait_for 'the program reads a line'
    terminal_keys -l 'hello'
    terminal_keys Enter
    wait_for 'got hello'
    wait_for '[COMPACT]'
}

kill_panes() {
    local shell
    shell=$(tmux -L "$TERMINAL_SOCKET" list-panes -F '#{pane_pid}')
    shell=$(pgrep -P "$shell" bash || echo "$shell")
    kill "-$1" "$(pgrep -P "$shell")"
}

@test "Crash leaves raw terminal: SIGTERM, SIGHUP, SIGQUIT and a crash give the settings back" {
    for signal in TERM HUP QUIT SEGV; do
        start_panes
        wait_for 'step 0/70'
        kill_panes "$signal"
        wait_for 'left 1'
        assert_settings_are_back
        tmux -L "$TERMINAL_SOCKET" kill-server
    done
}

@test "killed in the middle of a run: the settings come back" {
    start_panes arms.cs
    wait_for 'step 0/'
    terminal_keys End
    terminal_keys -l 'while (true) { }'
    terminal_keys Enter
    sleep 0.3
    kill_panes TERM
    wait_for 'left 143'
    assert_settings_are_back
}

@test "Error text wiped by screen clear" {
    start_panes nowhere.cs
    wait_for 'cannot read nowhere.cs'
    terminal_keys C-d
    wait_for 'left'
    run awaitlab tui double-await.cs
    assert_failure 2
    assert_output --partial 'the panes need a terminal'
}

@test "a lesson in the panes: its program is not told before it is predicted" {
    start_panes '--lesson lesson.md'
    wait_for 'predict>'
    wait_for 'predict before it runs'
    run terminal_screen
    refute_output --partial 'sum: 42'
    terminal_keys -l '42'
    terminal_keys Enter
    wait_for 'lesson 1>'
}

@test "NO_COLOR: no colour is sent, and the focus is seen" {
    export NO_COLOR=1
    start_panes
    wait_for '[>1 Source'
    run tmux -L "$TERMINAL_SOCKET" capture-pane -e -p
    refute_output --regexp $'\033\\[[34][0-7]'
}
