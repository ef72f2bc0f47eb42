/* Checks, hints, solutions, leaving things for later. */
#include "lesson/player_internal.h"

#include <stdlib.h>
#include <string.h>

enum { SHORT_OUTPUT = 20 }; /* lines */

static uint32_t hint_count(const LessonPlayer *player)
{
    uint32_t count = 0, most = player->lesson.front[FRONT_HINTS]
                                   ? (uint32_t)strtoul(player->lesson.front[FRONT_HINTS], NULL, 10)
                                   : UINT32_MAX;
    while (count < most && lesson_block_for(&player->lesson, ROLE_HINT, player->exercise->values[KEY_ID], count)) {
        count++;
    }
    return count;
}

static void say_help_at_hand(LessonPlayer *player)
{
    ExerciseState state = player_exercise_state(player);
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
        player_say_markdown(player, wrong->feedback, strlen(wrong->feedback));
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

void player_do_check(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    LabRun *run = player_current_run(player);
    if (!run) {
        return;
    }
    bool was_solved = player_exercise_state(player).is_solved;
    ExerciseResult result = exercise_result(run);
    player_note(player, PROGRESS_TRY, player->exercise, "", 0, result.is_solved);
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

void player_do_hint(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    if (!player_has_exercise(player)) {
        return;
    }
    uint32_t known = player_exercise_state(player).hints, count = hint_count(player);
    if (count == 0) {
        fputs("This exercise has no hints.\n", player->out);
        return;
    }
    uint32_t index = known < count ? known : count - 1;
    const LessonBlock *hint = lesson_block_for(&player->lesson, ROLE_HINT, player->exercise->values[KEY_ID], index);
    fprintf(player->out, "Hint %u of %u:\n", index + 1, count);
    player_say_markdown(player, hint->body, strlen(hint->body));
    player_note(player, PROGRESS_HINT, player->exercise, "", index + 1, true);
}

void player_do_solution(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    if (!player_has_exercise(player)) {
        return;
    }
    ExerciseState state = player_exercise_state(player);
    uint32_t after = lesson_solution_after(&player->lesson);
    if (!state.is_solved && after == UINT32_MAX) {
        fputs("The solution is shown once the exercise is solved.\n", player->out);
        return;
    }
    if (!state.is_solved && state.tries < after) {
        fprintf(player->out, "The solution is shown after %u more `check`%s, or once it is solved.\n",
                after - state.tries, player_plural(after - state.tries));
        return;
    }
    const LessonBlock *solution = lesson_block_for(&player->lesson, ROLE_SOLUTION, player->exercise->values[KEY_ID], 0);
    player_say_program(player, player->exercise->values[KEY_ID], solution->body);
    player_note(player, PROGRESS_SOLUTION, player->exercise, "", 0, true);
}

void player_do_skip(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    const char *may_skip = player->lesson.front[FRONT_SKIP];
    if (may_skip && strcmp(may_skip, "no") == 0) {
        fputs("This lesson wants everything answered: no skipping here.\n", player->out);
    } else if (player->question) {
        player_note(player, PROGRESS_PREDICTION, player->question, "", 0, false);
        if (player_is_choice(player->question)) {
            fprintf(player->out, "Left out. The answer is %u.\n", player_right_option(player->question) + 1);
            player_say_option_feedback(player, &player->question->options[player_right_option(player->question)]);
        } else {
            char *right = player_right_answer(player, player->question);
            fprintf(player->out, "Left out. The machine says: %s\n", right ? right : "nothing");
            free(right);
        }
        player->question = NULL;
        player_go_on(player);
    } else if (player->exercise) {
        player_note(player, PROGRESS_SKIP, player->exercise, "", 0, true);
        fputs("Left for later.\n", player->out);
        player_do_next(player, "");
    } else {
        player_do_next(player, "");
    }
}
