#include "lesson/player.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/answer_file.h"
#include "lesson/exercise.h"
#include "lesson/lab.h"
#include "lesson/markdown.h"
#include "lesson/notes.h"

enum { USUAL_WIDTH = 80, MARGIN = 2, SHORT_OUTPUT = 20 };

struct LessonPlayer {
    const Course *course;
    Progress *progress;
    const LessonHands *hands;
    FILE *out;
    bool is_open; /* a lesson is */
    size_t number;
    Lesson lesson;
    Lab lab;
    uint32_t screen;            /* from 0 */
    uint32_t item;              /* the next one to show */
    const LessonBlock *question; /* waits for an answer; NULL: none */
    const LessonBlock *exercise; /* the one being worked on; NULL: none */
    const LessonBlock *shown;    /* demo or exercise seen last; NULL: none */
    AnswerFile answer;
    bool is_writing;
    char *written; /* lines of `write` so far */
    LabRun *run;   /* of the learner's program as it is; NULL: not run yet */
    char *view;    /* what the screen has shown */
    size_t view_length;
    bool is_over;
    char prompt[32];
};

/* ---- saying things ----------------------------------------------------------------------------------------------- */

static int width(const LessonPlayer *player)
{
    return (player->hands->width > 20 ? player->hands->width : USUAL_WIDTH) - MARGIN;
}

static void say_markdown(LessonPlayer *player, const char *text, size_t length)
{
    char *expanded = player->is_open ? lab_expand(&player->lab, text, length, NULL) : strndup(text, length);
    char *plain = expanded ? markdown_plain(expanded, strlen(expanded), width(player)) : NULL;
    fputs(plain ? plain : "(out of memory)\n", player->out);
    free(plain);
    free(expanded);
}

/* A short text (an option, a hint) as words on one line. */
static char *expand(LessonPlayer *player, const char *text)
{
    char *expanded = lab_expand(&player->lab, text, strlen(text), NULL);
    char *plain = expanded ? markdown_plain(expanded, strlen(expanded), width(player) - 6) : NULL;
    free(expanded);
    return plain;
}

static void say_program(LessonPlayer *player, const char *name, const char *text)
{
    uint32_t number = 0;
    fprintf(player->out, "--- %s.cs\n", name);
    while (*text) {
        size_t length = strcspn(text, "\n");
        fprintf(player->out, "%3u  %.*s\n", ++number, (int)length, text);
        text += length + (text[length] == '\n');
    }
    fputs("---\n", player->out);
}

static void say_boxed_output(LessonPlayer *player, const LabRun *run)
{
    lab_write_output(run, player->out);
}

static const char *plural(uint32_t count)
{
    return count == 1 ? "" : "s";
}

/* ---- keeping ----------------------------------------------------------------------------------------------------- */

static void note(LessonPlayer *player, ProgressEvent event, const LessonBlock *block, const char *answer, long long number, bool ok)
{
    ProgressRecord record = {
        .event = event,
        .lesson = lesson_id(&player->lesson),
        .block = block ? block->values[KEY_ID] : "",
        .answer = answer,
        .number = number,
        .ok = ok,
    };
    if (!progress_add(player->progress, &record) && !player->progress->is_warned) {
        player->progress->is_warned = true;
        fprintf(player->out, "(Your progress cannot be kept: %s. The lesson goes on all the same.)\n", strerror(errno));
    }
}

static ExerciseState exercise_state(const LessonPlayer *player)
{
    return progress_exercise(player->progress, lesson_id(&player->lesson), player->exercise->values[KEY_ID]);
}

static void forget_run(LessonPlayer *player)
{
    lab_run_free(player->run);
    player->run = NULL;
}

/* The learner's program as it is in the file now, run. NULL: no exercise, or no memory; that has been said. */
static LabRun *current_run(LessonPlayer *player)
{
    if (!player->exercise) {
        fputs("There is no exercise on this screen. `next` goes on.\n", player->out);
        return NULL;
    }
    answer_refresh(&player->answer);
    if (player->run && strcmp(player->run->text, player->answer.text) == 0) {
        return player->run;
    }
    forget_run(player);
    player->run = lab_run_text(&player->lab, player->exercise, player->answer.text);
    if (!player->run) {
        fputs("Out of memory.\n", player->out);
    }
    return player->run;
}

/* ---- blocks on a screen ------------------------------------------------------------------------------------------ */

static void say_demo(LessonPlayer *player, const LessonBlock *block)
{
    player->shown = block;
    if (!block->values[KEY_HIDE]) {
        say_program(player, block->values[KEY_ID], block->body);
    }
    if (block->values[KEY_RUN]) {
        LabRun *run = lab_run(&player->lab, block);
        fputs("It writes:\n", player->out);
        if (run) {
            say_boxed_output(player, run);
        }
    }
}

static void say_show(LessonPlayer *player, const LessonBlock *block)
{
    const char *problem;
    if (!lab_show(&player->lab, block, player->out, &problem)) {
        fprintf(player->out, "(%s)\n", problem);
    }
}

static void say_options(LessonPlayer *player, const LessonBlock *block)
{
    for (uint32_t i = 0; i < block->option_count; i++) {
        char *text = expand(player, block->options[i].text);
        const char *line = text ? text : "";
        for (uint32_t row = 0; *line; row++) {
            size_t length = strcspn(line, "\n");
            if (row == 0) {
                fprintf(player->out, "%4u) %.*s\n", i + 1, (int)length, line);
            } else {
                fprintf(player->out, "      %.*s\n", (int)length, line);
            }
            line += length + (line[length] == '\n');
        }
        free(text);
    }
}

static bool is_choice(const LessonBlock *block)
{
    return strcmp(block->values[KEY_KIND], "choice") == 0;
}

static void say_question(LessonPlayer *player, const LessonBlock *block)
{
    fputs("PREDICT before you see it:\n", player->out);
    say_markdown(player, block->question, strlen(block->question));
    say_options(player, block);
    if (is_choice(block)) {
        fprintf(player->out, "Answer 1 to %u; `skip` leaves it.\n", block->option_count);
    } else {
        fputs("Type your answer; `skip` leaves it.\n", player->out);
    }
}

static void open_exercise(LessonPlayer *player, const LessonBlock *block)
{
    if (player->exercise != block) {
        answer_close(&player->answer);
        forget_run(player);
        player->exercise = block;
        if (!answer_open(&player->answer, lesson_id(&player->lesson), block->values[KEY_ID], block->body)) {
            player->exercise = NULL;
            fputs("Out of memory.\n", player->out);
        }
    }
    player->shown = block;
}

static void say_wanted(LessonPlayer *player)
{
    LabRun *run = current_run(player);
    for (uint32_t i = 0; run && i < run->check_count; i++) {
        fprintf(player->out, "  [ ] %s\n", session_goals_verdict(run->goals, i).wanted);
    }
}

static void say_exercise(LessonPlayer *player, const LessonBlock *block)
{
    open_exercise(player, block);
    if (!player->exercise) {
        return;
    }
    ExerciseState state = exercise_state(player);
    fprintf(player->out, "YOUR TURN%s\n", state.is_solved ? " (solved before)" : "");
    say_program(player, block->values[KEY_ID], player->answer.text);
    fputs("What is asked:\n", player->out);
    say_wanted(player);
    fputs("Type `change N TEXT`, `edit` or `help`; then `check`.\n", player->out);
}

static void say_listing(LessonPlayer *player, const LessonBlock *block)
{
    char *expanded = lab_expand(&player->lab, block->body, strlen(block->body), NULL);
    fputs(expanded ? expanded : block->body, player->out);
    free(expanded);
}

static void say_block(LessonPlayer *player, const LessonBlock *block)
{
    switch (block->role) {
    case ROLE_DEMO:
        say_demo(player, block);
        break;
    case ROLE_SHOW:
        say_show(player, block);
        break;
    case ROLE_EXERCISE:
        say_exercise(player, block);
        break;
    case ROLE_PREDICT:
        say_question(player, block);
        break;
    case ROLE_SETUP:
        if (!block->values[KEY_HIDE]) {
            say_program(player, block->values[KEY_ID] ? block->values[KEY_ID] : "setup", block->body);
        }
        break;
    case ROLE_CONSOLE:
    case ROLE_LISTING:
        say_listing(player, block);
        break;
    case ROLE_SOLUTION:
    case ROLE_WRONG:
    case ROLE_CHECK:
    case ROLE_HINT:
        break;
    }
}

/* ---- going on ---------------------------------------------------------------------------------------------------- */

static const LessonScreen *current_screen(const LessonPlayer *player)
{
    return &player->lesson.screens[player->screen];
}

static bool was_predicted(const LessonPlayer *player, const LessonBlock *block)
{
    return progress_prediction(player->progress, lesson_id(&player->lesson), block->values[KEY_ID]) != NULL;
}

static void say_footer(LessonPlayer *player)
{
    if (player->screen + 1 < player->lesson.screen_count) {
        fprintf(player->out, "(Enter: %s)\n", player->lesson.screens[player->screen + 1].title);
    } else {
        fputs("(Enter: the end of this lesson)\n", player->out);
    }
}

static void say_old_prediction(LessonPlayer *player, const LessonBlock *block);

/* Shows what comes until the learner has something to do. */
static void go_on(LessonPlayer *player)
{
    const LessonScreen *screen = current_screen(player);
    while (player->item < screen->count) {
        const LessonItem *item = &screen->items[player->item++];
        bool is_hidden = item->block && item->block->role == ROLE_SETUP && item->block->values[KEY_HIDE];
        if (is_hidden) {
            continue;
        }
        fputc('\n', player->out);
        if (!item->block) {
            say_markdown(player, item->text, item->length);
            continue;
        }
        say_block(player, item->block);
        if (item->block->role == ROLE_PREDICT && was_predicted(player, item->block)) {
            say_old_prediction(player, item->block);
        } else if (item->block->role == ROLE_PREDICT) {
            player->question = item->block;
            return;
        }
        if (item->block->role == ROLE_EXERCISE) {
            return;
        }
    }
    fputc('\n', player->out);
    say_footer(player);
}

static void start_screen(LessonPlayer *player, uint32_t screen)
{
    free(player->view);
    player->view = NULL;
    player->view_length = 0;
    player->screen = screen;
    player->item = 0;
    player->question = NULL;
    player->exercise = NULL;
    player->shown = NULL;
    answer_close(&player->answer);
    forget_run(player);
    note(player, PROGRESS_SCREEN, NULL, "", screen, true);
    fprintf(player->out, "\n== Lesson %zu, screen %u of %u: %s ==\n", player->number + 1, screen + 1, player->lesson.screen_count,
            current_screen(player)->title);
    go_on(player);
}

static void close_lesson(LessonPlayer *player)
{
    if (player->is_open) {
        lab_free(&player->lab);
        lesson_free(&player->lesson);
        answer_close(&player->answer);
        forget_run(player);
        player->is_open = false;
        player->question = player->exercise = player->shown = NULL;
    }
}

static void say_unsolved(LessonPlayer *player)
{
    uint32_t open = 0;
    for (uint32_t i = 0; i < player->lesson.block_count; i++) {
        const LessonBlock *block = player->lesson.blocks[i];
        if (block->role == ROLE_EXERCISE) {
            open += !progress_exercise(player->progress, lesson_id(&player->lesson), block->values[KEY_ID]).is_solved;
        }
    }
    if (open) {
        fprintf(player->out, "%u exercise%s of it wait%s for you; `prev` goes back to them.\n", open, plural(open), open == 1 ? "s" : "");
    }
}

static void end_lesson(LessonPlayer *player)
{
    note(player, PROGRESS_DONE, NULL, "", 0, true);
    fprintf(player->out, "\nThat was lesson %zu, %s.\n", player->number + 1, player->lesson.title);
    say_unsolved(player);
    if (player->number + 1 < player->course->count) {
        fprintf(player->out, "`lesson next` goes on with: %s.\n", player->course->lessons[player->number + 1].title);
    } else {
        say_markdown(player, player->course->farewell, player->course->farewell_length);
    }
}

static bool may_leave(LessonPlayer *player)
{
    if (player->question) {
        fputs("The question comes first: answer it, or `skip` it.\n", player->out);
        return false;
    }
    if (player->exercise) {
        ExerciseState state = exercise_state(player);
        if (!state.is_solved && !state.is_skipped) {
            fputs("The exercise is not solved yet: `check` it, or `skip` it and come back later.\n", player->out);
            return false;
        }
    }
    return true;
}

static void do_next(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    if (!may_leave(player)) {
        return;
    }
    if (player->item < current_screen(player)->count) {
        go_on(player);
    } else if (player->screen + 1 < player->lesson.screen_count) {
        start_screen(player, player->screen + 1);
    } else {
        end_lesson(player);
    }
}

static void do_previous(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    if (player->screen == 0) {
        fputs("This is the first screen of the lesson.\n", player->out);
    } else {
        start_screen(player, player->screen - 1);
    }
}

static void do_again(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    start_screen(player, player->screen);
}

/* ---- predicting -------------------------------------------------------------------------------------------------- */

/* The option that an answer names, by number or by its words; -1: none. */
static long find_option(const LessonBlock *block, const char *answer)
{
    char *end;
    unsigned long number = strtoul(answer, &end, 10);
    if (end > answer && !*end && number >= 1 && number <= block->option_count) {
        return (long)number - 1;
    }
    for (uint32_t i = 0; i < block->option_count; i++) {
        if (strcasecmp(block->options[i].text, answer) == 0) {
            return (long)i;
        }
    }
    return -1;
}

static uint32_t right_option(const LessonBlock *block)
{
    uint32_t i = 0;
    while (i + 1 < block->option_count && !block->options[i].is_right) {
        i++;
    }
    return i;
}

/* What the machine says to a measured question; malloc'd. */
static char *right_answer(LessonPlayer *player, const LessonBlock *block)
{
    LabQuestion question = {.of = block->values[KEY_OF]};
    const char *problem;
    question.subject = block->values[KEY_TYPE] ? block->values[KEY_TYPE] : block->values[KEY_NAME];
    bool is_known = lab_find_measure(block->values[KEY_KIND], &question.measure);
    return is_known ? lab_measure(&player->lab, &question, &problem) : NULL;
}

/* The next character that counts: spaces and line ends do not, nor does a unit behind a number. */
static const char *skip_blank(const char *text)
{
    return text + strspn(text, " \t\n\",;|");
}

static bool same_answer(const char *given, const char *right, bool is_number)
{
    if (is_number) {
        char *end;
        unsigned long long number = strtoull(given, &end, 10);
        bool has_unit = strcmp(end, "") == 0 || strspn(end, " BbytesobjctmlinkMSU") == strlen(end);
        return end > given && has_unit && number == strtoull(right, NULL, 10);
    }
    for (given = skip_blank(given), right = skip_blank(right); *given && *right; given = skip_blank(given + 1), right = skip_blank(right + 1)) {
        if (*given != *right && (*given | 0x20) != (*right | 0x20)) {
            return false;
        }
    }
    return !*given && !*right;
}

static void say_option_feedback(LessonPlayer *player, const LessonOption *option)
{
    if (*option->feedback) {
        say_markdown(player, option->feedback, strlen(option->feedback));
    }
}

static bool settle_choice(LessonPlayer *player, const LessonBlock *block, const char *answer)
{
    long chosen = find_option(block, answer);
    if (chosen < 0) {
        fprintf(player->out, "Type a number from 1 to %u.\n", block->option_count);
        return false;
    }
    const LessonOption *option = &block->options[chosen];
    fprintf(player->out, "Recorded: %ld. %s\n", chosen + 1, option->is_right ? "Right." : "Not so.");
    say_option_feedback(player, option);
    if (!option->is_right) {
        uint32_t right = right_option(block);
        char *text = expand(player, block->options[right].text);
        fprintf(player->out, "Right is %u: %s", right + 1, text ? text : "\n");
        say_option_feedback(player, &block->options[right]);
        free(text);
    }
    note(player, PROGRESS_PREDICTION, block, option->text, chosen + 1, option->is_right);
    return true;
}

static bool settle_measure(LessonPlayer *player, const LessonBlock *block, const char *answer)
{
    char *right = right_answer(player, block);
    Measure measure;
    bool is_number = lab_find_measure(block->values[KEY_KIND], &measure) && lab_measure_is_number(measure);
    if (is_number && !strpbrk(answer, "0123456789")) {
        fputs("Type a number.\n", player->out);
        free(right);
        return false;
    }
    bool is_right = right && same_answer(answer, right, is_number);
    fprintf(player->out, "Recorded: %s. %s The machine says: %s\n", answer, is_right ? "Right." : "Not so.", right ? right : "nothing");
    note(player, PROGRESS_PREDICTION, block, answer, 0, is_right);
    free(right);
    return true;
}

static void say_old_prediction(LessonPlayer *player, const LessonBlock *block)
{
    const ProgressRecord *record = progress_prediction(player->progress, lesson_id(&player->lesson), block->values[KEY_ID]);
    if (!*record->answer) {
        fputs("(You left this question out.)\n", player->out);
        return;
    }
    fprintf(player->out, "(You said: %s. %s)\n", record->answer, record->ok ? "That was right." : "That was not so.");
    if (is_choice(block)) {
        say_option_feedback(player, &block->options[right_option(block)]);
    }
}

static void do_predict(LessonPlayer *player, const char *arguments)
{
    const LessonBlock *block = player->question;
    if (!block) {
        fputs("No question is open just now. `next` goes on.\n", player->out);
        return;
    }
    if (!*arguments) {
        say_question(player, block);
        return;
    }
    if (is_choice(block) ? settle_choice(player, block, arguments) : settle_measure(player, block, arguments)) {
        player->question = NULL;
        go_on(player);
    }
}

/* ---- the learner's program --------------------------------------------------------------------------------------- */

static bool has_exercise(LessonPlayer *player)
{
    if (!player->exercise) {
        fputs("There is no exercise on this screen.\n", player->out);
        return false;
    }
    answer_refresh(&player->answer);
    return true;
}

static void do_list(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    if (player->exercise) {
        answer_refresh(&player->answer);
        say_program(player, player->exercise->values[KEY_ID], player->answer.text);
    } else if (player->shown) {
        say_program(player, player->shown->values[KEY_ID], player->shown->body);
    } else {
        fputs("There is no program on this screen yet.\n", player->out);
    }
}

static void do_check(LessonPlayer *player, const char *arguments);

/* After each change the checks are looked at again: in one line, unless all pass. */
static void say_tally(LessonPlayer *player)
{
    LabRun *run = current_run(player);
    if (!run) {
        return;
    }
    ExerciseResult result = exercise_result(run);
    if (run->outcome.kind == OUTCOME_ERRORS) {
        lab_write_diagnostics(&player->lab, run, player->out);
    } else if (result.is_solved) {
        do_check(player, "");
    } else {
        fprintf(player->out, "%u of %u checks pass; `check` shows them.\n", result.passed, result.total);
    }
}

static void say_changed(LessonPlayer *player, bool is_done)
{
    if (!is_done && errno == EINVAL) {
        fprintf(player->out, "There is no such line; the program has %u.\n", answer_line_count(&player->answer));
        return;
    }
    if (!is_done) {
        fprintf(player->out, "(The file cannot be written: %s. Your change counts until you leave.)\n", strerror(errno));
        free(player->answer.path);
        player->answer.path = NULL;
    }
    say_tally(player);
}

/* "3 text" or "3 5": the number, and what follows it. 0: there is none, which is said. */
static uint32_t take_line_number(LessonPlayer *player, const char **arguments)
{
    char *end;
    unsigned long number = strtoul(*arguments, &end, 10);
    if (end == *arguments || number == 0 || number > 100000) {
        fputs("Which line? `list` shows their numbers.\n", player->out);
        return 0;
    }
    *arguments = end + (*end == ' ');
    return (uint32_t)number;
}

static void do_change(LessonPlayer *player, const char *arguments)
{
    uint32_t line = has_exercise(player) ? take_line_number(player, &arguments) : 0;
    if (line) {
        say_changed(player, answer_replace(&player->answer, line, line, arguments));
    }
}

static void do_insert(LessonPlayer *player, const char *arguments)
{
    uint32_t line = has_exercise(player) ? take_line_number(player, &arguments) : 0;
    if (line) {
        say_changed(player, answer_replace(&player->answer, line, line - 1, arguments));
    }
}

static void do_delete(LessonPlayer *player, const char *arguments)
{
    uint32_t first = has_exercise(player) ? take_line_number(player, &arguments) : 0;
    uint32_t last = first && *arguments ? take_line_number(player, &arguments) : first;
    if (first && last >= first) {
        say_changed(player, answer_replace(&player->answer, first, last, NULL));
    } else if (first && last) {
        fputs("The last line comes before the first.\n", player->out);
    }
}

static void do_write(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    if (has_exercise(player)) {
        fputs("Type the program; a line with only a dot ends it.\n", player->out);
        player->is_writing = true;
        free(player->written);
        player->written = strdup("");
    }
}

static void take_written(LessonPlayer *player, const char *line)
{
    if (strcmp(line, ".") == 0) {
        player->is_writing = false;
        say_changed(player, answer_set(&player->answer, player->written ? player->written : ""));
        return;
    }
    size_t old = player->written ? strlen(player->written) : 0;
    char *grown = realloc(player->written, old + strlen(line) + 2);
    if (grown) {
        sprintf(grown + old, "%s\n", line);
        player->written = grown;
    }
}

static bool save_answer(LessonPlayer *player)
{
    if (answer_save(&player->answer)) {
        return true;
    }
    fprintf(player->out, "There is no place to keep the file: %s.\n", strerror(errno));
    return false;
}

static void do_edit(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    if (!has_exercise(player) || !save_answer(player)) {
        return;
    }
    if (!player->hands->edit || !player->hands->edit(player->hands->context, player->answer.path)) {
        fprintf(player->out, "There is no editor here; open this file in yours, then `check`:\n%s\n", player->answer.path);
        return;
    }
    do_check(player, "");
}

static void do_watch(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    if (!has_exercise(player) || !save_answer(player)) {
        return;
    }
    if (!player->hands->wait_for_change) {
        fprintf(player->out, "Nobody can be watched from here; edit this file, then `check`:\n%s\n", player->answer.path);
        return;
    }
    fprintf(player->out, "Watching %s; Enter ends it.\n", player->answer.path);
    fflush(player->out);
    while (player->hands->wait_for_change(player->hands->context, player->answer.path)) {
        do_check(player, "");
        fflush(player->out);
    }
}

static void do_file(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    if (has_exercise(player) && save_answer(player)) {
        fprintf(player->out, "%s\n", player->answer.path);
    }
}

static void do_reset(LessonPlayer *player, const char *arguments)
{
    if (!has_exercise(player)) {
        return;
    }
    bool is_touched = strcmp(player->answer.text, player->exercise->body) != 0;
    if (is_touched && strcmp(arguments, "yes") != 0) {
        fputs("Your program will be gone: `reset yes` if you mean it.\n", player->out);
        return;
    }
    bool is_done = answer_set(&player->answer, player->exercise->body);
    forget_run(player);
    fputs(is_done ? "As it was in the beginning.\n" : "The file cannot be written.\n", player->out);
}

static LabRun *shown_run(LessonPlayer *player)
{
    if (player->exercise) {
        return current_run(player);
    }
    if (!player->shown) {
        fputs("There is no program on this screen yet.\n", player->out);
        return NULL;
    }
    if (player->question) {
        fputs("That would tell the answer: predict first, or `skip`.\n", player->out);
        return NULL;
    }
    return lab_run(&player->lab, player->shown);
}

static void do_run(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    LabRun *run = shown_run(player);
    if (run) {
        lab_write_diagnostics(&player->lab, run, player->out);
        say_boxed_output(player, run);
    }
}

static void show_of(LessonPlayer *player, const char *what, const char *from, const char *to)
{
    LabRun *run = shown_run(player);
    LessonBlock show = {.role = ROLE_SHOW};
    show.values[KEY_WHAT] = what;
    show.values[KEY_FROM] = from;
    show.values[KEY_TO] = to;
    if (run) {
        lab_write_diagnostics(&player->lab, run, player->out);
        lab_show_run(&player->lab, run, &show, player->out);
    }
}

static void do_trace(LessonPlayer *player, const char *arguments)
{
    const char *to = strchr(arguments, ' ');
    show_of(player, "trace", *arguments ? arguments : NULL, to ? to + 1 : NULL);
}

static void do_stats(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    show_of(player, "stats", NULL, NULL);
}

/* ---- checking, helping ------------------------------------------------------------------------------------------- */

static uint32_t hint_count(const LessonPlayer *player)
{
    uint32_t count = 0, most = player->lesson.front[FRONT_HINTS] ? (uint32_t)strtoul(player->lesson.front[FRONT_HINTS], NULL, 10) : UINT32_MAX;
    while (count < most && lesson_block_for(&player->lesson, ROLE_HINT, player->exercise->values[KEY_ID], count)) {
        count++;
    }
    return count;
}

static void say_help_at_hand(LessonPlayer *player)
{
    ExerciseState state = exercise_state(player);
    uint32_t hints = hint_count(player), after = lesson_solution_after(&player->lesson);
    if (state.hints < hints) {
        fprintf(player->out, "`hint` has %u more to say.\n", hints - state.hints);
    }
    if (after != UINT32_MAX && state.tries >= after) {
        fputs("`solution` may be looked at now.\n", player->out);
    }
}

static void say_solved(LessonPlayer *player, bool is_first_time)
{
    fputs("Solved.\n", player->out);
    if (is_first_time) {
        fputs("`solution` shows one to compare with; Enter goes on.\n", player->out);
    }
}

static void say_failed(LessonPlayer *player, const LabRun *run)
{
    const LessonBlock *wrong = exercise_known_wrong(&player->lab, run);
    if (wrong && *wrong->feedback) {
        fputc('\n', player->out);
        say_markdown(player, wrong->feedback, strlen(wrong->feedback));
    }
    say_help_at_hand(player);
}

/* Not more than a few lines: a loop that writes for ever is seen soon enough. */
static void say_short_output(LessonPlayer *player, const LabRun *run)
{
    const char *at = session_goals_written(run->goals);
    uint32_t lines = 0;
    if (!*at) {
        return;
    }
    fputs("It writes:\n", player->out);
    for (; *at && lines < SHORT_OUTPUT; lines++) {
        size_t length = strcspn(at, "\n");
        fprintf(player->out, "  %.*s\n", (int)(length < 200 ? length : 200), at);
        at += length + (at[length] == '\n');
    }
    if (*at) {
        fputs("  ... (`run` shows all)\n", player->out);
    }
}

static void do_check(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    LabRun *run = current_run(player);
    if (!run) {
        return;
    }
    bool was_solved = exercise_state(player).is_solved;
    ExerciseResult result = exercise_result(run);
    note(player, PROGRESS_TRY, player->exercise, "", 0, result.is_solved);
    if (run->outcome.kind == OUTCOME_ERRORS) {
        lab_write_diagnostics(&player->lab, run, player->out);
        say_failed(player, run);
        return;
    }
    say_short_output(player, run);
    exercise_write_checks(run, player->out);
    if (result.is_solved) {
        say_solved(player, !was_solved);
    } else {
        say_failed(player, run);
    }
}

static void do_hint(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    if (!has_exercise(player)) {
        return;
    }
    uint32_t known = exercise_state(player).hints, count = hint_count(player);
    if (count == 0) {
        fputs("This exercise has no hints.\n", player->out);
        return;
    }
    uint32_t index = known < count ? known : count - 1;
    const LessonBlock *hint = lesson_block_for(&player->lesson, ROLE_HINT, player->exercise->values[KEY_ID], index);
    fprintf(player->out, "Hint %u of %u:\n", index + 1, count);
    say_markdown(player, hint->body, strlen(hint->body));
    note(player, PROGRESS_HINT, player->exercise, "", index + 1, true);
}

static void do_solution(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    if (!has_exercise(player)) {
        return;
    }
    ExerciseState state = exercise_state(player);
    uint32_t after = lesson_solution_after(&player->lesson);
    if (!state.is_solved && after == UINT32_MAX) {
        fputs("The solution is shown once the exercise is solved.\n", player->out);
        return;
    }
    if (!state.is_solved && state.tries < after) {
        fprintf(player->out, "The solution is shown after %u more `check`%s, or once it is solved.\n", after - state.tries,
                plural(after - state.tries));
        return;
    }
    const LessonBlock *solution = lesson_block_for(&player->lesson, ROLE_SOLUTION, player->exercise->values[KEY_ID], 0);
    say_program(player, player->exercise->values[KEY_ID], solution->body);
    note(player, PROGRESS_SOLUTION, player->exercise, "", 0, true);
}

static void do_skip(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    const char *may_skip = player->lesson.front[FRONT_SKIP];
    if (may_skip && strcmp(may_skip, "no") == 0) {
        fputs("This lesson wants everything answered: no skipping here.\n", player->out);
    } else if (player->question) {
        note(player, PROGRESS_PREDICTION, player->question, "", 0, false);
        if (is_choice(player->question)) {
            fprintf(player->out, "Left out. The answer is %u.\n", right_option(player->question) + 1);
            say_option_feedback(player, &player->question->options[right_option(player->question)]);
        } else {
            char *right = right_answer(player, player->question);
            fprintf(player->out, "Left out. The machine says: %s\n", right ? right : "nothing");
            free(right);
        }
        player->question = NULL;
        go_on(player);
    } else if (player->exercise) {
        note(player, PROGRESS_SKIP, player->exercise, "", 0, true);
        fputs("Left for later.\n", player->out);
        do_next(player, "");
    } else {
        do_next(player, "");
    }
}

/* ---- the course -------------------------------------------------------------------------------------------------- */

static const char *state_word(LessonState state)
{
    return state.is_done ? "done" : state.is_started ? "begun" : "";
}

void player_write_list(const LessonPlayer *player, FILE *out)
{
    for (size_t i = 0; i < player->course->count; i++) {
        const CourseLesson *lesson = &player->course->lessons[i];
        LessonState state = progress_lesson(player->progress, lesson->name);
        fprintf(out, "%3zu  %-5s  %s\n", i + 1, state_word(state), lesson->title);
    }
}

static void say_exercises(LessonPlayer *player)
{
    for (uint32_t i = 0; i < player->lesson.block_count; i++) {
        const LessonBlock *block = player->lesson.blocks[i];
        if (block->role != ROLE_EXERCISE) {
            continue;
        }
        ExerciseState state = progress_exercise(player->progress, lesson_id(&player->lesson), block->values[KEY_ID]);
        fprintf(player->out, "     exercise %s: %s, %u tr%s, %u hint%s\n", block->values[KEY_ID],
                state.is_solved    ? "solved"
                : state.is_skipped ? "left for later"
                : state.tries      ? "not solved yet"
                                   : "not tried yet",
                state.tries, state.tries == 1 ? "y" : "ies", state.hints, plural(state.hints));
    }
}

static void do_progress(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    player_write_list(player, player->out);
    if (player->is_open) {
        fprintf(player->out, "Lesson %zu, screen %u of %u.\n", player->number + 1, player->screen + 1, player->lesson.screen_count);
        say_exercises(player);
    }
    if (player->progress->path) {
        fprintf(player->out, "Kept in %s\n", player->progress->path);
    }
}

static void do_notes(LessonPlayer *player, const char *arguments)
{
    FILE *file = *arguments ? fopen(arguments, "w") : player->out;
    if (!file) {
        fprintf(player->out, "%s cannot be written: %s\n", arguments, strerror(errno));
        return;
    }
    notes_write(&player->lesson, &player->lab, player->progress, file);
    if (file != player->out) {
        bool is_whole = !ferror(file);
        is_whole &= fclose(file) == 0;
        fprintf(player->out, is_whole ? "Written to %s.\n" : "%s could not be written whole.\n", arguments);
    }
}

static void do_lesson(LessonPlayer *player, const char *arguments)
{
    if (!*arguments || strcmp(arguments, "list") == 0) {
        player_write_list(player, player->out);
        fputs("`lesson N` goes to one of them.\n", player->out);
        return;
    }
    long number = strcmp(arguments, "next") == 0   ? (long)player->number + player->is_open
                  : strcmp(arguments, "prev") == 0 ? (long)player->number - 1
                                                   : course_find(player->course, arguments);
    if (number < 0 || (size_t)number >= player->course->count) {
        fprintf(player->out, "There is no lesson '%.60s'; `lesson list` shows them.\n", arguments);
        return;
    }
    player_start(player, (size_t)number, player->out);
}

static void do_forget(LessonPlayer *player, const char *arguments)
{
    if (strcmp(arguments, "yes") != 0) {
        fputs("All that is noted about this lesson will not count any more: `forget yes` if you mean it.\n", player->out);
        return;
    }
    note(player, PROGRESS_FORGET, NULL, "", 0, true);
    start_screen(player, 0);
}

static void do_quit(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    player->is_over = true;
}

/* ---- commands ---------------------------------------------------------------------------------------------------- */

static void do_help(LessonPlayer *player, const char *arguments);

static const struct {
    const char *name, *short_name, *arguments;
    void (*function)(LessonPlayer *player, const char *arguments);
    const char *sentence;
} commands[] = {
#define PLAYER_COMMAND(name, short_name, arguments, function, sentence) {name, short_name, arguments, function, sentence},
#include "lesson/player_command.def"
#undef PLAYER_COMMAND
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static void do_help(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    for (size_t i = 0; i < COMMANDS; i++) {
        char left[40];
        snprintf(left, sizeof left, "%s%s%s%s%s", commands[i].name, *commands[i].short_name ? ", " : "", commands[i].short_name,
                 *commands[i].arguments ? " " : "", commands[i].arguments);
        fprintf(player->out, "  %-24s %s\n", left, commands[i].sentence);
    }
}

/* The command that a line begins with; -1: none. */
static long find_command(const char *line, const char **arguments)
{
    size_t length = strcspn(line, " \t");
    *arguments = line + length + strspn(line + length, " \t");
    for (size_t i = 0; i < COMMANDS; i++) {
        bool is_name = strlen(commands[i].name) == length && memcmp(commands[i].name, line, length) == 0;
        bool is_short = strlen(commands[i].short_name) == length && memcmp(commands[i].short_name, line, length) == 0;
        if (is_name || (length && is_short)) {
            return (long)i;
        }
    }
    return -1;
}

static bool works_without_lesson(long command)
{
    const char *name = commands[command].name;
    return strcmp(name, "lesson") == 0 || strcmp(name, "progress") == 0 || strcmp(name, "help") == 0 || strcmp(name, "quit") == 0;
}

static bool obey(LessonPlayer *player, const char *line)
{
    const char *arguments = "";
    line += strspn(line, " \t");
    long command = *line ? find_command(line, &arguments) : 0;
    bool has_lesson = player->is_open || (command >= 0 && works_without_lesson(command));
    if (player->is_writing) {
        take_written(player, line);
        return true;
    }
    if (player->question && command < 0) { /* a bare answer is an answer */
        do_predict(player, line);
        return true;
    }
    if (command < 0 || !has_lesson) {
        return false;
    }
    commands[command].function(player, arguments);
    return true;
}

/* What a screen says is kept for the view beside being written. */
static void keep_view(LessonPlayer *player, const char *text, size_t length)
{
    char *grown = realloc(player->view, player->view_length + length + 1);
    if (grown) {
        memcpy(grown + player->view_length, text, length);
        player->view = grown;
        player->view_length += length;
        player->view[player->view_length] = 0;
    }
}

/* Runs `work` with an output that is both kept and passed on. */
static bool with_output(LessonPlayer *player, FILE *out, bool (*work)(LessonPlayer *player, const void *argument), const void *argument)
{
    char *said = NULL;
    size_t length = 0;
    FILE *outer = player->out;
    player->out = open_memstream(&said, &length);
    if (!player->out) {
        player->out = outer;
        return false;
    }
    bool is_done = work(player, argument);
    fclose(player->out);
    player->out = outer;
    if (said) {
        fwrite(said, 1, length, out);
        keep_view(player, said, length);
    }
    free(said);
    return is_done;
}

static bool take(LessonPlayer *player, const void *line)
{
    return obey(player, line);
}

bool player_take(LessonPlayer *player, const char *line, FILE *out)
{
    bool is_direct = strncmp(line, "watch", 5) == 0; /* speaks while it waits */
    if (is_direct) {
        player->out = out;
        return obey(player, line);
    }
    return with_output(player, out, take, line);
}

const char *player_prompt(LessonPlayer *player)
{
    if (player->is_writing) {
        return "write> ";
    }
    if (player->question) {
        return "predict> ";
    }
    if (player->is_open) {
        snprintf(player->prompt, sizeof player->prompt, "lesson %zu> ", player->number + 1);
        return player->prompt;
    }
    return "lesson> ";
}

bool player_is_over(const LessonPlayer *player)
{
    return player->is_over;
}

/* ---- life -------------------------------------------------------------------------------------------------------- */

LessonPlayer *player_open(const Course *course, Progress *progress, const LessonHands *hands)
{
    LessonPlayer *player = calloc(1, sizeof *player);
    if (player) {
        player->course = course;
        player->progress = progress;
        player->hands = hands;
        player->out = stdout;
    }
    return player;
}

void player_close(LessonPlayer *player)
{
    if (player) {
        close_lesson(player);
        free(player->written);
        free(player->view);
        free(player);
    }
}

static bool load_lesson(LessonPlayer *player, const CourseLesson *entry)
{
    if (!entry->text || !lesson_read(&player->lesson, entry->path, entry->text, entry->length)) {
        fprintf(player->out, "Lesson %s cannot be read.\n", entry->name);
        return false;
    }
    if (player->lesson.problem_count) {
        fprintf(player->out, "This lesson has mistakes in its file; `awaitlab lesson check` lists them. The first:\n%s:%u: error: %s\n",
                entry->path, player->lesson.problems[0].line, player->lesson.problems[0].text);
        lesson_free(&player->lesson);
        return false;
    }
    return true;
}

static bool start_lesson(LessonPlayer *player, const void *argument)
{
    size_t number = *(const size_t *)argument;
    close_lesson(player);
    if (!load_lesson(player, &player->course->lessons[number])) {
        return false;
    }
    player->is_open = true;
    player->number = number;
    lab_init(&player->lab, &player->lesson);
    player->lab.style.width = width(player);
    LessonState state = progress_lesson(player->progress, lesson_id(&player->lesson));
    bool goes_on = state.is_started && !state.is_done && state.screen > 0 && state.screen < player->lesson.screen_count;
    fprintf(player->out, "Lesson %zu of %zu: %s%s%s%s\n", number + 1, player->course->count, player->lesson.title,
            player->lesson.front[FRONT_TIME] ? " (" : "", player->lesson.front[FRONT_TIME] ? player->lesson.front[FRONT_TIME] : "",
            player->lesson.front[FRONT_TIME] ? ")" : "");
    if (goes_on) {
        fprintf(player->out, "You stopped at screen %u; `prev` goes back.\n", state.screen + 1);
    }
    start_screen(player, goes_on ? state.screen : 0);
    return true;
}

bool player_start(LessonPlayer *player, size_t number, FILE *out)
{
    if (player->out == out) { /* from within a command */
        return start_lesson(player, &number);
    }
    return with_output(player, out, start_lesson, &number);
}

PlayerView player_view(LessonPlayer *player)
{
    PlayerView view = {.title = "", .screen = "", .text = player->view ? player->view : "", .count = player->course->count};
    if (player->is_open) {
        view.title = player->lesson.title;
        view.screen = current_screen(player)->title;
        view.number = player->number + 1;
        view.screen_number = player->screen + 1;
        view.screen_count = player->lesson.screen_count;
        view.program = player->exercise ? player->answer.text : NULL;
        view.is_predicting = player->question != NULL;
    }
    return view;
}

const LessonBlock *player_program(const LessonPlayer *player, const char **text)
{
    *text = player->exercise ? player->answer.text : player->shown ? player->shown->body : NULL;
    return player->exercise ? player->exercise : player->shown;
}
