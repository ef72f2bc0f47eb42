/* Numeric literals. */
#include "base/decimal.h"
#include "lang/lexer_internal.h"

#include <string.h>

typedef struct NumberText {
    const char *digits; /* without underscores and prefix */
    uint32_t length;
    uint32_t base;
    bool is_real;
    bool underscore_at_end;
    bool bad_exponent;
    bool has_unsigned, has_long;
    char real_suffix; /* f d m or 0 */
} NumberText;

/* Digits and underscores from lexer->at into `text`. */
static void take_digits(Lexer *lexer, NumberText *number, Text *text, unsigned class)
{
    bool underscore = false;
    bool any = false;
    while (lexer->at < lexer->limit) {
        char c = lexer->text[lexer->at];
        if (c != '_' && (!has_class(c, class) || (number->base == 2 && c > '1')))
            break;
        underscore = c == '_';
        any |= !underscore;
        if (!underscore)
            text_addc(text, c);
        lexer->at++;
    }
    if (underscore || !any)
        number->underscore_at_end = true;
}

static char peek_char(const Lexer *lexer, uint32_t ahead)
{
    return lexer->at + ahead < lexer->limit ? lexer->text[lexer->at + ahead] : 0;
}

static void take_fraction(Lexer *lexer, NumberText *number, Text *text)
{
    if (peek_char(lexer, 0) == '.' && has_class(peek_char(lexer, 1), CLASS_DIGIT)) {
        number->is_real = true;
        text_addc(text, '.');
        lexer->at++;
        take_digits(lexer, number, text, CLASS_DIGIT);
    }
    if ((peek_char(lexer, 0) | 32) != 'e')
        return;
    number->is_real = true;
    lexer->at++;
    text_addc(text, 'e');
    if (peek_char(lexer, 0) == '+' || peek_char(lexer, 0) == '-') {
        text_addc(text, peek_char(lexer, 0));
        lexer->at++;
    }
    if (has_class(peek_char(lexer, 0), CLASS_DIGIT)) {
        take_digits(lexer, number, text, CLASS_DIGIT);
    } else {
        number->bad_exponent = true;
        text_addc(text, '0');
    }
}

static void take_suffix(Lexer *lexer, NumberText *number)
{
    char c = (char)(peek_char(lexer, 0) | 32);
    if (number->base == 10 && (c == 'f' || c == 'd' || c == 'm')) {
        number->is_real = true;
        number->real_suffix = c;
        lexer->at++;
        return;
    }
    if (number->is_real)
        return;
    for (int i = 0; i < 2; i++) {
        c = (char)(peek_char(lexer, 0) | 32);
        if (c == 'u' && !number->has_unsigned)
            number->has_unsigned = true;
        else if (c == 'l' && !number->has_long)
            number->has_long = true;
        else
            break;
        lexer->at++;
    }
}

static void integer_value(Lexer *lexer, Token *token, const NumberText *number)
{
    uint64_t value = 0;
    bool overflow = false;
    for (uint32_t i = 0; i < number->length; i++) {
        char c = number->digits[i];
        uint64_t digit = (uint64_t)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
        uint64_t larger;
        if (__builtin_mul_overflow(value, (uint64_t)number->base, &larger) ||
            __builtin_add_overflow(larger, digit, &value))
            overflow = true;
    }
    if (overflow) {
        token->flags |= TOKEN_BROKEN;
        lexer_error(lexer, token->start, lexer->at, ERROR_INTEGER_TOO_LARGE, NULL);
        value = 0;
    }
    Literal *literal = token->literal;
    literal->integer = value;
    if (number->has_unsigned && number->has_long)
        literal->kind = LITERAL_ULONG;
    else if (number->has_unsigned)
        literal->kind = value <= UINT32_MAX ? LITERAL_UINT : LITERAL_ULONG;
    else if (number->has_long)
        literal->kind = value <= INT64_MAX ? LITERAL_LONG : LITERAL_ULONG;
    else
        literal->kind = value <= INT32_MAX    ? LITERAL_INT
                        : value <= UINT32_MAX ? LITERAL_UINT
                        : value <= INT64_MAX  ? LITERAL_LONG
                                              : LITERAL_ULONG;
}

static bool decimal_value(const NumberText *number, Decimal *value)
{
    return decimal_parse_literal(number->digits, number->length, value) == NUMBER_OK;
}

static void real_value(Lexer *lexer, Token *token, const NumberText *number)
{
    Literal *literal = token->literal;
    const char *type = "double";
    bool fits = true;
    if (number->real_suffix == 'm') {
        literal->kind = LITERAL_DECIMAL;
        type = "decimal";
        fits = decimal_value(number, &literal->decimal);
    } else if (number->real_suffix == 'f') {
        float value = 0;
        number_parse_single_literal(number->digits, number->length, &value);
        literal->kind = LITERAL_FLOAT;
        literal->real = value;
        type = "float";
        fits = value - value == 0; /* not infinite */
    } else {
        literal->kind = LITERAL_DOUBLE;
        number_parse_double_literal(number->digits, number->length, &literal->real);
        fits = literal->real - literal->real == 0;
    }
    if (fits)
        return;
    token->flags |= TOKEN_BROKEN;
    if (literal->kind != LITERAL_DECIMAL)
        literal->real = 0;
    lexer_error(lexer, token->start, lexer->at, ERROR_REAL_TOO_LARGE, type);
}

void lexer_number(Lexer *lexer, Token *token)
{
    NumberText number = {.base = 10};
    Text text;
    text_init(&text, lexer->context->arena);
    char second = (char)(peek_char(lexer, 1) | 32);
    if (peek_char(lexer, 0) == '0' && (second == 'x' || second == 'b')) {
        number.base = second == 'x' ? 16 : 2;
        lexer->at += 2;
        take_digits(lexer, &number, &text, second == 'x' ? CLASS_HEX : CLASS_DIGIT);
    } else {
        if (peek_char(lexer, 0) != '.')
            take_digits(lexer, &number, &text, CLASS_DIGIT);
        else
            text_addc(&text, '0');
        take_fraction(lexer, &number, &text);
    }
    take_suffix(lexer, &number);
    number.digits = text.at ? text.at : "0";
    number.length = text.at ? text.length : 1;
    token->kind = TOKEN_NUMBER;
    token->literal = ARENA_NEW(lexer->context->arena, Literal);
    if (number.underscore_at_end) {
        token->flags |= TOKEN_BROKEN;
        lexer_error(lexer, token->start, lexer->at, ERROR_INVALID_NUMBER, NULL);
    } else if (number.bad_exponent) {
        token->flags |= TOKEN_BROKEN;
        lexer_error(lexer, token->start, lexer->at, ERROR_INVALID_REAL, NULL);
    }
    if (number.is_real)
        real_value(lexer, token, &number);
    else
        integer_value(lexer, token, &number);
}
