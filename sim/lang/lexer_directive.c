/* Preprocessor directives: #if and its family decide what is lexed; the others are checked and forgotten. */
#include "lang/lexer_internal.h"

#include <string.h>

struct Condition {
    Condition *outer;
    bool taken; /* a branch was taken already */
    bool seen_else;
};

struct Symbol {
    Symbol *older;
    const char *text;
    uint32_t length;
    bool defined;
};

static const char *const predefined[] = {
    "TRACE",
    "RELEASE",
    "NET",
    "NETCOREAPP",
    "NET10_0",
    "NET5_0_OR_GREATER",
    "NET6_0_OR_GREATER",
    "NET7_0_OR_GREATER",
    "NET8_0_OR_GREATER",
    "NET9_0_OR_GREATER",
    "NET10_0_OR_GREATER",
    "NETCOREAPP1_0_OR_GREATER",
    "NETCOREAPP2_0_OR_GREATER",
    "NETCOREAPP3_0_OR_GREATER",
    "NETCOREAPP3_1_OR_GREATER",
};

/* One directive line being read. */
typedef struct Line {
    Lexer *lexer;
    uint32_t at, end; /* end: the line end, or where a // comment starts */
    bool failed;
    unsigned depth;
} Line;

static void skip_blanks(Line *line)
{
    while (line->at < line->end && has_class(line->lexer->text[line->at], CLASS_SPACE))
        line->at++;
}

static bool take_text(Line *line, const char *text)
{
    skip_blanks(line);
    size_t length = strlen(text);
    if (line->end - line->at < length || memcmp(line->lexer->text + line->at, text, length) != 0)
        return false;
    line->at += (uint32_t)length;
    return true;
}

static uint32_t word_length(const Line *line)
{
    uint32_t at = line->at;
    while (at < line->end && has_class(line->lexer->text[at], CLASS_LETTER | CLASS_DIGIT))
        at++;
    return at - line->at;
}

static bool take_word(Line *line, const char *word)
{
    skip_blanks(line);
    uint32_t length = word_length(line);
    if (length != strlen(word) || memcmp(line->lexer->text + line->at, word, length) != 0)
        return false;
    line->at += length;
    return true;
}

static void line_error(Line *line, uint32_t start, DiagnosticCode code, const char *argument)
{
    if (!line->failed)
        lexer_error(line->lexer, start, line->end > start ? line->end : start, code, argument);
    line->failed = true;
}

static void expect_end(Line *line)
{
    skip_blanks(line);
    if (line->at < line->end)
        line_error(line, line->at, ERROR_DIRECTIVE_END, NULL);
}

static bool is_defined(const Lexer *lexer, const char *text, uint32_t length)
{
    for (const Symbol *symbol = lexer->symbols; symbol; symbol = symbol->older)
        if (symbol->length == length && memcmp(symbol->text, text, length) == 0)
            return symbol->defined;
    for (size_t i = 0; i < sizeof predefined / sizeof predefined[0]; i++)
        if (strlen(predefined[i]) == length && memcmp(predefined[i], text, length) == 0)
            return true;
    return false;
}

static bool condition_or(Line *line);

static bool condition_primary(Line *line)
{
    if (line->failed || ++line->depth > 200) {
        line->failed = true;
        return false;
    }
    skip_blanks(line);
    bool value = false;
    uint32_t length = word_length(line);
    const char *text = line->lexer->text + line->at;
    if (take_text(line, "!")) {
        value = !condition_primary(line);
    } else if (take_text(line, "(")) {
        value = condition_or(line);
        if (!take_text(line, ")"))
            line_error(line, line->at, ERROR_CLOSE_PAREN_EXPECTED, NULL);
    } else if (length && has_class(*text, CLASS_LETTER)) {
        line->at += length;
        value = (length == 4 && memcmp(text, "true", 4) == 0) ||
                (!(length == 5 && memcmp(text, "false", 5) == 0) && is_defined(line->lexer, text, length));
    } else {
        line_error(line, line->at, ERROR_DIRECTIVE_EXPRESSION, NULL);
    }
    line->depth--;
    return value;
}

static bool condition_equality(Line *line)
{
    bool value = condition_primary(line);
    while (!line->failed) {
        if (take_text(line, "=="))
            value = condition_primary(line) == value;
        else if (take_text(line, "!="))
            value = condition_primary(line) != value;
        else
            break;
    }
    return value;
}

static bool condition_and(Line *line)
{
    bool value = condition_equality(line);
    while (!line->failed && take_text(line, "&&"))
        value = condition_equality(line) && value;
    return value;
}

static bool condition_or(Line *line)
{
    bool value = condition_and(line);
    while (!line->failed && take_text(line, "||"))
        value = condition_and(line) || value;
    return value;
}

static bool condition(Line *line)
{
    bool value = condition_or(line);
    expect_end(line);
    return value && !line->failed;
}

/* The line that holds the '#' at `at`. */
static Line line_at(Lexer *lexer, uint32_t at)
{
    Line line = {.lexer = lexer, .at = at + 1};
    uint32_t end = at;
    while (end < lexer->limit && !has_class(lexer->text[end], CLASS_NEWLINE))
        end++;
    line.end = end;
    return line;
}

static void cut_comment(Line *line)
{
    for (uint32_t at = line->at; at + 1 < line->end; at++)
        if (line->lexer->text[at] == '/' && line->lexer->text[at + 1] == '/')
            line->end = at;
}

static uint32_t line_end(const Lexer *lexer, uint32_t at)
{
    while (at < lexer->limit && !has_class(lexer->text[at], CLASS_NEWLINE))
        at++;
    return at;
}

/* Skips text that #if excluded, up to the '#' of a directive that may end it. */
static void skip_excluded(Lexer *lexer)
{
    unsigned depth = 0;
    while (lexer->at < lexer->limit) {
        uint32_t at = lexer->at;
        while (at < lexer->limit && has_class(lexer->text[at], CLASS_SPACE | CLASS_NEWLINE))
            at++;
        lexer->at = at;
        if (at < lexer->limit && lexer->text[at] == '#') {
            Line line = line_at(lexer, at);
            if (take_word(&line, "if"))
                depth++;
            else if (depth == 0 && (take_word(&line, "elif") || take_word(&line, "else") || take_word(&line, "endif")))
                return;
            else if (depth > 0 && take_word(&line, "endif"))
                depth--;
        }
        lexer->at = line_end(lexer, lexer->at);
    }
}

static void enter_branch(Lexer *lexer, bool value)
{
    if (value)
        lexer->conditions->taken = true;
    lexer->line_start = true;
    if (value)
        return;
    skip_excluded(lexer);
    lexer->line_start = true;
}

static void directive_if(Line *line)
{
    Lexer *lexer = line->lexer;
    Condition *open = ARENA_NEW(lexer->context->arena, Condition);
    open->outer = lexer->conditions;
    lexer->conditions = open;
    cut_comment(line);
    enter_branch(lexer, condition(line));
}

static void directive_branch(Line *line, uint32_t hash, bool is_else)
{
    Lexer *lexer = line->lexer;
    Condition *open = lexer->conditions;
    if (!open || open->seen_else) {
        if (!lexer->is_range)
            line_error(line, hash, ERROR_DIRECTIVE_UNEXPECTED, NULL);
        return;
    }
    cut_comment(line);
    bool value = true;
    if (is_else)
        expect_end(line);
    else
        value = condition(line);
    open->seen_else = is_else;
    enter_branch(lexer, value && !open->taken);
}

static void directive_endif(Line *line, uint32_t hash)
{
    Lexer *lexer = line->lexer;
    cut_comment(line);
    if (lexer->conditions)
        lexer->conditions = lexer->conditions->outer;
    else if (!lexer->is_range)
        line_error(line, hash, ERROR_DIRECTIVE_UNEXPECTED, NULL);
    expect_end(line);
}

static void directive_define(Line *line, bool defined)
{
    Lexer *lexer = line->lexer;
    cut_comment(line);
    skip_blanks(line);
    uint32_t start = line->at;
    uint32_t length = word_length(line);
    if (length == 0) {
        line_error(line, start, ERROR_IDENTIFIER_EXPECTED, NULL);
        return;
    }
    line->at += length;
    expect_end(line);
    if (lexer->seen_token && !lexer->is_range) {
        uint32_t hash = start;
        while (hash > 0 && lexer->text[hash] != '#')
            hash--;
        hash++;
        while (hash < start && has_class(lexer->text[hash], CLASS_SPACE))
            hash++;
        line_error(line, hash, ERROR_DIRECTIVE_DEFINE, NULL);
        return;
    }
    Symbol *symbol = ARENA_NEW(lexer->context->arena, Symbol);
    *symbol = (Symbol){lexer->symbols, lexer->text + start, length, defined};
    lexer->symbols = symbol;
}

static void directive_error(Line *line)
{
    skip_blanks(line);
    uint32_t end = line->end;
    while (end > line->at && has_class(line->lexer->text[end - 1], CLASS_SPACE))
        end--;
    line_error(line, line->at, ERROR_DIRECTIVE_ERROR,
               arena_format(line->lexer->context->arena, "%.*s", (int)(end - line->at), line->lexer->text + line->at));
}

static void directive_nullable(Line *line)
{
    cut_comment(line);
    skip_blanks(line);
    uint32_t start = line->at;
    if (!take_word(line, "enable") && !take_word(line, "disable") && !take_word(line, "restore"))
        line_error(line, start, ERROR_DIRECTIVE_NULLABLE, NULL);
}

static void directive_region(Line *line, uint32_t hash, bool opens)
{
    Lexer *lexer = line->lexer;
    if (opens)
        lexer->regions++;
    else if (lexer->regions)
        lexer->regions--;
    else if (!lexer->is_range)
        line_error(line, hash, ERROR_DIRECTIVE_UNEXPECTED, NULL);
}

void lexer_directive(Lexer *lexer)
{
    uint32_t hash = lexer->at;
    Line line = line_at(lexer, hash);
    lexer->at = line.end;
    skip_blanks(&line);
    uint32_t word = line.at;
    if (take_word(&line, "if"))
        directive_if(&line);
    else if (take_word(&line, "elif"))
        directive_branch(&line, hash, false);
    else if (take_word(&line, "else"))
        directive_branch(&line, hash, true);
    else if (take_word(&line, "endif"))
        directive_endif(&line, hash);
    else if (take_word(&line, "define"))
        directive_define(&line, true);
    else if (take_word(&line, "undef"))
        directive_define(&line, false);
    else if (take_word(&line, "error"))
        directive_error(&line);
    else if (take_word(&line, "nullable"))
        directive_nullable(&line);
    else if (take_word(&line, "region"))
        directive_region(&line, hash, true);
    else if (take_word(&line, "endregion"))
        directive_region(&line, hash, false);
    else if (!take_word(&line, "warning") && !take_word(&line, "line") && !take_word(&line, "pragma") &&
             !take_word(&line, "load") && !take_word(&line, "r"))
        line_error(&line, word_length(&line) ? word : hash, ERROR_DIRECTIVE_EXPECTED, NULL);
}

void lexer_check_conditions(Lexer *lexer)
{
    if (lexer->is_range || (!lexer->conditions && !lexer->regions))
        return;
    lexer_error(lexer, lexer->limit, lexer->limit, lexer->conditions ? ERROR_ENDIF_EXPECTED : ERROR_ENDREGION_EXPECTED,
                NULL);
    lexer->hit_end |= lexer->conditions != NULL;
    lexer->conditions = NULL;
    lexer->regions = 0;
}
