/* What a step or a rule is about. */
#include <string.h>

#include "check.h"
#include "command_internal.h"
#include "moment.h"

static ExitCode explain_moment(Repl *repl)
{
    if (!repl_session(repl)) {
        return EXIT_INTERNAL;
    }
    uint64_t position = session_position(repl->session);
    moment_tell(repl);
    ExitCode found = moment_tell_findings(repl, position ? position - 1 : 0, position);
    if (found) {
        printer_print(&repl->printer, "`explain` and its code tell more about a rule\n");
    }
    return EXIT_DONE;
}

ExitCode command_explain(Repl *repl, CommandId id, const char *topic)
{
    (void)id;
    if (!*topic) {
        return explain_moment(repl);
    }
    const char *nearest = NULL;
    bool is_list = strcmp(topic, "rules") == 0;
    FILE *out = printer_begin(&repl->printer);
    bool is_known = out && (is_list || explain_print(out, topic, &nearest));
    if (out && is_list) {
        explain_list(out);
    }
    printer_end(&repl->printer, out, STREAM_OUT);
    return is_known ? EXIT_DONE
                    : command_refuse(repl, "there is no rule '%s'%s%s%s", topic,
                                     nearest ? "; did you mean '" : "; `explain rules` lists them",
                                     nearest ? nearest : "", nearest ? "'?" : "");
}
