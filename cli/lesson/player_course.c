/* The course around a lesson: lists, progress, notes, going to another lesson. */
#include "lesson/player_internal.h"

#include <errno.h>
#include <string.h>

#include "lesson/lesson_notes.h"

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
                state.tries, state.tries == 1 ? "y" : "ies", state.hints, player_plural(state.hints));
    }
}

void player_do_progress(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    player_write_list(player, player->out);
    if (player->is_open) {
        fprintf(player->out, "Lesson %zu, screen %u of %u.\n", player->number + 1, player->screen + 1,
                player->lesson.screen_count);
        say_exercises(player);
    }
    if (player->progress->path) {
        fprintf(player->out, "Kept in %s\n", player->progress->path);
    }
}

void player_do_notes(LessonPlayer *player, const char *arguments)
{
    FILE *file = *arguments ? fopen(arguments, "w") : player->out;
    if (!file) {
        fprintf(player->out, "%s cannot be written: %s\n", arguments, strerror(errno));
        return;
    }
    lesson_notes_write(&player->lesson, &player->lab, player->progress, file);
    if (file != player->out) {
        bool is_whole = !ferror(file);
        is_whole &= fclose(file) == 0;
        fprintf(player->out, is_whole ? "Written to %s.\n" : "%s could not be written whole.\n", arguments);
    }
}

void player_do_lesson(LessonPlayer *player, const char *arguments)
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

void player_do_forget(LessonPlayer *player, const char *arguments)
{
    if (strcmp(arguments, "yes") != 0) {
        fputs("All that is noted about this lesson will not count any more: `forget yes` if you mean it.\n",
              player->out);
        return;
    }
    player_note(player, PROGRESS_FORGET, NULL, "", 0, true);
    player_start_screen(player, 0);
}

void player_do_quit(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    player->is_over = true;
}
