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

/* The code that was interrupted sees its own variables before those that were typed. */
static uint32_t print_locals(FILE *out, const SessionFrames *frames)
{
    if (!frames->count || frames->frames[0].is_typed) {
        return 0;
    }
    const SessionFrame *frame = &frames->frames[0];
    for (uint32_t i = 0; i < frame->variable_count; i++) {
        const SessionVariable *variable = &frame->variables[i];
        fprintf(out, "  %s %s = %s\n", variable->type, variable->name, variable->value);
    }
    return frame->variable_count;
}

/* A variable of code that is still in progress: what a file's Main declares is known to later inputs when it is over.
 */
static bool is_in_progress(const SessionFrames *frames, const char *name)
{
    for (uint32_t i = 0; i < frames->count; i++) {
        const SessionFrame *frame = &frames->frames[i];
        for (uint32_t k = 0; k < frame->variable_count && !frame->is_typed; k++) {
            if (strcmp(frame->variables[k].name, name) == 0) {
                return true;
            }
        }
    }
    return false;
}

static uint32_t print_declared(FILE *out, Repl *repl, const SessionFrames *frames)
{
    SessionNames names;
    uint32_t count = 0;
    if (session_names(repl->session, &names) != SESSION_OK) {
        return 0;
    }
    for (uint32_t i = 0; i < names.count; i++) {
        if (strcmp(names.at[i].kind, "variable") == 0 && !is_in_progress(frames, names.at[i].name)) {
            fprintf(out, "  %s %s = %s\n", names.at[i].type, names.at[i].name, names.at[i].value);
            count++;
        }
    }
    return count;
}

ExitCode command_vars(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    (void)arguments;
    SessionFrames frames = {0};
    FILE *out = repl_session(repl) ? printer_begin(&repl->printer) : NULL;
    if (!out || session_look_begin(repl->session) != SESSION_OK ||
        session_frames(repl->session, 0, &frames) != SESSION_OK) {
        printer_end(&repl->printer, out, STREAM_OUT);
        return EXIT_INTERNAL;
    }
    uint32_t count = print_locals(out, &frames);
    count += print_declared(out, repl, &frames);
    if (!count) {
        fputs("no variables yet\n", out);
    }
    printer_end(&repl->printer, out, STREAM_OUT);
    return EXIT_DONE;
}
