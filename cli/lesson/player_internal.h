/* What the files of the player share. Not for others. */
#ifndef AWAITLAB_CLI_LESSON_PLAYER_INTERNAL_H
#define AWAITLAB_CLI_LESSON_PLAYER_INTERNAL_H

#include "lesson/answer_file.h"
#include "lesson/exercise.h"
#include "lesson/lab.h"
#include "lesson/player.h"

struct LessonPlayer {
    const Course *course;
    Progress *progress;
    const LessonHands *hands;
    FILE *out;
    bool is_open; /* a lesson is */
    size_t number;
    Lesson lesson;
    Lab lab;
    uint32_t screen;             /* from 0 */
    bool is_at_end;              /* the lesson's end was shown: Enter leads to the next one */
    uint32_t item;               /* the next one to show */
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

/* player_say.c */
/* Columns for text. */
int player_width(const LessonPlayer *player);
/* CommonMark with its placeholders, folded. */
void player_say_markdown(LessonPlayer *player, const char *text, size_t length);
/* A short text (an option) with its placeholders, without margin; malloc'd, NULL: no memory. */
char *player_expand(LessonPlayer *player, const char *text);
/* With line numbers. */
void player_say_program(LessonPlayer *player, const char *name, const char *text);
/* What a program writes, and how it ends if that was not its end. */
void player_say_output(LessonPlayer *player, const LabRun *run);
/* "" for 1, else "s". */
const char *player_plural(uint32_t count);
/* Keeps a record; the learner is told once when that is impossible. */
void player_note(LessonPlayer *player, ProgressEvent event, const LessonBlock *block, const char *answer,
                 long long number, bool ok);
/* Of the open exercise. */
ExerciseState player_exercise_state(const LessonPlayer *player);
/* The program has changed. */
void player_forget_run(LessonPlayer *player);
/* The learner's program as it is in its file now, run. NULL: no exercise, or no memory; that has been said. */
LabRun *player_current_run(LessonPlayer *player);

/* player_screen.c */
/* Whether the prediction has options. */
bool player_is_choice(const LessonBlock *block);
void player_say_question(LessonPlayer *player, const LessonBlock *block);
const LessonScreen *player_current_screen(const LessonPlayer *player);
/* Shows what comes until the learner has something to do. */
void player_go_on(LessonPlayer *player);
void player_start_screen(LessonPlayer *player, uint32_t screen);
void player_close_lesson(LessonPlayer *player);

/* player_predict.c */
/* The number of the right one. */
uint32_t player_right_option(const LessonBlock *block);
/* What the machine says to a measured question; malloc'd. */
char *player_right_answer(LessonPlayer *player, const LessonBlock *block);
void player_say_option_feedback(LessonPlayer *player, const LessonOption *option);
/* What was answered before. */
void player_say_old_prediction(LessonPlayer *player, const LessonBlock *block);

/* player_program.c */
/* Else says that there is none. */
bool player_has_exercise(LessonPlayer *player);
/* A line of `write`. */
void player_take_written(LessonPlayer *player, const char *line);

/* Commands (player_command.def). */
#define PLAYER_COMMAND(name, short_name, arguments, function, sentence)                                                \
    void function(LessonPlayer *player, const char *typed);
#include "lesson/player_command.def"
#undef PLAYER_COMMAND

#endif
