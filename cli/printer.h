/* Where everything a face says goes: two streams in the order of writing, and a copy in the transcript.
 *
 * Stream 1 carries what was asked for (the program's output, answers), stream 2 all else. A face that owns the screen
 * gives a sink and gets both. */
#ifndef AWAITLAB_CLI_PRINTER_H
#define AWAITLAB_CLI_PRINTER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { STREAM_OUT = 1, STREAM_ERROR = 2 };

typedef struct Printer {
    /* NULL: standard output and standard error. */
    void (*sink)(void *context, int stream, const char *bytes, size_t length);
    void *context;
    FILE *transcript;      /* NULL: none is written */
    char *transcript_name; /* malloc'd */
    int failure;           /* errno of the first write to standard output that failed; 0: none */
    bool is_line_open;     /* the last byte written was no line end */
    /* A piece in the making, see printer_begin. */
    char *piece;
    size_t piece_length;
} Printer;

void printer_close(Printer *printer);

void printer_write(Printer *printer, int stream, const char *bytes, size_t length);
/* Into the transcript only: what the user typed, which the terminal has shown already. */
void printer_echo(Printer *printer, const char *prompt, const char *line);
/* Formatted, to stream 1. */
void printer_print(Printer *printer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Formatted, to stream 2, with a line end. */
void printer_complain(Printer *printer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Ends a line that the program left open, so that what follows begins at the margin. */
void printer_finish_line(Printer *printer);

/* A file to print into with functions that want one; printer_end writes what was printed. NULL: no memory. Not nested.
 */
FILE *printer_begin(Printer *printer);
void printer_end(Printer *printer, FILE *file, int stream);

void printer_flush(Printer *printer);

/* Begins (or, with `name` NULL, ends) the transcript. False: errno says why the file cannot be written. */
bool printer_set_transcript(Printer *printer, const char *name);

#endif
