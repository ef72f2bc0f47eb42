# Loaded by every .bats file: the assertion libraries, the program under test, a clean place to work in.
#
#   awaitlab ARGS...       the program under test ($AWAITLAB, or build/awaitlab)
#   program NAME <<<CODE   writes a C# file into the test's own folder, where each test starts
#   assert_one_line TEXT   TEXT has exactly one line, and it is not empty
#   assert_golden NAME     $output equals tests/golden/NAME; `make golden` writes that file instead
#   in_terminal COMMAND    starts COMMAND in a real terminal of 80x24; see wait_for and terminal_keys
# shellcheck shell=bash disable=SC2154 # bats and its libraries set output, stderr and status

bats_require_minimum_version 1.5.0

load_library() {
    local folder
    for folder in "${BATS_LIB_PATH:-/usr/lib/bats}" /usr/lib/bats /usr/share/bats /usr/local/lib/bats /usr/local/lib /usr/lib; do
        if [ -e "$folder/$1/load.bash" ]; then
            load "$folder/$1/load.bash"
            return
        fi
    done
    echo "$1 is missing; make deps-test installs it" >&2
    return 1
}
load_library bats-support
load_library bats-assert
load_library bats-file

TESTS=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
AWAITLAB=${AWAITLAB:-$TESTS/../build/awaitlab}
AWAITLAB=$(realpath -m "$AWAITLAB")
export TESTS AWAITLAB

# Nothing of the tester's own world gets in: no rc file, no history, no colours, no translated messages.
setup() {
    export HOME=$BATS_TEST_TMPDIR LC_ALL=C.UTF-8 TERM=dumb
    unset NO_COLOR CLICOLOR_FORCE FORCE_COLOR XDG_CONFIG_HOME XDG_STATE_HOME LINES COLUMNS
    cd "$BATS_TEST_TMPDIR" || return 1
}

teardown() {
    if [ -n "${TERMINAL_SOCKET:-}" ]; then
        tmux -L "$TERMINAL_SOCKET" kill-server 2>/dev/null || true
    fi
}

awaitlab() {
    "$AWAITLAB" "$@"
}

program() {
    cat >"$1"
}

assert_one_line() {
    if [ -z "$1" ] || [ "$(wc -l <<<"$1")" -ne 1 ]; then
        batslib_print_kv_single_or_multi 8 text "$1" | batslib_decorate 'not one line' | fail
    fi
}

# The status of a program that gave up in an orderly way: not success, not killed by a signal.
assert_orderly_failure() {
    if [ "$status" -eq 0 ] || [ "$status" -ge 126 ]; then
        batslib_print_kv_single_or_multi 8 status "$status" stderr "${stderr:-}" |
            batslib_decorate 'neither success nor an orderly failure was expected' | fail
    fi
}

assert_golden() {
    local expected=$TESTS/golden/$1
    if [ "${AWAITLAB_GOLDEN:-}" = update ]; then
        printf '%s\n' "$output" >"$expected"
        return
    fi
    if ! diff -u --label "golden/$1" "$expected" --label 'this run' - <<<"$output" >difference; then
        batslib_decorate "golden/$1 differs; if the change is wanted: make golden" <difference | fail
    fi
}

# ---- a real terminal -------------------------------------------------------------------------------------------------

in_terminal() {
    TERMINAL_SOCKET=awaitlab-test-$$-$BATS_TEST_NUMBER
    tmux -L "$TERMINAL_SOCKET" -f /dev/null new-session -d -x "${COLUMNS:-80}" -y "${LINES:-24}" "$1; sleep 60"
}

terminal_keys() {
    tmux -L "$TERMINAL_SOCKET" send-keys "$@"
}

terminal_screen() {
    tmux -L "$TERMINAL_SOCKET" capture-pane -p
}

# wait_for_last LINE: polls the screen until LINE is the last one that is not empty, for twenty seconds at most.
wait_for_last() {
    local tries
    for ((tries = 0; tries < ${WAIT_TRIES:-400}; tries++)); do
        if [ "$(terminal_screen | sed 's/ *$//; /^$/d' | tail -n 1)" = "$1" ]; then
            return
        fi
        sleep 0.05
    done
    terminal_screen | sed '/^ *$/d' | batslib_decorate "never the last line of the screen: $1" | fail
}

# wait_for TEXT: polls the screen until TEXT is there, for twenty seconds at most.
wait_for() {
    local tries
    for ((tries = 0; tries < ${WAIT_TRIES:-400}; tries++)); do
        if terminal_screen | grep -qF -- "$1"; then
            return
        fi
        sleep 0.05
    done
    terminal_screen | sed '/^ *$/d' | batslib_decorate "never on the screen: $1" | fail
}
