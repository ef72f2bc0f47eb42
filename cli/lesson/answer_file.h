/* The learner's program for an exercise: a file that any editor can open, kept in $XDG_STATE_HOME/awaitlab/exercises.
 */
#ifndef AWAITLAB_CLI_LESSON_ANSWER_FILE_H
#define AWAITLAB_CLI_LESSON_ANSWER_FILE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct AnswerFile {
    char *path; /* NULL: there is nowhere to keep it */
    char *text; /* as last read or written */
} AnswerFile;

/* The file's text, or `starter` where there is no file yet. False: no memory. */
bool answer_open(AnswerFile *answer, const char *lesson, const char *exercise, const char *starter);
void answer_close(AnswerFile *answer);

/* Looks at the file again: it may have been edited. */
void answer_refresh(AnswerFile *answer);
/* Makes sure that there is a file. False: errno says why not. */
bool answer_save(AnswerFile *answer);
/* Replaces all of it. False: errno says why it could not be written; the text is the new one all the same. */
bool answer_set(AnswerFile *answer, const char *text);

uint32_t answer_line_count(const AnswerFile *answer);
/* Takes lines `first` to `last` out (from 1; last < first: none) and puts `text`, unless it is NULL, in their place as
 * a line. False as answer_set, or EINVAL: there is no such line. */
bool answer_replace(AnswerFile *answer, uint32_t first, uint32_t last, const char *text);

#endif
