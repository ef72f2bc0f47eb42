/* Screens: blocks one after the other, until the learner has something to do. */
#include "lesson/player_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- blocks on a screen
 * ---------------------------------------------------------------------------------------------- */

static void say_demo(LessonPlayer *player, const LessonBlock *block)
{
    player->shown = block;
    if (!block->values[KEY_HIDE]) {
        player_say_program(player, block->values[KEY_ID], block->body);
    }
    if (block->values[KEY_RUN]) {
        LabRun *run = lab_run(&player->lab, block);
        fputs("It writes:\n", player->out);
        if (run) {
            player_say_output(player, run);
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
        char *text = player_expand(player, block->options[i].text);
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

bool player_is_choice(const LessonBlock *block)
{
    return strcmp(block->values[KEY_KIND], "choice") == 0;
}

void player_say_question(LessonPlayer *player, const LessonBlock *block)
{
    fputs("PREDICT before you see it:\n", player->out);
    player_say_markdown(player, block->question, strlen(block->question));
    say_options(player, block);
    if (player_is_choice(block)) {
        fprintf(player->out, "Answer 1 to %u; `skip` leaves it.\n", block->option_count);
    } else {
        fputs("Type your answer; `skip` leaves it.\n", player->out);
    }
}

static void open_exercise(LessonPlayer *player, const LessonBlock *block)
{
    if (player->exercise != block) {
        answer_close(&player->answer);
        player_forget_run(player);
        player->exercise = block;
        if (!answer_open(&player->answer, lesson_id(&player->lesson), block->values[KEY_ID], block->body)) {
            player->exercise = NULL;
            fputs("Out of memory.\n", player->out);
        }
    }
    player->shown = block;
}

/* What is asked, and how it stands. */
static void say_wanted(LessonPlayer *player)
{
    LabRun *run = player_current_run(player);
    if (run) {
        exercise_write_checks(run, player->out);
    }
}

static void say_exercise(LessonPlayer *player, const LessonBlock *block)
{
    open_exercise(player, block);
    if (!player->exercise) {
        return;
    }
    ExerciseState state = player_exercise_state(player);
    fprintf(player->out, "YOUR TURN%s\n", state.is_solved ? " (solved before)" : "");
    player_say_program(player, block->values[KEY_ID], player->answer.text);
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
        player_say_question(player, block);
        break;
    case ROLE_SETUP:
        if (!block->values[KEY_HIDE]) {
            player_say_program(player, block->values[KEY_ID] ? block->values[KEY_ID] : "setup", block->body);
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

/* ---- going on
 * -------------------------------------------------------------------------------------------------------- */

const LessonScreen *player_current_screen(const LessonPlayer *player)
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

/* Shows what comes until the learner has something to do. */
void player_go_on(LessonPlayer *player)
{
    const LessonScreen *screen = player_current_screen(player);
    while (player->item < screen->count) {
        const LessonItem *item = &screen->items[player->item++];
        bool is_hidden = item->block && item->block->values[KEY_HIDE] && !item->block->values[KEY_RUN];
        if (is_hidden) {
            continue;
        }
        fputc('\n', player->out);
        if (!item->block) {
            player_say_markdown(player, item->text, item->length);
            continue;
        }
        say_block(player, item->block);
        if (item->block->role == ROLE_PREDICT && was_predicted(player, item->block)) {
            player_say_old_prediction(player, item->block);
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

void player_start_screen(LessonPlayer *player, uint32_t screen)
{
    free(player->view);
    player->view = NULL;
    player->view_length = 0;
    player->screen = screen;
    player->is_at_end = false;
    player->item = 0;
    player->question = NULL;
    player->exercise = NULL;
    answer_close(&player->answer);
    player_forget_run(player);
    player_note(player, PROGRESS_SCREEN, NULL, "", screen, true);
    fprintf(player->out, "\n== Lesson %zu, screen %u of %u: %s ==\n", player->number + 1, screen + 1,
            player->lesson.screen_count, player_current_screen(player)->title);
    player_go_on(player);
}

void player_close_lesson(LessonPlayer *player)
{
    if (player->is_open) {
        lab_free(&player->lab);
        lesson_free(&player->lesson);
        answer_close(&player->answer);
        player_forget_run(player);
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
        fprintf(player->out, "%u exercise%s of it wait%s for you; `prev` goes back to them.\n", open,
                player_plural(open), open == 1 ? "s" : "");
    }
}

static void end_lesson(LessonPlayer *player)
{
    player_note(player, PROGRESS_DONE, NULL, "", 0, true);
    fprintf(player->out, "\nThat was lesson %zu, %s.\n", player->number + 1, player->lesson.title);
    say_unsolved(player);
    player->is_at_end = true;
    if (player->number + 1 < player->course->count) {
        fprintf(player->out, "(Enter: lesson %zu, %s)\n", player->number + 2,
                player->course->lessons[player->number + 1].title);
    } else {
        player_say_markdown(player, player->course->farewell, player->course->farewell_length);
    }
}

static bool may_leave(LessonPlayer *player)
{
    if (player->question) {
        fputs("The question comes first: answer it, or `skip` it.\n", player->out);
        return false;
    }
    if (player->exercise) {
        ExerciseState state = player_exercise_state(player);
        if (!state.is_solved && !state.is_skipped) {
            fputs("The exercise is not solved yet: `check` it, or `skip` it and come back later.\n", player->out);
            return false;
        }
    }
    return true;
}

void player_do_next(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    if (!may_leave(player)) {
        return;
    }
    if (player->is_at_end && player->number + 1 < player->course->count) {
        player_start(player, player->number + 1, player->out);
    } else if (player->item < player_current_screen(player)->count) {
        player_go_on(player);
    } else if (player->screen + 1 < player->lesson.screen_count) {
        player_start_screen(player, player->screen + 1);
    } else {
        end_lesson(player);
    }
}

void player_do_previous(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    if (player->screen == 0) {
        fputs("This is the first screen of the lesson.\n", player->out);
    } else {
        player_start_screen(player, player->screen - 1);
    }
}

void player_do_again(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    player_start_screen(player, player->screen);
}
