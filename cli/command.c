#include "command.h"

#include <string.h>

#include "command_internal.h"

const CommandRow command_rows[] = {
#define COMMAND(id, name, short_name, aliases, arguments, kind, group, sentence, notes, example, function)             \
    {name, short_name, aliases, arguments, kind, group, sentence, notes, example, function},
#include "command.def"
};

const char *const command_group_titles[GROUP_COUNT] = {
#define GROUP(id, title) title,
#include "command.def"
};

const char *const command_argument_words[] = {
#define ARGUMENT(id, words) words,
#include "command.def"
};

static bool is_same(const char *name, const char *word, uint32_t length)
{
    return length && strlen(name) == length && memcmp(name, word, length) == 0;
}

/* Whether `word` is one of `words`, which are separated by spaces. */
static bool is_among(const char *words, const char *word, uint32_t length)
{
    for (const char *at = words; *at; at += strspn(at, " ")) {
        size_t size = strcspn(at, " ");
        if (size == length && memcmp(at, word, length) == 0) {
            return true;
        }
        at += size;
    }
    return false;
}

const CommandRow *command_find(const char *word, uint32_t length)
{
    for (int i = 0; i < COMMAND_ID_COUNT; i++) {
        const CommandRow *row = &command_rows[i];
        if (is_same(row->name, word, length) || is_same(row->short_name, word, length) ||
            is_among(row->aliases, word, length)) {
            return row;
        }
    }
    return NULL;
}

const CommandRow *command_find_beginning(const char *word, uint32_t length, bool *is_ambiguous)
{
    enum { SHORTEST = 2 };
    const CommandRow *found = NULL;
    *is_ambiguous = false;
    for (int i = 0; i < COMMAND_ID_COUNT && length >= SHORTEST; i++) {
        if (strncmp(command_rows[i].name, word, length) == 0) {
            *is_ambiguous = found != NULL;
            if (found) {
                return NULL;
            }
            found = &command_rows[i];
        }
    }
    return found;
}

/* ---- help -------------------------------------------------------------------------------------------------------- */

static void print_names(FILE *out, const CommandRow *row)
{
    enum { COLUMN = 26 };
    char names[128];
    int length = snprintf(names, sizeof names, "%s%s%s %s", row->name, *row->short_name ? ", " : "", row->short_name,
                          row->arguments);
    if (length > COLUMN) {
        fprintf(out, "  %s\n  %*s %s\n", names, COLUMN, "", row->sentence);
    } else {
        fprintf(out, "  %-*s %s\n", COLUMN, names, row->sentence);
    }
}

/* Names behind the title of their group, folded at 80 columns. */
static void print_group(FILE *out, CommandGroup group)
{
    enum { INDENT = 19, WIDTH = 80 };
    int column = fprintf(out, "%-*s", INDENT, command_group_titles[group]);
    for (int i = 0; i < COMMAND_ID_COUNT; i++) {
        const CommandRow *row = &command_rows[i];
        if (row->group != group) {
            continue;
        }
        int length = (int)(strlen(row->name) + strlen(row->short_name)) + (*row->short_name ? 3 : 1);
        if (column + length > WIDTH) {
            column = fprintf(out, "\n%*s", INDENT, "") - 1;
        }
        column += fprintf(out, *row->short_name ? " %s(%s)" : " %s%s", row->name, row->short_name);
    }
    fputc('\n', out);
}

void command_print_names(FILE *out)
{
    for (int group = 0; group < GROUP_COUNT; group++) {
        print_group(out, (CommandGroup)group);
    }
}

void command_print_list(FILE *out)
{
    for (int group = 0; group < GROUP_COUNT; group++) {
        fprintf(out, "%s%s\n", group ? "\n" : "", command_group_titles[group]);
        for (int i = 0; i < COMMAND_ID_COUNT; i++) {
            if (command_rows[i].group == (CommandGroup)group) {
                print_names(out, &command_rows[i]);
            }
        }
    }
}

void command_print_help(FILE *out, const CommandRow *row)
{
    fprintf(out, "%s%s%s: %s\n", row->name, *row->arguments ? " " : "", row->arguments, row->sentence);
    if (*row->notes) {
        fprintf(out, "%s\n", row->notes);
    }
    if (*row->short_name || *row->aliases) {
        fprintf(out, "also: %s%s%s\n", row->short_name, *row->short_name && *row->aliases ? " " : "", row->aliases);
    }
    fprintf(out, "example: %s\n", row->example);
}
