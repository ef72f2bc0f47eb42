/* `notes`: a lesson with the learner's own answers in it, as Markdown to keep. */
#ifndef AWAITLAB_CLI_LESSON_LESSON_NOTES_H
#define AWAITLAB_CLI_LESSON_LESSON_NOTES_H

#include "lesson/lab.h"
#include "progress.h"

void lesson_notes_write(const Lesson *lesson, Lab *lab, const Progress *progress, FILE *out);

#endif
