/* What the files command_*.c share. */
#ifndef AWAITLAB_CLI_COMMAND_INTERNAL_H
#define AWAITLAB_CLI_COMMAND_INTERNAL_H

#include "command.h"
#include "repl.h"

/* Every function of command.def. */
#define COMMAND(id, name, short_name, aliases, arguments, kind, group, sentence, notes, example, function)             \
    CommandFunction function;
#include "command.def"

/* "awaitlab: MESSAGE" for what was typed wrongly; EXIT_USAGE. */
ExitCode command_refuse(Repl *repl, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Takes the next word of *text, which may be in double quotes; malloc'd. NULL: there is none, or no memory. */
char *command_next_word(const char **text);
/* The whole of `text` as a number; false: it is none. */
bool command_read_number(const char *text, int64_t *number);

/* Goes to a position and tells what is there (command_move.c). */
ExitCode command_go(Repl *repl, uint64_t position);
/* To the next breakpoint, mark, finding, choice or end. */
ExitCode command_go_on(Repl *repl);
/* A moment by what goto calls it, where that is one word: 14, -3, +5, start, end, here, a mark. False: it is none. */
bool command_find_moment(const Repl *repl, const char *word, uint64_t *position);
/* What is there after a move. */
ExitCode command_tell_arrival(Repl *repl, const SessionArrival *arrival);
/* Every recorded step as a line of JSON (command_save.c). */
ExitCode command_export_steps(Repl *repl, const char *path);
/* Does the run again that a file keeps, and tells where it stands (command_save.c). */
ExitCode command_replay_file(Repl *repl, const char *path);
/* "breakpoint 1: line 16" (command_stop.c). */
void command_tell_break(Repl *repl, uint32_t number);
/* Who could run next (command_branch.c). */
ExitCode command_tell_choices(Repl *repl);

/* The text after the user edited it in $EDITOR (command_session.c); malloc'd, NULL: there is none. */
char *command_edit_text(Repl *repl, const char *text);

/* The names that `set` knows. */
uint32_t command_setting_count(void);
const char *command_setting_name(uint32_t index);

#endif
