/* `pane source on lowered`: what the compiler makes of the present method, beside what it does.
 * `pane source on library`: the core library's own C#, where the present step happens. */
#include <string.h>

#include "face.h"

static bool is_known(const Face *face, const char *method)
{
    return face->lowered_text && strcmp(face->lowered_of, method) == 0 &&
           face->lowered_sources == session_source_count(face->screen.session);
}

/* What runs is more interesting than the fields above it. */
static uint64_t first_line(const Face *face)
{
    for (uint32_t i = 0; i < face->lowered_count; i++) {
        if (strstr(face->lowered_lines[i], " MoveNext()")) {
            return i;
        }
    }
    return 0;
}

/* The program's own code in progress: its source is shown. `shown`: the line of the last screen; scrolling stays as
 * long as it is the same. */
static void fill_library(Face *face, uint32_t shown)
{
    Screen *screen = &face->screen;
    enum { ABOVE = 4 };
    SessionLibraryCode code;
    if (!session_library_code(screen->session, &code)) {
        return;
    }
    if (!face->lowered_text || strcmp(face->lowered_of, code.file) != 0) {
        face->lowered_count = face_cut(code.text, &face->lowered_text, &face->lowered_lines).count;
        snprintf(face->lowered_of, sizeof face->lowered_of, "%s", code.file);
    }
    if (code.line != shown) {
        screen->panes[PANE_SOURCE].scroll = code.line > ABOVE ? code.line - ABOVE : 0;
    }
    screen->facts.lowered = (PaneText){face->lowered_lines, face->lowered_count};
    screen->facts.lowered_of = face->lowered_of;
    screen->facts.library_line = code.line;
}

void face_fill_lowered(Face *face)
{
    Screen *screen = &face->screen;
    const char *method = screen->moment.method;
    uint32_t library_line = screen->facts.library_line;
    screen->facts.lowered = (PaneText){0};
    screen->facts.library_line = 0;
    if (screen->session && strcmp(screen->panes[PANE_SOURCE].subject, "library") == 0) {
        fill_library(face, library_line);
        return;
    }
    if (!screen->session || strcmp(screen->panes[PANE_SOURCE].subject, "lowered") != 0) {
        return;
    }
    if (*method && !is_known(face, method)) { /* between methods the last one stays */
        const char *text = "";
        if (session_lowered(screen->session, method, &text) != SESSION_OK) {
            text = "// not made by lowering";
        }
        face->lowered_count = face_cut(text, &face->lowered_text, &face->lowered_lines).count;
        face->lowered_sources = session_source_count(screen->session);
        snprintf(face->lowered_of, sizeof face->lowered_of, "%s", method);
        screen->panes[PANE_SOURCE].scroll = first_line(face);
    }
    if (face->lowered_text) {
        screen->facts.lowered = (PaneText){face->lowered_lines, face->lowered_count};
        screen->facts.lowered_of = face->lowered_of;
    }
}
