/* awaitlab check: each file is a program, run from start to end; what counts is what the detector found. */
#include "check.h"

#include <stdio.h>

#include "report.h"
#include "run.h"
#include "view/finding.h"
#include "view/json.h"
#include "view/sarif.h"

typedef struct Check {
    const Options *options;
    const char *file;
    Report report;
    Sarif sarif;
    bool has_findings; /* those that make the exit code 1 */
} Check;

static void print_finding(Check *check, const SessionFinding *finding)
{
    switch (check->options->format) {
    case FORMAT_TEXT:
        finding_text(stdout, &check->report.answer_style, finding, check->file);
        break;
    case FORMAT_GNU:
        finding_gnu(stdout, finding, check->file);
        break;
    case FORMAT_JSON:
        json_finding(stdout, finding, check->file);
        break;
    case FORMAT_SARIF:
        sarif_add(&check->sarif, finding, check->file);
        break;
    }
}

static void look_at_findings(void *context, Session *session, const SessionOutcome *outcome)
{
    (void)outcome;
    Check *check = context;
    for (uint32_t i = 0; i < session_finding_count(session); i++) {
        SessionFinding finding = session_finding(session, i);
        check->has_findings |= finding.severity != FINDING_NOTE || check->options->strict;
        print_finding(check, &finding);
    }
}

/* A program that ends badly because of what was found is a finding; one that ends badly for another reason is not
 * clean either. */
static int worse(int a, int b)
{
    static const int order[] = {EXIT_INTERNAL, EXIT_INTERRUPTED, EXIT_NO_READER, EXIT_USAGE,
                                EXIT_PROGRAM,  EXIT_LIMIT,       EXIT_FINDINGS};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (a == order[i] || b == order[i]) {
            return order[i];
        }
    }
    return EXIT_DONE;
}

static int check_file(Check *check, const char *file)
{
    RunWatcher watcher = {.context = check, .drops_output = true, .finished = look_at_findings};
    Options options = *check->options;
    options.file = check->options->code ? NULL : file;
    options.format = options.format == FORMAT_JSON ? FORMAT_JSON : FORMAT_TEXT; /* of messages on standard error */
    check->file = file;
    check->has_findings = false;
    if (check->options->format == FORMAT_SARIF) {
        sarif_add_file(&check->sarif, file);
    }
    int exit_code = run_watched(&options, &watcher);
    bool is_explained = check->has_findings && (exit_code == EXIT_PROGRAM || exit_code == EXIT_DONE);
    return is_explained ? EXIT_FINDINGS : exit_code;
}

int check_files(const Options *options)
{
    Check check = {.options = options};
    report_init(&check.report, options);
    sarif_begin(&check.sarif);
    int exit_code = EXIT_DONE;
    if (options->code) {
        exit_code = check_file(&check, "command line");
    }
    for (uint32_t i = 0; i < options->file_count && exit_code != EXIT_INTERRUPTED; i++) {
        exit_code = worse(exit_code, check_file(&check, options->files[i]));
    }
    if (options->format == FORMAT_SARIF) {
        sarif_end(&check.sarif, stdout);
    } else {
        sarif_drop(&check.sarif);
    }
    return exit_code;
}
