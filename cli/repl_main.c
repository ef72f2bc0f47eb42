/* `awaitlab` without a command: what it was asked to do first, then the prompt, or what comes on standard input. */
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "folders.h"
#include "interrupt.h"
#include "repl.h"

/* A script stops at its first error, a terminal never. What comes on standard input without -b goes on like what is
 * typed, so that the same lines give the same answers either way. */
static bool stops_at_errors(const Options *options)
{
    return !options->keep_going && !options->interactive;
}

const char *repl_find_moment(const char *file)
{
    const char *at = strrchr(file, '@');
    return at && at[1] && access(file, F_OK) != 0 ? at + 1 : NULL;
}

static ExitCode go_to_step(Repl *repl, const char *step)
{
    char *command = NULL;
    if (asprintf(&command, "goto %s", step) < 0) {
        return EXIT_INTERNAL;
    }
    ExitCode code = repl_do(repl, command);
    free(command);
    return code;
}

static ExitCode run_file(Repl *repl)
{
    const char *file = repl->options->file;
    const char *step = repl_find_moment(file);
    if (!step) {
        return repl_load(repl, file, stops_at_errors(repl->options));
    }
    char *name = strndup(file, (size_t)(step - file - 1));
    ExitCode code = name ? repl_load(repl, name, false) : EXIT_INTERNAL;
    free(name);
    return code == EXIT_USAGE ? code : go_to_step(repl, step);
}

static ExitCode run_inputs(Repl *repl)
{
    const Options *options = repl->options;
    ExitCode first = EXIT_DONE;
    for (uint32_t i = 0; i < options->input_count && !repl->is_over; i++) {
        const OptionInput *input = &options->inputs[i];
        ExitCode code = input->is_file ? repl_run_file(repl, input->text, stops_at_errors(options))
                                       : repl_run_text(repl, input->text, stops_at_errors(options));
        first = first ? first : code;
        if (code && stops_at_errors(options)) {
            break;
        }
    }
    return first;
}

/* A missing rc file is the usual thing. */
static void run_rc(Repl *repl)
{
    char *path = repl->options->no_rc ? NULL : folder_config_file("awaitlabrc");
    if (path && access(path, R_OK) == 0) {
        repl_run_file(repl, path, false);
    }
    free(path);
}

static void greet(Repl *repl)
{
    printer_print(&repl->printer, "awaitlab %s: type C#, or a command; `help` lists them, Ctrl-D leaves\n",
                  AWAITLAB_VERSION);
}

static bool is_terminal(void)
{
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

static void run_prompt(Repl *repl)
{
    char *history = folder_state_file("history", true);
    repl_run_terminal(repl, history);
    free(history);
}

/* Whether there is a prompt at the end. */
static bool wants_prompt(const Options *options)
{
    bool has_work = options->file || options->input_count;
    bool is_moment = options->file && repl_find_moment(options->file);
    return !options->batch && is_terminal() && (options->interactive || !has_work || is_moment);
}

static ExitCode do_work(Repl *repl)
{
    const Options *options = repl->options;
    bool prompts = wants_prompt(options);
    bool has_work = options->file || options->input_count;
    if (prompts) {
        run_rc(repl);
    }
    if (prompts && !has_work) {
        greet(repl);
    }
    ExitCode code = run_inputs(repl);
    if (options->file && !repl->is_over && !(code && stops_at_errors(options))) {
        ExitCode next = run_file(repl);
        code = code ? code : next;
    }
    bool goes_on = !repl->is_over && !(code && stops_at_errors(options) && has_work && !prompts);
    if (prompts && goes_on) {
        run_prompt(repl);
        return EXIT_DONE;
    }
    if (goes_on && (options->interactive || !has_work)) {
        ExitCode next = repl_run_file(repl, "-", options->batch && !options->keep_going);
        code = code ? code : next;
    }
    return code;
}

int repl_main(const Options *options)
{
    setlocale(LC_CTYPE, "");
    Repl *repl = repl_open(options);
    if (!repl) {
        fprintf(stderr, "awaitlab: out of memory\n");
        return EXIT_INTERNAL;
    }
    interrupt_catch();
    interrupt_limit(options->timeout);
    ExitCode code = do_work(repl);
    code = repl_finish(repl, interrupt_is_late() ? EXIT_LIMIT : code);
    interrupt_release();
    repl_close(repl);
    return code;
}
