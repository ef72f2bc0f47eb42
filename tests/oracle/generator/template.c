/* The templates of the .def files and the expressions made from them. */
#include "generate.h"

#include <string.h>

typedef struct Row Row;
struct Row {
    Type type;
    bool literal;
    bool query;
    const char *pattern;
};

static const Row rows[] = {
#define LITERAL(type, pattern) {TYPE_##type, true, false, pattern},
#define PRODUCTION(type, pattern) {TYPE_##type, false, false, pattern},
#define QUERY(type, pattern) {TYPE_##type, false, true, pattern},
#include "production.def"
#undef LITERAL
#undef PRODUCTION
#undef QUERY
};
enum { ROW_COUNT = sizeof rows / sizeof rows[0] };

static const char *const names[] = {
#define TYPE(id, hole, name) name,
#include "type.def"
#undef TYPE
    "void"};

static const char holes[] = {
#define TYPE(id, hole, name) hole,
#include "type.def"
#undef TYPE
    '\0'};

const char *type_name(Type type)
{
    return names[type];
}

int next_number(Generator *generator)
{
    return ++generator->next_number;
}

void feature(Generator *generator, const char *name)
{
    for (int i = 0; i < generator->feature_count; i++) {
        if (strcmp(generator->features[i], name) == 0) {
            return;
        }
    }
    if (generator->feature_count < MAX_FEATURES) {
        generator->features[generator->feature_count++] = name;
    }
}

/* ints and strings more often than the rest: they combine with everything. */
Type random_type(Generator *generator)
{
    if (random_chance(generator, 30)) {
        return random_chance(generator, 60) ? TYPE_INT : TYPE_STRING;
    }
    return (Type)random_below(generator, TYPE_COUNT);
}

bool declare(Generator *generator, const char *name, Type type, bool assignable)
{
    if (generator->context.variable_count == MAX_VARIABLES) {
        return false;
    }
    generator->variables[generator->context.variable_count++] = (Variable){name, type, assignable, false};
    return true;
}

/* A variable of the type, or NULL. */
static const char *variable(Generator *generator, Type type, bool assignable)
{
    const char *found[MAX_VARIABLES];
    uint32_t count = 0;
    for (int i = 0; i < generator->context.variable_count; i++) {
        const Variable *candidate = &generator->variables[i];
        bool usable = candidate->type == type && (candidate->assignable || !assignable);
        if (usable && !(candidate->of_struct && generator->context.in_lambda)) {
            found[count++] = candidate->name;
        }
    }
    return count == 0 ? NULL : found[random_below(generator, count)];
}

static bool fits(const Generator *generator, const Row *row, Type type, int depth)
{
    return row->type == type && (row->literal || depth > 0) && !(row->query && generator->measured);
}

static const char *from_rows(Generator *generator, Type type, int depth)
{
    uint32_t count = 0;
    for (int i = 0; i < ROW_COUNT; i++) {
        count += fits(generator, &rows[i], type, depth);
    }
    uint32_t chosen = random_below(generator, count);
    for (int i = 0; i < ROW_COUNT; i++) {
        if (fits(generator, &rows[i], type, depth) && chosen-- == 0) {
            return fill(generator, rows[i].pattern, type, depth - 1);
        }
    }
    return "";
}

static const char *from_call(Generator *generator, Type type, int depth)
{
    const Method *method = find_method(generator, type, false);
    return method == NULL ? NULL : call(generator, method, depth - 1);
}

const char *expression(Generator *generator, Type type, int depth)
{
    const char *result = NULL;
    if (generator->context.can_await && depth > 0 && random_chance(generator, 14)) {
        return text("(await %s)", awaitable(generator, type, depth - 1));
    }
    if (depth > 0 && random_chance(generator, 6)) {
        result = from_call(generator, type, depth);
    }
    if (result == NULL && random_chance(generator, depth > 0 ? 40 : 65)) {
        result = variable(generator, type, false);
    }
    return result != NULL ? result : from_rows(generator, type, depth);
}

const char *plain_expression(Generator *generator, Type type, int depth)
{
    Context saved = generator->context;
    generator->context.can_await = false;
    generator->context.in_lambda = true;
    const char *result = expression(generator, type, depth);
    generator->context.can_await = saved.can_await;
    generator->context.in_lambda = saved.in_lambda;
    return result;
}

static Type type_of_hole(char hole)
{
    const char *found = strchr(holes, hole);
    return found == NULL || hole == '\0' ? TYPE_NONE : (Type)(found - holes);
}

static const char *number_below(Generator *generator, char digits)
{
    uint32_t limit = 10;
    for (char d = '1'; d < digits; d++) {
        limit *= 10;
    }
    return text("%u", random_below(generator, limit));
}

/* What stands for the hole at `at`, which is moved to the hole's last character; NULL if there is no such thing. */
static const char *fill_hole(Generator *generator, const char **at, Type own, int depth, const char *fresh)
{
    char hole = **at;
    if (hole == '#') {
        return fresh;
    }
    if (hole >= '1' && hole <= '9') {
        return number_below(generator, hole);
    }
    if (hole == 'V' || hole == '!') {
        *at += 1;
        Type type = type_of_hole(**at);
        return hole == 'V' ? variable(generator, type, true) : plain_expression(generator, type, depth);
    }
    if (hole == '$') {
        return variable(generator, own, false);
    }
    Type type = type_of_hole(hole);
    if (type == TYPE_NONE) { /* the $ of an interpolated string */
        return text("$%c", hole);
    }
    return expression(generator, type, depth);
}

const char *fill(Generator *generator, const char *pattern, Type own, int depth)
{
    Builder builder = {0};
    const char *fresh = strstr(pattern, "$#") == NULL ? "" : text("%d", next_number(generator));
    for (const char *at = pattern; *at != '\0'; at++) {
        if (*at != '$') {
            builder_add_char(&builder, *at);
            continue;
        }
        at++;
        const char *filled = fill_hole(generator, &at, own, depth, fresh);
        if (filled == NULL) {
            return NULL;
        }
        builder_add(&builder, filled);
    }
    return builder_text(&builder);
}
