/* Where something comes from, and what is different. */
#include <stdlib.h>
#include <string.h>

#include "command_internal.h"
#include "interrupt.h"
#include "moment.h"

/* ---- why --------------------------------------------------------------------------------------------------------- */

static void print_why(FILE *out, const SessionWhy *row)
{
    fprintf(out, "%s = %s", row->name, row->value);
    if (!row->step) {
        fputs("  since the start\n", out);
        return;
    }
    if (row->old_value) {
        fprintf(out, ", before %s", row->old_value);
    }
    fprintf(out, "\n    step %llu", (unsigned long long)row->step);
    if (row->event.file) {
        fprintf(out, ", %s(%u,%u)", row->event.file, row->event.line, row->event.column);
    }
    if (row->event.method) {
        fprintf(out, " in %s", row->event.method);
    }
    fprintf(out, ": %s\n", row->event.sentence ? row->event.sentence : "");
}

ExitCode command_why(Repl *repl, CommandId id, const char *expression)
{
    (void)id;
    const SessionWhy *rows;
    uint32_t count;
    if (!*expression) {
        return command_refuse(repl, "why needs a variable or a field of one, as in `why vt`");
    }
    if (!repl_session(repl)) {
        return EXIT_INTERNAL;
    }
    interrupt_aim(repl->session);
    SessionStatus status = session_why(repl->session, expression, &rows, &count);
    interrupt_aim(NULL);
    if (status != SESSION_OK) {
        return command_refuse(
            repl, status == SESSION_NO_MEMORY ? "out of memory" : "why: there is no variable '%s' here", expression);
    }
    FILE *out = printer_begin(&repl->printer);
    for (uint32_t i = 0; out && i < count; i++) {
        print_why(out, &rows[i]);
    }
    printer_end(&repl->printer, out, STREAM_OUT);
    return EXIT_DONE;
}

/* ---- diff -------------------------------------------------------------------------------------------------------- */

static void print_change(FILE *out, const SessionChange *change)
{
    enum { LONGEST = 60 };
    const char *old = change->old_value ? change->old_value : "(not there)";
    const char *now = change->value ? change->value : "(gone)";
    const char *what = change->kind == CHANGE_BORN ? now : old;
    switch (change->kind) {
    case CHANGE_BORN:
    case CHANGE_DIED:
        fprintf(out, "%s %s  ", change->kind == CHANGE_BORN ? "+" : "-", change->name);
        text_print_clean(out, what, strlen(what), LONGEST);
        fputc('\n', out);
        return;
    case CHANGE_VARIABLE:
    case CHANGE_FIELD:
    case CHANGE_TASK:
        break;
    }
    fprintf(out, "* %s  ", change->name);
    moment_print_difference(out, old, now);
    fputc('\n', out);
}

/* Takes a step, "here", a mark, start or end off the arguments. False: it is none, which was said. */
static bool take_moment(Repl *repl, const char **arguments, uint64_t *position)
{
    char *word = command_next_word(arguments);
    bool is_found = word && command_find_moment(repl, word, position);
    if (!is_found) {
        command_refuse(repl, "diff needs steps or marks, not '%s'", word ? word : "");
    }
    free(word);
    return is_found;
}

/* Without arguments: what this step has changed; with one: from there to here. */
ExitCode command_diff(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    const SessionChange *changes;
    uint32_t count;
    if (!repl_session(repl)) {
        return EXIT_INTERNAL;
    }
    uint64_t to = session_position(repl->session);
    uint64_t from = to ? to - 1 : 0;
    if (*arguments && !take_moment(repl, &arguments, &from)) {
        return EXIT_USAGE;
    }
    if (arguments[strspn(arguments, " \t")] && !take_moment(repl, &arguments, &to)) {
        return EXIT_USAGE;
    }
    SessionStatus status = session_diff(repl->session, from, to, &changes, &count);
    if (status != SESSION_OK) {
        return command_refuse(repl, status == SESSION_NO_MEMORY ? "out of memory" : "nothing is recorded there");
    }
    FILE *out = printer_begin(&repl->printer);
    if (out) {
        fprintf(out, "from step %llu to %llu%s\n", (unsigned long long)from, (unsigned long long)to,
                count ? "" : ": no difference");
    }
    for (uint32_t i = 0; out && i < count; i++) {
        print_change(out, &changes[i]);
    }
    printer_end(&repl->printer, out, STREAM_OUT);
    return EXIT_DONE;
}
