/* Completion at the prompt: commands, what a command takes, and names of C# that are visible. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "command_internal.h"
#include "repl_lesson.h"

static bool is_identifier_byte(char byte)
{
    return isalnum((unsigned char)byte) || byte == '_' || (unsigned char)byte >= 0x80;
}

/* What is being typed at the cursor. */
typedef struct Place {
    const CommandRow *row; /* the command that the word is an argument of; NULL: C#, or the first word */
    bool is_first;         /* it may be a command's name */
    bool is_forced;        /* and nothing else: behind a colon, or with a dash in it */
    uint32_t start;
} Place;

static uint32_t identifier_start(const char *line, uint32_t cursor)
{
    while (cursor && is_identifier_byte(line[cursor - 1])) {
        cursor--;
    }
    return cursor;
}

static uint32_t argument_start(const char *line, uint32_t cursor)
{
    while (cursor && !strchr(" \t\"", line[cursor - 1])) {
        cursor--;
    }
    return cursor;
}

static bool is_code_argument(ArgumentKind kind)
{
    return kind == ARGUMENT_EXPRESSION || kind == ARGUMENT_WATCH || kind == ARGUMENT_TYPE || kind == ARGUMENT_METHOD;
}

/* layout-s: a command's name rather than a subtraction. */
static bool begins_dashed_name(const char *word)
{
    for (int i = 0; i < COMMAND_ID_COUNT && strchr(word, '-'); i++) {
        if (strncmp(command_rows[i].name, word, strlen(word)) == 0) {
            return true;
        }
    }
    return false;
}

/* `line` up to the cursor, read as if nothing followed. */
static Place find_place(Repl *repl, const char *line, uint32_t cursor)
{
    Place place = {.start = identifier_start(line, cursor)};
    char *before = repl->pending ? NULL : strndup(line, cursor);
    if (!before) {
        return place;
    }
    const char *word = before + strspn(before, " \t:#");
    place.is_forced = strcspn(before, ":") < (size_t)(word - before);
    if (!word[strcspn(word, " \t\"")]) {
        place.is_first = *word != 0 && strcspn(word, ".([<=") == strlen(word);
        place.is_first = place.is_first || (!*word && place.is_forced);
        place.is_forced = place.is_forced || (place.is_first && begins_dashed_name(word));
        place.start = place.is_forced ? (uint32_t)(word - before) : place.start;
        free(before);
        return place;
    }
    LineReading reading = command_read_line(before, repl_is_name, repl);
    place.row = reading.kind == LINE_COMMAND ? reading.row : NULL;
    if (place.row && !is_code_argument(place.row->kind)) {
        place.start = argument_start(line, cursor);
    }
    free(before);
    return place;
}

static uint32_t word_start(void *context, const char *line, uint32_t cursor)
{
    return find_place(context, line, cursor).start;
}

/* ---- words ------------------------------------------------------------------------------------------------------- */

/* A word that is looked for, and the words that begin so. */
typedef struct Search {
    const char *word;
    uint32_t length;
    Completions *completions;
} Search;

static void offer(const Search *search, const char *candidate, size_t size)
{
    if (size >= search->length && memcmp(candidate, search->word, search->length) == 0) {
        completions_add(search->completions, candidate, (uint32_t)size);
    }
}

static void offer_words(const Search *search, const char *words)
{
    for (const char *at = words; *at; at += strspn(at, " ")) {
        size_t size = strcspn(at, " ");
        offer(search, at, size);
        at += size;
    }
}

static void offer_commands(const Search *search)
{
    for (int i = 0; i < COMMAND_ID_COUNT; i++) {
        offer(search, command_rows[i].name, strlen(command_rows[i].name));
    }
}

static void offer_lesson_words(const Repl *repl, const Search *search)
{
    const char *word;
    for (uint32_t i = 0; (word = repl_lesson_word(repl, i)) != NULL; i++) {
        if (!command_find(word, (uint32_t)strlen(word))) { /* else it is offered anyway */
            offer(search, word, strlen(word));
        }
    }
}

static void offer_settings(const Search *search)
{
    for (uint32_t i = 0; i < command_setting_count(); i++) {
        offer(search, command_setting_name(i), strlen(command_setting_name(i)));
    }
}

/* The C# that the cursor is in: unfinished lines before this one, or what follows the command. */
static void offer_names(Repl *repl, const char *line, const Place *place, uint32_t cursor, Completions *completions)
{
    const char *from = line;
    if (place->row) {
        from += strspn(from, " \t:");
        from += strcspn(from, " \t");
    }
    char *text = NULL;
    int length = asprintf(&text, "%s%s%.*s", repl->pending ? repl->pending : "", repl->pending ? "\n" : "",
                          (int)(cursor - (uint32_t)(from - line)), from);
    if (length >= 0) {
        repl_offer_names(repl, text, (size_t)length, completions);
        free(text);
    }
}

static void offer_marks(const Repl *repl, const Search *search)
{
    uint64_t position;
    for (uint32_t i = 0; repl->session && i < session_mark_count(repl->session); i++) {
        const char *name = session_mark_at(repl->session, i, &position);
        offer(search, name, strlen(name));
    }
}

static void offer_rules(const Search *search)
{
    for (uint32_t i = 0; i < session_rule_count(); i++) {
        SessionRule rule = session_rule(i);
        offer(search, rule.code, strlen(rule.code));
        offer(search, rule.slug, strlen(rule.slug));
    }
}

static void offer_sources(const Repl *repl, const Search *search)
{
    for (uint32_t i = 0; repl->session && i < session_source_count(repl->session); i++) {
        const char *name = session_source(repl->session, i).name;
        offer(search, name, strlen(name));
    }
}

static void offer_arguments(Repl *repl, const Search *search, const Place *place)
{
    offer_words(search, command_argument_words[place->row->kind]);
    if (place->row->kind == ARGUMENT_COMMAND) {
        offer_commands(search);
    } else if (place->row->kind == ARGUMENT_SETTING) {
        offer_settings(search);
    } else if (place->row->kind == ARGUMENT_PLACE || place->row->kind == ARGUMENT_MARK) {
        offer_marks(repl, search);
    } else if (place->row->kind == ARGUMENT_RULE) {
        offer_rules(search);
    } else if (place->row->kind == ARGUMENT_SOURCE) {
        offer_sources(repl, search);
    }
    search->completions->is_file = place->row->kind == ARGUMENT_FILE || place->row->kind == ARGUMENT_WATCH;
}

static void complete(void *context, const char *line, uint32_t start, uint32_t cursor, Completions *completions)
{
    Repl *repl = context;
    Place place = find_place(repl, line, cursor);
    Search search = {line + start, cursor - start, completions};
    if (place.is_first) {
        offer_lesson_words(repl, &search);
        offer_commands(&search);
        completions->append = ' ';
    }
    if (place.row) {
        offer_arguments(repl, &search, &place);
    }
    bool is_code = !place.is_forced && !(place.row && !is_code_argument(place.row->kind));
    if (is_code) {
        uint32_t count = completions->count;
        offer_names(repl, line, &place, cursor, completions);
        completions->append = completions->count > count ? 0 : completions->append;
    }
}

void repl_offer_names(Repl *repl, const char *text, size_t length, Completions *completions)
{
    SessionCandidates found;
    if (!repl_session(repl) || session_complete(repl->session, text, length, length, &found) != SESSION_OK) {
        return;
    }
    const char *word = text + found.start;
    size_t size = length - found.start;
    for (uint32_t i = 0; i < found.count; i++) {
        if (strncmp(found.at[i].name, word, size) == 0) {
            completions_add(completions, found.at[i].name, (uint32_t)strlen(found.at[i].name));
        }
    }
}

/* ---- keys -------------------------------------------------------------------------------------------------------- */

static const char *key_command(void *context, const char *function)
{
    static const struct {
        const char *function, *command;
    } rows[] = {
#define FUNCTION(id, name, sequence, command) {name, command},
#include "lineedit.def"
#undef FUNCTION
    };
    (void)context;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(rows[i].function, function) == 0) {
            return rows[i].command;
        }
    }
    return NULL;
}

static char *edit_text(void *context, const char *text)
{
    return command_edit_text(context, text);
}

LineEditHost repl_line_edit_host(Repl *repl)
{
    return (LineEditHost){repl, complete, word_start, key_command, edit_text};
}
