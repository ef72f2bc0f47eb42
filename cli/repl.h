/* The laboratory's prompt: read a line, do it, show what came of it.
 *
 *     Repl *repl = repl_open(&options);
 *     repl_do(repl, "await Task.FromResult(42)");
 *     repl_close(repl);
 *
 * repl_do is one whole input, C# or a command, as typed; everything it says goes to repl->printer. It neither reads the
 * keyboard nor knows a terminal, so that a face which owns the screen can use it as it is. repl_main is the face with a
 * prompt, and the one for scripts. */
#ifndef AWAITLAB_CLI_REPL_H
#define AWAITLAB_CLI_REPL_H

#include "command.h"
#include "lineedit.h"
#include "notes.h"
#include "options.h"
#include "printer.h"
#include "sim.h"
#include "view/text.h"

typedef struct ReplLesson ReplLesson; /* repl_lesson.h */

/* What can be changed with `set` (setting.def). */
typedef struct Settings {
#define SETTING(id, name, kind, value, values, sentence) int64_t id;
#include "setting.def"
} Settings;

typedef struct Repl {
    const Options *options;
    Printer printer;
    TextStyle style;       /* of answers */
    TextStyle error_style; /* of messages */
    Settings settings;
    Session *session; /* NULL until something needs it */
    const char *prompt;
    bool is_interactive;   /* somebody sits at a terminal */
    bool is_over;          /* quit */
    LineEdit *edit;        /* where lines come from just now; NULL: they are given to repl_do */
    char *pending;         /* lines of an unfinished input, for completion; NULL: none */
    const char *script;    /* name of the file that lines come from; NULL: a terminal, or -e */
    uint32_t line_number;  /* in it */
    uint32_t input_number; /* of C# inputs: "input 3" */
    char **typed;          /* whole inputs since the start, malloc'd */
    uint32_t typed_count, typed_capacity;
    const char *repeatable; /* the command that Enter on an empty line repeats; NULL: none */
    Notes notes;            /* beside the names of marks */
    uint32_t load_depth;    /* scripts that load scripts */
    struct Face *face;      /* the panes; NULL: the plain prompt */
    /* Where the program's Console.ReadLine finds a line while the panes are there; NULL: see repl.c. */
    bool (*ask)(void *context, const char **line);
    void *ask_context;
    ReplLesson *lesson; /* NULL: none is open */
} Repl;

/* NULL: no memory. */
Repl *repl_open(const Options *options);
void repl_close(Repl *repl);

/* One whole input. The value is EXIT_DONE, or what a script that stops here ends with. */
ExitCode repl_do(Repl *repl, const char *input);
/* Whether `input` is the beginning of something longer. */
bool repl_needs_more(Repl *repl, const char *input);

/* For LineEdit: completion in an input whose earlier lines are repl->pending. */
LineEditHost repl_line_edit_host(Repl *repl);

/* `awaitlab` without a command. Returns the exit code. */
int repl_main(const Options *options);

/* ---- shared by repl*.c and command_*.c --------------------------------------------------------------------------- */

/* The session, opened when there is none. NULL: no memory, which has been said. */
Session *repl_session(Repl *repl);
/* Closes the session: everything that was typed or loaded is gone. */
void repl_forget_session(Repl *repl);
/* C#, whole (repl_code.c). */
ExitCode repl_run_code(Repl *repl, const char *code);
/* "42 (int)"; a text that tells its type already stands alone. */
void repl_tell_value(Repl *repl, const SessionValue *value);
/* How a run ended, when that needs words; the value is what a script ends with. */
ExitCode repl_tell_outcome(Repl *repl, const SessionOutcome *outcome);
/* What stands behind the @ of FILE@MOMENT; NULL: there is none, or a file has that name. */
const char *repl_find_moment(const char *file);
/* C# or a script, by its name. */
ExitCode repl_load(Repl *repl, const char *path, bool stops);
/* The lines of the terminal, until the user leaves. `history`: see line_edit_open. */
ExitCode repl_run_terminal(Repl *repl, const char *history);
/* "exit code 0, 17 steps, 2 objects, 200 B", on standard error. */
void repl_sum_up(Repl *repl, ExitCode code);
/* At the end of a script that came to `code`: the exit code, after what is to be said. */
ExitCode repl_finish(Repl *repl, ExitCode code);
/* Names that can stand at the end of the C# in `text` (repl_complete.c). */
void repl_offer_names(Repl *repl, const char *text, size_t length, Completions *completions);
/* A C# file, whole. */
ExitCode repl_load_program(Repl *repl, const char *path);
/* The settings have changed. */
void repl_use_settings(Repl *repl);
/* The lines of a file, or of a text. `stops`: at the first error. */
ExitCode repl_run_file(Repl *repl, const char *path, bool stops);
ExitCode repl_run_text(Repl *repl, const char *text, bool stops);
/* Whether C# code could use the name now. */
bool repl_is_name(void *repl, const char *word, uint32_t length);
/* Diagnostics number `from` and later. */
void repl_tell_diagnostics(Repl *repl, uint32_t from);

#endif
