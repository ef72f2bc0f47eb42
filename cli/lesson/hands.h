/* What the player asks of a terminal: an editor, and waiting for a file that somebody saves elsewhere. */
#ifndef AWAITLAB_CLI_LESSON_HANDS_H
#define AWAITLAB_CLI_LESSON_HANDS_H

#include "lesson/player.h"

/* For somebody who sits at a terminal; without one (`terminal` false) there is neither editor nor waiting. */
LessonHands lesson_hands(bool terminal, int width);

#endif
