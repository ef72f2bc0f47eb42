/* The commands of the laboratory's prompt, from the list in command.def. */
#ifndef AWAITLAB_CLI_COMMAND_H
#define AWAITLAB_CLI_COMMAND_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "options.h"

typedef struct Repl Repl;

/* What stands after the command: for completion, and for telling a command from C#. */
typedef enum ArgumentKind {
#define ARGUMENT(id, words) ARGUMENT_##id,
#include "command.def"
} ArgumentKind;

typedef enum CommandGroup {
#define GROUP(id, title) GROUP_##id,
#include "command.def"
    GROUP_COUNT
} CommandGroup;

typedef enum CommandId {
#define COMMAND(id, name, short_name, aliases, arguments, kind, group, sentence, notes, example, function) DO_##id,
#include "command.def"
    COMMAND_ID_COUNT
} CommandId;

/* Does the command; `arguments` is what was typed after it, trimmed, never NULL. Messages have gone to the Repl's
 * output; the value is what a script ends with, EXIT_DONE: all is well. */
typedef ExitCode CommandFunction(Repl *repl, CommandId id, const char *arguments);

typedef struct CommandRow {
    const char *name;
    const char *short_name; /* "" when there is none */
    const char *aliases;    /* separated by spaces */
    const char *arguments;  /* as help shows them: "[N]" */
    ArgumentKind kind;
    CommandGroup group;
    const char *sentence; /* one, without a full stop */
    const char *notes;    /* more for `help NAME`: lines, or "" */
    const char *example;
    CommandFunction *function;
} CommandRow;

extern const CommandRow command_rows[];
extern const char *const command_group_titles[GROUP_COUNT];
/* The words an argument of a kind can be, separated by spaces; "" when it is something else. */
extern const char *const command_argument_words[];

/* The command called `word`, by name, short name or alias; NULL: none. */
const CommandRow *command_find(const char *word, uint32_t length);
/* The one command whose name begins with `word`; NULL: none, or several (*ambiguous then). */
const CommandRow *command_find_beginning(const char *word, uint32_t length, bool *is_ambiguous);

/* ---- reading a line ---------------------------------------------------------------------------------------------- */

typedef enum LineKind {
    LINE_NOTHING, /* blank, a comment, or a line for the shell: #! and #: */
    LINE_COMMAND, /* row and arguments */
    LINE_UNKNOWN, /* :word with an unknown word, or #word */
    LINE_CODE,
} LineKind;

typedef struct LineReading {
    LineKind kind;
    const CommandRow *row;
    const char *arguments; /* COMMAND: inside the line; may have space at its end */
    uint32_t argument_length;
    const char *word; /* COMMAND, UNKNOWN: the first word; CODE: the first word if it stands alone, else "" */
    uint32_t word_length;
} LineReading;

/* Whether a line is C# or a command (docs/repl.md has the rule). `is_name`: whether a word is a name that C# code could
 * use now, which then is not taken for the beginning of a command. */
LineReading command_read_line(const char *line, bool (*is_name)(void *context, const char *word, uint32_t length),
                              void *context);

/* ---- help and the pages made from the list ----------------------------------------------------------------------- */

/* All commands by group, on one screen: names, short names in parentheses. */
void command_print_names(FILE *out);
/* All commands by group, one line each. */
void command_print_list(FILE *out);
/* What `help WORD` says about a command. */
void command_print_help(FILE *out, const CommandRow *row);

#endif
