/* The line being typed: readline on a terminal, a plain reader everywhere else.
 *
 *     LineEdit *edit = line_edit_open(&host);
 *     while (line_edit_read(edit, "al> ", &line) != LINE_END) { ... }
 *     line_edit_close(edit);
 *
 * A face that owns the screen (panes) uses the same editor without its loop:
 *
 *     line_edit_begin(edit, "al> ", &screen);      the screen draws; nothing is written to the terminal
 *     line_edit_feed(edit, byte);                  each byte of a key; true: a line is ready
 *     line_edit_take(edit, &line);                 that line
 *     line_edit_finish(edit);
 *
 * Readline has one line of the world's in it, so there is at most one LineEdit with a terminal at a time. This is the
 * only file that includes readline. */
#ifndef AWAITLAB_CLI_LINEEDIT_H
#define AWAITLAB_CLI_LINEEDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct LineEdit LineEdit;

/* What a word can be completed to. */
typedef struct Completions {
    char **words; /* malloc'd, as is each word; the caller of `complete` frees them */
    uint32_t count, capacity;
    char append;  /* what follows a word that is the only one: ' ', or 0 */
    bool is_file; /* none of the above: readline completes the name of a file */
} Completions;

/* Copies a word. No memory: it is left out. */
void completions_add(Completions *completions, const char *word, uint32_t length);
void completions_free(Completions *completions);

typedef struct LineEditHost {
    void *context;
    /* The words that can stand in `line` between `start` and `cursor`. */
    void (*complete)(void *context, const char *line, uint32_t start, uint32_t cursor, Completions *completions);
    /* Where the word at `cursor` begins. */
    uint32_t (*word_start)(void *context, const char *line, uint32_t cursor);
    /* The command of an awaitlab-... function of readline, typed by a key: "step"; NULL: the key does nothing. */
    const char *(*key_command)(void *context, const char *function);
    /* Lets the user edit the line somewhere else (Ctrl-X Ctrl-E); malloc'd, NULL: it stays as it is. */
    char *(*edit_text)(void *context, const char *text);
} LineEditHost;

/* Names of the functions that ~/.inputrc can bind, in the block `$if awaitlab`: "awaitlab-step", ... */
uint32_t line_edit_function_count(void);
const char *line_edit_function(uint32_t index);

typedef enum LineRead {
    LINE_READ,        /* a line, without its end */
    LINE_INTERRUPTED, /* Ctrl-C: what was typed is gone */
    LINE_END,         /* Ctrl-D on an empty line, end of the file */
    LINE_FAILED,      /* it cannot be read: errno, or no memory */
} LineRead;

/* `terminal` false: lines are read from `input` (a FILE *), nothing is echoed. `history`: the file that keeps lines
 * from one session to the next; NULL or a file that cannot be read or written: they are forgotten. `*was_interrupted`
 * is set by the caller's handler of SIGINT. NULL: no memory. */
LineEdit *line_edit_open(const LineEditHost *host, bool terminal, void *input, const char *history,
                         const volatile int *was_interrupted);
/* Saves the history. NULL: nothing happens. */
void line_edit_close(LineEdit *edit);

/* *line is valid until the next call. */
LineRead line_edit_read(LineEdit *edit, const char *prompt, const char **line);
/* Remembers one whole input (several lines, perhaps) for the arrow keys and for later sessions. An input that begins
 * with a space, or repeats the one before, is not remembered. */
void line_edit_remember(LineEdit *edit, const char *input);
/* The last line came from a key (awaitlab-step), not from typing. */
bool line_edit_was_key(const LineEdit *edit);

/* ---- under somebody else's screen -------------------------------------------------------------------------------- */

typedef struct LineScreen {
    void *context;
    /* Draws prompt and text; `cursor` is a byte of the text. */
    void (*draw)(void *context, const char *prompt, const char *text, uint32_t cursor);
    /* Shows the possible completions. */
    void (*show_completions)(void *context, char *const *words, uint32_t count);
} LineScreen;

void line_edit_begin(LineEdit *edit, const char *prompt, const LineScreen *screen);
/* One byte of what was typed. True: line_edit_take has something. */
bool line_edit_feed(LineEdit *edit, int byte);
/* Whether the line has no text yet: single keys then mean commands. */
bool line_edit_is_empty(const LineEdit *edit);
LineRead line_edit_take(LineEdit *edit, const char **line);
/* Types text at the cursor, line ends included. */
void line_edit_insert(LineEdit *edit, const char *text, size_t length);
/* Whether the keys belong to a search in the history, or to another dialogue of readline's. */
bool line_edit_is_searching(const LineEdit *edit);
/* The prompt may have changed: draws the line anew. */
void line_edit_refresh(LineEdit *edit, const char *prompt);
bool line_edit_has_terminal(const LineEdit *edit);
/* Drops what is typed (Ctrl-C). */
void line_edit_clear(LineEdit *edit);
void line_edit_finish(LineEdit *edit);

#endif
