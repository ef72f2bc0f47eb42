/* ```console blocks: what a session at the prompt looks like. Played again to see whether it still does. */
#ifndef AWAITLAB_CLI_LESSON_TRANSCRIPT_H
#define AWAITLAB_CLI_LESSON_TRANSCRIPT_H

/* The same inputs ("al> x", "..> x" for more lines of one) with the answers of now; malloc'd. NULL: no memory. Text in
 * front of the first prompt stays. A block without prompts comes back as it is. */
char *transcript_play(const char *text);

#endif
