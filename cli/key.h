/* Keys: from the bytes that a terminal sends to names, and from names to what they do (key.def). Knows no terminal. */
#ifndef AWAITLAB_CLI_KEY_H
#define AWAITLAB_CLI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef enum KeyWhen { KEY_ALWAYS, KEY_EMPTY, KEY_SINGLE } KeyWhen;

typedef struct KeyRow {
    const char *key;
    KeyWhen when;
    const char *does;
    const char *sentence; /* "" : told by the row above */
} KeyRow;

/* What a key does; NULL: nothing of ours. */
const KeyRow *key_find(const char *key, KeyWhen when);
size_t key_count(void);
const KeyRow *key_row(size_t index);
/* The list, for `help keys`. */
void key_print_list(FILE *out);

/* ---- bytes ------------------------------------------------------------------------------------------------------- */

enum { KEY_BYTES_MOST = 32 };

typedef enum KeyReading {
    KEY_NEEDS_MORE, /* the beginning of a longer sequence */
    KEY_IS_NAMED,   /* a key with a name */
    KEY_IS_TEXT,    /* bytes for readline */
    KEY_BEGINS_PASTE,
    KEY_ENDS_PASTE,
    KEY_IS_MOUSE,
} KeyReading;

typedef struct KeyEvent {
    KeyReading reading;
    const char *name;        /* NAMED; lives until the next call */
    int button, column, row; /* MOUSE: 64 wheel up, 65 down, 0 left; from 0 */
    bool is_release;
} KeyEvent;

/* What `bytes` (1 to KEY_BYTES_MOST of them) are. A lone Escape is text. `is_complete`: nothing follows soon. */
KeyEvent key_read(const char *bytes, size_t count, bool is_complete, char name[16]);

#endif
