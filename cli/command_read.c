/* Telling commands from C#: one rule, and ways to say it plainly.
 *
 * What can only be C# is C#: text with ; or braces outside of strings, and a word followed by something that makes it
 * an operand (=, ., ++, a parenthesis right behind it) or a declaration (`var a = 1`; unless it is a command's whole
 * name). Otherwise a first word that names a command is one. `:word` is always a command, a semicolon at the end always
 * C#. */
#include <ctype.h>
#include <string.h>

#include "command.h"

static bool is_word_byte(char byte)
{
    return isalnum((unsigned char)byte) || byte == '_' || byte == '-' || (unsigned char)byte >= 0x80;
}

static bool is_identifier_byte(char byte)
{
    return is_word_byte(byte) && byte != '-';
}

static const char *skip_space(const char *at)
{
    while (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n') {
        at++;
    }
    return at;
}

/* Behind a string or character literal that begins at `at`: "..." with escapes, @"..." without. */
static const char *skip_literal(const char *at, bool is_verbatim)
{
    char quote = *at++;
    for (; *at && *at != quote; at++) {
        at += *at == '\\' && !is_verbatim && at[1];
    }
    return *at ? at + 1 : at;
}

/* Whether ; or (`with_braces`) a brace stands outside of literals and comments. */
static bool has_statement_mark(const char *at, bool with_braces)
{
    while (*at) {
        if (*at == '"' || *at == '\'') {
            at = skip_literal(at, at[-1] == '@');
        } else if (at[0] == '/' && at[1] == '/') {
            return false;
        } else if (*at == ';' || (with_braces && (*at == '{' || *at == '}'))) {
            return true;
        } else {
            at++;
        }
    }
    return false;
}

static bool takes_expression(const CommandRow *row)
{
    return row->kind == ARGUMENT_EXPRESSION || row->kind == ARGUMENT_WATCH;
}

static bool begins_with(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

/* `x + 1`: an operator with a space on both sides. `print -x` and `goto +5` have none behind it. */
static bool is_spaced_operator(const char *next)
{
    size_t length = strspn(next, "+-*/%&|^<!=?");
    return length && length <= 2 && next[length] == ' ';
}

/* Whether what follows the first word makes it an operand of C#. After a space `print (a + b)` and `print [1]` are
 * commands about an expression; so is `goto -3`, but not `x -= 3`. */
static bool is_operand(const CommandRow *row, const char *rest)
{
    static const char *const always[] = {
        "++", "--", "=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "??", "=>", "<<=", ">>="};
    bool has_space = *rest == ' ' || *rest == '\t';
    const char *next = skip_space(rest);
    for (uint32_t i = 0; i < sizeof always / sizeof *always; i++) {
        if (begins_with(next, always[i])) {
            return !(has_space && begins_with(always[i], "-") && isdigit((unsigned char)next[2]));
        }
    }
    if (has_space && is_spaced_operator(next)) {
        return true;
    }
    if (*next == '(' || *next == '[') {
        return !(has_space && takes_expression(row));
    }
    if (*next == '.') { /* `goto .` and `break ./file` have a space */
        return !has_space;
    }
    return *next == '<' && !has_space;
}

/* `var a = 1`: a word, a name and = declare something. */
static bool is_declaration(const char *rest)
{
    const char *next = skip_space(rest);
    const char *name = next;
    while (is_identifier_byte(*next)) {
        next++;
    }
    const char *behind = skip_space(next);
    return next != name && *behind == '=' && behind[1] != '=';
}

static LineReading as_command(const CommandRow *row, const char *word, uint32_t length)
{
    const char *arguments = skip_space(word + length);
    uint32_t size = (uint32_t)strlen(arguments);
    while (size && isspace((unsigned char)arguments[size - 1])) {
        size--;
    }
    return (LineReading){LINE_COMMAND, row, arguments, size, word, length};
}

/* `line` is `#load "file"`: csi's directives are commands of ours. */
static LineReading read_directive(const char *line)
{
    const char *word = line + 1;
    uint32_t length = 0;
    if (*word == '!' || *word == ':') {
        return (LineReading){.kind = LINE_NOTHING};
    }
    while (is_identifier_byte(word[length])) {
        length++;
    }
    static const char *const directives[] = {"load", "reset", "help", "exit", "quit", "cls", "clear"};
    for (uint32_t i = 0; i < sizeof directives / sizeof *directives; i++) {
        const CommandRow *row = strlen(directives[i]) == length && memcmp(directives[i], word, length) == 0
                                    ? command_find(word, length)
                                    : NULL;
        if (row) {
            return as_command(row, word, length);
        }
    }
    /* #nullable, #pragma, #region, #if are the compiler's */
    return (LineReading){.kind = LINE_CODE, .word = ""};
}

static uint32_t word_length(const char *word)
{
    uint32_t length = 0;
    if (*word == '?') {
        return 1;
    }
    while (is_word_byte(word[length])) {
        length++;
    }
    return length;
}

static LineReading read_colon(const char *line)
{
    const char *word = skip_space(line + 1);
    uint32_t length = word_length(word);
    bool is_ambiguous;
    const CommandRow *row = command_find(word, length);
    row = row ? row : command_find_beginning(word, length, &is_ambiguous);
    return row ? as_command(row, word, length)
               : (LineReading){.kind = LINE_UNKNOWN, .word = word, .word_length = length};
}

LineReading command_read_line(const char *line, bool (*is_name)(void *context, const char *word, uint32_t length),
                              void *context)
{
    const char *word = skip_space(line);
    while (begins_with(word, "//")) { /* a comment is nothing; further lines may be something */
        const char *end = strchr(word, '\n');
        word = skip_space(end ? end + 1 : word + strlen(word));
    }
    if (!*word) {
        return (LineReading){.kind = LINE_NOTHING};
    }
    if (*word == '#') {
        return read_directive(word);
    }
    if (*word == ':' && word[1] != ':') {
        return read_colon(word);
    }
    uint32_t length = word_length(word);
    bool is_alone = !*skip_space(word + length);
    LineReading code = {.kind = LINE_CODE, .word = word, .word_length = is_alone ? length : 0};
    bool is_ambiguous;
    const CommandRow *row = command_find(word, length);
    if (!row) {
        row = command_find_beginning(word, length, &is_ambiguous);
        row = row && (is_name(context, word, length) || is_declaration(word + length)) ? NULL : row;
    }
    if (!row || has_statement_mark(word, !takes_expression(row)) || is_operand(row, word + length)) {
        return code;
    }
    return as_command(row, word, length);
}
