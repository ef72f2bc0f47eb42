#include "lineedit.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

enum { KEPT_LINES = 2000 };

struct LineEdit {
    LineEditHost host;
    bool is_terminal;
    FILE *input; /* no terminal */
    char *line;  /* the newest one: malloc'd by readline or getline */
    size_t capacity;
    char *history_file;
    int new_lines; /* of the history, not yet in its file */
    const volatile int *was_interrupted;
    /* The line being typed. */
    LineRead state;
    bool is_ready; /* `state` and `line` are news */
    bool came_from_key;
    LineScreen screen;
    bool has_screen;
    unsigned char fed;
    bool has_fed;
};

/* Readline's callbacks know no context, and a signal's handler knows nothing at all. */
static LineEdit *active;
static volatile sig_atomic_t was_continued;

/* ---- completions ------------------------------------------------------------------------------------------------- */

void completions_add(Completions *completions, const char *word, uint32_t length)
{
    if (completions->count == completions->capacity) {
        uint32_t capacity = completions->capacity ? completions->capacity * 2 : 64;
        char **grown = realloc(completions->words, capacity * sizeof *grown);
        if (!grown) {
            return;
        }
        completions->words = grown;
        completions->capacity = capacity;
    }
    char *copy = strndup(word, length);
    if (copy) {
        completions->words[completions->count++] = copy;
    }
}

void completions_free(Completions *completions)
{
    for (uint32_t i = 0; i < completions->count; i++) {
        free(completions->words[i]);
    }
    free(completions->words);
    *completions = (Completions){0};
}

/* The bytes that all words begin with, so that readline can type them. */
static size_t common_length(const Completions *completions)
{
    size_t length = strlen(completions->words[0]);
    for (uint32_t i = 1; i < completions->count; i++) {
        size_t same = 0;
        while (same < length && completions->words[i][same] == completions->words[0][same]) {
            same++;
        }
        length = same;
    }
    return length;
}

/* As readline wants them: first what they have in common, then each, then NULL; all are readline's to free. */
static char **give_matches(Completions *completions)
{
    char **matches = malloc((completions->count + 2) * sizeof *matches);
    char *common = matches && completions->count ? strndup(completions->words[0], common_length(completions)) : NULL;
    if (!common) {
        free(matches);
        return NULL;
    }
    uint32_t count = completions->count > 1 ? completions->count : 0;
    matches[0] = common;
    if (count) {
        memcpy(matches + 1, completions->words, count * sizeof *matches);
        completions->count = 0; /* the words went along */
    }
    matches[count + 1] = NULL;
    return matches;
}

static char **complete(const char *text, int start, int end)
{
    (void)text;
    Completions completions = {0};
    rl_attempted_completion_over = 1;
    active->host.complete(active->host.context, rl_line_buffer, (uint32_t)start, (uint32_t)end, &completions);
    rl_completion_append_character = completions.append;
    rl_attempted_completion_over = !completions.is_file;
    char **matches = give_matches(&completions);
    completions_free(&completions);
    return matches;
}

/* Readline finds the word by the characters that break words. Where ours begins depends on what the line is, so the one
 * character before it is the one that breaks. */
static char *choose_breaks(void)
{
    static char breaks[2];
    uint32_t start = active->host.word_start(active->host.context, rl_line_buffer, (uint32_t)rl_point);
    breaks[0] = start ? rl_line_buffer[start - 1] : 0;
    return breaks;
}

static void show_matches(char **matches, int count, int longest)
{
    if (active->has_screen) {
        active->screen.show_completions(active->screen.context, matches + 1, (uint32_t)count);
        return;
    }
    rl_display_match_list(matches, count, longest);
    rl_forced_update_display();
}

/* ---- keys -------------------------------------------------------------------------------------------------------- */

#define FUNCTION(id, name, sequence, command) static int key_##id(int count, int key);
#include "lineedit.def"
#undef FUNCTION

static const struct {
    const char *name;
    int (*function)(int, int);
    const char *sequence; /* terminfo-free escape sequence that is bound when the line is empty; NULL: none */
} key_rows[] = {
#define FUNCTION(id, name, sequence, command) {name, key_##id, sequence},
#include "lineedit.def"
#undef FUNCTION
};
enum { KEY_ROWS = sizeof key_rows / sizeof *key_rows };

/* What a key did before it was ours: it still does so when something is typed. */
static rl_command_func_t *usual[KEY_ROWS];

uint32_t line_edit_function_count(void)
{
    return KEY_ROWS;
}

const char *line_edit_function(uint32_t index)
{
    return key_rows[index].name;
}

/* An empty line: types the command and Enter, so that the screen tells what happened. */
static int press(uint32_t index, int count, int key)
{
    if (rl_end > 0) {
        return usual[index] ? usual[index](count, key) : rl_ding();
    }
    const char *command = active->host.key_command(active->host.context, key_rows[index].name);
    if (!command) {
        return rl_ding();
    }
    rl_insert_text(command);
    rl_redisplay();
    active->came_from_key = true;
    return rl_newline(1, '\n');
}

enum {
#define FUNCTION(id, name, sequence, command) KEY_##id,
#include "lineedit.def"
#undef FUNCTION
};

#define FUNCTION(id, name, sequence, command)                                                                          \
    static int key_##id(int count, int key)                                                                            \
    {                                                                                                                  \
        return press(KEY_##id, count, key);                                                                            \
    }
#include "lineedit.def"
#undef FUNCTION

/* The line in an editor; what comes back is done at once, as in shells. */
static int edit_line(int count, int key)
{
    (void)count;
    (void)key;
    if (active->has_screen) {
        return rl_ding();
    }
    rl_crlf();
    rl_deprep_terminal();
    char *text = active->host.edit_text(active->host.context, rl_line_buffer);
    rl_prep_terminal(1);
    rl_on_new_line();
    if (text) {
        rl_replace_line(text, 1);
        rl_point = rl_end;
        free(text);
        rl_redisplay();
        return rl_newline(1, '\n');
    }
    return 0;
}

/* Only keys that have their usual meaning or none are taken: what ~/.inputrc says comes first. */
static void bind_key(uint32_t index, const char *sequence, Keymap map)
{
    char bytes[16] = "\033"; /* what the terminal sends for "\\e..." */
    snprintf(bytes + 1, sizeof bytes - 1, "%s", sequence ? sequence + strlen("\\e") : "");
    rl_command_func_t *bound = sequence ? rl_function_of_keyseq(bytes, map, NULL) : NULL;
    bool is_usual = !bound || bound == rl_forward_char || bound == rl_backward_char || bound == rl_beg_of_line ||
                    bound == rl_end_of_line || bound == rl_history_search_backward ||
                    bound == rl_history_search_forward || bound == rl_vi_rubout;
    if (sequence && is_usual) {
        usual[index] = bound ? bound : usual[index];
        rl_bind_keyseq_in_map(sequence, key_rows[index].function, map);
    }
}

/* Terminals have two ways to send an arrow: \e[C and \eOC. */
static void bind_both(uint32_t index, Keymap map)
{
    char other[16] = "";
    const char *sequence = key_rows[index].sequence;
    bind_key(index, sequence, map);
    if (sequence && strlen(sequence) == strlen("\\e[C")) {
        snprintf(other, sizeof other, "\\eO%s", sequence + strlen("\\e["));
        bind_key(index, other, map);
    }
}

static void bind_keys(void)
{
    for (uint32_t i = 0; i < KEY_ROWS; i++) {
        bind_both(i, rl_get_keymap_by_name("emacs"));
        bind_both(i, rl_get_keymap_by_name("vi-insert"));
    }
    if (!rl_function_of_keyseq("\030\005", rl_get_keymap_by_name("emacs"), NULL)) {
        rl_bind_keyseq_in_map("\\C-x\\C-e", edit_line, rl_get_keymap_by_name("emacs"));
    }
}

/* ---- history ----------------------------------------------------------------------------------------------------- */

/* Several lines can be one entry only if the file has a line with the time between entries. */
static void load_history(const char *file)
{
    history_comment_char = '#';
    history_write_timestamps = 1;
    using_history();
    stifle_history(KEPT_LINES);
    if (file) {
        read_history(file);
    }
}

static void save_history(const LineEdit *edit)
{
    if (!edit->history_file || !edit->new_lines) {
        return;
    }
    if (access(edit->history_file, F_OK) != 0) {
        write_history(edit->history_file);
    } else if (append_history(edit->new_lines, edit->history_file) == 0) {
        history_truncate_file(edit->history_file, KEPT_LINES);
    }
}

void line_edit_remember(LineEdit *edit, const char *input)
{
    HIST_ENTRY *last = edit->is_terminal && history_length ? history_get(history_base + history_length - 1) : NULL;
    bool is_repeated = last && strcmp(last->line, input) == 0;
    if (!edit->is_terminal || !*input || *input == ' ' || is_repeated) {
        return;
    }
    add_history(input);
    edit->new_lines += edit->new_lines < KEPT_LINES;
}

/* ---- the editor -------------------------------------------------------------------------------------------------- */

static void take_line(char *line)
{
    free(active->line);
    active->line = line;
    active->capacity = 0;
    active->state = line ? LINE_READ : LINE_END;
    active->is_ready = true;
    rl_callback_handler_remove();
}

static void on_continue(int number)
{
    (void)number;
    was_continued = 1;
}

/* After Ctrl-Z and fg the shell has written below our line. */
static void catch_continue(void)
{
    struct sigaction action = {.sa_handler = on_continue};
    sigemptyset(&action.sa_mask);
    sigaction(SIGCONT, &action, NULL);
}

static void set_up_readline(LineEdit *edit)
{
    active = edit;
    rl_readline_name = "awaitlab";
    rl_change_environment = 0; /* else LINES and COLUMNS would freeze the size for curses */
    rl_catch_signals = 1;
    rl_persistent_signal_handlers = 1;
    rl_attempted_completion_function = complete;
    rl_completion_word_break_hook = choose_breaks;
    rl_completion_display_matches_hook = show_matches;
    rl_completer_quote_characters = NULL;
    for (uint32_t i = 0; i < KEY_ROWS; i++) {
        rl_add_defun(key_rows[i].name, key_rows[i].function, -1);
    }
    rl_add_defun("awaitlab-edit", edit_line, -1);
    rl_initialize();
    catch_continue();
    bind_keys();
    load_history(edit->history_file);
}

LineEdit *line_edit_open(const LineEditHost *host, bool terminal, void *input, const char *history,
                         const volatile int *was_interrupted)
{
    LineEdit *edit = calloc(1, sizeof *edit);
    if (!edit) {
        return NULL;
    }
    edit->host = *host;
    edit->is_terminal = terminal;
    edit->input = input;
    edit->was_interrupted = was_interrupted;
    edit->history_file = history ? strdup(history) : NULL;
    if (terminal) {
        set_up_readline(edit);
    }
    return edit;
}

void line_edit_close(LineEdit *edit)
{
    if (!edit) {
        return;
    }
    if (edit->is_terminal) {
        save_history(edit);
        active = NULL;
    }
    free(edit->line);
    free(edit->history_file);
    free(edit);
}

bool line_edit_was_key(const LineEdit *edit)
{
    return edit->came_from_key;
}

static LineRead read_plain(LineEdit *edit, const char **line)
{
    ssize_t got = getline(&edit->line, &edit->capacity, edit->input);
    if (got < 0) {
        return *edit->was_interrupted ? LINE_INTERRUPTED : feof(edit->input) ? LINE_END : LINE_FAILED;
    }
    got -= got > 0 && edit->line[got - 1] == '\n';
    got -= got > 0 && edit->line[got - 1] == '\r';
    edit->line[got] = 0;
    *line = edit->line;
    return LINE_READ;
}

static void start_line(LineEdit *edit, const char *prompt)
{
    active = edit;
    edit->is_ready = false;
    edit->came_from_key = false;
    rl_callback_handler_install(prompt, take_line);
}

/* What was typed is dropped and the cursor stands on a fresh line. */
static void abandon_line(void)
{
    rl_callback_sigcleanup();
    rl_free_line_state();
    rl_replace_line("", 0);
    rl_callback_handler_remove();
    rl_crlf();
    fflush(rl_outstream);
}

static LineRead wait_for_line(LineEdit *edit)
{
    struct pollfd keyboard = {.fd = STDIN_FILENO, .events = POLLIN};
    while (!edit->is_ready) {
        int ready = poll(&keyboard, 1, -1);
        if (ready > 0) {
            rl_callback_read_char();
        } else if (ready < 0 && errno != EINTR) {
            return LINE_FAILED;
        }
        rl_check_signals();
        if (was_continued && !edit->is_ready) {
            was_continued = 0;
            rl_on_new_line();
            rl_redisplay();
        }
        if (*edit->was_interrupted && !edit->is_ready) {
            abandon_line();
            return LINE_INTERRUPTED;
        }
    }
    return edit->state;
}

LineRead line_edit_read(LineEdit *edit, const char *prompt, const char **line)
{
    if (!edit->is_terminal) {
        return read_plain(edit, line);
    }
    start_line(edit, prompt);
    LineRead state = wait_for_line(edit);
    if (state == LINE_END) { /* the cursor is still behind the prompt */
        rl_crlf();
        fflush(rl_outstream);
    }
    *line = edit->line;
    return state;
}

/* ---- under somebody else's screen -------------------------------------------------------------------------------- */

static int get_fed_byte(FILE *file)
{
    (void)file;
    if (!active->has_fed) {
        return EOF;
    }
    active->has_fed = false;
    return active->fed;
}

static int has_fed_byte(void)
{
    return active->has_fed;
}

static void draw_line(void)
{
    active->screen.draw(active->screen.context, rl_display_prompt ? rl_display_prompt : "", rl_line_buffer,
                        (uint32_t)rl_point);
}

void line_edit_begin(LineEdit *edit, const char *prompt, const LineScreen *screen)
{
    edit->screen = *screen;
    edit->has_screen = true;
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_prep_term_function = NULL;
    rl_deprep_term_function = NULL;
    rl_getc_function = get_fed_byte;
    rl_input_available_hook = has_fed_byte;
    rl_redisplay_function = draw_line;
    rl_variable_bind("keyseq-timeout", "0"); /* the bytes of a key come one by one, and nothing tells that more will */
    start_line(edit, prompt);
}

bool line_edit_feed(LineEdit *edit, int byte)
{
    edit->fed = (unsigned char)byte;
    edit->has_fed = true;
    rl_callback_read_char();
    return edit->is_ready;
}

bool line_edit_is_empty(const LineEdit *edit)
{
    return edit->is_terminal && rl_end == 0;
}

LineRead line_edit_take(LineEdit *edit, const char **line)
{
    *line = edit->line;
    edit->is_ready = false;
    return edit->state;
}

void line_edit_clear(LineEdit *edit)
{
    (void)edit;
    rl_free_line_state();
    rl_replace_line("", 0);
    rl_point = 0;
}

void line_edit_insert(LineEdit *edit, const char *text, size_t length)
{
    char *copy = strndup(text, length);
    (void)edit;
    if (copy) {
        rl_insert_text(copy);
        rl_redisplay_function();
        free(copy);
    }
}

bool line_edit_is_searching(const LineEdit *edit)
{
    return edit->is_terminal &&
           RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_NUMERICARG | RL_STATE_VIMOTION);
}

void line_edit_refresh(LineEdit *edit, const char *prompt)
{
    if (edit->has_screen) {
        rl_set_prompt(prompt);
        rl_redisplay_function();
    }
}

bool line_edit_has_terminal(const LineEdit *edit)
{
    return edit->is_terminal;
}

void line_edit_finish(LineEdit *edit)
{
    edit->has_screen = false;
    rl_callback_handler_remove();
    rl_catch_signals = 1;
    rl_catch_sigwinch = 1;
    rl_prep_term_function = rl_prep_terminal;
    rl_deprep_term_function = rl_deprep_terminal;
    rl_getc_function = rl_getc;
    rl_input_available_hook = NULL;
    rl_redisplay_function = rl_redisplay;
    rl_variable_bind("keyseq-timeout", "500");
}
