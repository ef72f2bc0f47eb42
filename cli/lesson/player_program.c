/* The learner's program: changing it line by line or in an editor, running it, looking at it. */
#include "lesson/player_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool player_has_exercise(LessonPlayer *player)
{
    if (!player->exercise) {
        fputs("There is no exercise on this screen.\n", player->out);
        return false;
    }
    answer_refresh(&player->answer);
    return true;
}

void player_do_list(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    if (player->exercise) {
        answer_refresh(&player->answer);
        player_say_program(player, player->exercise->values[KEY_ID], player->answer.text);
    } else if (player->shown) {
        player_say_program(player, player->shown->values[KEY_ID], player->shown->body);
    } else {
        fputs("There is no program on this screen yet.\n", player->out);
    }
}

/* After each change the checks are looked at again: in one line, unless all pass. */
static void say_tally(LessonPlayer *player)
{
    LabRun *run = player_current_run(player);
    if (!run) {
        return;
    }
    ExerciseResult result = exercise_result(run);
    if (run->outcome.kind == OUTCOME_ERRORS) {
        lab_write_diagnostics(&player->lab, run, player->out);
    } else if (result.is_solved) {
        player_do_check(player, "");
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
        fprintf(player->out, "(The file cannot be written: %s. Your change counts until you leave.)\n",
                strerror(errno));
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

void player_do_change(LessonPlayer *player, const char *arguments)
{
    uint32_t line = player_has_exercise(player) ? take_line_number(player, &arguments) : 0;
    if (line) {
        say_changed(player, answer_replace(&player->answer, line, line, arguments));
    }
}

void player_do_insert(LessonPlayer *player, const char *arguments)
{
    uint32_t line = player_has_exercise(player) ? take_line_number(player, &arguments) : 0;
    if (line) {
        say_changed(player, answer_replace(&player->answer, line, line - 1, arguments));
    }
}

void player_do_delete(LessonPlayer *player, const char *arguments)
{
    uint32_t first = player_has_exercise(player) ? take_line_number(player, &arguments) : 0;
    uint32_t last = first && *arguments ? take_line_number(player, &arguments) : first;
    if (first && last >= first) {
        say_changed(player, answer_replace(&player->answer, first, last, NULL));
    } else if (first && last) {
        fputs("The last line comes before the first.\n", player->out);
    }
}

void player_do_write(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    if (player_has_exercise(player)) {
        fputs("Type the program; a line with only a dot ends it.\n", player->out);
        player->is_writing = true;
        free(player->written);
        player->written = strdup("");
    }
}

void player_take_written(LessonPlayer *player, const char *line)
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

void player_do_edit(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    if (!player_has_exercise(player) || !save_answer(player)) {
        return;
    }
    if (!player->hands->edit || !player->hands->edit(player->hands->context, player->answer.path)) {
        fprintf(player->out, "There is no editor here; open this file in yours, then `check`:\n%s\n",
                player->answer.path);
        return;
    }
    player_do_check(player, "");
}

void player_do_watch(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    if (!player_has_exercise(player) || !save_answer(player)) {
        return;
    }
    if (!player->hands->wait_for_change) {
        fprintf(player->out, "Nobody can be watched from here; edit this file, then `check`:\n%s\n",
                player->answer.path);
        return;
    }
    fprintf(player->out, "Each time this file is saved it is checked; Enter ends that:\n%s\n", player->answer.path);
    fflush(player->out);
    while (player->hands->wait_for_change(player->hands->context, player->answer.path)) {
        player_do_check(player, "");
        fflush(player->out);
    }
}

void player_do_file(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    if (player_has_exercise(player) && save_answer(player)) {
        fprintf(player->out, "%s\n", player->answer.path);
    }
}

void player_do_reset(LessonPlayer *player, const char *arguments)
{
    if (!player_has_exercise(player)) {
        return;
    }
    bool is_touched = strcmp(player->answer.text, player->exercise->body) != 0;
    if (is_touched && strcmp(arguments, "yes") != 0) {
        fputs("Your program will be gone: `reset yes` if you mean it.\n", player->out);
        return;
    }
    bool is_done = answer_set(&player->answer, player->exercise->body);
    player_forget_run(player);
    fputs(is_done ? "As it was in the beginning.\n" : "The file cannot be written.\n", player->out);
}

static LabRun *shown_run(LessonPlayer *player)
{
    if (player->exercise) {
        return player_current_run(player);
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

void player_do_run(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    LabRun *run = shown_run(player);
    if (run) {
        lab_write_diagnostics(&player->lab, run, player->out);
        player_say_output(player, run);
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

void player_do_trace(LessonPlayer *player, const char *arguments)
{
    const char *to = strchr(arguments, ' ');
    show_of(player, "trace", *arguments ? arguments : NULL, to ? to + 1 : NULL);
}

void player_do_stats(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    show_of(player, "stats", NULL, NULL);
}
