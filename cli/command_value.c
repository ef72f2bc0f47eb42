/* Commands that look at values. */
#include <string.h>

#include "command_internal.h"

/* ---- values ------------------------------------------------------------------------------------------------------ */

static const char *complaint(Repl *repl, SessionStatus status)
{
    uint32_t count = session_diagnostic_count(repl->session);
    return status == SESSION_ERRORS && count ? session_diagnostic(repl->session, 0).message
           : status == SESSION_NO_MEMORY     ? "out of memory"
                                             : "nothing runs yet";
}

/* What evaluating came to, when that is no value. */
static ExitCode tell_no_value(Repl *repl, const SessionValue *value)
{
    switch (value->kind) {
    case VALUE_THREW:
        return command_refuse(repl, "it throws %s: %s", value->type, value->text);
    case VALUE_BLOCKED:
        return command_refuse(repl, "it waits for something that never comes");
    case VALUE_ENDLESS:
        return command_refuse(repl, "it does not come to an end");
    case VALUE_IS_VALUE:
    case VALUE_IS_VOID:
        break;
    }
    printer_print(&repl->printer, "no value (void)\n");
    return EXIT_DONE;
}

ExitCode command_print(Repl *repl, CommandId id, const char *expression)
{
    (void)id;
    SessionValue value;
    if (!*expression) {
        return command_refuse(repl, "print needs an expression, as in `print vt`");
    }
    if (!repl_session(repl)) {
        return EXIT_INTERNAL;
    }
    SessionStatus status = session_evaluate(repl->session, expression, strlen(expression), &value);
    if (status != SESSION_OK) {
        return command_refuse(repl, "print: %s", complaint(repl, status));
    }
    if (value.kind != VALUE_IS_VALUE) {
        return tell_no_value(repl, &value);
    }
    repl_tell_value(repl, &value);
    return EXIT_DONE;
}

static void print_variable(FILE *out, Repl *repl, const char *name)
{
    SessionValue value;
    if (session_evaluate(repl->session, name, strlen(name), &value) == SESSION_OK && value.kind == VALUE_IS_VALUE) {
        fprintf(out, "  %s %s = %s\n", value.type, name, value.text);
    }
}

/* Names first: looking at a value makes the list of names anew. */
ExitCode command_vars(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    (void)arguments;
    SessionCandidates found;
    Completions names = {0};
    if (!repl_session(repl) || session_complete(repl->session, "", 0, 0, &found) != SESSION_OK) {
        printer_complain(&repl->printer, "out of memory");
        return EXIT_INTERNAL;
    }
    for (uint32_t i = 0; i < found.count; i++) {
        if (strcmp(found.at[i].kind, "variable") == 0) {
            completions_add(&names, found.at[i].name, (uint32_t)strlen(found.at[i].name));
        }
    }
    FILE *out = printer_begin(&repl->printer);
    for (uint32_t i = 0; out && i < names.count; i++) {
        print_variable(out, repl, names.words[i]);
    }
    if (out && !names.count) {
        fputs("no variables yet\n", out);
    }
    printer_end(&repl->printer, out, STREAM_OUT);
    completions_free(&names);
    return EXIT_DONE;
}

