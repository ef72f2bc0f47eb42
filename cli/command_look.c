/* Commands that look at types and methods. */
#include <string.h>

#include "command_internal.h"

ExitCode command_layout(Repl *repl, CommandId id, const char *type)
{
    (void)id;
    SessionLayout layout;
    if (!*type) {
        return command_refuse(repl, "layout needs a type, as in `layout ValueTask<int>`");
    }
    SessionStatus status = repl_session(repl) ? session_layout(repl->session, type, &layout) : SESSION_NO_MEMORY;
    if (status != SESSION_OK) {
        uint32_t count = repl->session ? session_diagnostic_count(repl->session) : 0;
        return command_refuse(repl, "layout '%s': %s", type,
                              count ? session_diagnostic(repl->session, count - 1).message : "no such type");
    }
    FILE *out = printer_begin(&repl->printer);
    if (out) {
        text_layout(out, &repl->style, &layout);
    }
    printer_end(&repl->printer, out, STREAM_OUT);
    return EXIT_DONE;
}

ExitCode command_lowered(Repl *repl, CommandId id, const char *method)
{
    (void)id;
    const char *text;
    SessionStatus status =
        repl_session(repl) ? session_lowered(repl->session, *method ? method : NULL, &text) : SESSION_NO_MEMORY;
    if (status == SESSION_NOT_FOUND) {
        return command_refuse(repl, "lowered: no method is called '%s'", method);
    }
    if (status != SESSION_OK) {
        return command_refuse(repl, "lowered: there is no program");
    }
    printer_write(&repl->printer, STREAM_OUT, text, strlen(text));
    return EXIT_DONE;
}
