/* The panes on a terminal.
 *
 * Bytes are read from the terminal directly, so that readline gets them as it would anywhere; curses draws and does not
 * read. Whatever ends the program (signals, crashes) leaves the terminal as it was. */
#include "panes.h"

#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "face.h"
#include "folders.h"
#include "interrupt.h"
#include "key.h"
#include "repl_lesson.h"

/* ---- signals ----------------------------------------------------------------------------------------------------- */

/* A handler can only reach static things. */
static volatile sig_atomic_t was_resized, was_suspended, end_signal, is_on_screen;
static struct termios tty_before;

static void on_resize(int number)
{
    (void)number;
    was_resized = 1;
}

static void on_suspend(int number)
{
    (void)number;
    was_suspended = 1;
}

/* A run in progress stops as Ctrl-C would stop it. */
static void on_end(int number)
{
    end_signal = number;
    raise(SIGINT);
}

static const char leave_bytes[] = "\033[?2004l\033[?1006l\033[?1000l\033[0m\033[?25h\033[?1049l\r\n";

/* Only what may be called from a handler: the terminal's settings, and the bytes that leave the alternate screen. */
static void on_crash(int number)
{
    if (is_on_screen) {
        tcsetattr(STDIN_FILENO, TCSANOW, &tty_before);
        ssize_t written = write(STDOUT_FILENO, leave_bytes, sizeof leave_bytes - 1);
        (void)written;
    }
    signal(number, SIG_DFL);
    raise(number);
}

static void catch_signal(int number, void (*handler)(int), struct sigaction *before)
{
    struct sigaction action = {.sa_handler = handler};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, before);
}

static const int end_signals[] = {SIGTERM, SIGHUP, SIGQUIT};
static const int crash_signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
enum {
    END_SIGNALS = sizeof end_signals / sizeof *end_signals,
    CRASH_SIGNALS = sizeof crash_signals / sizeof *crash_signals
};

typedef struct Signals {
    struct sigaction resize, suspend, end[END_SIGNALS], crash[CRASH_SIGNALS];
} Signals;

static void catch_signals(Signals *before)
{
    catch_signal(SIGWINCH, on_resize, &before->resize);
    catch_signal(SIGTSTP, on_suspend, &before->suspend);
    for (int i = 0; i < END_SIGNALS; i++) {
        catch_signal(end_signals[i], on_end, &before->end[i]);
    }
    for (int i = 0; i < CRASH_SIGNALS; i++) {
        catch_signal(crash_signals[i], on_crash, &before->crash[i]);
    }
}

static void release_signals(const Signals *before)
{
    sigaction(SIGWINCH, &before->resize, NULL);
    sigaction(SIGTSTP, &before->suspend, NULL);
    for (int i = 0; i < END_SIGNALS; i++) {
        sigaction(end_signals[i], &before->end[i], NULL);
    }
    for (int i = 0; i < CRASH_SIGNALS; i++) {
        sigaction(crash_signals[i], &before->crash[i], NULL);
    }
}

/* ---- the terminal ------------------------------------------------------------------------------------------------ */

typedef struct Panes {
    Repl *repl;
    Face face;
    LineEdit *edit;
    bool owns_edit;
    SCREEN *terminal;
    Canvas canvas, shown; /* shown: what the terminal has */
    ThemeId shown_theme;
    bool must_redraw, is_utf8, has_mouse;
    char *typed; /* the line, as readline last told */
    uint32_t typed_cursor;
    bool is_pasting;
    char *paste;
    size_t paste_length, paste_capacity;
    char keys[KEY_BYTES_MOST];
    size_t key_count;
    const char *given; /* a line for the program that asks for one */
    bool is_asked;
    Signals signals;
} Panes;

static void send(const char *bytes)
{
    fputs(bytes, stdout);
    fflush(stdout);
}

static void terminal_size(int *width, int *height)
{
    struct winsize size;
    bool is_known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col && size.ws_row;
    *width = is_known ? size.ws_col : 80;
    *height = is_known ? size.ws_row : 24;
}

static void use_colours(ThemeId theme)
{
    if (!has_colors()) {
        return;
    }
    for (int style = 0; style < STYLE_COUNT; style++) {
        Look look = theme_look(theme, (Style)style);
        int foreground = look.foreground, background = look.background;
        if (COLORS < 16) { /* bold stands for bright */
            foreground = foreground >= 8 ? foreground - 8 : foreground;
            background = background >= 8 ? background - 8 : background;
        }
        init_pair((short)(style + 1), (short)foreground, (short)background);
    }
}

static attr_t attributes_of(ThemeId theme, Style style)
{
    Look look = theme_look(theme, style);
    bool is_bright = look.foreground >= 8 && COLORS < 16;
    return (look.attributes & LOOK_BOLD || is_bright ? A_BOLD : 0) | (look.attributes & LOOK_DIM ? A_DIM : 0) |
           (look.attributes & LOOK_UNDERLINE ? A_UNDERLINE : 0) | (look.attributes & LOOK_REVERSE ? A_REVERSE : 0);
}

static void enter_screen(Panes *panes)
{
    reset_prog_mode();
    is_on_screen = 1;
    send("\033[?2004h");
    if (panes->has_mouse) {
        send("\033[?1000h\033[?1006h");
    }
    panes->must_redraw = true;
}

static bool begin_screen(Panes *panes)
{
    tcgetattr(STDIN_FILENO, &tty_before);
    panes->terminal = newterm(NULL, stdout, stdin);
    if (!panes->terminal) {
        return false;
    }
    set_term(panes->terminal);
    cbreak();
    noecho();
    nonl();
    if (has_colors()) {
        start_color();
        use_default_colors();
    }
    def_prog_mode();
    enter_screen(panes);
    return true;
}

static void leave_screen(Panes *panes)
{
    send(panes->has_mouse ? "\033[?2004l\033[?1006l\033[?1000l" : "\033[?2004l");
    endwin();
    is_on_screen = 0;
}

static void end_screen(Panes *panes)
{
    leave_screen(panes);
    delscreen(panes->terminal);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &tty_before);
}

/* ---- drawing ----------------------------------------------------------------------------------------------------- */

static bool is_ascii(const char *text)
{
    for (; *text; text++) {
        if ((unsigned char)*text >= 0x80) {
            return false;
        }
    }
    return true;
}

static void draw_row(const Panes *panes, int row)
{
    const Canvas *canvas = &panes->canvas;
    for (int column = 0; column < canvas->width; column++) {
        const Cell *cell = canvas_cell(canvas, row, column);
        attr_set(attributes_of(panes->face.theme, (Style)cell->style), 0, NULL);
        if (has_colors() && panes->face.theme != THEME_MONO) {
            color_set((short)(cell->style + 1), NULL);
        }
        if (cell->text[0]) {
            mvaddstr(row, column, panes->is_utf8 || is_ascii(cell->text) ? cell->text : "?");
        }
    }
}

static bool is_same_row(const Panes *panes, int row)
{
    return memcmp(canvas_cell(&panes->canvas, row, 0), canvas_cell(&panes->shown, row, 0),
                  (size_t)panes->canvas.width * sizeof(Cell)) == 0;
}

static bool fit_canvas(Canvas *canvas, int width, int height)
{
    if (canvas->width != width || canvas->height != height) {
        canvas_free(canvas);
        return canvas_init(canvas, width, height);
    }
    return true;
}

/* Only rows that differ are touched; curses then sends only what differs in them. */
static void draw(Panes *panes)
{
    int width = panes->face.screen.width, height = panes->face.screen.height;
    if (!fit_canvas(&panes->canvas, width, height) || !fit_canvas(&panes->shown, width, height)) {
        return;
    }
    if (panes->must_redraw || panes->shown_theme != panes->face.theme) {
        use_colours(panes->face.theme);
        clearok(curscr, TRUE);
        erase();
    }
    face_draw(&panes->face, &panes->canvas, panes->typed ? panes->typed : "", panes->typed_cursor);
    for (int row = 0; row < height; row++) {
        if (panes->must_redraw || panes->shown_theme != panes->face.theme || !is_same_row(panes, row)) {
            draw_row(panes, row);
        }
    }
    canvas_copy(&panes->shown, 0, 0, width, height, &panes->canvas, 0);
    panes->shown_theme = panes->face.theme;
    panes->must_redraw = false;
    move(panes->face.screen.cursor_row, panes->face.screen.cursor_column);
    refresh();
}

static void take_new_size(Panes *panes)
{
    int width, height;
    terminal_size(&width, &height);
    resizeterm(height, width);
    panes->face.screen.width = width;
    panes->face.screen.height = height;
    panes->must_redraw = true;
    was_resized = 0;
}

static void use_mouse(Panes *panes)
{
    bool wanted = panes->repl->settings.mouse != 0;
    if (wanted != panes->has_mouse) {
        panes->has_mouse = wanted;
        send(wanted ? "\033[?1000h\033[?1006h" : "\033[?1006l\033[?1000l");
    }
}

/* ---- what the face asks for ---------------------------------------------------------------------------------------
 */

static void redraw(void *context)
{
    Panes *panes = context;
    panes->must_redraw = true;
}

static void type(void *context, const char *text)
{
    Panes *panes = context;
    line_edit_insert(panes->edit, text, strlen(text));
}

/* OSC 52: terminals that know it put the text on the clipboard. */
static void copy(void *context, const char *text, size_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    (void)context;
    fputs("\033]52;c;", stdout);
    for (size_t i = 0; i < length; i += 3) {
        unsigned bits = 0, left = (unsigned)(length - i < 3 ? length - i : 3);
        for (unsigned j = 0; j < 3; j++) {
            bits = bits << 8 | (j < left ? (unsigned char)text[i + j] : 0);
        }
        for (unsigned j = 0; j < 4; j++) {
            fputc(j <= left ? digits[bits >> (18 - 6 * j) & 63] : '=', stdout);
        }
    }
    fputs("\a", stdout);
    fflush(stdout);
}

/* ---- the line ---------------------------------------------------------------------------------------------------- */

static void draw_line(void *context, const char *prompt, const char *text, uint32_t cursor)
{
    Panes *panes = context;
    bool is_search = strcmp(prompt, face_prompt(&panes->face)) != 0; /* "(reverse-i-search)`...': " */
    char *shown = NULL;
    free(panes->typed);
    if (is_search && !panes->is_asked) {
        if (asprintf(&shown, "%s%s", prompt, text) < 0) {
            shown = NULL;
        }
        panes->typed_cursor = (uint32_t)strlen(prompt) + cursor;
    } else {
        shown = strdup(text);
        panes->typed_cursor = cursor;
    }
    panes->typed = shown;
    if (!shown) {
        panes->typed_cursor = 0;
    }
}

static void show_completions(void *context, char *const *words, uint32_t count)
{
    Panes *panes = context;
    char line[1024] = "";
    size_t used = 0, width = (size_t)(panes->face.screen.width > 20 ? panes->face.screen.width - 2 : 20);
    for (uint32_t i = 0; i < count; i++) {
        size_t length = strlen(words[i]);
        if (used && used + length + 2 > width) {
            face_say(&panes->face, line);
            used = 0;
            line[0] = 0;
        }
        int added = snprintf(line + used, sizeof line - used, "%s%s", used ? "  " : "", words[i]);
        used += added > 0 && (size_t)added < sizeof line - used ? (size_t)added : 0;
    }
    face_say(&panes->face, line);
}

static void begin_line(Panes *panes)
{
    const LineScreen screen = {panes, draw_line, show_completions};
    free(panes->typed);
    panes->typed = NULL;
    panes->typed_cursor = 0;
    line_edit_begin(panes->edit, panes->is_asked ? "" : face_prompt(&panes->face), &screen);
}

/* True: the panes are to be left. */
static bool take_line(Panes *panes)
{
    const char *line;
    LineRead read = line_edit_take(panes->edit, &line);
    char *copied = read == LINE_READ && line ? strdup(line) : NULL;
    line_edit_finish(panes->edit);
    if (read == LINE_END) {
        panes->repl->is_over = !panes->is_asked;
        return true;
    }
    if (panes->is_asked) {
        panes->given = copied;
        return true;
    }
    bool turns_page = repl_lesson_player(panes->repl) != NULL; /* Enter belongs to the lesson */
    if (copied && !*copied && !panes->face.pending && !turns_page) {
        face_press(&panes->face, "Enter", true);
    } else if (copied) {
        line_edit_remember(panes->edit, copied);
        face_take_line(&panes->face, copied);
    }
    free(copied);
    begin_line(panes);
    if (!panes->face.is_over) {
        draw(panes); /* the moment is seen, and recorded, however many keys wait */
    }
    return panes->face.is_over;
}

static bool feed(Panes *panes, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (line_edit_feed(panes->edit, (unsigned char)bytes[i]) && take_line(panes)) {
            return true;
        }
    }
    return false;
}

/* ---- keys -------------------------------------------------------------------------------------------------------- */

static void add_to_paste(Panes *panes, char byte)
{
    if (panes->paste_length + 1 >= panes->paste_capacity) {
        size_t capacity = panes->paste_capacity ? panes->paste_capacity * 2 : 4096;
        char *grown = realloc(panes->paste, capacity);
        if (!grown) {
            return;
        }
        panes->paste = grown;
        panes->paste_capacity = capacity;
    }
    panes->paste[panes->paste_length++] = byte == '\r' ? '\n' : byte;
}

/* A pasted block arrives as one piece in the line; Enter does it. */
static void end_paste(Panes *panes)
{
    panes->is_pasting = false;
    while (panes->paste_length && panes->paste[panes->paste_length - 1] == '\n') {
        panes->paste_length--;
    }
    if (panes->paste_length) {
        line_edit_insert(panes->edit, panes->paste, panes->paste_length);
    }
    panes->paste_length = 0;
}

static bool press(Panes *panes, const char *key)
{
    bool is_empty = line_edit_is_empty(panes->edit) && !line_edit_is_searching(panes->edit);
    bool was_ours = !panes->is_asked && !line_edit_is_searching(panes->edit) && face_press(&panes->face, key, is_empty);
    if (was_ours && !panes->face.is_over) {
        line_edit_refresh(panes->edit, face_prompt(&panes->face));
        draw(panes); /* the next key may be about what this one has selected */
    }
    return was_ours;
}

/* One byte more. True: the panes are to be left. */
static bool take_byte(Panes *panes, char byte, bool is_last)
{
    char name[16];
    panes->keys[panes->key_count++] = byte;
    KeyEvent event = key_read(panes->keys, panes->key_count, is_last, name);
    if (event.reading == KEY_NEEDS_MORE) {
        return false;
    }
    size_t count = panes->key_count;
    panes->key_count = 0;
    if (event.reading == KEY_ENDS_PASTE) {
        end_paste(panes);
        return false;
    }
    if (panes->is_pasting) {
        for (size_t i = 0; i < count; i++) {
            add_to_paste(panes, panes->keys[i]);
        }
        return false;
    }
    switch (event.reading) {
    case KEY_BEGINS_PASTE:
        panes->is_pasting = true;
        panes->paste_length = 0;
        return false;
    case KEY_IS_MOUSE:
        if (!event.is_release) {
            face_click(&panes->face, event.button, event.row, event.column);
        }
        return false;
    case KEY_IS_NAMED:
        if (press(panes, event.name)) {
            return panes->face.is_over;
        }
        return feed(panes, panes->keys, count);
    case KEY_IS_TEXT:
        return !panes->face.screen.is_single_key && feed(panes, panes->keys, count);
    case KEY_NEEDS_MORE:
    case KEY_ENDS_PASTE:
        break;
    }
    return false;
}

/* ---- the loop ---------------------------------------------------------------------------------------------------- */

static void suspend(Panes *panes)
{
    was_suspended = 0;
    leave_screen(panes);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &tty_before);
    struct sigaction ours;
    struct sigaction usual = {.sa_handler = SIG_DFL};
    sigaction(SIGTSTP, &usual, &ours);
    raise(SIGTSTP);
    sigaction(SIGTSTP, &ours, NULL);
    refresh(); /* back on the screen */
    enter_screen(panes);
    take_new_size(panes);
}

static void take_interrupt(Panes *panes)
{
    if (interrupt_take()) {
        line_edit_clear(panes->edit);
        face_drop_pending(&panes->face);
        line_edit_refresh(panes->edit, face_prompt(&panes->face));
    }
}

/* Bytes that are there; a lone Escape is whole when nothing follows for a moment. True: leave. */
static bool take_input(Panes *panes)
{
    char bytes[4096];
    ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);
    if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN)) {
        panes->repl->is_over = true;
        return true;
    }
    for (ssize_t i = 0; i < got; i++) {
        if (take_byte(panes, bytes[i], false)) {
            return true;
        }
    }
    return false;
}

/* Waits for a key. Signals are only let in while it waits, so that none falls between looking and waiting. */
static int wait_for_key(const Panes *panes)
{
    static const struct timespec escape = {0, 50 * 1000 * 1000}; /* a lone Escape is whole when nothing follows */
    static const int awaited[] = {SIGWINCH, SIGTSTP, SIGTERM, SIGHUP, SIGQUIT, SIGINT};
    struct pollfd keyboard = {.fd = STDIN_FILENO, .events = POLLIN};
    sigset_t blocked, before;
    sigemptyset(&blocked);
    for (size_t i = 0; i < sizeof awaited / sizeof *awaited; i++) {
        sigaddset(&blocked, awaited[i]);
    }
    sigprocmask(SIG_BLOCK, &blocked, &before);
    bool has_news = end_signal || was_resized || was_suspended || *interrupt_flag();
    int ready = has_news ? -1 : ppoll(&keyboard, 1, panes->key_count && !panes->is_pasting ? &escape : NULL, &before);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return ready;
}

/* Until a line is asked for and given, or the panes are left. */
static void run_loop(Panes *panes)
{
    for (;;) {
        use_mouse(panes);
        draw(panes);
        int ready = wait_for_key(panes);
        if (end_signal) {
            panes->repl->is_over = true;
            return;
        }
        if (was_suspended) {
            suspend(panes);
        }
        if (was_resized) {
            take_new_size(panes);
        }
        take_interrupt(panes);
        if (ready > 0 && take_input(panes)) {
            return;
        }
        if (ready == 0 && panes->key_count) {
            size_t count = panes->key_count;
            panes->key_count = 0;
            if (!panes->face.screen.is_single_key && feed(panes, panes->keys, count)) {
                return;
            }
        }
    }
}

/* Console.ReadLine of the program: a line of its own, typed on the same screen. */
static bool ask(void *context, const char **line)
{
    Panes *panes = context;
    panes->is_asked = true;
    panes->given = NULL;
    begin_line(panes);
    snprintf(panes->face.note, sizeof panes->face.note, "the program reads a line");
    run_loop(panes);
    panes->is_asked = false;
    panes->face.note[0] = 0;
    if (panes->given) {
        face_say(&panes->face, panes->given);
        *line = panes->given;
    }
    return panes->given != NULL;
}

/* ---- life -------------------------------------------------------------------------------------------------------- */

static bool is_usable(Repl *repl)
{
    const char *terminal = getenv("TERM");
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || !terminal || strcmp(terminal, "dumb") == 0) {
        printer_complain(&repl->printer, "the panes need a terminal; `show` prints each of them as text");
        return false;
    }
    if (repl->options->plain) {
        printer_complain(&repl->printer, "--plain asks for words only; `show` prints panes as text");
        return false;
    }
    return true;
}

static bool open_edit(Panes *panes)
{
    panes->edit = panes->repl->edit;
    if (panes->edit && line_edit_has_terminal(panes->edit)) {
        return true;
    }
    LineEditHost host = repl_line_edit_host(panes->repl);
    char *history = folder_state_file("history", true);
    panes->edit = line_edit_open(&host, true, NULL, history, interrupt_flag());
    panes->owns_edit = panes->edit != NULL;
    free(history);
    return panes->owns_edit;
}

static void close_all(Panes *panes)
{
    line_edit_finish(panes->edit);
    if (panes->owns_edit) {
        line_edit_close(panes->edit);
    }
    free(panes->typed);
    free(panes->paste);
    canvas_free(&panes->canvas);
    canvas_free(&panes->shown);
}

/* `before`: done on the screen first; NULL: nothing. */
static ExitCode run(Repl *repl, void (*before)(Panes *panes))
{
    Panes panes = {.repl = repl, .must_redraw = true};
    int width, height;
    if (!is_usable(repl)) {
        return EXIT_USAGE;
    }
    setlocale(LC_CTYPE, "");
    panes.is_utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    terminal_size(&width, &height);
    end_signal = was_resized = was_suspended = 0;
    if (!open_edit(&panes)) {
        printer_complain(&repl->printer, "out of memory");
        return EXIT_INTERNAL;
    }
    if (!begin_screen(&panes)) {
        printer_complain(&repl->printer, "this terminal cannot show the panes; `show` prints them as text");
        return EXIT_USAGE;
    }
    catch_signals(&panes.signals);
    face_open(&panes.face, repl, width, height);
    panes.face.is_ascii_only |= !panes.is_utf8;
    panes.face.hands = (FaceHands){&panes, redraw, type, copy, NULL};
    repl->ask = ask;
    repl->ask_context = &panes;
    bool was_interactive = repl->is_interactive;
    repl->is_interactive = true;
    begin_line(&panes);
    if (before) {
        before(&panes);
    }
    run_loop(&panes);
    repl->is_interactive = was_interactive;
    repl->ask = NULL;
    face_close(&panes.face);
    end_screen(&panes);
    release_signals(&panes.signals);
    close_all(&panes);
    if (end_signal) { /* end as the signal would have ended us */
        repl_forget_session(repl);
        signal(end_signal, SIG_DFL);
        raise(end_signal);
    }
    return EXIT_DONE;
}

ExitCode panes_run(Repl *repl)
{
    return run(repl, NULL);
}

/* ---- `awaitlab tui` ---------------------------------------------------------------------------------------------- */

static void begin(Panes *panes)
{
    face_begin(&panes->face);
}

int panes_main(const Options *options)
{
    setlocale(LC_CTYPE, "");
    Repl *repl = repl_open(options);
    if (!repl) {
        fprintf(stderr, "awaitlab: out of memory\n");
        return EXIT_INTERNAL;
    }
    interrupt_catch();
    ExitCode code = run(repl, begin);
    /* Ctrl-X a: the plain prompt goes on with the same session. */
    if (code == EXIT_DONE && !repl->is_over) {
        char *history = folder_state_file("history", true);
        code = repl_run_terminal(repl, history);
        free(history);
    }
    code = repl_finish(repl, code);
    interrupt_release();
    repl_close(repl);
    return code;
}
