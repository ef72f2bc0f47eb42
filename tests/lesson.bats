#!/usr/bin/env bats
# Lessons as learners, authors and graders meet them: files, checks, the player in its plain face, progress, grading.
# shellcheck disable=SC2016 # backticks in expected words

load helper

setup() {
    export HOME=$BATS_TEST_TMPDIR LC_ALL=C.UTF-8 TERM=dumb XDG_STATE_HOME=$BATS_TEST_TMPDIR/state
    unset NO_COLOR CLICOLOR_FORCE FORCE_COLOR XDG_CONFIG_HOME LINES COLUMNS VISUAL EDITOR
    cd "$BATS_TEST_TMPDIR" || return 1
}

# play LESSON...: types standard input into a lesson of the course in this folder.
play() {
    awaitlab lesson "$@"
}

# a_lesson: a small right lesson in lesson.md.
a_lesson() {
    awaitlab lesson new lesson >/dev/null
}

# spoil SED-SCRIPT: the small lesson, changed.
spoil() {
    a_lesson
    sed -i "$1" lesson.md
}

# check_says TEXT: `lesson check` fails with a file:line message that has TEXT.
check_says() {
    run awaitlab lesson check lesson.md
    assert_failure 1
    assert_output --regexp "lesson\.md:[0-9]+: error: .*$1"
}

# ---- the course ------------------------------------------------------------------------------------------------------

@test "the course that is built in proves itself" {
    run awaitlab lesson check
    assert_success
    assert_output --partial ' 0 problems'
}

@test "the course in lessons/ is the one that is built in" {
    run awaitlab lesson check "$TESTS/../lessons"
    assert_success
    awaitlab lesson list >built-in
    awaitlab lesson list --course "$TESTS/../lessons" >folder
    diff built-in folder
}

@test "each lesson of the course has two exercises or more" {
    run awaitlab lesson check
    refute_output --partial ' 1 exercise)'
    refute_output --partial ' 0 exercises)'
}

# ---- playing ---------------------------------------------------------------------------------------------------------

@test "a learner predicts, tries, gets a hint, mends, and reaches the end" {
    a_lesson
    run play --course lesson.md <<'INPUT'
41

check
hint
change 1 int sum = await Task.FromResult(40) + 3;

INPUT
    assert_success
    assert_output --partial 'Recorded: 41. Not so. The machine says: 42'
    assert_output --partial '[ ] the output is "43"'
    assert_output --partial 'now: line 1 is "42"'
    assert_output --partial 'Which number is one too small?'
    assert_output --partial 'Solved.'
    assert_output --partial 'That was lesson 1'
}

@test "prompts tell what is expected: a prediction, a lesson, a program" {
    a_lesson
    run play --course lesson.md <<'INPUT'
42

write
Console.WriteLine(43);
.
INPUT
    assert_output --partial 'predict> 42'
    assert_output --partial 'lesson 1> write'
    assert_output --partial 'write> Console.WriteLine(43);'
    assert_output --partial 'Solved.'
}

@test "what is to be predicted is not told before" {
    a_lesson
    run play --course lesson.md <<'INPUT'
run
trace
INPUT
    assert_output --partial 'predict first'
    refute_output --partial 'sum: 42'
}

@test "a known wrong answer gets its own words" {
    a_lesson
    run play --course lesson.md <<'INPUT'
skip

change 2 Console.WriteLine(sum + 2);
check
INPUT
    assert_output --partial 'That is one too many.'
}

@test "the solution is shown after some tries, not before" {
    a_lesson
    run play --course lesson.md <<'INPUT'
skip

solution
check
check
check
solution
INPUT
    assert_output --partial 'The solution is shown after 3 more'
    assert_output --partial 'FromResult(40) + 3'
}

@test "an unsolved exercise can be left, and is not forgotten" {
    a_lesson
    run play --course lesson.md <<'INPUT'
skip


skip
progress
INPUT
    assert_output --partial 'The exercise is not solved yet'
    assert_output --partial '1 exercise of it waits for you'
    assert_output --partial 'exercise more: left for later'
}

@test "a lesson goes on where it was left" {
    a_lesson
    play --course lesson.md <<<$'42\n\nquit' >/dev/null
    run play --course lesson.md <<<'quit'
    assert_output --partial 'You stopped at screen 2'
}

@test "what an unknown word does is said" {
    a_lesson
    run play --course lesson.md <<<$'skip\nfly'
    assert_output --partial "'fly' is no command either; \`help\` lists them"
}

@test "a program that does not compile is shown with its error" {
    a_lesson
    run play --course lesson.md <<<$'skip\n\nchange 2 Console.WriteLine(oops);\ncheck'
    assert_output --partial 'more.cs(2,19): error CS0103'
}

@test "a program that never ends is stopped" {
    a_lesson
    run play --course lesson.md <<<$'skip\n\nchange 2 while (true) { await Task.Yield(); }'
    assert_success
    run play --course lesson.md <<<$'check'
    assert_output --partial 'it does not end'
}

@test "the learner's file can be edited elsewhere" {
    a_lesson
    play --course lesson.md <<<$'skip\n\nfile' >/dev/null
    file=$XDG_STATE_HOME/awaitlab/exercises/lesson/more.cs
    assert_file_exists "$file"
    echo 'Console.WriteLine(43);' >"$file"
    run play --course lesson.md <<<'check'
    assert_output --partial 'Solved.'
}

@test "line editing: change, insert, delete, reset" {
    a_lesson
    run play --course lesson.md <<'INPUT'
skip

insert 1 // mine
delete 2 3
change 9 x
list
reset
reset yes
list
INPUT
    assert_output --partial 'There is no such line'
    assert_output --partial 'Your program will be gone: `reset yes` if you mean it.'
    assert_output --partial 'As it was in the beginning.'
}

@test "the laboratory's commands look into the program of the lesson" {
    a_lesson
    run play --course lesson.md <<'INPUT'
42
step
:next
print 6 * 7
play
int mine = 5;
mine + 1
nxt
INPUT
    assert_output --partial 'now: line 1: int sum = await Task.FromResult(40) + 2;'
    assert_output --partial '42 (int)'
    assert_output --partial 'al> mine + 1'
    assert_output --partial '6 (int)'
    assert_output --partial 'Back in lesson 1, screen 1'
}

@test "the laboratory tells nothing before a prediction either" {
    a_lesson
    run play --course lesson.md <<<$':goto end
42
goto end'
    assert_output --partial 'predict first'
    assert_output --partial '[9/9]'
}

@test "a lesson can be opened at the prompt" {
    run awaitlab <<<$'lesson list
lesson 1
quit'
    assert_output --partial 'Cached tasks' || assert_output --partial 'cached tasks'
    assert_output --partial 'Lesson 1 of'
}

@test "in a terminal the lesson has the line editing of the prompt" {
    a_lesson
    in_terminal "XDG_STATE_HOME=$XDG_STATE_HOME $AWAITLAB lesson --course lesson.md"
    wait_for 'predict>'
    terminal_keys '4' '1' BSpace '2' Enter
    wait_for 'Recorded: 42. Right.'
    terminal_keys Enter
    wait_for 'YOUR TURN'
    terminal_keys 'change 1 int sum = 43\;' Enter
    wait_for 'Solved.'
    terminal_keys Up Enter
    wait_for 'change 1 int sum = 43;'
}

@test "a lesson in the panes: predict, turn the page, step in its program" {
    a_lesson
    TERM=xterm-256color in_terminal "XDG_STATE_HOME=$XDG_STATE_HOME $AWAITLAB lesson --course lesson.md"
    wait_for 'predict>'
    terminal_keys 'skip' Enter
    wait_for '(Enter: Your turn)'
    terminal_keys 'tui' Enter
    wait_for '[LESSON]'
    terminal_keys Right
    wait_for 'step 1/'
    terminal_keys Enter
    wait_for 'screen 2 of 2'
    terminal_keys 'change 1 int sum = 43\;' Enter
    wait_for 'Solved.'
}

@test "watching: the checks run each time the file is saved" {
    a_lesson
    play --course lesson.md <<<$'42

file' >/dev/null
    in_terminal "XDG_STATE_HOME=$XDG_STATE_HOME $AWAITLAB lesson --course lesson.md"
    wait_for 'YOUR TURN'
    terminal_keys 'watch' Enter
    wait_for 'Enter ends that'
    echo 'Console.WriteLine(43);' >"$XDG_STATE_HOME/awaitlab/exercises/lesson/more.cs"
    wait_for 'Solved.'
    terminal_keys Enter
    terminal_keys 'progress' Enter
    wait_for 'exercise more: solved'
}

@test "notes have the learner's own program" {
    a_lesson
    play --course lesson.md <<<$'42\n\nchange 1 int sum = 43;' >/dev/null
    run awaitlab notes --course lesson.md lesson
    assert_success
    assert_output --partial 'int sum = 43;'
    assert_output --partial 'I said: 42. That was right.'
    assert_output --partial '- [x] the output is "43"'
}

@test "output has no control bytes" {
    a_lesson
    play --course lesson.md <<<$'42\n\ncheck' >out
    refute grep -q $'\033' out
}

# ---- progress --------------------------------------------------------------------------------------------------------

@test "progress is one JSON object per line" {
    a_lesson
    play --course lesson.md <<<$'42\n\ncheck' >/dev/null
    jq -e .time,.event,.lesson "$XDG_STATE_HOME/awaitlab/progress.jsonl" >/dev/null
}

@test "a line that was cut off by a kill is passed over and does no harm" {
    a_lesson
    play --course lesson.md <<<$'42\n\ncheck' >/dev/null
    printf '{"time":"2026' >>"$XDG_STATE_HOME/awaitlab/progress.jsonl"
    run play --course lesson.md <<<$'change 1 int sum = 43;'
    assert_output --partial 'Solved.'
    run grep -c '"event":"try"' "$XDG_STATE_HOME/awaitlab/progress.jsonl"
    assert_output 2
    run play --course lesson.md <<<'progress'
    assert_output --partial 'exercise more: solved'
}

@test "two copies at once lose nothing" {
    a_lesson
    play --course lesson.md <<<$'42\n\nquit' >/dev/null
    yes check | head -n 25 >many
    copies=()
    for copy in 1 2 3 4; do
        play --course lesson.md <many >"copy$copy" 3>&- &
        copies+=($!)
    done
    wait "${copies[@]}"
    assert_equal "$(grep -c '"event":"try"' "$XDG_STATE_HOME/awaitlab/progress.jsonl")" 100
    while IFS= read -r line; do jq -e .event >/dev/null <<<"$line"; done <"$XDG_STATE_HOME/awaitlab/progress.jsonl"
}

@test "a lesson works where nothing can be kept" {
    a_lesson
    export XDG_STATE_HOME=/dev/null/nowhere
    run play --course lesson.md <<<$'42\n\nchange 1 int sum = 43;'
    assert_success
    assert_output --partial 'Your progress cannot be kept'
    assert_output --partial 'Solved.'
}

# ---- authors ---------------------------------------------------------------------------------------------------------

@test "a new lesson is right from the start" {
    awaitlab lesson new 07-my-topic
    run awaitlab lesson check 07-my-topic.md
    assert_success
    assert_output --partial 'ok: 07-my-topic.md (2 screens, 1 exercise)'
}

@test "a new lesson never replaces a file" {
    echo mine >lesson.md
    run awaitlab lesson new lesson
    assert_failure 2
    run cat lesson.md
    assert_output mine
}

@test "mistakes in a lesson file have a place" {
    spoil 's/id: lesson/title: x/'
    check_says 'front matter has no id'
}

@test "an unknown word behind a fence is a mistake" {
    spoil 's/demo id=sum/demo id=sum rum/'
    check_says "unknown word 'rum' for a demo block"
}

@test "an unknown kind of block is a mistake" {
    spoil 's/csharp demo/csharp dmeo/'
    check_says "unknown word 'dmeo'"
}

@test "a missing id is a mistake" {
    spoil 's/csharp demo id=sum/csharp demo/'
    check_says 'a demo block needs id='
}

@test "an id that is used twice is a mistake" {
    spoil 's/predict id=guess/predict id=sum/'
    check_says "the id 'sum' was given before"
}

@test "a fence that is never closed is a mistake" {
    a_lesson
    printf '\n```text\nnever closed\n' >>lesson.md
    check_says 'never closed'
}

@test "binary junk is named with its line" {
    a_lesson
    printf 'junk \001\377\n' >>lesson.md
    check_says 'byte 0x01'
}

@test "a solution that fails its checks is a mistake" {
    spoil 's/output == "43"/output == "44"/'
    check_says 'the solution fails'
}

@test "a wrong answer that passes is a mistake" {
    spoil 's/sum + 2/sum + 1/'
    check_says 'the wrong answer passes every check'
}

@test "a wrong answer must fail for the declared reason" {
    spoil "s/wrong for=more expect='[^']*'/wrong for=more expect=TimeoutException/"
    check_says 'does not fail as expected'
}

@test "a number that an author types in is a mistake" {
    spoil 's/takes {{size Task<int>}} bytes/takes 72 bytes/'
    check_says 'typed in'
}

@test "a line of code that is too long is a mistake" {
    spoil 's/^Console.WriteLine(sum);$/Console.WriteLine(sum); \/\/ this line is so long that it does not fit into eighty columns/'
    check_says 'columns, 75 fit'
}

@test "a check that is none is a mistake" {
    spoil 's/^ends$/endz/'
    check_says "no check begins with 'endz'"
}

@test "what a show block claims is compared, and can be brought up to date" {
    a_lesson
    printf '\n## More\n\n```text show what=output of=sum\nsum: 41\n```\n' >>lesson.md
    check_says 'not what the machine shows'
    awaitlab lesson check --update lesson.md >/dev/null
    run awaitlab lesson check lesson.md
    assert_success
    assert grep -qx 'sum: 42' lesson.md
}

@test "a session in a lesson is played again, and can be brought up to date" {
    a_lesson
    printf '\n## More\n\n```console\nal> 6 * 7\n41 (int)\nal> int Twice(int n)\n..> {\n..>     return 2 * n;\n..> }\nal> Twice(4)\n8 (int)\n```\n' >>lesson.md
    check_says 'not what the prompt answers'
    awaitlab lesson check --update lesson.md >/dev/null
    run awaitlab lesson check lesson.md
    assert_success
    assert grep -qx '42 (int)' lesson.md
}

@test "the player does not show a lesson with mistakes, and says where they are" {
    spoil 's/demo id=sum/demo/'
    run play --course lesson.md <<<'quit'
    assert_failure 2
    assert_output --regexp 'lesson.md:[0-9]+: error: a demo block needs id='
}

@test "a course is a folder with course.md" {
    mkdir mine
    (cd mine && awaitlab lesson new 01-one >/dev/null && awaitlab lesson new 02-two >/dev/null)
    printf -- '---\nid: mine\n---\nHello.\n\n1. [One](01-one.md)\n2. [Two](02-two.md)\n' >mine/course.md
    run awaitlab lesson check mine
    assert_success
    assert_output --partial '2 lessons, 0 problems'
    run play --course mine two <<<'quit'
    assert_output --partial 'Lesson 2 of 2'
}

@test "a course that names a missing file says so" {
    mkdir mine
    printf '1. [One](one.md)\n' >mine/course.md
    run awaitlab lesson check mine
    assert_failure 1
    assert_output --partial 'mine/course.md:1: error: cannot read one.md'
}

# ---- handing in and grading ------------------------------------------------------------------------------------------

@test "grading runs the answers again and believes nothing" {
    a_lesson
    cat >good.json <<'ANSWER'
{"record":"submission","lesson":"lesson"}
{"record":"answer","exercise":"more","text":"Console.WriteLine(43);"}
ANSWER
    cat >liar.json <<'ANSWER'
{"record":"submission","lesson":"lesson","passed":1}
{"record":"answer","exercise":"more","text":"Console.WriteLine(42);","passed":1,"ok":1}
ANSWER
    run awaitlab grade --course lesson.md lesson good.json liar.json
    assert_failure 1
    assert_line '1..2'
    assert_line 'ok 1 - good.json: more'
    assert_line 'not ok 2 - liar.json: more'
    assert_output --partial '# output == "43": the output is "43"; now: line 1 is "42"'
}

@test "what is handed in is what the learner wrote" {
    a_lesson
    play --course lesson.md <<<$'42\n\nchange 1 int sum = 43;' >/dev/null
    awaitlab submit --course lesson.md lesson >mine.json
    run awaitlab grade --course lesson.md lesson mine.json
    assert_success
    assert_line 'ok 1 - mine.json: more'
}

@test "reports as JUnit and JSON" {
    a_lesson
    echo '{"record":"submission","lesson":"lesson"}' >empty.json
    run awaitlab grade --format junit --course lesson.md lesson empty.json
    assert_failure 1
    assert_output --partial '<testcase classname="lesson" name="more">'
    assert_output --partial 'there is no answer'
    awaitlab grade --format json --course lesson.md lesson empty.json | jq -e '.passed == 0 and .exercise == "more"'
}

@test "files that are no answers are told from answers that fail" {
    a_lesson
    head -c 1000 /dev/urandom >junk.json
    echo '{"record":"submission","lesson":"other"}' >other.json
    run awaitlab grade --course lesson.md lesson junk.json other.json nothing.json
    assert_failure 2
    assert_output --partial 'junk.json:1: error: this line is no JSON object'
    assert_output --partial 'other.json:1: error: this answers another lesson'
    assert_output --partial 'nothing.json:1: error: No such file or directory'
}

@test "an answer that runs for ever, or eats memory, ends and fails" {
    a_lesson
    cat >loop.json <<'ANSWER'
{"record":"submission","lesson":"lesson"}
{"record":"answer","exercise":"more","text":"while (true) { }"}
ANSWER
    cat >eat.json <<'ANSWER'
{"record":"submission","lesson":"lesson"}
{"record":"answer","exercise":"more","text":"var l = new List<byte[]>(); while (true) { l.Add(new byte[1000000]); }"}
ANSWER
    run awaitlab grade --course lesson.md lesson loop.json eat.json
    assert_failure 1
    assert_output --partial 'the limit of steps was reached'
    assert_output --partial 'the heap is full'
}
