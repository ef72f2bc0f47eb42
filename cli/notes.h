/* What was written beside the names of marks. */
#ifndef AWAITLAB_CLI_NOTES_H
#define AWAITLAB_CLI_NOTES_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Note {
    char *name, *text;
} Note;

typedef struct Notes {
    Note *at;
    uint32_t count;
} Notes;

/* False: no memory. Both are copied; a name that is there gets the new text. */
bool notes_set(Notes *notes, const char *name, const char *text);
/* "" when there is none. */
const char *notes_find(const Notes *notes, const char *name);
void notes_free(Notes *notes);

#endif
