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

/* ---- where ------------------------------------------------------------------------------------------------------- */

static void print_frame(FILE *out, const SessionFrame *frame, bool is_innermost)
{
    fprintf(out, "%s %s", is_innermost ? ">" : " ", frame->method);
    if (frame->file) {
        fprintf(out, "  %s(%u,%u)", frame->file, frame->line, frame->column);
    }
    if (frame->thread) {
        fprintf(out, "  running on T%u", frame->thread);
    } else {
        fprintf(out, "  suspended%s%s", frame->awaits ? ", awaits " : "", frame->awaits ? frame->awaits : "");
    }
    if (frame->is_async && frame->box) {
        fprintf(out, "  state %d in %s", frame->state, frame->box);
    } else if (frame->is_async) {
        fprintf(out, "  state %d", frame->state);
    }
    fputc('\n', out);
}

ExitCode command_where(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    (void)arguments;
    SessionFrames frames;
    if (!repl_session(repl) || session_look_begin(repl->session) != SESSION_OK ||
        session_async_stack(repl->session, &frames) != SESSION_OK) {
        printer_complain(&repl->printer, "out of memory");
        return EXIT_INTERNAL;
    }
    FILE *out = printer_begin(&repl->printer);
    uint32_t printed = 0;
    for (uint32_t i = 0; out && i < frames.count; i++) {
        if (!frames.frames[i].is_typed) {
            print_frame(out, &frames.frames[i], printed++ == 0);
        }
    }
    if (out && !printed) {
        fputs("no code of yours is running\n", out);
    }
    printer_end(&repl->printer, out, STREAM_OUT);
    return EXIT_DONE;
}

/* ---- list -------------------------------------------------------------------------------------------------------- */

/* The source called `name`; the newest one when `name` is NULL. The count of sources: there is none. */
static uint32_t find_source(const Session *session, const char *name)
{
    uint32_t count = session_source_count(session);
    for (uint32_t i = count; i-- > 0;) {
        if (!name || strcmp(session_source(session, i).name, name) == 0) {
            return i;
        }
    }
    return count;
}

static void print_source(FILE *out, Session *session, uint32_t source, uint32_t here)
{
    enum { AROUND = 8 };
    uint32_t last = session_source(session, source).line_count;
    uint32_t from = here > AROUND ? here - AROUND : 1;
    uint32_t to = here && here + AROUND < last ? here + AROUND : last;
    for (uint32_t line = here ? from : 1; line <= to; line++) {
        SessionSourceLine text = session_source_line(session, source, line);
        fprintf(out, "%s%s%4u  ", line == here ? ">" : " ", text.has_await ? "." : " ", line);
        text_print_clean(out, text.text, text.length, 1000);
        fputc('\n', out);
    }
}

ExitCode command_list(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    SessionMoment moment = {0};
    if (!repl_session(repl) || session_look_begin(repl->session) != SESSION_OK ||
        session_moment(repl->session, &moment) != SESSION_OK) {
        printer_complain(&repl->printer, "out of memory");
        return EXIT_INTERNAL;
    }
    const char *name = *arguments ? arguments : moment.file;
    uint32_t source = find_source(repl->session, name);
    if (source == session_source_count(repl->session)) {
        return *arguments ? command_refuse(repl, "no source is called '%s'", arguments)
                          : command_refuse(repl, "nothing was typed or loaded yet");
    }
    FILE *out = printer_begin(&repl->printer);
    if (out) {
        fprintf(out, "%s\n", session_source(repl->session, source).name);
        print_source(out, repl->session, source,
                     name && moment.file && strcmp(name, moment.file) == 0 ? moment.line : 0);
    }
    printer_end(&repl->printer, out, STREAM_OUT);
    return EXIT_DONE;
}
