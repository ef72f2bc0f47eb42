/* The lexer: kinds of tokens, values of literals, directives, lexical errors, skipping. */
#include "lang/lexer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct Fixture {
    Arena arena;
    SourceMap map;
    NameTable names;
    DiagnosticList diagnostics;
    ParseContext context;
    Lexer lexer;
} Fixture;

static void open_text(Fixture *fixture, const char *text, size_t length)
{
    arena_init(&fixture->arena, &memory_default);
    source_map_init(&fixture->map, &fixture->arena);
    name_table_init(&fixture->names, &fixture->arena);
    diagnostic_list_init(&fixture->diagnostics, &fixture->arena);
    fixture->context = (ParseContext){&fixture->arena, &fixture->names, &fixture->diagnostics};
    lexer_init(&fixture->lexer, &fixture->context, source_add(&fixture->map, "test.cs", text, length, false));
}

/* The tokens as their texts, separated by spaces; literals by their kinds. */
static void assert_tokens(const char *source, const char *expected)
{
    Fixture fixture;
    Text text;
    Token token;
    open_text(&fixture, source, strlen(source));
    text_init(&text, &fixture.arena);
    text_adds(&text, "");
    for (lexer_next(&fixture.lexer, &token); token.kind != TOKEN_END; lexer_next(&fixture.lexer, &token)) {
        if (text.length)
            text_addc(&text, ' ');
        text_adds(&text, token.kind == TOKEN_IDENTIFIER ? token.name->text : token_text((TokenKind)token.kind));
    }
    assert_string_equal(text.at, expected);
    arena_free(&fixture.arena);
}

static Literal literal_of(Fixture *fixture, const char *source)
{
    Token token;
    open_text(fixture, source, strlen(source));
    lexer_next(&fixture->lexer, &token);
    lexer_report(&fixture->lexer, UINT32_MAX);
    assert_non_null(token.literal);
    return *token.literal;
}

static void assert_integer(const char *source, LiteralKind kind, uint64_t value)
{
    Fixture fixture;
    Literal literal = literal_of(&fixture, source);
    assert_int_equal(literal.kind, kind);
    assert_true(literal.integer == value);
    assert_int_equal(fixture.diagnostics.count, 0);
    arena_free(&fixture.arena);
}

static void assert_string(const char *source, const char *expected)
{
    Fixture fixture;
    Literal literal = literal_of(&fixture, source);
    if (fixture.diagnostics.count)
        fail_msg("%s: %s", source, fixture.diagnostics.items[0].message);
    assert_int_equal(literal.unit_count, strlen(expected));
    for (uint32_t i = 0; i < literal.unit_count; i++)
        assert_int_equal(literal.units[i], (unsigned char)expected[i]);
    arena_free(&fixture.arena);
}

static void assert_error(const char *source, const char *code, unsigned line, unsigned column)
{
    Fixture fixture;
    Token token;
    open_text(&fixture, source, strlen(source));
    do
        lexer_next(&fixture.lexer, &token);
    while (token.kind != TOKEN_END);
    lexer_report(&fixture.lexer, UINT32_MAX);
    if (!fixture.diagnostics.count)
        fail_msg("%s: no error", source);
    Place place = source_place(&fixture.map, fixture.diagnostics.items[0].span.start);
    assert_string_equal(diagnostic_code_text(fixture.diagnostics.items[0].code), code);
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
    arena_free(&fixture.arena);
}

static void punctuation(void **state)
{
    (void)state;
    assert_tokens("a?\?=b?\?c?.d", "a ?\?= b ?\? c ? . d");
    assert_tokens("a>>=b>>>c>=d<<=e", "a > >= b > > > c >= d <<= e");
    assert_tokens("=>==!=->++--&&||::..", "=> == != -> ++ -- && || :: ..");
    assert_tokens("1..2", "number .. number");
    assert_tokens("1.ToString()", "number . ToString ( )");
}

static void words(void **state)
{
    (void)state;
    assert_tokens("class @class classes Class", "class class classes Class");
    assert_tokens("stackalloc unchecked volatile when await", "stackalloc unchecked volatile when await");
    assert_tokens("\\u0041b caf\xC3\xA9 _1", "Ab caf\xC3\xA9 _1");
    assert_tokens("#!/usr/bin/env awaitlab\nx", "x");
    assert_tokens("\xEF\xBB\xBFx /* y */ z // w", "x z");
}

static void integers(void **state)
{
    (void)state;
    assert_integer("0", LITERAL_INT, 0);
    assert_integer("2147483647", LITERAL_INT, 2147483647);
    assert_integer("2147483648", LITERAL_UINT, 2147483648u);
    assert_integer("4294967296", LITERAL_LONG, 4294967296u);
    assert_integer("18446744073709551615", LITERAL_ULONG, UINT64_MAX);
    assert_integer("0xFF_FF", LITERAL_INT, 65535);
    assert_integer("0b1010", LITERAL_INT, 10);
    assert_integer("1_000L", LITERAL_LONG, 1000);
    assert_integer("5uL", LITERAL_ULONG, 5);
    assert_integer("5u", LITERAL_UINT, 5);
    assert_integer("'\\x41'", LITERAL_CHAR, 65);
    assert_integer("'\\''", LITERAL_CHAR, 39);
}

static void reals(void **state)
{
    (void)state;
    Fixture fixture;
    assert_true(literal_of(&fixture, "1_0.5e-1").real == 1.05);
    arena_free(&fixture.arena);
    assert_int_equal(literal_of(&fixture, ".5f").kind, LITERAL_FLOAT);
    arena_free(&fixture.arena);
    Literal decimal = literal_of(&fixture, "1.10m");
    assert_int_equal(decimal.kind, LITERAL_DECIMAL);
    assert_int_equal(decimal.decimal.flags, 2 << 16);
    assert_int_equal(decimal.decimal.lo, 110);
    arena_free(&fixture.arena);
}

static void strings(void **state)
{
    (void)state;
    assert_string("\"a\\tb\\u0041\\x42 \\\"\"", "a\tbAB \"");
}

static void other_strings(void **state)
{
    (void)state;
    assert_string("@\"a\"\"b\\\"", "a\"b\\");
    assert_string("\"\"\"a\"b\"\"\"", "a\"b");
    assert_string("\"\"\"\n  a\n   b\n\n  \"\"\"", "a\n b\n");
    assert_string("\"\"\"\"\n\"\"\"\n\"\"\"\"", "\"\"\"");
    Fixture fixture;
    Literal utf8 = literal_of(&fixture, "\"abc\"u8");
    assert_int_equal(utf8.kind, LITERAL_UTF8_STRING);
    arena_free(&fixture.arena);
    Literal pair = literal_of(&fixture, "\"\xF0\x9F\x98\x80\"");
    assert_int_equal(pair.unit_count, 2);
    assert_int_equal(pair.units[0], 0xD83D);
    assert_int_equal(pair.units[1], 0xDE00);
    arena_free(&fixture.arena);
}

static void directives(void **state)
{
    (void)state;
    assert_tokens("#if NET8_0_OR_GREATER && !DEBUG\na\n#else\nb\n#endif\nc", "a c");
    assert_tokens("#define X\n#if X == false\na\n#elif X\nb\n#else\nc\n#endif", "b");
    assert_tokens("#if false\n#if true\na\n#endif\n'unclosed\n#else\nb\n#endif", "b");
    assert_tokens("#region r\n#nullable enable\n#pragma warning disable CS0168\n#line 5\na\n#endregion", "a");
}

static void errors(void **state)
{
    (void)state;
    assert_error("x = \"abc", "CS1010", 1, 5);
    assert_error("x = \"a\\qb\"", "CS1009", 1, 7);
    assert_error("x = ''", "CS1011", 1, 5);
    assert_error("x = 'ab'", "CS1012", 1, 5);
    assert_error("x = @\"abc\n", "CS1039", 1, 5);
    assert_error("x /* y", "CS1035", 1, 3);
    assert_error("99999999999999999999", "CS1021", 1, 1);
    assert_error("0x", "CS1013", 1, 1);
    assert_error("1e400", "CS0594", 1, 1);
    assert_error("\xC2\xA7", "CS1056", 1, 1);
    assert_error("#if X\n", "CS1027", 2, 1);
    assert_error("#endif", "CS1028", 1, 1);
    assert_error("#error stop here", "CS1029", 1, 8);
    assert_error("x #if Y", "CS1040", 1, 3);
    assert_error("\"\"\"\n a\nb\n \"\"\"", "CS8999", 3, 1);
    assert_error("$\"a } b\"", "CS8086", 1, 5);
    assert_error("$\"{a\"", "CS8076", 1, 2);
}

static void skipping(void **state)
{
    (void)state;
    static const char source[] = "{ \"}\" '}' @\"}\"\" }\" $\"{\"}\"}}}\" \"\"\"}\"\"\" // }\n /* } */ {} }rest";
    assert_int_equal(lexer_skip_braces(source, 1, (uint32_t)strlen(source)), strlen(source) - 5);
    static const char arrow[] = " F(x => { return ';'; }) + \";\"; rest";
    assert_int_equal(lexer_skip_expression(arrow, 0, (uint32_t)strlen(arrow)), strlen(arrow) - 6);
    assert_int_equal(lexer_skip_braces("{ {", 1, 3), 3);
}

static void binary_junk(void **state)
{
    (void)state;
    Fixture fixture;
    Token token;
    char bytes[512];
    for (size_t i = 0; i < sizeof bytes - 1; i++)
        bytes[i] = (char)(i * 37);
    bytes[sizeof bytes - 1] = 0;
    open_text(&fixture, bytes, sizeof bytes - 1);
    uint32_t end = 0;
    do {
        lexer_next(&fixture.lexer, &token);
        assert_true(token.start >= end);
        end = token.end;
    } while (token.kind != TOKEN_END);
    arena_free(&fixture.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(punctuation), cmocka_unit_test(words),   cmocka_unit_test(integers),
        cmocka_unit_test(reals),       cmocka_unit_test(strings), cmocka_unit_test(other_strings),
        cmocka_unit_test(directives),  cmocka_unit_test(errors),  cmocka_unit_test(skipping),
        cmocka_unit_test(binary_junk),
    };
    return cmocka_run_group_tests_name("lexer", tests, NULL, NULL);
}
