/* What every part of the player needs: words on the output, records of progress, the learner's run. */
#include "lesson/player_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/markdown.h"

enum { USUAL_WIDTH = 80, MARGIN = 2 };

/* ---- saying things
 * --------------------------------------------------------------------------------------------------- */

int player_width(const LessonPlayer *player)
{
    return (player->hands->width > 20 ? player->hands->width : USUAL_WIDTH) - MARGIN;
}

void player_say_markdown(LessonPlayer *player, const char *text, size_t length)
{
    char *expanded = player->is_open ? lab_expand(&player->lab, text, length, NULL) : strndup(text, length);
    char *plain = expanded ? markdown_plain(expanded, strlen(expanded), player_width(player)) : NULL;
    fputs(plain ? plain : "(out of memory)\n", player->out);
    free(plain);
    free(expanded);
}

/* A short text (an option, a hint) as words on one line. */
char *player_expand(LessonPlayer *player, const char *text)
{
    char *expanded = lab_expand(&player->lab, text, strlen(text), NULL);
    char *plain = expanded ? markdown_plain(expanded, strlen(expanded), player_width(player) - 6) : NULL;
    free(expanded);
    return plain;
}

void player_say_program(LessonPlayer *player, const char *name, const char *text)
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

void player_say_output(LessonPlayer *player, const LabRun *run)
{
    lab_write_output(run, player->out);
}

const char *player_plural(uint32_t count)
{
    return count == 1 ? "" : "s";
}

/* ---- keeping
 * --------------------------------------------------------------------------------------------------------- */

void player_note(LessonPlayer *player, ProgressEvent event, const LessonBlock *block, const char *answer,
                 long long number, bool ok)
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

ExerciseState player_exercise_state(const LessonPlayer *player)
{
    return progress_exercise(player->progress, lesson_id(&player->lesson), player->exercise->values[KEY_ID]);
}

void player_forget_run(LessonPlayer *player)
{
    lab_run_free(player->run);
    player->run = NULL;
}

/* The learner's program as it is in the file now, run. NULL: no exercise, or no memory; that has been said. */
LabRun *player_current_run(LessonPlayer *player)
{
    if (!player->exercise) {
        fputs("There is no exercise on this screen. `next` goes on.\n", player->out);
        return NULL;
    }
    answer_refresh(&player->answer);
    if (player->run && strcmp(player->run->text, player->answer.text) == 0) {
        return player->run;
    }
    player_forget_run(player);
    player->run = lab_run_text(&player->lab, player->exercise, player->answer.text);
    if (!player->run) {
        fputs("Out of memory.\n", player->out);
    }
    return player->run;
}
