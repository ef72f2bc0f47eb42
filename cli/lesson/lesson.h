/* `awaitlab lesson`, `submit`, `grade` and `notes`. */
#ifndef AWAITLAB_CLI_LESSON_LESSON_H
#define AWAITLAB_CLI_LESSON_LESSON_H

#include "options.h"

/* `options->arguments` are what follows the command. An exit code. */
int lesson_main(const Options *options);
int submit_main(const Options *options);
int grade_main(const Options *options);
int notes_main(const Options *options);

#endif
