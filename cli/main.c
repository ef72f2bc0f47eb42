/* awaitlab: reads the command line and picks a face. */
#include <errno.h>
#include <signal.h>
#include <string.h>

#include "check.h"
#include "face.h"
#include "feature_list.h"
#include "lesson/lesson.h"
#include "manual.h"
#include "options.h"
#include "panes.h"
#include "repl.h"
#include "run.h"
#include "watch.h"

static int print_version(void)
{
    printf("awaitlab %s\n", AWAITLAB_VERSION);
    return EXIT_DONE;
}

static int serve(const Options *options)
{
    switch (options->command) {
    case COMMAND_RUN:
        return run_batch(options);
    case COMMAND_TUI:
        return panes_main(options);
    case COMMAND_SCREEN:
        return screen_main(options);
    case COMMAND_WATCH:
        return watch_file(options);
    case COMMAND_LESSON:
        return lesson_main(options);
    case COMMAND_SUBMIT:
        return submit_main(options);
    case COMMAND_GRADE:
        return grade_main(options);
    case COMMAND_NOTES:
        return notes_main(options);
    case COMMAND_CHECK:
        return check_files(options);
    case COMMAND_EXPLAIN:
        return explain_rule(options->help_topic);
    case COMMAND_FEATURES:
        return print_features(options);
    case COMMAND_COMPLETION:
        return print_completion(options->help_topic);
    case COMMAND_MANUAL:
        return print_manual(options->help_topic);
    case COMMAND_HELP:
        return options_print_help(stdout, options->help_topic) ? EXIT_DONE : EXIT_USAGE;
    case COMMAND_VERSION:
        return print_version();
    case COMMAND_NONE:
        return repl_main(options);
    }
    return EXIT_INTERNAL;
}

/* What was printed must have arrived. */
static int flush_output(int exit_code)
{
    if (fflush(stdout) == 0 || exit_code != EXIT_DONE) {
        return exit_code;
    }
    if (errno == EPIPE) {
        return EXIT_NO_READER;
    }
    fprintf(stderr, "awaitlab: cannot write to standard output: %s\n", strerror(errno));
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    Options options;
    signal(SIGPIPE, SIG_IGN);
    int exit_code = options_parse(&options, argc, argv) ? serve(&options) : EXIT_USAGE;
    options_free(&options);
    return flush_output(exit_code);
}
