/* Lessons at the prompt: while one is open its commands come first, and all others are about its program.
 *
 * A line that begins with a colon always is a command of the laboratory: `:next` steps where `next` turns the page. */
#ifndef AWAITLAB_CLI_REPL_LESSON_H
#define AWAITLAB_CLI_REPL_LESSON_H

#include "lesson/player.h"
#include "repl.h"

/* Opens a course (`folder` NULL: the built-in one) and a lesson of it (`word` NULL: where the learner stopped). */
ExitCode repl_lesson_start(Repl *repl, const char *folder, const char *word);
void repl_lesson_close(Repl *repl);

/* Whether the input is the lesson's business. */
bool repl_lesson_wants(const Repl *repl, const char *input);
ExitCode repl_lesson_do(Repl *repl, const char *input);
/* Before a command of the laboratory: what is in the machine is the program on the screen. False: a prediction comes
 * first, which has been said. */
bool repl_lesson_load(Repl *repl);

/* Words that can be typed in the lesson, for completion and suggestions; NULL: no more, or no lesson. */
const char *repl_lesson_word(const Repl *repl, uint32_t index);

/* For views; NULL: no lesson is open, or the learner plays. */
LessonPlayer *repl_lesson_player(const Repl *repl);

#endif
