#include "base/diagnostic.h"

#include <stdarg.h>
#include <string.h>

enum { MOST_DIAGNOSTICS = 1000 };

static const struct {
    const char *code;
    Severity severity;
    const char *format;
} rows[] = {
#define DIAGNOSTIC(name, code, severity, format) {code, severity, format},
#include "base/diagnostic.def"
#undef DIAGNOSTIC
};

void diagnostic_list_init(DiagnosticList *list, Arena *arena)
{
    memset(list, 0, sizeof *list);
    list->arena = arena;
}

const char *diagnostic_code_text(DiagnosticCode code)
{
    return rows[code].code;
}

Severity diagnostic_severity(DiagnosticCode code)
{
    return rows[code].severity;
}

void report(DiagnosticList *list, Span span, DiagnosticCode code, ...)
{
    if (rows[code].severity == SEVERITY_ERROR)
        list->error_count++;
    if (list->muted || list->count >= MOST_DIAGNOSTICS)
        return;
    for (uint32_t i = 0; i < list->count; i++) /* one report per place and code, as users expect */
        if (list->items[i].code == code && list->items[i].span.start == span.start)
            return;
    Text text;
    text_init(&text, list->arena);
    va_list arguments;
    va_start(arguments, code);
    text_vformat(&text, rows[code].format, arguments);
    va_end(arguments);
    Diagnostic item = {code,
                       span,
                       text.at ? text.at : "",
                       list->group ? list->group : span.start,
                       list->key ? list->key : span.start,
                       list->is_flow};
    ARENA_PUSH(list->arena, list->items, list->count, list->capacity, item);
}

static bool comes_before(const Diagnostic *a, const Diagnostic *b)
{
    if (a->group != b->group)
        return a->group < b->group;
    if (a->is_flow != b->is_flow)
        return b->is_flow;
    return a->key < b->key;
}

void diagnostic_list_sort(DiagnosticList *list)
{
    for (uint32_t i = 1; i < list->count; i++) {
        Diagnostic item = list->items[i];
        uint32_t j = i;
        for (; j > 0 && comes_before(&item, &list->items[j - 1]); j--)
            list->items[j] = list->items[j - 1];
        list->items[j] = item;
    }
}
