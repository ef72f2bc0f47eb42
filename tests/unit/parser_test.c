/* The parser: trees of small programs, Roslyn's first errors, lazy parsing, limits. */
#include "lang/dump.h"
#include "lang/parser.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct Fixture {
    Arena arena;
    SourceMap map;
    NameTable names;
    DiagnosticList diagnostics;
    ParseContext context;
} Fixture;

static SourceFile *open_text(Fixture *fixture, const char *text, size_t length)
{
    arena_init(&fixture->arena, &memory_default);
    source_map_init(&fixture->map, &fixture->arena);
    name_table_init(&fixture->names, &fixture->arena);
    diagnostic_list_init(&fixture->diagnostics, &fixture->arena);
    fixture->context = (ParseContext){&fixture->arena, &fixture->names, &fixture->diagnostics};
    return source_add(&fixture->map, "test.cs", text, length, false);
}

static Node *parse_text(Fixture *fixture, const char *text, bool lazy)
{
    return parse_file(&fixture->context, open_text(fixture, text, strlen(text)), lazy);
}

static const char *line_of(Fixture *fixture, const Node *node)
{
    Text text;
    text_init(&text, &fixture->arena);
    dump_line(&text, node);
    return text.at;
}

/* The first error as "line,column CSxxxx"; "ok". */
static const char *first_error(Fixture *fixture)
{
    if (!fixture->diagnostics.count)
        return "ok";
    diagnostic_list_sort(&fixture->diagnostics);
    const Diagnostic *first = &fixture->diagnostics.items[0];
    Place place = source_place(&fixture->map, first->span.start);
    return arena_format(&fixture->arena, "%u,%u %s", (unsigned)place.line, (unsigned)place.column,
                        diagnostic_code_text(first->code));
}

/* --- trees -------------------------------------------------------------------------------------------------------- */

/* The only statement of a file, on one line. */
static void assert_statement(const char *source, const char *expected)
{
    Fixture fixture;
    Node *unit = parse_text(&fixture, source, false);
    if (fixture.diagnostics.count)
        fail_msg("%s: %s %s", source, first_error(&fixture), fixture.diagnostics.items[0].message);
    assert_int_equal(unit->items.count, 1);
    const char *actual = line_of(&fixture, unit->items.at[0]->a);
    if (strcmp(actual, expected) != 0)
        fail_msg("%s\n  expected %s\n  got      %s", source, expected, actual);
    arena_free(&fixture.arena);
}

/* The value in `x = EXPRESSION;`. */
static void assert_expression(const char *expression, const char *expected)
{
    Fixture fixture;
    arena_init(&fixture.arena, &memory_default);
    Arena keep = fixture.arena;
    const char *source = arena_format(&keep, "x = %s;", expression);
    Node *unit = parse_text(&fixture, source, false);
    if (fixture.diagnostics.count)
        fail_msg("%s: %s %s", expression, first_error(&fixture), fixture.diagnostics.items[0].message);
    const char *actual = line_of(&fixture, unit->items.at[0]->a->a->b);
    if (strcmp(actual, expected) != 0)
        fail_msg("%s\n  expected %s\n  got      %s", expression, expected, actual);
    arena_free(&fixture.arena);
    arena_free(&keep);
}

static void precedence(void **state)
{
    (void)state;
    assert_expression("a + b * c", "(BINARY '+' a (BINARY '*' b c))");
    assert_expression("a - b - c", "(BINARY '-' (BINARY '-' a b) c)");
    assert_expression("a ?? b ?? c", "(BINARY '?\?' a (BINARY '?\?' b c))");
    assert_expression("a < b == c > d", "(BINARY '==' (BINARY '<' a b) (BINARY '>' c d))");
    assert_expression("a >> b >>> c", "(BINARY '>>>' (BINARY '>>' a b) c)");
    assert_expression("a ? b : c ? d : e", "(CONDITIONAL a b (CONDITIONAL c d e))");
    assert_expression("!a && -b < ~c", "(BINARY '&&' (UNARY '!' a) (BINARY '<' (UNARY '-' b) (UNARY '~' c)))");
    assert_expression("a = b += c", "(ASSIGNMENT '=' a (ASSIGNMENT '+=' b c))");
    assert_expression("a..^b", "(RANGE a (FROM_END '^' b))");
}

static void generics_and_casts(void **state)
{
    (void)state;
    assert_expression("F(G<A, B>(7))", "(CALL F (ARGUMENT (CALL (GENERIC_NAME G A B) (ARGUMENT int 7))))");
    assert_expression("F(a < b, c > d)", "(CALL F (ARGUMENT (BINARY '<' a b)) (ARGUMENT (BINARY '>' c d)))");
    assert_expression("a < b > (c)", "(CALL (GENERIC_NAME a b) (ARGUMENT c))");
    assert_expression("(a) - b", "(BINARY '-' (PARENTHESIZED a) b)");
    assert_expression("(int) - b", "(CAST (PREDEFINED_TYPE 'int') (UNARY '-' b))");
    assert_expression("(A)b", "(CAST A b)");
    assert_expression("(A)(b)", "(CAST A (PARENTHESIZED b))");
    assert_expression("(List<int>)b", "(CAST (GENERIC_NAME List (PREDEFINED_TYPE 'int')) b)");
    assert_expression("new List<List<int>>()",
                      "(OBJECT_CREATION #arguments (GENERIC_NAME List (GENERIC_NAME List (PREDEFINED_TYPE 'int'))))");
    assert_expression("new int[2, 3][]",
                      "(ARRAY_CREATION rank=2 (ARRAY_TYPE rank=1 (PREDEFINED_TYPE 'int')) int 2 int 3)");
    assert_expression("typeof(Dictionary<,>)", "(TYPEOF (GENERIC_NAME Dictionary - -))");
}

static void member_access(void **state)
{
    (void)state;
    assert_expression("a.b.c", "(QUALIFIED (QUALIFIED a b) c)");
    assert_expression("a?.b?.c", "(CONDITIONAL_ACCESS a (CONDITIONAL_ACCESS (QUALIFIED (RECEIVER_PLACEHOLDER) b) "
                                 "(QUALIFIED (RECEIVER_PLACEHOLDER) c)))");
    assert_expression("a?[1]", "(CONDITIONAL_ACCESS a (INDEX (RECEIVER_PLACEHOLDER) (ARGUMENT int 1)))");
    assert_expression("a ? [1] : [2]", "(CONDITIONAL a (COLLECTION_EXPRESSION int 1) (COLLECTION_EXPRESSION int 2))");
    assert_expression("a!.b++", "(POSTFIX '++' (QUALIFIED (SUPPRESS_NULLABLE '!' a) b))");
    assert_expression("global::A.b", "(QUALIFIED (ALIAS_QUALIFIED global A) b)");
}

static void lambdas(void **state)
{
    (void)state;
    assert_expression("y => y + 1", "(LAMBDA #arrow (PARAMETER y) => (BINARY '+' y int 1))");
    assert_expression("async (int a, var b) => { }",
                      "(LAMBDA #async (PARAMETER a (PREDEFINED_TYPE 'int')) (PARAMETER b var) => (BLOCK))");
    assert_expression("static int (ref int a) => a",
                      "(LAMBDA #static #arrow (PREDEFINED_TYPE 'int') (PARAMETER a 'ref' (PREDEFINED_TYPE "
                      "'int')) => a)");
    assert_expression("delegate { }", "(LAMBDA #delegate => (BLOCK))");
    assert_expression("(_, _) => 0", "(LAMBDA #arrow (PARAMETER _) (PARAMETER _) => int 0)");
}

static void patterns(void **state)
{
    (void)state;
    assert_expression("a is not null", "(IS a (NOT_PATTERN (CONSTANT_PATTERN null)))");
    assert_expression("a is string { Length: > 3 } s",
                      "(IS a (RECURSIVE_PATTERN #property (PREDEFINED_TYPE 'string') (SINGLE_DESIGNATION s) "
                      "(SUBPATTERN Length (RELATIONAL_PATTERN '>' int 3))))");
    assert_expression("a is int ? b : c", "(CONDITIONAL (IS a (TYPE_PATTERN (PREDEFINED_TYPE 'int'))) b c)");
    assert_expression("a is [1, .. var r]", "(IS a (LIST_PATTERN (CONSTANT_PATTERN int 1) (SLICE_PATTERN (VAR_PATTERN "
                                            "(SINGLE_DESIGNATION r)))))");
    assert_expression("a is > 1 and < 5 or 9",
                      "(IS a (OR_PATTERN (AND_PATTERN (RELATIONAL_PATTERN '>' int 1) (RELATIONAL_PATTERN '<' int 5)) "
                      "(CONSTANT_PATTERN int 9)))");
    assert_expression("a switch { 1 => b, _ when c => d }",
                      "(SWITCH_EXPRESSION a (SWITCH_ARM (CONSTANT_PATTERN int 1) b) (SWITCH_ARM "
                      "(DISCARD_PATTERN) c d))");
}

static void strings(void **state)
{
    (void)state;
    assert_expression("$\"a{b,5:D3}{{\"", "(INTERPOLATED_STRING string \"a\" (INTERPOLATION D3 b int 5) string \"{\")");
    assert_expression("$\"{$\"{a}\"}\"",
                      "(INTERPOLATED_STRING (INTERPOLATION (INTERPOLATED_STRING (INTERPOLATION a))))");
    assert_expression("\"\"\"\n    a\n      b\n    \"\"\"", "string \"a\\u000a  b\"");
    assert_expression("$$\"\"\"{a}{{b}}\"\"\"", "(INTERPOLATED_STRING string \"{a}\" (INTERPOLATION b))");
}

static void statements(void **state)
{
    (void)state;
    assert_statement("int a = 1, b;",
                     "(LOCAL_DECLARATION (PREDEFINED_TYPE 'int') (DECLARATOR a int 1) (DECLARATOR b))");
    assert_statement("List<int> a;", "(LOCAL_DECLARATION (GENERIC_NAME List (PREDEFINED_TYPE 'int')) (DECLARATOR a))");
    assert_statement("var (a, b) = c;",
                     "(EXPRESSION_STATEMENT (ASSIGNMENT '=' (DECLARATION_EXPRESSION var (PARENTHESIZED_DESIGNATION "
                     "(SINGLE_DESIGNATION a) (SINGLE_DESIGNATION b))) c))");
    assert_statement("(int a, b) = c;",
                     "(EXPRESSION_STATEMENT (ASSIGNMENT '=' (TUPLE (ARGUMENT (DECLARATION_EXPRESSION "
                     "(PREDEFINED_TYPE 'int') "
                     "(SINGLE_DESIGNATION a))) (ARGUMENT b)) c))");
    assert_statement("foreach (var (k, v) in d) ;",
                     "(FOREACH (DECLARATION_EXPRESSION var (PARENTHESIZED_DESIGNATION (SINGLE_DESIGNATION k) "
                     "(SINGLE_DESIGNATION v))) d (EMPTY_STATEMENT))");
    assert_statement("await foreach (int x in d) break;", "(FOREACH x #await (PREDEFINED_TYPE 'int') d (BREAK))");
    assert_statement("using var a = b;", "(LOCAL_DECLARATION #using var (DECLARATOR a b))");
    assert_statement("F(out var a, ref b, c: 1);",
                     "(EXPRESSION_STATEMENT (CALL F (ARGUMENT 'out' (DECLARATION_EXPRESSION var "
                     "(SINGLE_DESIGNATION a))) "
                     "(ARGUMENT 'ref' b) (ARGUMENT c int 1)))");
    assert_statement("static async Task<int> F<T>(T x = null) where T : class => await x;",
                     "(LOCAL_FUNCTION F #arrow static async (GENERIC_NAME Task (PREDEFINED_TYPE 'int')) "
                     "(TYPE_PARAMETER T) "
                     "(PARAMETER x T null) (CONSTRAINT T (CONSTRAINT_KEYWORD class)) => (AWAIT x))");
    assert_statement("try { } catch (E e) when (x) { } finally { }", "(TRY (BLOCK) (BLOCK) (CATCH e E x (BLOCK)))");
}

static void declarations(void **state)
{
    (void)state;
    Fixture fixture;
    Node *unit = parse_text(&fixture,
                            "record struct R(int A) : I { public int P { get; init; } = 1; int I.this[int i] => i; "
                            "public static R operator +(R a, R b) => a; ~R() { } R(int a) : this() { } }",
                            false);
    assert_string_equal(first_error(&fixture), "ok");
    assert_string_equal(
        line_of(&fixture, unit->items.at[0]),
        "(TYPE_DECLARATION R 'struct' #record-struct #record I (PARAMETER A (PREDEFINED_TYPE 'int')) "
        "(PROPERTY_DECLARATION P public (PREDEFINED_TYPE 'int') int 1 (ACCESSOR get) (ACCESSOR init)) "
        "(PROPERTY_DECLARATION this #indexer #arrow (PREDEFINED_TYPE 'int') I (PARAMETER i (PREDEFINED_TYPE 'int')) "
        "(ACCESSOR get #arrow => i)) "
        "(OPERATOR_DECLARATION op_Addition '+' #arrow public static R (PARAMETER a R) (PARAMETER b R) => a) "
        "(DESTRUCTOR_DECLARATION R => (BLOCK)) "
        "(CONSTRUCTOR_DECLARATION R (CONSTRUCTOR_INITIALIZER 'this') (PARAMETER a (PREDEFINED_TYPE 'int')) => "
        "(BLOCK)))");
    arena_free(&fixture.arena);
}

static void places(void **state)
{
    (void)state;
    Fixture fixture;
    Node *unit = parse_text(&fixture, "abc.Def(1) ;", false);
    const Node *call = unit->items.at[0]->a->a;
    Position base = fixture.map.files[0]->base;
    assert_int_equal(call->span.start - base, 0);
    assert_int_equal(call->span.end - base, 10);
    assert_int_equal(call->at.start - base, 4); /* the name: where CS1061 belongs */
    assert_int_equal(call->at.end - base, 7);
    arena_free(&fixture.arena);
}

/* --- errors: what Roslyn 5 (C# 12) reports first ------------------------------------------------------------------ */

static const struct {
    const char *source;
    const char *expected;
} first_errors[] = {
    {"async void F", "1,1 CS0106"},
    {"class A { void F() { static int x = 5; } }", "1,22 CS0106"},
    {"public static void Main(string[] args) { Console.WriteLine(\"x\") }", "1,1 CS0106"},
    {"public void F() { }", "1,1 CS0106"},
    {"static void F", "1,1 CS0106"},
    {"async void", "1,7 CS0116"},
    {"public", "1,1 CS0116"},
    {"public static", "1,8 CS0116"},
    {"static", "1,1 CS0116"},
    {"static void", "1,8 CS0116"},
    {"class A { const int x; }", "1,21 CS0145"},
    {"const int x;", "1,11 CS0145"},
    {"enum E { A = }", "1,14 CS0150"},
    {"switch (x) { case: break; }", "1,18 CS0150"},
    {"foreach (x in y) { }", "1,12 CS0230"},
    {"class A { void F[] { } }", "1,17 CS0650"},
    {"int x[5];", "1,6 CS0650"},
    {"int x[] = { 1 };", "1,6 CS0650"},
    {"from x in y;", "1,12 CS0742"},
    {"var q = from x in y;", "1,20 CS0742"},
    {"var q = from x in y join z in w on a = b select x;", "1,42 CS0744"},
    {"var q = from x in y group x;", "1,28 CS0745"},
    {"Console.WriteLine(,1);", "1,19 CS0839"},
    {"foo(1,,2);", "1,7 CS0839"},
    {"class A { event x; }", "1,18 CS1001"},
    {"class A { void F() { goto 1; } }", "1,27 CS1001"},
    {"double d = 1.;", "1,14 CS1001"},
    {"int void;", "1,5 CS1001"},
    {"int x = 5, = 6;", "1,12 CS1001"},
    {"def f():", "1,8 CS1002"},
    {"private class A { int x } ", "1,25 CS1002"},
    {"struct S { int x = 5 }", "1,22 CS1002"},
    {"x ++ y;", "1,6 CS1002"},
    {"x() y", "1,5 CS1002"},
    {"class A { void F() { Foo<int> x = new Foo<int(); } }", "1,46 CS1003"},
    {"class A { void F() { x = new Foo { A = 1;\n int y; } }", "1,41 CS1003"},
    {"class P { [Foo int x; }", "1,16 CS1003"},
    {"class P { static void Main() { case 1: } }", "1,32 CS1003"},
    {"x y z", "1,5 CS1003"},
    {"string s = \"\\q\";", "1,13 CS1009"},
    {"\"abc", "1,1 CS1010"},
    {"Console.WriteLine(\"a);", "1,19 CS1010"},
    {"class A { void F() { Console.WriteLine(\"x); } }\nclass B { }", "1,40 CS1010"},
    {"class A { void F() { Console.WriteLine('x); } }\nclass B { }", "1,40 CS1010"},
    {"class A { void F() { string s = 'abc\" ; } }", "1,33 CS1010"},
    {"''", "1,1 CS1011"},
    {"char c = 'ab';", "1,10 CS1012"},
    {"string s = 'abc';", "1,12 CS1012"},
    {"int i = 0x;", "1,9 CS1013"},
    {"int i = 1__;", "1,9 CS1013"},
    {"class A { int P { foo; } }", "1,19 CS1014"},
    {"class A { int P { x } }", "1,19 CS1014"},
    {"x with { A = };", "1,10 CS1014"},
    {"x with { A };", "1,10 CS1014"},
    {"class A { A() : foo() { } }", "1,17 CS1018"},
    {"class A { A() : { } }", "1,17 CS1018"},
    {"class A { static A operator (A a) => a; }", "1,29 CS1019"},
    {"class A { static A operator foo(A a) => a; }", "1,29 CS1019"},
    {"int i = 99999999999999999999;", "1,9 CS1021"},
    {":", "1,1 CS1022"},
    {"=>", "1,1 CS1022"},
    {"catch { }", "1,1 CS1022"},
    {"class A { }}", "1,12 CS1022"},
    {"finally { }", "1,1 CS1022"},
    {"#", "1,1 CS1024"},
    {"class A { void F() { if (x { } } }", "1,28 CS1026"},
    {"class P { static void Main() { if (x { } } }", "1,38 CS1026"},
    {"foo(a[1]];", "1,9 CS1026"},
    {"if (a) { } else if (b { }", "1,23 CS1026"},
    {"int.Parse(", "1,11 CS1026"},
    {"class P { void F(ref) { } }", "1,21 CS1031"},
    {"class P { void F<T>() where T : { } }", "1,33 CS1031"},
    {"enum E : { A }", "1,10 CS1031"},
    {"using A = ;", "1,11 CS1031"},
    {"void F(int x, ) { }", "1,15 CS1031"},
    {"class A { void F() { /* abc } }", "1,22 CS1035"},
    {"string s = $\"{x}", "1,16 CS1039"},
    {"string s = @\"abc", "1,12 CS1039"},
    {"$", "1,1 CS1056"},
    {"`", "1,1 CS1056"},
    {"class A { void F() : base() { } }", "1,20 CS1073"},
    {"if (a b) { }", "1,7 CS1073"},
    {"string s = $\"{x y}\";", "1,15 CS1073"},
    {"var t = (1 2);", "1,12 CS1073"},
    {"class P { int F() { return 1; int G() { return 2; } }", "1,54 CS1513"},
    {"foo(new[] { 1, 2 );", "1,18 CS1513"},
    {"namespace A; class B {", "1,23 CS1513"},
    {"var f = (x, y) => { ;", "1,22 CS1513"},
    {"{ ] }", "1,3 CS1513"},
    {"checked;", "1,8 CS1514"},
    {"class A\nint x;\n}", "1,8 CS1514"},
    {"class A { void F() { switch (x): { } } }", "1,32 CS1514"},
    {"class A }", "1,9 CS1514"},
    {"try foo(); catch { }", "1,5 CS1514"},
    {"class A { void F() { foreach (int x : y) { } } }", "1,37 CS1515"},
    {"foreach (var x of y) { }", "1,16 CS1515"},
    {"foreach (var x y) { }", "1,16 CS1515"},
    {"class A { , }", "1,11 CS1519"},
    {"class A { else { } }", "1,11 CS1519"},
    {"class A { int\n }", "2,2 CS1519"},
    {"class A { x = 5; }", "1,13 CS1519"},
    {"class P { [Foo] }", "1,17 CS1519"},
    {"class A { void F() { try { }\n foo(); } }", "1,28 CS1524"},
    {"try { }", "1,7 CS1524"},
    {"try { } foo();", "1,7 CS1524"},
    {"class A { int P { get => } }", "1,26 CS1525"},
    {"class A { void F() { return\n } }", "1,28 CS1525"},
    {"class A { void F() { string s = \"abc\" + ; } }", "1,41 CS1525"},
    {"foo(out );", "1,9 CS1525"},
    {"var q = from x in y orderby select x;", "1,29 CS1525"},
    {"class A { void F() { Foo<int> x = new Foo<int>; } }", "1,47 CS1526"},
    {"class A { void F() { var x = new Foo\n ; } }", "1,37 CS1526"},
    {"new", "1,4 CS1526"},
    {"new Foo;", "1,8 CS1526"},
    {"var x = new int;", "1,16 CS1526"},
    {"class A { } using System;", "1,13 CS1529"},
    {"int x; using System;", "1,8 CS1529"},
    {"void F) { }", "1,1 CS1547"},
    {"class P { public void public F() { } }", "1,23 CS1585"},
    {"class A { void F() { }; }", "1,23 CS1597"},
    {"yield return;", "1,7 CS1627"},
    {"@", "1,1 CS1646"},
    {"(", "1,2 CS1733"},
    {"L:", "1,3 CS1733"},
    {"a.b.c = ", "1,9 CS1733"},
    {"for (int i = 0; i < 10; i++)", "1,29 CS1733"},
    {"if (x > 5)", "1,11 CS1733"},
    {"class A { void F() { Console.WriteLine($\"{x\"); } }\nclass B { }", "1,41 CS8076"},
    {"class A { void F() { string s = $\"abc {x} {\"; } }", "1,42 CS8076"},
    {"class P { void F() { var s = $\"{x\"; } }", "1,31 CS8076"},
};

static void errors_as_roslyn(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof first_errors / sizeof first_errors[0]; i++) {
        Fixture fixture;
        parse_text(&fixture, first_errors[i].source, false);
        const char *actual = first_error(&fixture);
        if (strcmp(actual, first_errors[i].expected) != 0)
            fail_msg("%s\n  Roslyn says %s, we say %s", first_errors[i].source, first_errors[i].expected, actual);
        arena_free(&fixture.arena);
    }
}

static void later_errors_wait_for_right_syntax(void **state)
{
    (void)state;
    Fixture fixture;
    parse_text(&fixture, "if (a) int b = 1;", false);
    assert_string_equal(first_error(&fixture), "1,8 CS1023");
    arena_free(&fixture.arena);
    parse_text(&fixture, "if (a) int b = 1; int y = ;", false);
    assert_string_equal(first_error(&fixture), "1,27 CS1525");
    arena_free(&fixture.arena);
}

/* --- lazy parsing ------------------------------------------------------------------------------------------------- */

static void lazy_members_and_bodies(void **state)
{
    (void)state;
    static const char source[] =
        "namespace N; class A<T>(int q) : B where T : new() { string s = \"}\"; int F() { return '}' + "
        "$\"{\"}\"}\"; /* } */ } "
        "int G => new[] { 1 }.Length; class C { int x; } }\nenum E { X, Y }";
    Fixture fixture;
    Node *unit = parse_text(&fixture, source, true);
    Node *space = unit->items.at[0];
    assert_int_equal(space->items.count, 2);
    Node *type = space->items.at[0];
    assert_string_equal(line_of(&fixture, type),
                        "(TYPE_DECLARATION A 'class' (members skipped) (TYPE_PARAMETER T) B (PARAMETER q "
                        "(PREDEFINED_TYPE 'int')) "
                        "(CONSTRAINT T (CONSTRAINT_KEYWORD new)))");
    parse_type_members(type);
    assert_int_equal(type->items.count, 4);
    Node *method = type->items.at[1];
    assert_true(method->decl->has_body);
    assert_null(method->decl->body);
    parse_body(method);
    assert_int_equal(method->decl->body->kind, NODE_BLOCK);
    Node *getter = type->items.at[2]->items.at[0];
    parse_body(getter);
    assert_int_equal(getter->decl->body->kind, NODE_QUALIFIED);
    assert_true(type->items.at[3]->decl->members_skipped);
    parse_type_members(space->items.at[1]);
    assert_int_equal(space->items.at[1]->items.count, 2);
    assert_string_equal(first_error(&fixture), "ok");
    arena_free(&fixture.arena);
}

/* --- the prompt --------------------------------------------------------------------------------------------------- */

static void incomplete(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        bool expected;
    } rows[] = {
        {"", false},
        {"x", false},
        {"x + 1", false},
        {"int x = 5", false},
        {"foo();", false},
        {"return 5", false},
        {"foo(", true},
        {"foo(1,", true},
        {"x +", true},
        {"x.", true},
        {"if (x)", true},
        {"if (x) {", true},
        {"{ foo();", true},
        {"class A", true},
        {"class A {", true},
        {"void F()\n{", true},
        {"void F() { }", false},
        {"/* abc", true},
        {"var s = @\"abc", true},
        {"var s = \"\"\"\nabc", true},
        {"var s = \"abc", false},
        {"#if X", true},
        {"try { }", true},
        {"foo(1;", false},
        {"foo)", false},
        {"int x = ;", false},
        {"x => {", true},
        {"new[] { 1,", true},
        {"var x =", true},
        {"for (int i = 0;", true},
        {"do { } while (x)", true},
        {"switch (x) {", true},
        {"x switch {", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Fixture fixture;
        SourceFile *file = open_text(&fixture, rows[i].source, strlen(rows[i].source));
        if (parse_is_incomplete(&fixture.context, file) != rows[i].expected)
            fail_msg("%s: expected %s", rows[i].source, rows[i].expected ? "incomplete" : "complete");
        assert_int_equal(fixture.diagnostics.count, 0);
        arena_free(&fixture.arena);
    }
}

/* --- limits ------------------------------------------------------------------------------------------------------- */

static char *repeated(const char *head, const char *unit, size_t count, const char *tail)
{
    size_t length = strlen(unit);
    char *text = malloc(strlen(head) + length * count + strlen(tail) + 1);
    assert_non_null(text);
    char *at = text + strlen(head);
    memcpy(text, head, strlen(head));
    for (size_t i = 0; i < count; i++, at += length)
        memcpy(at, unit, length);
    memcpy(at, tail, strlen(tail) + 1);
    return text;
}

static const char *error_of_repeated(const char *head, const char *unit, size_t count, const char *tail,
                                     unsigned *errors)
{
    static char result[64];
    Fixture fixture;
    char *text = repeated(head, unit, count, tail);
    parse_text(&fixture, text, false);
    strncpy(result, strchr(first_error(&fixture), 'C') ? strchr(first_error(&fixture), 'C') : "ok", sizeof result - 1);
    *errors = fixture.diagnostics.count;
    arena_free(&fixture.arena);
    free(text);
    return result;
}

static void deep_nesting_is_refused_once(void **state)
{
    (void)state;
    static const char *const units[] = {"(",
                                        "[",
                                        "{",
                                        "x(",
                                        "x[",
                                        "new[]{",
                                        "-",
                                        "!",
                                        "(int)",
                                        "if(x)",
                                        "x=>",
                                        "x<",
                                        "class A{",
                                        "a?b:",
                                        "a=",
                                        "a??",
                                        "namespace N{",
                                        "x is (",
                                        "x is not ",
                                        "$\"{",
                                        "await ",
                                        "a+(",
                                        "List<",
                                        "(a,",
                                        "for(;;)",
                                        "while(x)",
                                        "try{",
                                        "() => {",
                                        "throw ",
                                        "do ",
                                        "x switch{_=>",
                                        "new A{B={",
                                        "void F(){",
                                        "ref ",
                                        "from x in ",
                                        "(x)",
                                        "~",
                                        "x?[",
                                        "case (",
                                        "..",
                                        "var ("};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        unsigned errors;
        error_of_repeated("", units[i], 50000, "", &errors);
        assert_true(errors <= 1000);
    }
    unsigned errors;
    assert_string_equal(error_of_repeated("x = ", "(", 1000000, "", &errors), "CS8078");
    assert_int_equal(errors, 1);
}

static void long_chains_are_no_nesting(void **state)
{
    (void)state;
    unsigned errors;
    assert_string_equal(error_of_repeated("x = a", "+a", 1999, ";", &errors), "ok");
    assert_string_equal(error_of_repeated("x = a", ".b", 1999, ";", &errors), "ok");
    assert_string_equal(error_of_repeated("x = a", "?.b", 999, ";", &errors), "ok");
    assert_string_equal(error_of_repeated("a", "(1)", 1999, ";", &errors), "ok");
    assert_string_equal(error_of_repeated("x = a", " && a", 1999, ";", &errors), "ok");
    assert_string_equal(error_of_repeated("F(a", ", a", 100000, ");", &errors), "ok");
    assert_string_equal(error_of_repeated("", "if (a) { } else ", 1999, "{ }", &errors), "ok");
    assert_string_equal(error_of_repeated("", "F();\n", 100000, "", &errors), "ok");
    assert_string_equal(error_of_repeated("x = a is 1", " or 1", 1999, ";", &errors), "ok");
}

/* What works on the tree may go down a chain, so it has an end too. */
static void endless_chains_are_refused(void **state)
{
    (void)state;
    static const char *const rows[][2] = {{"x = a", "+a"},
                                          {"x = a", ".b"},
                                          {"x = a", "?.b"},
                                          {"a", "(1)"},
                                          {"x = a", "!"},
                                          {"x = a is 1", " or 1"},
                                          {"x = a is 1", " and 1"},
                                          {"x = \"\"", " + \"\""},
                                          {"", "if (a) { } else "},
                                          {"int", "[]"},
                                          {"A", ".A"},
                                          {"namespace A", ".A"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        unsigned errors;
        assert_string_equal(error_of_repeated(rows[i][0], rows[i][1], 100000, " b;", &errors), "CS8078");
        assert_int_equal(errors, 1);
    }
}

static void every_truncation_ends(void **state)
{
    (void)state;
    static const char source[] =
        "using System;\n[A(1)] partial class C<T> : B<T?>, I where T : new() { int P { get; set; } = 1; event E "
        "F { add { } }\n"
        " async Task M<U>(ref int x, params int[] y) { var a = x switch { > 1 => $\"{a,5:X}\" + @\"q\"\"\", _ "
        "=> \"\"\"r\"\"\" };\n"
        " foreach (var (k, v) in d) if (o is { L: [1, .. var z] } w && (int)x < y) goto L; L: try { } catch (E "
        "e) when (e!) { } } }\n"
        "#if A || (B && !C)\n#else\nenum Q : byte { A = 'x', B }\n#endif /* end";
    for (size_t length = 0; length < sizeof source; length++) {
        Fixture fixture;
        char *copy = malloc(length + 1);
        assert_non_null(copy);
        memcpy(copy, source, length);
        copy[length] = 0;
        SourceFile *file = open_text(&fixture, copy, length);
        parse_file(&fixture.context, file, false);
        parse_file(&fixture.context, file, true);
        parse_is_incomplete(&fixture.context, file);
        arena_free(&fixture.arena);
        free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(precedence),
        cmocka_unit_test(generics_and_casts),
        cmocka_unit_test(member_access),
        cmocka_unit_test(lambdas),
        cmocka_unit_test(patterns),
        cmocka_unit_test(strings),
        cmocka_unit_test(statements),
        cmocka_unit_test(declarations),
        cmocka_unit_test(places),
        cmocka_unit_test(errors_as_roslyn),
        cmocka_unit_test(later_errors_wait_for_right_syntax),
        cmocka_unit_test(lazy_members_and_bodies),
        cmocka_unit_test(incomplete),
        cmocka_unit_test(deep_nesting_is_refused_once),
        cmocka_unit_test(long_chains_are_no_nesting),
        cmocka_unit_test(endless_chains_are_refused),
        cmocka_unit_test(every_truncation_ends),
    };
    return cmocka_run_group_tests_name("parser", tests, NULL, NULL);
}
