/* Completion: which part of the text is in front of the cursor, and what could stand there. */
#include "session_place.h"

#include "lang/complete.h"

#include <string.h>

/* ---- in front of the cursor
 * ------------------------------------------------------------------------------------------ */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t skip_spaces_back(const char *text, size_t at)
{
    while (at && is_space(text[at - 1])) {
        at--;
    }
    return at;
}

static size_t word_start(const char *text, size_t at)
{
    while (at && is_word(text[at - 1])) {
        at--;
    }
    return at;
}

/* The quote that a string or character which ends at `at` began with. */
static size_t quote_start(const char *text, size_t at)
{
    char quote = text[--at];
    while (at && (text[at - 1] != quote || (at > 1 && text[at - 2] == '\\'))) {
        at--;
    }
    return at ? at - 1 : 0;
}

/* The bracket that belongs to the closing one which ends at `at`. */
static size_t bracket_start(const char *text, size_t at)
{
    uint32_t depth = 0;
    while (at) {
        char c = text[at - 1];
        if (c == '"' || c == '\'') {
            at = quote_start(text, at);
            continue;
        }
        depth += c == ')' || c == ']' || c == '>' || c == '}';
        depth -= c == '(' || c == '[' || c == '<' || c == '{';
        at--;
        if (!depth) {
            return at;
        }
    }
    return 0;
}

static bool is_keyword_at(const char *text, size_t start, size_t end, const char *word)
{
    return end - start == strlen(word) && memcmp(text + start, word, end - start) == 0;
}

/* Where the expression begins that ends at `at`: names, calls and indices joined by dots, and `new` in front. */
static size_t expression_start(const char *text, size_t at)
{
    for (;;) {
        at = skip_spaces_back(text, at);
        while (at && (text[at - 1] == ')' || text[at - 1] == ']' || text[at - 1] == '}' ||
                      (text[at - 1] == '>' && at > 1 && text[at - 2] != '='))) {
            at = skip_spaces_back(text, bracket_start(text, at));
        }
        if (at && (text[at - 1] == '"' || text[at - 1] == '\'')) {
            at = quote_start(text, at);
            at -= at && (text[at - 1] == '$' || text[at - 1] == '@');
        }
        size_t start = word_start(text, at);
        at = start;
        size_t before = skip_spaces_back(text, start);
        if (before && (text[before - 1] == '.' || text[before - 1] == '!')) {
            at = before - 1;
            at -= at && text[at - 1] == '?';
            continue;
        }
        size_t word = word_start(text, before);
        return is_keyword_at(text, word, before, "new") ? word : start;
    }
}

/* ---- the question to the compiler
 * ------------------------------------------------------------------------------------------ */

typedef struct CompletionQuestion {
    const char *text;
    size_t receiver_start, receiver_end; /* equal: there is no dot */
    bool has_dot;
    const char *prefix;
    size_t prefix_length;
    CompletionList list;
} CompletionQuestion;

static void ask(Session *session, void *argument)
{
    CompletionQuestion *question = argument;
    char *prefix = arena_allocate(&session->arena, question->prefix_length + 1);
    memcpy(prefix, question->prefix, question->prefix_length);
    prefix[question->prefix_length] = 0;
    CompletionRequest request = {
        .prefix = prefix, .previous = session->seen, .place = session_place(session, true, &session->arena)};
    if (question->has_dot) {
        const char *receiver =
            arena_format(&session->arena, "%.*s._", (int)(question->receiver_end - question->receiver_start),
                         question->text + question->receiver_start);
        request.receiver = session_new_source(session, "", receiver, strlen(receiver));
    }
    complete_names(session->world, &request, &question->list);
}

/* ---- the answer
 * ---------------------------------------------------------------------------------------------------------------- */

static const char *kind_word(CompletionKind kind)
{
    switch (kind) {
    case COMPLETION_VARIABLE:
        return "variable";
    case COMPLETION_FIELD:
        return "field";
    case COMPLETION_PROPERTY:
        return "property";
    case COMPLETION_EVENT:
        return "event";
    case COMPLETION_METHOD:
        return "method";
    case COMPLETION_TYPE:
        return "type";
    case COMPLETION_NAMESPACE:
        return "namespace";
    case COMPLETION_KEYWORD:
        return "keyword";
    }
    return "";
}

static void hand_out(Session *session, void *argument)
{
    const CompletionQuestion *question = argument;
    const CompletionList *list = &question->list;
    session->candidates = ARENA_ARRAY(&session->arena, SessionCandidate, list->count + 1);
    for (uint32_t i = 0; i < list->count; i++) {
        session->candidates[i] =
            (SessionCandidate){list->at[i].name, kind_word(list->at[i].kind), list->at[i].type ? list->at[i].type : ""};
    }
}

SessionStatus session_complete(Session *session, const char *text, size_t length, size_t cursor,
                               SessionCandidates *candidates)
{
    *candidates = (SessionCandidates){0};
    cursor = cursor < length ? cursor : length;
    if (session->no_memory) {
        return SESSION_NO_MEMORY;
    }
    if (length > SESSION_SOURCE_LIMIT - session->source_bytes) {
        return SESSION_TOO_LONG;
    }
    session->source_bytes += length;
    size_t start = word_start(text, cursor);
    CompletionQuestion question = {.text = text, .prefix = text + start, .prefix_length = cursor - start};
    size_t dot = skip_spaces_back(text, start);
    if (dot && text[dot - 1] == '.') {
        question.has_dot = true;
        question.receiver_end = dot - 1 - (dot > 1 && (text[dot - 2] == '?' || text[dot - 2] == '!'));
        question.receiver_start = expression_start(text, question.receiver_end);
    }
    if (!session_guard(session, ask, &question) || !session_guard(session, hand_out, &question)) {
        return SESSION_NO_MEMORY;
    }
    *candidates = (SessionCandidates){session->candidates, question.list.count, start};
    return SESSION_OK;
}
