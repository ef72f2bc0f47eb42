/* Plays lessons: one line of input at a time, whoever reads it.
 *
 *     LessonPlayer *player = player_open(&course, &progress, &hands);
 *     player_start(player, 0, stdout);
 *     while (!player_is_over(player) && read a line with player_prompt(player)) player_take(player, line, stdout);
 *     player_close(player);
 *
 * The player knows no terminal. What it must have from outside (an editor, waiting for a file) it asks its hands for.
 */
#ifndef AWAITLAB_CLI_LESSON_PLAYER_H
#define AWAITLAB_CLI_LESSON_PLAYER_H

#include "lesson/course.h"
#include "lesson/lesson_file.h"
#include "progress.h"

typedef struct LessonPlayer LessonPlayer;

typedef struct LessonHands {
    void *context;
    /* Opens an editor and comes back when it is closed. NULL: there is none here. */
    bool (*edit)(void *context, const char *path);
    /* Waits until the file changes (true), or the learner wants to go on (false). NULL: cannot be done here. */
    bool (*wait_for_change)(void *context, const char *path);
    int width; /* columns; 0: 80 */
} LessonHands;

/* All three must outlive the player. NULL: no memory. */
LessonPlayer *player_open(const Course *course, Progress *progress, const LessonHands *hands);
void player_close(LessonPlayer *player); /* NULL: nothing happens */

/* Begins (or goes on with) lesson number `number` of the course, from 0. False: it cannot be shown; it has been said
 * why. */
bool player_start(LessonPlayer *player, size_t number, FILE *out);

/* Does what a line says. False: the line is no command of a lesson; nothing has happened. */
bool player_take(LessonPlayer *player, const char *line, FILE *out);
/* Whether player_take would do something with the line. */
bool player_wants(const LessonPlayer *player, const char *line);
/* The words of a lesson, for completion: number `index` from 0; NULL: no more. */
const char *player_word(uint32_t index);
/* "lesson 3> ", "predict> ", "write> ": what stands in front of the next line. */
const char *player_prompt(LessonPlayer *player);
bool player_is_over(const LessonPlayer *player);
/* The course, where each lesson stands. */
void player_write_list(const LessonPlayer *player, FILE *out);

/* ---- for views ----------------------------------------------------------------------------------------------------
 */

typedef struct PlayerView {
    const char *title;      /* of the lesson; "" when none is open */
    const char *screen;     /* its title */
    size_t number, count;   /* of the lesson (from 1) in its course */
    uint32_t screen_number; /* from 1 */
    uint32_t screen_count;
    const char *text;    /* all that this screen has shown so far; NUL-terminated */
    const char *program; /* the learner's; NULL: no exercise is open */
    bool is_predicting;  /* what is to come must stay hidden */
} PlayerView;
/* Valid until the next player_take. */
PlayerView player_view(LessonPlayer *player);
/* The demo or exercise that is on the screen, and its text; NULL: none. */
const LessonBlock *player_program(const LessonPlayer *player, const char **text);
/* The setup number `index` (from 0) of that program; NULL: there are not so many. */
const LessonBlock *player_setup(const LessonPlayer *player, uint32_t index);

#endif
