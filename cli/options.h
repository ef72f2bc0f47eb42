/* The command line: what the user asked for. */
#ifndef AWAITLAB_CLI_OPTIONS_H
#define AWAITLAB_CLI_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* README.md and `awaitlab help` tell users what these mean. */
typedef enum ExitCode {
    EXIT_DONE = 0,
    EXIT_FINDINGS = 1,
    EXIT_USAGE = 2,   /* bad usage; a file that cannot be read or written */
    EXIT_PROGRAM = 3, /* compile error, unhandled exception */
    EXIT_LIMIT = 4,
    EXIT_INTERNAL = 70,
    EXIT_INTERRUPTED = 130,
    EXIT_NO_READER = 141, /* as if SIGPIPE had ended us: what shells know */
} ExitCode;

typedef enum Command { COMMAND_NONE, COMMAND_RUN, COMMAND_HELP, COMMAND_VERSION } Command;

typedef enum OutputFormat { FORMAT_TEXT, FORMAT_JSON } OutputFormat;

/* All strings are the command line's own, except `code`. */
typedef struct Options {
    Command command;
    const char *help_topic;       /* HELP: a command's name or NULL */
    const char *file;             /* "-": stdin; NULL: none */
    char *code;                   /* of all -e, each on lines of its own; or NULL */
    const char *const *arguments; /* of the program */
    uint32_t argument_count;
    bool stats, trace, ascii;
    bool lowered;
    const char *lowered_method; /* NULL: all */
    const char *layout;         /* NULL: none */
    OutputFormat format;
    uint64_t max_steps; /* 0: no limit */
    uint64_t max_heap;  /* bytes; 0: the default */
    uint64_t timeout;   /* microseconds; 0: never */
    uint64_t seed;
} Options;

/* Fills *options; messages about bad usage go to stderr. False: bad usage (or no memory for `code`). */
bool options_parse(Options *options, int argc, char **argv);
void options_free(Options *options);

/* `awaitlab help [topic]`. False: there is no such command. */
bool options_print_help(FILE *out, const char *topic);

#endif
