/* The source around the present line, with what is known beside it. */
#include <string.h>

#include "view/csharp.h"

static uint32_t file_index(Session *session, const char *name)
{
    uint32_t count = session_source_count(session);
    for (uint32_t i = count; i-- > 0;) { /* later ones of the same name hide earlier ones */
        if (name && strcmp(session_source(session, i).name, name) == 0) {
            return i;
        }
    }
    return count ? count - 1 : 0;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), size = strlen(end);
    return length >= size && strcmp(text + length - size, end) == 0;
}

static bool has_breakpoint(const Session *session, const char *file, uint32_t line)
{
    uint32_t count = session_break_count(session);
    for (uint32_t i = 0; i < count; i++) {
        SessionBreak at = session_break_at(session, i);
        if (at.kind == BREAK_ON_LINE && at.line == line && !at.is_disabled && (!at.file || ends_with(file, at.file))) {
            return true;
        }
    }
    return false;
}

/* A finding of the steps so far whose offending place is this line; -1: none. */
static int finding_at(Session *session, const char *file, uint32_t line)
{
    uint32_t count = session_finding_count(session);
    for (uint32_t i = 0; i < count; i++) {
        SessionFinding finding = session_finding(session, i);
        if (finding.place.line == line && finding.place.file && strcmp(finding.place.file, file) == 0) {
            return (int)finding.severity;
        }
    }
    return -1;
}

typedef struct Listing {
    PaneView *view;
    Pen pen;
    uint32_t file;
    const char *file_name;
    uint32_t here;        /* line; 0: the code is elsewhere */
    SessionFrames frames; /* innermost first */
} Listing;

/* "a = 7": variables that are declared on the line, of the frame that is in this method. */
static void put_values(Listing *listing, uint32_t line, uint32_t length)
{
    const SessionFrame *frame = listing->frames.count ? &listing->frames.frames[0] : NULL;
    bool is_first = true;
    enum { GAP = 4, LEAST = 10 };
    for (uint32_t i = 0; frame && i < frame->variable_count; i++) {
        const SessionVariable *variable = &frame->variables[i];
        bool belongs =
            variable->line == line && variable->is_set && frame->file && strcmp(frame->file, listing->file_name) == 0;
        if (!belongs || listing->pen.width - listing->pen.column < LEAST) {
            continue;
        }
        pen_to(&listing->pen, listing->pen.column + (is_first && length ? GAP : 2));
        char value[512];
        snprintf(value, sizeof value, "%s= %s%s", is_first ? "// " : "", variable->value, variable->old ? " *" : "");
        int room = listing->pen.width - listing->pen.column;
        int columns = text_columns(value, strlen(value));
        pen_fit(&listing->pen, variable->old ? STYLE_CHANGED : STYLE_COMMENT, value, columns < room ? columns : room);
        is_first = false;
    }
}

/* ">", "!", "B" or "." and the number. */
static void put_margin(Listing *listing, uint32_t line, const SessionSourceLine *text)
{
    PaneView *view = listing->view;
    bool is_here = line == listing->here;
    int severity = finding_at(view->session, listing->file_name, line);
    const char *mark = severity >= 0                                             ? "!"
                       : has_breakpoint(view->session, listing->file_name, line) ? "B"
                       : text->has_await                                         ? "."
                                                                                 : " ";
    pen_put(&listing->pen, is_here ? STYLE_HERE : STYLE_TEXT, is_here ? ">" : " ");
    Style style = severity == FINDING_ERROR ? STYLE_ERROR
                  : severity >= 0           ? STYLE_WARNING
                  : *mark == '.'            ? STYLE_AWAIT
                                            : STYLE_TITLE;
    pen_put(&listing->pen, style, mark);
    pen_print(&listing->pen, is_here ? STYLE_TITLE : STYLE_NUMBER, "%3u ", line);
}

static void put_line(Listing *listing, uint32_t line, CsharpState *state)
{
    SessionSourceLine text = session_source_line(listing->view->session, listing->file, line);
    put_margin(listing, line, &text);
    csharp_put(&listing->pen, *state, text.text, text.length);
    put_values(listing, line, text.length);
    *state = csharp_after(*state, text.text, text.length);
    pen_next(&listing->pen);
}

/* The first line to show, so that the present one is a third from the top, and no row is wasted. */
static uint32_t first_line(const Listing *listing, uint32_t lines)
{
    const PaneView *view = listing->view;
    int height = view->height;
    uint32_t middle = listing->here ? listing->here : 1;
    uint32_t before = (uint32_t)(height > 0 ? height / 3 : 0);
    if (view->scroll) { /* as far as the user has scrolled */
        return view->scroll < lines ? (uint32_t)view->scroll + 1 : lines;
    }
    uint32_t first = middle > before ? middle - before : 1;
    if (height > 0 && lines >= (uint32_t)height && first > lines - (uint32_t)height + 1) {
        first = lines - (uint32_t)height + 1;
    }
    return lines <= (uint32_t)(height > 0 ? height : 0) ? 1 : first;
}

/* Comments and strings may have begun above. */
static CsharpState state_before(Listing *listing, uint32_t first)
{
    enum { FARTHEST = 400 };
    CsharpState state = CSHARP_CODE;
    for (uint32_t line = first > FARTHEST ? first - FARTHEST : 1; line < first; line++) {
        SessionSourceLine text = session_source_line(listing->view->session, listing->file, line);
        state = csharp_after(state, text.text, text.length);
    }
    return state;
}

static void put_nowhere(Listing *listing)
{
    const SessionMoment *moment = listing->view->facts->moment;
    if (moment->has_started && !moment->is_over && !moment->is_idle && moment->step && moment->thread) {
        pen_print(&listing->pen, STYLE_HINT, "(thread %u is in the library)", moment->thread);
        pen_next(&listing->pen);
    }
}

/* `here`: the present line; 0: none. */
static void put_text(PaneView *view, Canvas *canvas, const PaneText *text, uint32_t here)
{
    Pen pen = pen_at(view, canvas);
    CsharpState state = CSHARP_CODE;
    for (uint32_t i = 0; i < text->count && !pen_is_below(&pen, view); i++) {
        size_t length = strlen(text->lines[i]);
        bool is_here = i + 1 == here;
        pen_put(&pen, is_here ? STYLE_HERE : STYLE_TEXT, is_here ? ">" : " ");
        pen_print(&pen, is_here ? STYLE_TITLE : STYLE_NUMBER, " %3u ", i + 1);
        csharp_put(&pen, state, text->lines[i], length);
        state = csharp_after(state, text->lines[i], length);
        pen_next(&pen);
    }
    view->total = text->count;
}

void pane_source(PaneView *view, Canvas *canvas)
{
    const PaneFacts *facts = view->facts;
    if (!view->session) { /* a program that is not in the machine: its text alone */
        snprintf(view->title, sizeof view->title, "Source  %s", facts->program_name);
        put_text(view, canvas, &facts->program, 0);
        return;
    }
    if (facts->lowered.count) {
        snprintf(view->title, sizeof view->title, "%s  %s", facts->library_line ? "Library" : "Lowered",
                 facts->lowered_of);
        put_text(view, canvas, &facts->lowered, facts->library_line);
        return;
    }
    const SessionMoment *moment = facts->moment;
    Listing listing = {.view = view, .pen = {.canvas = canvas, .width = view->width}};
    if (!session_source_count(view->session)) {
        pen_fold(&listing.pen, STYLE_HINT, "no program yet: type C#, or `load FILE`", 0);
        return;
    }
    listing.file = file_index(view->session, moment->file);
    listing.file_name = session_source(view->session, listing.file).name;
    listing.here = moment->file && moment->line ? moment->line : 0;
    session_async_stack(view->session, &listing.frames);
    uint32_t lines = session_source(view->session, listing.file).line_count;
    const char *slash = strrchr(listing.file_name, '/');
    snprintf(view->title, sizeof view->title, "Source  %s%s%s", moment->method, *moment->method ? "()  " : "",
             slash ? slash + 1 : listing.file_name);
    if (!listing.here) {
        put_nowhere(&listing);
    }
    uint32_t first = first_line(&listing, lines);
    CsharpState state = state_before(&listing, first);
    for (uint32_t line = first; line <= lines && !pen_is_below(&listing.pen, view); line++) {
        put_line(&listing, line, &state);
    }
    view->total = lines;
}
