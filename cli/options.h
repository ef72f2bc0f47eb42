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

/* NONE: awaitlab without a command is the laboratory, at a prompt or with a script. */
typedef enum Command {
    COMMAND_NONE,
#define COMMAND(id, name, arguments, completion, sentence) COMMAND_##id,
#include "option.def"
    COMMAND_VERSION
} Command;

typedef enum OutputFormat { FORMAT_TEXT, FORMAT_JSON, FORMAT_GNU, FORMAT_SARIF } OutputFormat;

typedef enum ColorWhen { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } ColorWhen;

/* Something to do before the prompt, in the order of the command line. */
typedef struct OptionInput {
    bool is_file;     /* -x FILE; else -e CODE */
    const char *text; /* the code, or the file's name */
} OptionInput;

/* All strings are the command line's own, except `code`. */
typedef struct Options {
    Command command;
    const char *help_topic; /* HELP: a command's name or NULL */
    const char *file;       /* "-": stdin; NULL: none */
    const char **files;     /* CHECK: all of them, the first one is `file` */
    uint32_t file_count;
    char *code;          /* RUN: of all -e, each on lines of its own; or NULL */
    OptionInput *inputs; /* NONE */
    uint32_t input_count;
    const char *const *arguments; /* of the program; LESSON, SUBMIT, GRADE, NOTES: all that follows the command */
    uint32_t argument_count;
    bool stats, trace, ascii, plain;
    bool strict, no_findings;
    bool interactive, batch, keep_going, no_rc;
    bool lowered;
    const char *lowered_method; /* NULL: all */
    const char *layout;         /* NULL: none */
    OutputFormat format;
    ColorWhen color;
    uint32_t width, height;           /* 0: the terminal's */
    bool present;                     /* TUI, SCREEN: as the next three */
    const char *lesson, *theme, *svg; /* NULL: not given */
    uint64_t max_steps;               /* 0: no limit */
    uint64_t max_heap;                /* bytes; 0: the default */
    uint64_t timeout;                 /* microseconds; 0: never */
    uint64_t seed;
} Options;

/* Fills *options; messages about bad usage go to stderr. False: bad usage (or no memory). */
bool options_parse(Options *options, int argc, char **argv);
void options_free(Options *options);

/* ---- the lists, for help and what is generated ------------------------------------------------------------------- */

typedef enum OptionValue { NO_VALUE, A_VALUE, MAYBE_VALUE } OptionValue;

/* What may follow a command, for the shells. */
typedef enum OptionCompletion {
    COMPLETE_FILE,
    COMPLETE_SHELL,
    COMPLETE_MANUAL,
    COMPLETE_RULE,
    COMPLETE_WORD,
    COMPLETE_NOTHING
} OptionCompletion;

enum {
    IN_LAB = 1 << COMMAND_NONE,
    IN_RUN = 1 << COMMAND_RUN,
    IN_WATCH = 1 << COMMAND_WATCH,
    IN_CHECK = 1 << COMMAND_CHECK,
    IN_TUI = 1 << COMMAND_TUI,
    IN_SCREEN = 1 << COMMAND_SCREEN,
    IN_FEATURES = 1 << COMMAND_FEATURES,
    IN_ALL = 0xFFFFFF
};

typedef struct OptionRow {
    char letter;
    const char *name, *value_name;
    OptionValue value;
    unsigned faces;
    const char *sentence;
} OptionRow;

typedef struct CommandLineRow {
    Command command;
    const char *name, *arguments;
    OptionCompletion completion;
    const char *sentence;
} CommandLineRow;

extern const OptionRow option_rows[];
extern const uint32_t option_row_count;
extern const CommandLineRow command_line_rows[];
extern const uint32_t command_line_row_count;

bool option_is_known_to(const OptionRow *row, Command command);

/* "awaitlab: unknown command 'rum'; did you mean 'run'?" on stderr. */
void options_complain_about_command(const char *word);

/* `awaitlab help [topic]` (options_help.c). False: there is no such command. */
bool options_print_help(FILE *out, const char *topic);
/* "-e CODE", "--lowered [METHOD]": an option as it is typed; at most `size` bytes. */
void option_format(const OptionRow *row, char *text, size_t size);
/* The notes about exit codes that help and the man page share: rows of code and meaning, ended by a NULL meaning. */
typedef struct ExitCodeRow {
    int code;
    const char *meaning;
} ExitCodeRow;
extern const ExitCodeRow exit_code_rows[];

#endif
