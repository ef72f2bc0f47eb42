#include "key.h"

#include <string.h>

static const KeyRow rows[] = {
#define KEY(key, when, does, sentence) {key, KEY_##when, does, sentence},
#include "key.def"
};
enum { ROWS = sizeof rows / sizeof *rows };

const KeyRow *key_find(const char *key, KeyWhen when)
{
    for (size_t i = 0; i < ROWS; i++) {
        if (rows[i].when == when && strcmp(rows[i].key, key) == 0) {
            return &rows[i];
        }
    }
    return NULL;
}

size_t key_count(void)
{
    return ROWS;
}

const KeyRow *key_row(size_t index)
{
    return &rows[index];
}

static void print_part(FILE *out, KeyWhen when, const char *title)
{
    fprintf(out, "%s\n", title);
    for (size_t i = 0; i < ROWS; i++) {
        if (rows[i].when == when && *rows[i].sentence) {
            fprintf(out, "  %-10s %s\n", rows[i].key, rows[i].sentence);
        }
    }
}

void key_print_list(FILE *out)
{
    print_part(out, KEY_EMPTY, "In the panes, while the line is empty");
    print_part(out, KEY_ALWAYS, "\nAlways");
    print_part(out, KEY_SINGLE, "\nIn single-key mode (Ctrl-X s)");
    fputs("\nWhat is typed goes to readline, with all its keys: Ctrl-R searches the history, Tab completes.\n", out);
}

/* ---- bytes ------------------------------------------------------------------------------------------------------- */

/* What terminals send, xterm's ways first. */
static const struct {
    const char *bytes, *name;
} sequences[] = {
    {"\033[A", "Up"},
    {"\033OA", "Up"},
    {"\033[B", "Down"},
    {"\033OB", "Down"},
    {"\033[C", "Right"},
    {"\033OC", "Right"},
    {"\033[D", "Left"},
    {"\033OD", "Left"},
    {"\033[H", "Home"},
    {"\033OH", "Home"},
    {"\033[1~", "Home"},
    {"\033[7~", "Home"},
    {"\033[F", "End"},
    {"\033OF", "End"},
    {"\033[4~", "End"},
    {"\033[8~", "End"},
    {"\033[5~", "PgUp"},
    {"\033[6~", "PgDn"},
    {"\033[15~", "F5"},
    {"\033[21~", "F10"},
    {"\033[23~", "F11"},
    {"\033[23;2~", "Shift-F11"},
    {"\033[[E", "F5"},
    {"\033[25~", "Shift-F11"},
    {"\r", "Enter"},
    {"\n", "Enter"},
    {"\t", "Tab"},
    {"\177", "Backspace"},
    {"\b", "Backspace"},
    {"\014", "Ctrl-L"},
    {"\004", "Ctrl-D"},
    {"\030o", "Ctrl-X o"},
    {"\0301", "Ctrl-X 1"},
    {"\0302", "Ctrl-X 2"},
    {"\030a", "Ctrl-X a"},
    {"\030s", "Ctrl-X s"},
    {"\030\017", "Ctrl-X o"},
    {"\030\001", "Ctrl-X a"},
    {"\030\023", "Ctrl-X s"},
};

static bool begins(const char *whole, const char *bytes, size_t count)
{
    return strlen(whole) > count && memcmp(whole, bytes, count) == 0;
}

static bool is_same(const char *whole, const char *bytes, size_t count)
{
    return strlen(whole) == count && memcmp(whole, bytes, count) == 0;
}

static KeyEvent read_mouse(const char *bytes, size_t count)
{
    char text[KEY_BYTES_MOST + 1], end = 0;
    KeyEvent event = {.reading = KEY_NEEDS_MORE};
    memcpy(text, bytes, count);
    text[count] = 0;
    if (sscanf(text, "\033[<%d;%d;%d%c", &event.button, &event.column, &event.row, &end) == 4) {
        event.reading = KEY_IS_MOUSE;
        event.is_release = end == 'm';
        event.column--;
        event.row--;
    }
    return event;
}

/* A sequence of a kind that we do not know ends with a letter or a tilde. */
static bool is_whole(const char *bytes, size_t count)
{
    char last = bytes[count - 1];
    bool is_csi = count >= 2 && bytes[0] == '\033' && bytes[1] == '[';
    return !is_csi || (count > 2 && last >= 0x40 && last <= 0x7E && !(count == 3 && last == '['));
}

KeyEvent key_read(const char *bytes, size_t count, bool is_complete, char name[16])
{
    static const char paste_begins[] = "\033[200~", paste_ends[] = "\033[201~";
    bool may_go_on = begins(paste_begins, bytes, count) || begins(paste_ends, bytes, count);
    if (is_same(paste_begins, bytes, count) || is_same(paste_ends, bytes, count)) {
        return (KeyEvent){.reading = bytes[4] == '0' ? KEY_BEGINS_PASTE : KEY_ENDS_PASTE};
    }
    if (count >= 3 && memcmp(bytes, "\033[<", 3) == 0 && count < KEY_BYTES_MOST) {
        KeyEvent event = read_mouse(bytes, count);
        return event.reading == KEY_IS_MOUSE || !is_complete ? event : (KeyEvent){.reading = KEY_IS_TEXT};
    }
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++) {
        if (is_same(sequences[i].bytes, bytes, count)) {
            return (KeyEvent){.reading = KEY_IS_NAMED, .name = sequences[i].name};
        }
        may_go_on |= begins(sequences[i].bytes, bytes, count);
    }
    if (!is_complete && count < KEY_BYTES_MOST && (may_go_on || !is_whole(bytes, count))) {
        return (KeyEvent){.reading = KEY_NEEDS_MORE};
    }
    if (count == 1 && bytes[0] > ' ' && bytes[0] < 0x7F) {
        name[0] = bytes[0];
        name[1] = 0;
        return (KeyEvent){.reading = KEY_IS_NAMED, .name = name};
    }
    return (KeyEvent){.reading = KEY_IS_TEXT};
}
