/* Commands that show a pane of the screen as text. */
#include <string.h>

#include "command_internal.h"
#include "view/pane.h"

enum { USUAL_WIDTH = 80 };

static ExitCode show_pane(Repl *repl, PaneId pane, const char *subject)
{
    PaneFacts facts = {0};
    int width = repl->settings.width > 0 ? (int)repl->settings.width
                : repl->style.width > 0  ? repl->style.width
                                         : USUAL_WIDTH;
    ThemeId theme = THEME_SAFE;
    if (!repl_session(repl)) {
        return EXIT_INTERNAL;
    }
    FILE *out = printer_begin(&repl->printer);
    bool is_done = out && pane_print(pane, repl->session, &facts, *subject ? subject : NULL, width,
                                     !repl->style.unicode, theme, repl->style.colour, out);
    printer_end(&repl->printer, out, STREAM_OUT);
    if (!is_done) {
        printer_complain(&repl->printer, "out of memory");
        return EXIT_INTERNAL;
    }
    return EXIT_DONE;
}

static ExitCode refuse_pane(Repl *repl, const char *word, size_t length)
{
    char names[256] = "";
    size_t used = 0;
    for (int i = 0; i < PANE_COUNT; i++) {
        int added = snprintf(names + used, sizeof names - used, "%s%s", i ? ", " : "", pane_rows[i].name);
        used += added > 0 ? (size_t)added : 0;
    }
    if (!length) {
        return command_refuse(repl, "show what? one of %s", names);
    }
    return command_refuse(repl, "show '%.*s': no such pane; there are %s", (int)length, word, names);
}

ExitCode command_show(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    PaneId pane;
    size_t length = strcspn(arguments, " \t");
    const char *subject = arguments + length + strspn(arguments + length, " \t");
    if (!pane_find(arguments, length, &pane)) { /* `show vt` of a ValueTask that has another name */
        bool is_name = repl_is_name(repl, arguments, (uint32_t)length);
        return is_name ? show_pane(repl, PANE_UNION, arguments) : refuse_pane(repl, arguments, length);
    }
    return show_pane(repl, pane, subject);
}

ExitCode command_heap(Repl *repl, CommandId id, const char *what)
{
    (void)id;
    return show_pane(repl, PANE_HEAP, what);
}

ExitCode command_output(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    (void)arguments;
    return show_pane(repl, PANE_OUTPUT, "");
}
