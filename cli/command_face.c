/* Commands of the panes, and those that make pictures of them. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "command_internal.h"
#include "face.h"
#include "panes.h"

static ExitCode refuse_without_face(Repl *repl, CommandId id)
{
    return command_refuse(repl, "%s is about the panes: `tui` shows them", command_rows[id].name);
}

ExitCode command_tui(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    (void)arguments;
    if (repl->face) {
        return command_refuse(repl, "these are the panes; Ctrl-X a leads back to the plain prompt");
    }
    return panes_run(repl);
}

ExitCode command_plain(Repl *repl, CommandId id, const char *arguments)
{
    (void)arguments;
    if (!repl->face) {
        return refuse_without_face(repl, id);
    }
    repl->face->is_over = true;
    return EXIT_DONE;
}

ExitCode command_layout_screen(Repl *repl, CommandId id, const char *name)
{
    Face *face = repl->face;
    LayoutId layout;
    if (!face) {
        return refuse_without_face(repl, id);
    }
    if (!*name) {
        screen_next_layout(&face->screen);
        return EXIT_DONE;
    }
    if (!layout_find(name, &layout)) {
        return command_refuse(repl, "no layout is called '%s'; there are compact, lesson, source, heap, wide", name);
    }
    face->screen.layout = layout;
    face->screen.has_chosen_layout = true;
    if (screen_layout(&face->screen) != layout) {
        return command_refuse(repl, "%s needs a screen of 120x36 at least", layout_name(layout));
    }
    return EXIT_DONE;
}

ExitCode command_focus(Repl *repl, CommandId id, const char *name)
{
    PaneId pane;
    if (!repl->face) {
        return refuse_without_face(repl, id);
    }
    if (!*name) {
        screen_focus_next(&repl->face->screen, 1);
        return EXIT_DONE;
    }
    if (!pane_find(name, strlen(name), &pane)) {
        return command_refuse(repl, "no pane is called '%s'", name);
    }
    screen_focus_pane(&repl->face->screen, pane);
    return EXIT_DONE;
}

/* ---- panes into files -------------------------------------------------------------------------------------------- */

enum { USUAL_WIDTH = 80, USUAL_HEIGHT = 24 };

static int width_of(const Repl *repl)
{
    return repl->face                 ? repl->face->screen.width
           : repl->settings.width > 0 ? (int)repl->settings.width
           : repl->style.width > 0    ? repl->style.width
                                      : USUAL_WIDTH;
}

static ExitCode complain_about_file(Repl *repl, const char *path)
{
    printer_complain(&repl->printer, "cannot write %s: %s", path, strerror(errno));
    return EXIT_USAGE;
}

static ExitCode write_pane(Repl *repl, PaneId pane, const char *path)
{
    PaneFacts facts = {0};
    FILE *file = fopen(path, "we");
    if (repl->face) {
        facts = repl->face->screen.facts;
    }
    if (!file) {
        return complain_about_file(repl, path);
    }
    bool is_done = repl_session(repl) &&
                   pane_print(pane, repl->session, &facts, NULL, width_of(repl), true, THEME_MONO, false, file);
    is_done &= fclose(file) == 0;
    return is_done ? EXIT_DONE : complain_about_file(repl, path);
}

static ExitCode size_pane(Repl *repl, PaneId pane, const char *text)
{
    int64_t percent;
    if (!command_read_number(text, &percent) || percent < -60 || percent > 200) {
        return command_refuse(repl, "pane NAME size needs a number of percent, such as 20 or -10");
    }
    PaneId before = repl->face->screen.focus;
    repl->face->screen.focus = pane;
    screen_resize_focus(&repl->face->screen, true, (int)percent);
    screen_resize_focus(&repl->face->screen, false, (int)percent);
    repl->face->screen.focus = before;
    return EXIT_DONE;
}

ExitCode command_pane(Repl *repl, CommandId id, const char *arguments)
{
    PaneId pane;
    size_t length = strcspn(arguments, " \t");
    const char *what = arguments + length + strspn(arguments + length, " \t");
    if (!pane_find(arguments, length, &pane)) {
        return command_refuse(repl, "no pane is called '%.*s'", (int)length, arguments);
    }
    if (*what == '>') {
        return write_pane(repl, pane, what + 1 + strspn(what + 1, " \t"));
    }
    if (!repl->face) {
        return refuse_without_face(repl, id);
    }
    if (strncmp(what, "size", 4) == 0) {
        return size_pane(repl, pane, what + 4 + strspn(what + 4, " \t"));
    }
    size_t word = strcspn(what, " \t");
    bool is_on = word == 2 && strncmp(what, "on", word) == 0;
    if (!is_on && strcmp(what, "zoom") != 0 && strcmp(what, "off") != 0 && *what) {
        return command_refuse(repl, "pane NAME zoom, on [WHAT], off, size N or > FILE, not '%s'", what);
    }
    PaneMemory *memory = &repl->face->screen.panes[pane];
    if (is_on || strcmp(what, "off") == 0) {
        const char *subject = is_on ? what + word + strspn(what + word, " \t") : "";
        snprintf(memory->subject, sizeof memory->subject, "%s", subject);
        memory->scroll = memory->selected = 0;
    }
    screen_focus_pane(&repl->face->screen, pane);
    repl->face->screen.is_zoomed =
        strcmp(what, "zoom") == 0 || (repl->face->screen.is_zoomed && strcmp(what, "off") != 0);
    return EXIT_DONE;
}

ExitCode command_copy(Repl *repl, CommandId id, const char *name)
{
    PaneId pane = repl->face ? repl->face->screen.focus : PANE_SOURCE;
    PaneFacts facts = {0};
    char *text = NULL;
    size_t length = 0;
    if (!repl->face || !repl->face->hands.copy) {
        return refuse_without_face(repl, id);
    }
    if (*name && !pane_find(name, strlen(name), &pane)) {
        return command_refuse(repl, "no pane is called '%s'", name);
    }
    FILE *out = open_memstream(&text, &length);
    facts = repl->face->screen.facts;
    bool is_done = out && repl_session(repl) &&
                   pane_print(pane, repl->session, &facts, NULL, width_of(repl), true, THEME_MONO, false, out);
    if (out) {
        fclose(out);
    }
    if (is_done) {
        repl->face->hands.copy(repl->face->hands.context, text, length);
        printer_print(&repl->printer, "copied: %s\n", pane_rows[pane].name);
    }
    free(text);
    return is_done ? EXIT_DONE : EXIT_INTERNAL;
}

/* ---- pictures ---------------------------------------------------------------------------------------------------- */

/* The screen as it is, or as it would be. False: no memory. */
static bool draw_screen(Repl *repl, Canvas *canvas, ThemeId *theme)
{
    Face fresh, *face = repl->face;
    bool is_fresh = !face;
    if (is_fresh) {
        int height = repl->options->height ? (int)repl->options->height : USUAL_HEIGHT;
        if (!face_open(&fresh, repl, width_of(repl), height)) {
            return false;
        }
        face = &fresh;
        face->is_ascii_only = false;
        face->theme = THEME_SAFE;
    }
    *theme = face->theme == THEME_MONO ? THEME_SAFE : face->theme;
    bool is_drawn = canvas_init(canvas, face->screen.width, face->screen.height);
    if (is_drawn) {
        face_draw(face, canvas, "", 0);
    }
    if (is_fresh) {
        face_close(face);
    }
    return is_drawn;
}

static ExitCode write_picture(Repl *repl, const char *path, bool is_svg)
{
    Canvas canvas;
    ThemeId theme;
    if (!repl_session(repl) || !draw_screen(repl, &canvas, &theme)) {
        return EXIT_INTERNAL;
    }
    FILE *file = fopen(path, "we");
    if (file && is_svg) {
        char title[160];
        SessionMoment moment;
        session_moment(repl->session, &moment);
        snprintf(title, sizeof title, "awaitlab at step %llu: %.100s", (unsigned long long)moment.step,
                 moment.sentence);
        canvas_to_svg(&canvas, theme, title, file);
    } else if (file) {
        canvas_to_text(&canvas, file);
    }
    canvas_free(&canvas);
    bool is_written = file && !ferror(file);
    if (!file || fclose(file) != 0 || !is_written) {
        return complain_about_file(repl, path);
    }
    printer_print(&repl->printer, "the screen is in %s\n", path);
    return EXIT_DONE;
}

ExitCode command_export(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    char *format = command_next_word(&arguments);
    char *path = command_next_word(&arguments);
    ExitCode code = EXIT_USAGE;
    if (!format || !path) {
        code = command_refuse(repl, "export what, and where? `export svg FILE`, or text, or json");
    } else if (strcmp(format, "svg") == 0 || strcmp(format, "text") == 0) {
        code = write_picture(repl, path, strcmp(format, "svg") == 0);
    } else if (strcmp(format, "json") == 0) {
        code = command_export_steps(repl, path);
    } else {
        code = command_refuse(repl, "export knows svg, text and json, not '%s'", format);
    }
    free(format);
    free(path);
    return code;
}

ExitCode command_record(Repl *repl, CommandId id, const char *arguments)
{
    Face *face = repl->face;
    if (!face) {
        return refuse_without_face(repl, id);
    }
    char *path = command_next_word(&arguments);
    if (face->cast) {
        bool is_right = cast_close(face->cast);
        face->cast = NULL;
        printer_print(&repl->printer,
                      is_right ? "the recording is finished\n" : "the recording could not be written\n");
    }
    ExitCode code = EXIT_DONE;
    if (path && strcmp(path, "off") != 0) {
        face->cast = cast_open(path, face->screen.width, face->screen.height, face->screen.title);
        code = face->cast ? EXIT_DONE : complain_about_file(repl, path);
    }
    free(path);
    return code;
}

/* ---- how it looks ------------------------------------------------------------------------------------------------ */

ExitCode command_theme(Repl *repl, CommandId id, const char *name)
{
    ThemeId theme;
    if (!repl->face) {
        return refuse_without_face(repl, id);
    }
    if (!theme_find(name, &theme)) {
        return command_refuse(repl, "there are the themes safe, dark, light and mono");
    }
    repl->face->theme = theme;
    if (repl->face->hands.redraw) {
        repl->face->hands.redraw(repl->face->hands.context);
    }
    return EXIT_DONE;
}

ExitCode command_present(Repl *repl, CommandId id, const char *word)
{
    Face *face = repl->face;
    if (!face) {
        return refuse_without_face(repl, id);
    }
    face->screen.is_presenting = strcmp(word, "off") != 0 && !(face->screen.is_presenting && !*word);
    face->seen = face->screen.moment.step;
    return EXIT_DONE;
}
