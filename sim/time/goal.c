/* Reading goals: one line of words into a Goal, by the list in goal.def. */
#include "time/goal.h"

#include <string.h>

typedef enum Argument { ARGUMENT_NONE, ARGUMENT_TYPE, ARGUMENT_VARIABLE, ARGUMENT_PAIR } Argument;

typedef enum Relation {
    RELATION_NOTHING,
    RELATION_NUMBER,
    RELATION_TEXT,
    RELATION_VALUE,
    RELATION_ARM,
    RELATION_CODE,
    RELATION_NAME,
    RELATION_LINE,
    RELATION_EXCEPTION
} Relation;

typedef enum Whereabouts { PLACE_NOWHERE, PLACE_MAYBE_AT } Whereabouts;

static const struct {
    const char *word;
    Argument argument;
    Relation relation;
    Whereabouts place;
} goal_rows[] = {
#define GOAL(id, word, argument, relation, place) {word, ARGUMENT_##argument, RELATION_##relation, PLACE_##place},
#include "time/goal.def"
#undef GOAL
};

static const char *const event_names[] = {
#define EVENT(name, sentence) #name,
#include "watch/event.def"
#undef EVENT
};

typedef struct Reader {
    Arena *arena;
    const char *at, *end;
    const char *problem; /* the first one; NULL: none */
} Reader;

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
           c == '<' || c == '>' || c == '[' || c == ']' || c == '?' || c == '`' || (c & 0x80);
}

static void skip_space(Reader *reader)
{
    while (reader->at < reader->end && (*reader->at == ' ' || *reader->at == '\t')) {
        reader->at++;
    }
}

static bool is_done(Reader *reader)
{
    skip_space(reader);
    return reader->at == reader->end;
}

static bool fail(Reader *reader, const char *problem)
{
    reader->problem = reader->problem ? reader->problem : problem;
    return false;
}

static bool take(Reader *reader, const char *text)
{
    size_t length = strlen(text);
    skip_space(reader);
    if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, text, length) != 0) {
        return false;
    }
    reader->at += length;
    return true;
}

/* A whole word, so that "end" does not pass for "ends". */
static bool take_word(Reader *reader, const char *word)
{
    const char *start = reader->at;
    if (take(reader, word) && (reader->at == reader->end || !is_name_byte(*reader->at))) {
        return true;
    }
    reader->at = start;
    return false;
}

/* Text between double quotes, with \n, \t, \" and \\. NULL: there is none. */
static const char *take_quoted(Reader *reader)
{
    Text text;
    if (!take(reader, "\"")) {
        return NULL;
    }
    text_init(&text, reader->arena);
    text_adds(&text, "");
    while (reader->at < reader->end && *reader->at != '"') {
        char c = *reader->at++;
        if (c == '\\' && reader->at < reader->end) {
            c = *reader->at++;
            c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
        }
        text_addc(&text, c);
    }
    if (!take(reader, "\"")) {
        fail(reader, "the text has no closing quote");
    }
    return text.at ? text.at : "";
}

/* A name, a type or a number as written: up to a space, a comma or a closing parenthesis outside angle brackets. */
static const char *take_name(Reader *reader)
{
    skip_space(reader);
    const char *start = reader->at;
    int depth = 0;
    while (reader->at < reader->end) {
        char c = *reader->at;
        depth += (c == '<') - (c == '>');
        bool is_inside = depth > 0 && (c == ',' || c == ' ' || c == '(' || c == ')');
        if (!is_name_byte(c) && !is_inside) {
            break;
        }
        reader->at++;
    }
    return reader->at > start ? arena_format(reader->arena, "%.*s", (int)(reader->at - start), start) : NULL;
}

static bool take_number(Reader *reader, uint64_t *number)
{
    enum { MOST_DIGITS = 15 };
    skip_space(reader);
    const char *start = reader->at;
    *number = 0;
    while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9') {
        *number = *number * 10 + (uint64_t)(*reader->at++ - '0');
        if (reader->at - start > MOST_DIGITS) {
            return fail(reader, "the number is too large");
        }
    }
    return reader->at > start;
}

/* ---- parts of a line --------------------------------------------------------------------------------------------- */

static bool read_moment(Reader *reader, GoalMoment *moment)
{
    moment->text = take_quoted(reader);
    if (moment->text) {
        return *moment->text || fail(reader, "an empty text happens at no moment");
    }
    moment->is_event = true;
    moment->text = take_name(reader);
    for (uint32_t i = 0; moment->text && i < sizeof event_names / sizeof *event_names; i++) {
        if (strcmp(event_names[i], moment->text) == 0) {
            moment->event = i;
            return true;
        }
    }
    return fail(reader, moment->text ? "there is no such event; text that the program writes stands in quotes"
                                     : "order needs two moments: texts in quotes or names of events");
}

static bool read_argument(Reader *reader, Goal *goal)
{
    Argument argument = goal_rows[goal->kind].argument;
    if (argument == ARGUMENT_NONE) {
        return true;
    }
    if (!take(reader, "(")) {
        return argument == ARGUMENT_TYPE || fail(reader, "a name in parentheses is missing");
    }
    if (argument == ARGUMENT_PAIR) {
        bool is_read = read_moment(reader, &goal->first);
        is_read = is_read && (take(reader, ",") || fail(reader, "a comma between the two moments is missing"));
        is_read = is_read && read_moment(reader, &goal->second);
        return is_read && (take(reader, ")") || fail(reader, "a closing parenthesis is missing"));
    }
    goal->argument = take_name(reader);
    if (!goal->argument) {
        return fail(reader, "the parentheses are empty");
    }
    return take(reader, ")") || fail(reader, "a closing parenthesis is missing");
}

static bool read_comparison(Reader *reader, Goal *goal)
{
    static const struct {
        const char *sign;
        GoalComparison comparison;
    } signs[] = {
        {"==", COMPARE_EQUAL},    {"!=", COMPARE_NOT_EQUAL}, {"<=", COMPARE_AT_MOST},
        {">=", COMPARE_AT_LEAST}, {"<", COMPARE_LESS},       {">", COMPARE_MORE},
    };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (take(reader, signs[i].sign)) {
            goal->comparison = signs[i].comparison;
            return true;
        }
    }
    if (goal->kind == GOAL_OUTPUT && (take_word(reader, "contains") || take_word(reader, "lacks"))) {
        goal->comparison = reader->at[-1] == 's' && reader->at[-2] == 'k' ? COMPARE_LACKS : COMPARE_CONTAINS;
        return true;
    }
    return fail(reader, goal->kind == GOAL_OUTPUT ? "==, contains or lacks is missing"
                                                  : "a comparison is missing: == != <= >= < >");
}

static bool only_equal(Reader *reader, const Goal *goal)
{
    return goal->comparison == COMPARE_EQUAL || fail(reader, "only == makes sense here");
}

static bool read_text_value(Reader *reader, Goal *goal)
{
    goal->text = take_quoted(reader);
    if (!goal->text) {
        return fail(reader, "a text in quotes is missing");
    }
    bool is_ordered = goal->comparison != COMPARE_EQUAL && goal->comparison != COMPARE_NOT_EQUAL &&
                      goal->comparison != COMPARE_CONTAINS && goal->comparison != COMPARE_LACKS;
    return !is_ordered || fail(reader, "texts are equal (==) or not (!=), contained or lacking");
}

/* What stands on the right of result(x) == is compared as written: 14, "text", true, int[3] { 1, 2, 3 }. */
static bool read_value(Reader *reader, Goal *goal)
{
    const char *end = reader->end;
    skip_space(reader);
    while (end > reader->at && (end[-1] == ' ' || end[-1] == '\t')) {
        end--;
    }
    if (end == reader->at) {
        return fail(reader, "a value is missing");
    }
    goal->text = arena_format(reader->arena, "%.*s", (int)(end - reader->at), reader->at);
    reader->at = reader->end;
    return goal->comparison == COMPARE_EQUAL || goal->comparison == COMPARE_NOT_EQUAL ||
           fail(reader, "values are equal (==) or not (!=)");
}

static bool read_arm(Reader *reader, Goal *goal)
{
    goal->text = take_name(reader);
    bool is_arm = goal->text && (strcmp(goal->text, "result") == 0 || strcmp(goal->text, "task") == 0 ||
                                 strcmp(goal->text, "source") == 0);
    return is_arm ? only_equal(reader, goal) : fail(reader, "an arm is result, task or source");
}

static bool is_code(const char *text)
{
    return text && strlen(text) == 6 && strncmp(text, "AL", 2) == 0 && strspn(text + 2, "0123456789") == 4;
}

static bool read_code(Reader *reader, Goal *goal)
{
    goal->text = take_name(reader);
    return is_code(goal->text) ? only_equal(reader, goal) : fail(reader, "a code such as AL0001 is missing");
}

static bool read_named(Reader *reader, Goal *goal, const char *problem)
{
    goal->text = take_name(reader);
    return goal->text || fail(reader, problem);
}

static bool read_line(Reader *reader, Goal *goal)
{
    goal->text = take_quoted(reader);
    return (goal->text && *goal->text) || fail(reader, "the line in quotes is missing");
}

static bool read_relation(Reader *reader, Goal *goal)
{
    switch (goal_rows[goal->kind].relation) {
    case RELATION_NOTHING:
        return true;
    case RELATION_NUMBER:
        return read_comparison(reader, goal) &&
               (take_number(reader, &goal->number) || fail(reader, "a number is missing"));
    case RELATION_TEXT:
        return read_comparison(reader, goal) && read_text_value(reader, goal);
    case RELATION_VALUE:
        return read_comparison(reader, goal) && read_value(reader, goal);
    case RELATION_ARM:
        return read_comparison(reader, goal) && read_arm(reader, goal);
    case RELATION_CODE:
        return read_comparison(reader, goal) && read_code(reader, goal);
    case RELATION_NAME:
        return read_named(reader, goal, "a name is missing");
    case RELATION_LINE:
        return read_line(reader, goal);
    case RELATION_EXCEPTION:
        return read_named(reader, goal, "the exception's type is missing");
    }
    return false;
}

static bool read_place(Reader *reader, Goal *goal)
{
    if (goal_rows[goal->kind].place == PLACE_NOWHERE || !take_word(reader, "at")) {
        return true;
    }
    goal->place_text = take_quoted(reader);
    if (goal->place_text) {
        return *goal->place_text || fail(reader, "the place in quotes is empty");
    }
    uint64_t line, column = 0;
    if (!take_number(reader, &line) || line == 0 || line > UINT32_MAX) {
        return fail(reader, "a place is the text of a statement in quotes, or a line number");
    }
    if (take(reader, ":") && (!take_number(reader, &column) || column == 0 || column > UINT32_MAX)) {
        return fail(reader, "a column is missing after the colon");
    }
    goal->line = (uint32_t)line;
    goal->column = (uint32_t)column;
    return true;
}

static bool find_kind(Reader *reader, Goal *goal)
{
    for (uint32_t i = 0; i < GOAL_KIND_COUNT; i++) {
        if (take_word(reader, goal_rows[i].word)) {
            goal->kind = (GoalKind)i;
            return true;
        }
    }
    Text text;
    text_init(&text, reader->arena);
    const char *word = take_name(reader);
    text_format(&text, "no check begins with '%s'; there are", word ? word : "");
    for (uint32_t i = 0; i < GOAL_KIND_COUNT; i++) {
        text_format(&text, "%s %s", i ? "," : "", goal_rows[i].word);
    }
    return fail(reader, text.at);
}

const Goal *goal_parse(Arena *arena, const char *line, size_t length, const char **problem)
{
    Reader reader = {.arena = arena, .at = line, .end = line + length};
    Goal *goal = ARENA_NEW(arena, Goal);
    bool is_read = find_kind(&reader, goal) && read_argument(&reader, goal) && read_relation(&reader, goal) &&
                   read_place(&reader, goal);
    if (is_read && !is_done(&reader)) {
        fail(&reader,
             arena_format(arena, "nothing may follow, but '%.*s' does", (int)(reader.end - reader.at), reader.at));
    }
    *problem = reader.problem;
    return reader.problem ? NULL : goal;
}
