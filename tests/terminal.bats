# The prompt in a real terminal: keys, history, signals. tmux is the terminal.
# shellcheck disable=SC2154 # bats sets output, stderr, lines and status

load helper

# A shell that starts awaitlab, so that suspending and leaving have somewhere to go.
start_shell() {
    in_terminal "env PS1='shell> ' INPUTRC='${INPUTRC:-/dev/null}' AWAITLAB='$AWAITLAB' bash --norc --noprofile -i"
    wait_for 'shell>'
}

start_prompt() {
    start_shell
    type_line "$AWAITLAB ${*@Q}"
    wait_for 'al>'
}

# tmux takes a semicolon at the end of an argument for its own.
type_line() {
    local text=$1
    [[ $text != *\; ]] || text=${text%;}'\;'
    terminal_keys -l "$text"
    terminal_keys Enter
}

# wait_for_file TEXT FILE
wait_for_file() {
    local tries
    for ((tries = 0; tries < 400; tries++)); do
        grep -qsF -- "$1" "$2" && return
        sleep 0.05
    done
    fail "$2 never had: $1"
}

history_file() {
    echo "$HOME/.local/state/awaitlab/history"
}

@test "a greeting, a prompt, an answer" {
    start_prompt
    wait_for 'help'
    type_line '6 * 7'
    wait_for '42 (int)'
}

@test "an unfinished input shows the other prompt" {
    start_prompt
    type_line 'int Twice(int n) {'
    wait_for '..>'
    type_line 'return 2 * n; }'
    type_line 'Twice(21)'
    wait_for '42 (int)'
}

@test "Tab completes commands and what they take" {
    start_prompt
    terminal_keys -l 'trans'
    terminal_keys Tab
    wait_for 'al> transcript'
    terminal_keys C-u
    terminal_keys -l 'set wid'
    terminal_keys Tab
    wait_for 'al> set width'
    terminal_keys C-u
    terminal_keys -l 'help lay'
    terminal_keys Tab
    wait_for 'al> help layout'
    terminal_keys C-u
    touch some-file.cs
    terminal_keys -l '#load "some-f'
    terminal_keys Tab
    wait_for 'al> #load "some-file.cs'
}

@test "Ctrl-D leaves, the terminal is as before, and the lines are there the next time" {
    start_shell
    type_line 'stty -a >before'
    type_line "$AWAITLAB"
    wait_for 'al>'
    type_line '40 + 2'
    wait_for '42 (int)'
    terminal_keys C-d
    type_line 'echo "left with $?"; stty -a >after'
    wait_for 'left with 0'
    wait_for_file 'speed' after
    run -0 diff before after
    assert_file_exists "$(history_file)"
    type_line "clear; $AWAITLAB"
    wait_for 'al>'
    terminal_keys Up
    wait_for 'al> 40 + 2'
}

@test "a line that begins with a space is not kept, a repeated one is kept once" {
    start_prompt
    type_line ' 1 + 1'
    type_line '2 + 2'
    type_line '2 + 2'
    wait_for '4 (int)'
    type_line 'quit'
    wait_for_file '2 + 2' "$(history_file)"
    run -0 grep -c '2 + 2' "$(history_file)"
    assert_output 1
    run -1 grep '1 + 1' "$(history_file)"
}

@test "an input of several lines comes back whole" {
    start_prompt
    type_line 'int Twice(int n)'
    type_line '    => 2 * n;'
    type_line 'quit'
    wait_for_file '=> 2' "$(history_file)"
    type_line "clear; $AWAITLAB"
    wait_for 'al>'
    terminal_keys Up Up
    wait_for '=> 2 * n;'
    terminal_keys Enter
    type_line 'Twice(21)'
    wait_for '42 (int)'
}

@test "trap: Ctrl-R stolen: it searches the history" {
    start_prompt
    type_line '6 * 7'
    wait_for '42 (int)'
    terminal_keys C-r
    wait_for '(reverse-i-search)'
    terminal_keys -l '6 *'
    wait_for "6 *': 6 * 7"
}

@test "trap: bracketed paste: five lines arrive as one unit" {
    start_prompt
    tmux -L "$TERMINAL_SOCKET" set-buffer $'int a = 1;\nint b = 2;\nint c = 3;\nint d = 4;\na + b + c + d'
    tmux -L "$TERMINAL_SOCKET" paste-buffer -p
    wait_for 'a + b + c + d'
    terminal_keys Enter
    wait_for '10 (int)'
    type_line 'history'
    wait_for '    2  history'
}

@test "a pasted list of commands is done line by line" {
    start_prompt
    tmux -L "$TERMINAL_SOCKET" set-buffer $'set width\n6 * 7\nset ascii'
    tmux -L "$TERMINAL_SOCKET" paste-buffer -p
    wait_for 'set ascii'
    terminal_keys Enter
    wait_for '42 (int)'
    wait_for 'draw with ASCII'
}

@test "trap: bracketed paste leaves no junk on Ctrl-D" {
    start_prompt
    terminal_keys C-d
    type_line 'echo gone'
    wait_for 'gone'
    run -0 terminal_screen
    refute_output --partial '2004'
}

@test "Ctrl-C drops the line, and never ends awaitlab" {
    start_prompt
    terminal_keys -l 'half a line'
    wait_for 'half a line'
    terminal_keys C-c
    terminal_keys C-c
    wait_for_last 'al>'
    type_line '6 * 7'
    wait_for '42 (int)'
}

@test "Ctrl-C drops an unfinished input" {
    start_prompt
    type_line 'int Twice(int n) {'
    wait_for '..>'
    terminal_keys C-c
    wait_for_last 'al>'
    type_line '6 * 7'
    wait_for '42 (int)'
}

@test "Ctrl-C stops a run and keeps everything" {
    start_prompt
    type_line 'int n = 42;'
    type_line 'Console.WriteLine("runs"); while (true) { }'
    wait_for $'runs'
    terminal_keys C-c
    wait_for 'Ctrl-C'
    type_line 'n + 1'
    wait_for '43 (int)'
}

@test "Ctrl-Z suspends, and fg shows the line again" {
    start_prompt
    terminal_keys -l '6 *'
    wait_for 'al> 6 *'
    terminal_keys C-z
    wait_for 'Stopped'
    type_line 'clear; fg'
    wait_for 'al> 6 *'
    terminal_keys -l ' 7'
    terminal_keys Enter
    wait_for '42 (int)'
}

@test "trap: a crash leaves a raw terminal: SIGTERM does not" {
    start_shell
    type_line 'stty -a >before'
    type_line "$AWAITLAB"
    wait_for 'al>'
    local shell
    shell=$(pgrep -P "$(tmux -L "$TERMINAL_SOCKET" list-panes -F '#{pane_pid}')")
    kill -TERM "$(pgrep -P "$shell")"
    wait_for 'Terminated'
    type_line 'stty -a >after'
    wait_for_file 'speed' after
    run -0 diff before after
}

@test "~/.inputrc binds our functions between \$if awaitlab and \$endif" {
    printf '$if awaitlab\n"\\C-t": awaitlab-help\n"\\C-xk": "6 * 7\\C-m"\n$endif\n' >rc
    INPUTRC=$PWD/rc start_prompt
    terminal_keys C-t
    wait_for 'is always a command'
    terminal_keys C-x k
    wait_for '42 (int)'
}

@test "Ctrl-X Ctrl-E takes the line to the editor" {
    printf '#!/bin/sh\necho "$(cat "$1") + 40" >"$1.new"\nmv "$1.new" "$1"\n' >editor
    chmod +x editor
    start_shell
    type_line "EDITOR=$PWD/editor $AWAITLAB"
    wait_for 'al>'
    terminal_keys -l '1 + 1'
    terminal_keys C-x C-e
    wait_for '42 (int)'
}

@test "vi mode is honoured" {
    printf 'set editing-mode vi\n' >rc
    INPUTRC=$PWD/rc start_prompt
    terminal_keys -l '6 * 8'
    terminal_keys Escape
    terminal_keys -l 'r7'
    terminal_keys Enter
    wait_for '42 (int)'
}

@test "the rc file is read before the first prompt, and not with -n" {
    mkdir -p .config/awaitlab
    printf 'int fromRc = 42;\nset width 77\n' >.config/awaitlab/awaitlabrc
    start_prompt
    type_line 'fromRc'
    wait_for '42 (int)'
    type_line 'quit'
    type_line "clear; $AWAITLAB -n"
    wait_for 'al>'
    type_line 'fromRc'
    wait_for 'CS0103'
}

@test "a home that cannot be written is no error" {
    start_shell
    type_line "HOME=/proc XDG_STATE_HOME=/proc/1/none $AWAITLAB"
    wait_for 'al>'
    type_line '6 * 7'
    wait_for '42 (int)'
    terminal_keys C-d
    type_line 'echo "left with $?"'
    wait_for 'left with 0'
}

@test "trap: LINES and COLUMNS are not exported" {
    start_prompt
    type_line 'Console.WriteLine("size " + (Environment.GetEnvironmentVariable("COLUMNS") ?? "unset"));' || true
    printf '#!/bin/sh\necho "\\"COLUMNS is ${COLUMNS:-unset}\\"" >"$1"\n' >editor
    chmod +x editor
    type_line 'quit'
    type_line "clear; unset COLUMNS LINES; EDITOR=$PWD/editor $AWAITLAB"
    wait_for 'al>'
    type_line 'edit'
    wait_for '"COLUMNS is unset" (string)'
}

@test "trap: prompt differs between piped and tty runs: the transcripts are the same" {
    printf '%s\n' 'int x = 20;' 'int Twice(int n)' '{' 'return 2 * n;' '}' 'Twice(x) + 2' 'x +' '1' 'nonsense' 'help quit' \
        'Console.Write("open");' 'throw new Exception("no");' 'transcript off' >lines
    awaitlab -i -e 'transcript piped.txt' <lines || true
    start_prompt -n
    type_line 'transcript typed.txt'
    while read -r line; do type_line "$line"; done <lines
    wait_for_file 'transcript off' typed.txt
    diff piped.txt typed.txt
}

@test "trap: long one-line input gets slow: 10 kB typed" {
    start_prompt
    tmux -L "$TERMINAL_SOCKET" set-buffer "\"$(printf 'x%.0s' {1..10000})\".Length"
    tmux -L "$TERMINAL_SOCKET" paste-buffer -p
    terminal_keys Enter
    wait_for '10000 (int)'
}

# ---- time in a terminal ----------------------------------------------------------------------------------------------

@test "on an empty line the arrows step, and Enter repeats; on a filled one they move the cursor" {
    start_prompt
    type_line 'int x = 1; x = 2; x = 3;'
    type_line 'goto start'
    wait_for '[0/'
    terminal_keys Right
    wait_for '[1/'
    terminal_keys Enter
    wait_for '[2/'
    terminal_keys Left
    wait_for 'al> back'
    terminal_keys PageDown
    terminal_keys -l '6 * 1'
    terminal_keys Left Left Left Left Left Right
    terminal_keys -l '0'
    wait_for 'al> 60 * 1'
    terminal_keys Enter
    wait_for '60 (int)'
}

@test "FILE@STEP opens the prompt at that moment" {
    program steps.cs <<<'int x = 1; x = 2; x = 3; System.Console.WriteLine(x);'
    start_shell
    type_line "$AWAITLAB -n steps.cs@2"
    wait_for '[2/'
    wait_for 'al>'
    type_line 'step'
    wait_for '[3/'
}

@test "Ctrl-C stops continue at the step it has reached" {
    start_prompt
    type_line 'async Task Spin() { while (true) await Task.Yield(); }'
    type_line 'await Spin()'
    sleep 0.3
    terminal_keys C-c
    wait_for 'stopped at step'
    type_line 'back'
    wait_for 'now: '
    type_line 'goto 3'
    wait_for '[3/'
}
