/* What the command line asks of the panes, and `awaitlab screen`, which needs no terminal for them. */
#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "face.h"
#include "interrupt.h"
#include "repl_lesson.h"

/* FILE@STEP: the length of the name, and the step; *step NULL: there is none. */
static size_t split_step(const char *file, const char **step)
{
    const char *at = strrchr(file, '@');
    bool has_step = at && at[1] && access(file, F_OK) != 0;
    *step = has_step ? at + 1 : NULL;
    return has_step ? (size_t)(at - file) : strlen(file);
}

static void go_to(Face *face, const char *step)
{
    char *line = NULL;
    if (asprintf(&line, "goto %s", step) >= 0) {
        repl_do(face->repl, line);
        free(line);
    }
}

/* The whole run is recorded, then set back, so that the timeline knows its end. */
static ExitCode begin_program(Face *face, const char *file)
{
    Repl *repl = face->repl;
    const char *step;
    size_t length = split_step(file, &step);
    char *name = strndup(file, length);
    ExitCode code = name ? repl_load(repl, name, false) : EXIT_INTERNAL;
    free(name);
    uint64_t end = repl->session ? session_history_end(repl->session) : 0;
    if (end) {
        char line[120];
        snprintf(line, sizeof line, "%llu steps are recorded; Right and Left go through them", (unsigned long long)end);
        session_goto(repl->session, 0);
        face_say(face, line);
    }
    if (end && step) {
        go_to(face, step);
    }
    return end ? EXIT_DONE : code; /* however it ended: it can be looked at */
}

static ExitCode do_inputs(Face *face)
{
    const Options *options = face->repl->options;
    ExitCode first = EXIT_DONE;
    for (uint32_t i = 0; i < options->input_count && !face->is_over; i++) {
        const OptionInput *input = &options->inputs[i];
        if (input->is_file) {
            ExitCode code = repl_run_file(face->repl, input->text, false);
            first = first ? first : code;
        } else {
            face_take_line(face, input->text);
        }
    }
    return first;
}

ExitCode face_begin(Face *face)
{
    const Options *options = face->repl->options;
    ExitCode code = EXIT_DONE;
    if (options->theme && !theme_find(options->theme, &face->theme)) {
        face_say(face, "there are the themes safe, dark, light and mono");
        code = EXIT_USAGE;
    }
    if (options->lesson) {
        bool is_path = access(options->lesson, F_OK) == 0;
        ExitCode next =
            repl_lesson_start(face->repl, is_path ? options->lesson : NULL, is_path ? NULL : options->lesson);
        code = code ? code : next;
    } else if (options->file) {
        ExitCode next = begin_program(face, options->file);
        code = code ? code : next;
    } else if (!options->input_count) {
        face_say(face, "type C#, or `load FILE`; `help` lists the commands, `help keys` the keys");
    }
    face->screen.is_presenting = options->present;
    ExitCode next = do_inputs(face);
    return code ? code : next;
}

/* ---- `awaitlab screen` ------------------------------------------------------------------------------------------- */

static ExitCode write_screen(Face *face, const Canvas *canvas)
{
    const Options *options = face->repl->options;
    ThemeId theme = face->theme == THEME_MONO && !options->theme ? THEME_SAFE : face->theme;
    if (!options->svg) {
        if (face->repl->style.colour) {
            canvas_to_ansi(canvas, face->theme, stdout);
        } else {
            canvas_to_text(canvas, stdout);
        }
        return EXIT_DONE;
    }
    FILE *file = fopen(options->svg, "we");
    if (file) {
        char title[160];
        snprintf(title, sizeof title, "awaitlab at step %llu: %.100s", (unsigned long long)face->screen.moment.step,
                 face->screen.moment.sentence);
        canvas_to_svg(canvas, theme, title, file);
    }
    bool is_written = file && !ferror(file);
    if (!file || fclose(file) != 0 || !is_written) {
        fprintf(stderr, "awaitlab: cannot write %s: %s\n", options->svg, strerror(errno));
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

static ExitCode draw_once(Repl *repl)
{
    enum { USUAL_WIDTH = 80, USUAL_HEIGHT = 24 };
    const Options *options = repl->options;
    Face face;
    Canvas canvas;
    int width = options->width ? (int)options->width : USUAL_WIDTH;
    int height = options->height ? (int)options->height : USUAL_HEIGHT;
    if (!face_open(&face, repl, width, height)) {
        return EXIT_INTERNAL;
    }
    face.is_ascii_only = options->ascii || options->plain;
    ExitCode code = face_begin(&face);
    bool is_drawn = canvas_init(&canvas, width, height);
    if (is_drawn) {
        face_draw(&face, &canvas, "", 0);
        ExitCode written = write_screen(&face, &canvas);
        code = written ? written : code;
    }
    canvas_free(&canvas);
    face_close(&face);
    return is_drawn ? code : EXIT_INTERNAL;
}

/* What the program did is no failure of a picture of it. */
int screen_main(const Options *options)
{
    setlocale(LC_CTYPE, "");
    Repl *repl = repl_open(options);
    if (!repl) {
        fprintf(stderr, "awaitlab: out of memory\n");
        return EXIT_INTERNAL;
    }
    interrupt_catch();
    ExitCode code = draw_once(repl);
    interrupt_release();
    repl_close(repl);
    return code == EXIT_USAGE || code == EXIT_INTERNAL || code == EXIT_PROGRAM ? (int)code : EXIT_DONE;
}
