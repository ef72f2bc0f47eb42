/* What stands in a method's body. */
#include "generate.h"

#include <string.h>

static const char *const simple_statements[] = {
#define STATEMENT(pattern) pattern,
#include "statement.def"
#undef STATEMENT
};
enum { SIMPLE_COUNT = sizeof simple_statements / sizeof simple_statements[0] };

static const char *const exceptions[] = {
    "new InvalidOperationException($s)",
    "new ArgumentException($s, \"argument\")",
    "new ArgumentOutOfRangeException(\"index\")",
    "new AppException($i)",
    "new OperationCanceledException()",
    "new OperationCanceledException($s)",
    "new TimeoutException()",
    "new NotSupportedException()",
    "new FormatException($s)",
    "new TaskCanceledException()",
    "new Exception($s, new AppException($i))",
    "new AggregateException(new AppException($i), new TimeoutException($s))",
    "Tally.Kept",
};
enum { EXCEPTION_COUNT = sizeof exceptions / sizeof exceptions[0] };

/* None of them derives from another. */
static const char *const caught[] = {
    "InvalidOperationException", "ArgumentException", "AppException",    "OperationCanceledException",
    "DivideByZeroException",     "TimeoutException",  "FormatException", "AggregateException",
    "NotSupportedException"};
enum { CAUGHT_COUNT = sizeof caught / sizeof caught[0] };

enum { BUDGET = 120, LOOP_TIMES = 3, MAX_DEPTH = 4 };

const char *show(Type type, const char *value)
{
    bool list = type == TYPE_ARRAY || type == TYPE_LIST || type == TYPE_TEXTS;
    return list ? text("{string.Join(\",\", %s)}", value) : text("{%s}", value);
}

/* ---- calls and awaitables ------------------------------------------------------------------------------------------
 */

bool is_asynchronous(const Method *method)
{
    return method->kind != KIND_PLAIN && method->kind != KIND_ITERATOR && method->kind != KIND_STREAM;
}

static bool may_call(const Generator *generator, const Method *method)
{
    const Method *here = generator->context.method;
    bool visible = here == NULL || here->place == PLACE_LOCAL || method->place != PLACE_LOCAL;
    return visible && generator->cost + method->cost * generator->context.times < BUDGET;
}

static const Method *pick_method(Generator *generator, Type result, Kind from, Kind to)
{
    const Method *found[MAX_METHODS];
    uint32_t count = 0;
    for (int i = 0; i < generator->method_count; i++) {
        const Method *method = &generator->methods[i];
        if (method->result == result && method->kind >= from && method->kind <= to && may_call(generator, method)) {
            found[count++] = method;
        }
    }
    return count == 0 ? NULL : found[random_below(generator, count)];
}

const Method *find_method(Generator *generator, Type result, bool asynchronous)
{
    return asynchronous ? pick_method(generator, result, KIND_TASK, KIND_WRAPPER)
                        : pick_method(generator, result, KIND_PLAIN, KIND_PLAIN);
}

const char *call(Generator *generator, const Method *method, int depth)
{
    Builder builder = {0};
    generator->cost += method->cost * generator->context.times;
    builder_add(&builder, text("%sM%d(", method->target, method->number));
    if (method->place == PLACE_GENERIC) {
        builder_add(&builder, expression(generator, random_type(generator), 0));
    }
    for (int i = 0; i < method->parameter_count; i++) {
        builder_add(&builder, i > 0 || method->place == PLACE_GENERIC ? ", " : "");
        builder_add(&builder, expression(generator, method->parameters[i], depth));
    }
    builder_add(&builder, ")");
    return builder_text(&builder);
}

/* A Task<T>. */
static const char *task_of(Generator *generator, Type type, int depth)
{
    const char *name = type_name(type);
    const char *value = expression(generator, type, depth);
    switch (random_below(generator, generator->pool ? 8 : 5)) {
    case 0:
        return text("Task.FromResult<%s>(%s)", name, value);
    case 1:
        return text("Gate.Value<%s>(%s).AsTask()", name, value);
    case 2:
        return text("Gate.Pooled<%s>(%s).AsTask()", name, value);
    case 5:
        feature(generator, "Task.Run");
        return text("Task.Run(() => %s)", plain_expression(generator, type, 1));
    case 6:
        feature(generator, "Task.Run");
        return text("Task.Run(async () => { await Task.Yield(); return %s; })", plain_expression(generator, type, 1));
    case 7:
        feature(generator, "Task.Delay");
        return text("Gate.Later<%s>(%s)", name, value);
    default:
        return text("Gate.Task<%s>(%s)", name, value);
    }
}

/* A ValueTask<T>. */
static const char *value_task_of(Generator *generator, Type type, int depth)
{
    const char *name = type_name(type);
    const char *value = expression(generator, type, depth);
    switch (random_below(generator, 7)) {
    case 0:
        return text("new ValueTask<%s>(%s)", name, value);
    case 1:
        return text("ValueTask.FromResult<%s>(%s)", name, value);
    case 2:
        feature(generator, "source, pooled");
        return text("Gate.Pooled<%s>(%s)", name, value);
    case 3:
        feature(generator, "source, over the core");
        return text("Gate.Core<%s>(%s)", name, value);
    case 4:
        feature(generator, "source, by hand");
        return text("Gate.Hand<%s>(%s)", name, value);
    case 5:
        feature(generator, "Preserve");
        return text("Gate.Core<%s>(%s).Preserve()", name, value);
    default:
        return text("Gate.Value<%s>(%s)", name, value);
    }
}

static const char *configured(Generator *generator, const char *awaitable)
{
    if (!random_chance(generator, 25)) {
        return awaitable;
    }
    feature(generator, "ConfigureAwait");
    return text("%s.ConfigureAwait(%s)", awaitable, random_chance(generator, 80) ? "false" : "true");
}

const char *awaitable(Generator *generator, Type type, int depth)
{
    const Method *method = random_chance(generator, 45) ? find_method(generator, type, true) : NULL;
    if (method != NULL) {
        return configured(generator, call(generator, method, depth));
    }
    if (random_chance(generator, 8)) {
        feature(generator, "awaiter by hand");
        return text("new Custom<%s>(%s, %s)", type_name(type), expression(generator, type, depth),
                    random_chance(generator, 50) ? "true" : "false");
    }
    return configured(generator, random_chance(generator, 50) ? task_of(generator, type, depth)
                                                              : value_task_of(generator, type, depth));
}

const char *awaitable_void(Generator *generator)
{
    const Method *method = random_chance(generator, 40) ? find_method(generator, TYPE_NONE, true) : NULL;
    if (method != NULL) {
        return configured(generator, call(generator, method, 1));
    }
    switch (random_below(generator, generator->pool ? 9 : 6)) {
    case 0:
        return configured(generator, "Task.CompletedTask");
    case 1:
        return configured(generator, "default(ValueTask)");
    case 2:
        return configured(generator, "Gate.PlainSource()");
    case 3:
        return configured(generator, "Gate.PlainValue()");
    case 6:
        feature(generator, "Task.Yield");
        return "Task.Yield()";
    case 7:
        feature(generator, "Task.Delay");
        return configured(generator, "Task.Delay(1)");
    case 8:
        feature(generator, "Task.Run");
        return configured(generator, "Task.Run(() => Tally.Last = \"run\")");
    default:
        return configured(generator, "Gate.Plain()");
    }
}

/* ---- statements ----------------------------------------------------------------------------------------------------
 */

static void body(Generator *generator, Piece *piece, int count)
{
    int variables = generator->context.variable_count;
    generator->context.depth++;
    statements(generator, piece, count);
    generator->context.depth--;
    generator->context.variable_count = variables;
}

static int body_size(Generator *generator)
{
    return 1 + (int)random_below(generator, 3);
}

static void loop_body(Generator *generator, Piece *piece)
{
    Context saved = generator->context;
    generator->context.times *= LOOP_TIMES;
    generator->context.loops++;
    body(generator, piece, body_size(generator));
    generator->context = saved;
}

static void write_simple(Generator *generator, Piece *piece)
{
    const char *line = fill(generator, simple_statements[random_below(generator, SIMPLE_COUNT)], TYPE_INT, 2);
    if (line != NULL) {
        piece_line(piece, line);
    }
}

static void write_declaration(Generator *generator, Piece *piece)
{
    Type type = random_type(generator);
    const char *name = text("v%d", next_number(generator));
    const char *value = expression(generator, type, 3);
    bool explicit = random_chance(generator, 70);
    piece_line(piece, text("%s %s = %s;", explicit ? type_name(type) : "var", name, value));
    declare(generator, name, type, true);
}

static void write_print(Generator *generator, Piece *piece)
{
    Builder builder = {0};
    builder_add(&builder, text("Console.WriteLine($\"%d", next_number(generator)));
    for (uint32_t i = 0; i <= random_below(generator, 3); i++) {
        Type type = random_type(generator);
        builder_add(&builder, text(" %s", show(type, expression(generator, type, 2))));
    }
    builder_add(&builder, "\");");
    piece_line(piece, builder_text(&builder));
}

static void write_await(Generator *generator, Piece *piece)
{
    piece_line(piece, text("await %s;", awaitable_void(generator)));
}

static void write_if(Generator *generator, Piece *piece)
{
    Piece *group = piece_add(piece, NULL, NULL);
    body(generator, piece_add(group, text("if (%s)\n{", expression(generator, TYPE_BOOL, 2)), "}"),
         body_size(generator));
    if (random_chance(generator, 50)) {
        body(generator, piece_add(group, "else\n{", "}"), body_size(generator));
    }
}

static void write_for(Generator *generator, Piece *piece)
{
    const char *name = text("i%d", next_number(generator));
    int variables = generator->context.variable_count;
    const char *limit = generator->context.can_await && random_chance(generator, 15)
                            ? "await Gate.Core<int>(2)"
                            : text("%u", 1 + random_below(generator, LOOP_TIMES));
    declare(generator, name, TYPE_INT, false);
    loop_body(generator, piece_add(piece, text("for (int %s = 0; %s < %s; %s++)\n{", name, name, limit, name), "}"));
    generator->context.variable_count = variables;
}

static void write_foreach(Generator *generator, Piece *piece)
{
    static const struct {
        const char *pattern;
        Type type;
    } lists[] = {
        {"new[] { $i, $i }", TYPE_INT},
        {"new List<int> { $i, $i, $i }", TYPE_INT},
        {"$a", TYPE_INT},
        {"$k.ToArray()", TYPE_INT},
        {"new[] { $s, $s }", TYPE_STRING},
        {"\"ab\"", TYPE_CHAR},
        {"new[] { $p, $p }", TYPE_POINT},
        {"new List<string> { $s, $s }", TYPE_STRING},
        {"new Queue<long>(new[] { $l, $l })", TYPE_LONG},
        {"new List<(int, int)> { $t, $t }", TYPE_PAIR},
        {"new HashSet<string> { $s, $s }", TYPE_STRING},
        {"new Stack<decimal>(new[] { $m, $m })", TYPE_DECIMAL},
        {"new[] { $g, $g }", TYPE_GUID},
    };
    uint32_t chosen = random_below(generator, sizeof lists / sizeof lists[0]);
    const char *name = text("e%d", next_number(generator));
    int variables = generator->context.variable_count;
    const char *list = fill(generator, lists[chosen].pattern, TYPE_INT, 1);
    declare(generator, name, lists[chosen].type, false);
    loop_body(generator,
              piece_add(piece, text("foreach (%s %s in %s)\n{", type_name(lists[chosen].type), name, list), "}"));
    generator->context.variable_count = variables;
}

static void write_while(Generator *generator, Piece *piece)
{
    const char *name = text("w%d", next_number(generator));
    Piece *group = piece_add(piece, NULL, NULL);
    piece_line(group, text("int %s = %u;", name, 1 + random_below(generator, LOOP_TIMES)));
    declare(generator, name, TYPE_INT, false);
    if (random_chance(generator, 60)) {
        loop_body(generator, piece_add(group, text("while (%s-- > 0)\n{", name), "}"));
    } else {
        loop_body(generator, piece_add(group, "do\n{", text("} while (--%s > 0);", name)));
    }
}

static void write_case(Generator *generator, Piece *piece, const char *label)
{
    Context saved = generator->context;
    body(generator, piece_add(piece, text("%s:\n{", label), "    break;\n}"), body_size(generator));
    generator->context = saved;
}

static void write_switch(Generator *generator, Piece *piece)
{
    static const struct {
        Type type;
        const char *labels[3];
    } forms[] = {
        {TYPE_INT, {"case 0", "case > 5 and < 50", "case < 0 or 3"}},
        {TYPE_STRING, {"case \"abc\"", "case \"\"", "case { Length: > 4 }"}},
        {TYPE_COLOR, {"case Color.Red", "case Color.Green or Color.Blue", "case Color.Red + 5"}},
        {TYPE_ITEM, {"case Special { Flag: true }", "case { Id: 2 }", "case { Name: \"b\" }"}},
        {TYPE_PAIR, {"case (0, _)", "case ( > 2, < 4)", "case (1, 1)"}},
        {TYPE_MAYBE_INT, {"case null", "case 3", "case > 10"}},
        {TYPE_ARRAY, {"case []", "case [0, ..]", "case [_, > 4]"}},
    };
    uint32_t chosen = random_below(generator, sizeof forms / sizeof forms[0]);
    bool guard = random_chance(generator, 30);
    /* A loop outside cannot be left from here with break, but continue works; keep to neither. */
    Context saved = generator->context;
    Piece *whole = piece_add(piece, text("switch (Same(%s))\n{", expression(generator, forms[chosen].type, 2)), "}");
    generator->context.loops = 0;
    for (int i = 0; i < 3; i++) {
        const char *label = forms[chosen].labels[i];
        write_case(generator, whole,
                   guard && i == 1 ? text("%s when %s", label, plain_expression(generator, TYPE_BOOL, 1)) : label);
    }
    if (random_chance(generator, 70)) {
        write_case(generator, whole, "default");
    }
    generator->context.loops = saved.loops;
}

static const char *new_exception(Generator *generator)
{
    return fill(generator, exceptions[random_below(generator, EXCEPTION_COUNT)], TYPE_INT, 1);
}

static void write_throw(Generator *generator, Piece *piece)
{
    feature(generator, "throw");
    piece_line(piece, text("if (%s) throw %s;", expression(generator, TYPE_BOOL, 2), new_exception(generator)));
}

static void write_catch(Generator *generator, Piece *group, const char *type)
{
    const char *name = text("x%d", next_number(generator));
    Builder head = {0};
    builder_add(&head, text("catch (%s %s)", type, name));
    if (random_chance(generator, 25)) {
        feature(generator, "catch when");
        builder_add(&head, text(" when (%s)", plain_expression(generator, TYPE_BOOL, 2)));
    }
    builder_add(&head, "\n{");
    Piece *clause = piece_add(group, builder_text(&head), "}");
    piece_line(clause, text("Console.WriteLine($\"%d caught {Print.Error(%s)}\");", next_number(generator), name));
    body(generator, clause, (int)random_below(generator, 3));
    if (random_chance(generator, 20)) {
        feature(generator, "rethrow");
        piece_line(clause, random_chance(generator, 50)
                               ? "throw;"
                               : text("throw new AppException(%d, %s);", next_number(generator), name));
    }
}

static void write_catches(Generator *generator, Piece *group)
{
    uint32_t first = random_below(generator, CAUGHT_COUNT);
    uint32_t count = random_below(generator, 3);
    for (uint32_t i = 0; i < count; i++) {
        write_catch(generator, group, caught[(first + i) % CAUGHT_COUNT]);
    }
    if (count == 0 || random_chance(generator, 60)) {
        write_catch(generator, group, "Exception");
    }
}

static void write_failing_await(Generator *generator, Piece *piece)
{
    static const char *const failures[] = {
        "await Gate.Fail<int>($s)",
        "await Gate.FailSource<int>($s)",
        "await Gate.Cancel<string>()",
        "await Gate.FailPlain($s)",
        "await Task.FromException(new AppException($i))",
        "await ValueTask.FromException<int>(new AppException($i))",
        "await Task.FromCanceled(new CancellationToken(true))",
        "await Gate.FailSource<string>($s).AsTask()",
        "await new ValueTask(Gate.FailPlain($s))",
        "await Gate.Fail<long>($s).ConfigureAwait(false)",
        "await Task.WhenAll(Gate.FailPlain($s), Gate.Plain(), Gate.FailPlain($s))",
    };
    feature(generator, "failing await");
    const char *line =
        fill(generator, failures[random_below(generator, sizeof failures / sizeof failures[0])], TYPE_INT, 1);
    piece_line(piece, text("%s;", line));
}

static void write_try(Generator *generator, Piece *piece)
{
    Context saved = generator->context;
    Piece *group = piece_add(piece, NULL, NULL);
    bool has_catch = random_chance(generator, 75);
    generator->context.in_try |= has_catch;
    Piece *guarded = piece_add(group, "try\n{", "}");
    body(generator, guarded, body_size(generator));
    if (generator->context.can_await && has_catch && random_chance(generator, 35)) {
        write_failing_await(generator, guarded);
    }
    generator->context.in_try = true;
    generator->context.in_handler = true;
    if (has_catch) {
        write_catches(generator, group);
    }
    if (!has_catch || random_chance(generator, 35)) {
        feature(generator, "finally");
        generator->context.in_finally = true;
        generator->context.loops = 0;
        body(generator, piece_add(group, "finally\n{", "}"), body_size(generator));
    }
    generator->context.in_finally = saved.in_finally;
    generator->context.in_try = saved.in_try;
    generator->context.in_handler = saved.in_handler;
    generator->context.loops = saved.loops;
}

static void write_leave(Generator *generator, Piece *piece)
{
    const Context *context = &generator->context;
    const char *condition = expression(generator, TYPE_BOOL, 1);
    if (context->loops > 0 && random_chance(generator, 60)) {
        piece_line(piece, text("if (%s) %s;", condition, random_chance(generator, 50) ? "break" : "continue"));
    } else if (context->in_finally || context->kind == KIND_WRAPPER) {
        return;
    } else if (context->kind == KIND_ITERATOR || context->kind == KIND_STREAM) {
        piece_line(piece, text("if (%s) yield break;", condition));
    } else if (context->result == TYPE_NONE) {
        piece_line(piece, text("if (%s) return;", condition));
    } else {
        piece_line(piece, text("if (%s) return %s;", condition, expression(generator, context->result, 2)));
    }
}

static void write_using(Generator *generator, Piece *piece)
{
    const char *name = text("d%d", next_number(generator));
    bool asynchronous = generator->context.can_await && random_chance(generator, 60);
    const char *head = asynchronous ? text("await using (var %s = new AsyncCloser(\"%s\", %s))\n{", name, name,
                                           random_chance(generator, 60) ? "true" : "false")
                                    : text("using (var %s = new Closer(\"%s\"))\n{", name, name);
    feature(generator, asynchronous ? "await using" : "using");
    if (random_chance(generator, 30)) {
        piece_line(piece, text("%susing var %s = new %s(\"%s\"%s);", asynchronous ? "await " : "", name,
                               asynchronous ? "AsyncCloser" : "Closer", name, asynchronous ? ", true" : ""));
        return;
    }
    body(generator, piece_add(piece, head, "}"), body_size(generator));
}

static void write_lock(Generator *generator, Piece *piece)
{
    Context saved = generator->context;
    generator->context.can_await = false;
    generator->context.in_try = true; /* no yield in here either */
    body(generator, piece_add(piece, "lock (Tally.Lock)\n{", "}"), body_size(generator));
    generator->context.can_await = saved.can_await;
    generator->context.in_try = saved.in_try;
}

/* ---- functions in functions ----------------------------------------------------------------------------------------
 */

static void nested_body(Generator *generator, Piece *piece, Type result, Kind kind, const char *parameter)
{
    Context saved = generator->context;
    generator->context.kind = kind;
    generator->context.result = result;
    generator->context.can_await = kind != KIND_PLAIN;
    generator->context.in_lambda = true;
    generator->context.in_finally = generator->context.in_try = false;
    generator->context.loops = 0;
    if (parameter != NULL) {
        declare(generator, parameter, TYPE_INT, true);
    }
    body(generator, piece, body_size(generator));
    if (result != TYPE_NONE) {
        piece_line(piece, text("return %s;", expression(generator, result, 2)));
    }
    generator->context = saved;
}

static void use_result(Generator *generator, Piece *piece, Type type, const char *value)
{
    piece_line(piece, text("Console.WriteLine($\"%d %s\");", next_number(generator), show(type, value)));
}

static void write_lambda(Generator *generator, Piece *piece)
{
    Type result = random_type(generator);
    const char *name = text("f%d", next_number(generator));
    const char *type = type_name(result);
    if (!generator->context.can_await || random_chance(generator, 40)) {
        feature(generator, "lambda");
        if (random_chance(generator, 50)) {
            piece_line(piece,
                       text("Func<int, %s> %s = n%s => %s;", type, name, name, plain_expression(generator, result, 2)));
        } else {
            Piece *lambda = piece_add(piece, text("Func<int, %s> %s = n%s =>\n{", type, name, name), "};");
            nested_body(generator, lambda, result, KIND_PLAIN, text("n%s", name));
        }
        use_result(generator, piece, result, text("%s(%s)", name, expression(generator, TYPE_INT, 1)));
        return;
    }
    feature(generator, "async lambda");
    bool value_task = random_chance(generator, 50);
    Piece *lambda = piece_add(
        piece, text("Func<int, %s<%s>> %s = async n%s =>\n{", value_task ? "ValueTask" : "Task", type, name, name),
        "};");
    nested_body(generator, lambda, result, value_task ? KIND_VALUE_TASK : KIND_TASK, text("n%s", name));
    use_result(generator, piece, result, text("(await %s(%s))", name, expression(generator, TYPE_INT, 1)));
    if (random_chance(generator, 30)) {
        use_result(generator, piece, result, text("(await %s(%u))", name, random_below(generator, 10)));
    }
}

static void write_local_function(Generator *generator, Piece *piece)
{
    Type result = random_type(generator);
    const char *name = text("L%d", next_number(generator));
    bool asynchronous = generator->context.can_await && random_chance(generator, 60);
    bool value_task = random_chance(generator, 50);
    const char *wrapped = value_task ? "ValueTask" : "Task";
    const char *type = type_name(result);
    const char *head = asynchronous ? text("async %s<%s> %s(int n%s)\n{", wrapped, type, name, name)
                                    : text("%s %s(int n%s)\n{", type, name, name);
    feature(generator, asynchronous ? "async local function" : "local function");
    nested_body(generator, piece_add(piece, head, "}"), result,
                !asynchronous ? KIND_PLAIN
                : value_task  ? KIND_VALUE_TASK
                              : KIND_TASK,
                text("n%s", name));
    use_result(generator, piece, result,
               text(asynchronous ? "(await %s(%s))" : "%s(%s)", name, expression(generator, TYPE_INT, 1)));
}

static void write_action(Generator *generator, Piece *piece)
{
    const char *name = text("a%d", next_number(generator));
    Context saved = generator->context;
    generator->context.can_await = false;
    generator->context.in_lambda = true;
    const char *line = fill(generator, simple_statements[random_below(generator, SIMPLE_COUNT)], TYPE_INT, 1);
    generator->context.can_await = saved.can_await;
    generator->context.in_lambda = saved.in_lambda;
    if (line != NULL) {
        feature(generator, "lambda");
        piece_line(piece, text("Action %s = () => { %s };", name, line));
        piece_line(piece, text("%s();", name));
    }
}

/* ---- several operations --------------------------------------------------------------------------------------------
 */

/* Starts an operation, does something else, then awaits it. Methods print, so on the pool they may not run meanwhile.
 */
static void write_later(Generator *generator, Piece *piece)
{
    Type type = random_type(generator);
    const char *name = text("t%d", next_number(generator));
    const Method *method = generator->pool ? NULL : find_method(generator, type, true);
    bool value_task = random_chance(generator, 50);
    const char *operation = method != NULL ? call(generator, method, 1)
                            : generator->pool
                                ? text("Gate.Task<%s>(%s)", type_name(type), expression(generator, type, 1))
                            : value_task ? value_task_of(generator, type, 1)
                                         : task_of(generator, type, 1);
    feature(generator, "started, awaited later");
    piece_line(piece, text("var %s = %s;", name, operation));
    statements(generator, piece, 1);
    use_result(generator, piece, type, text("(await %s)", name));
}

static const char *task_or_call(Generator *generator, Type type)
{
    const Method *method =
        generator->pool || random_chance(generator, 50) ? NULL : pick_method(generator, type, KIND_TASK, KIND_TASK);
    if (method != NULL) {
        return call(generator, method, 1);
    }
    return generator->pool ? text("Gate.Task<%s>(%s)", type_name(type), expression(generator, type, 1))
                           : task_of(generator, type, 1);
}

static void write_when_all(Generator *generator, Piece *piece)
{
    Type type = random_type(generator);
    const char *name = text("r%d", next_number(generator));
    const char *first = task_or_call(generator, type), *second = task_or_call(generator, type);
    bool any = !generator->pool && random_chance(generator, 35);
    feature(generator, any ? "WhenAny" : "WhenAll");
    if (any) {
        piece_line(piece, text("var %s = await Task.WhenAny(%s, %s);", name, first, second));
        use_result(generator, piece, type, text("(await %s)", name));
    } else {
        piece_line(piece, text("var %s = await Task.WhenAll(%s, %s);", name, first, second));
        use_result(generator, piece, type, text("%s[0]", name));
        use_result(generator, piece, type, text("%s[1]", name));
    }
}

static void write_iteration(Generator *generator, Piece *piece)
{
    Type type = random_type(generator);
    bool stream = generator->context.can_await && random_chance(generator, 70);
    const Method *method =
        pick_method(generator, type, stream ? KIND_STREAM : KIND_ITERATOR, stream ? KIND_STREAM : KIND_ITERATOR);
    for (int tries = 0; method == NULL && tries < 30; tries++) {
        type = random_type(generator);
        method =
            pick_method(generator, type, stream ? KIND_STREAM : KIND_ITERATOR, stream ? KIND_STREAM : KIND_ITERATOR);
    }
    if (method == NULL) {
        return;
    }
    const char *name = text("e%d", next_number(generator));
    const char *source = call(generator, method, 1);
    int variables = generator->context.variable_count;
    feature(generator, stream ? "await foreach" : "iterator");
    declare(generator, name, type, false);
    const char *suffix = stream && random_chance(generator, 20) ? ".ConfigureAwait(false)" : "";
    loop_body(
        generator,
        piece_add(piece, text("%sforeach (var %s in %s%s)\n{", stream ? "await " : "", name, source, suffix), "}"));
    generator->context.variable_count = variables;
}

static void write_yield(Generator *generator, Piece *piece)
{
    const Context *context = &generator->context;
    if ((context->kind == KIND_ITERATOR || context->kind == KIND_STREAM) && !context->in_try && !context->in_finally) {
        piece_line(piece, text("yield return %s;", expression(generator, context->result, 2)));
    }
}

/* What the spill rules are about: operands that wait while a later one is awaited. */
static void write_spill(Generator *generator, Piece *piece)
{
    static const char *const patterns[] = {
        "Tally.Total = Three($i, $s, await Gate.Task($i)) + await Gate.Core<int>($i);",
        "$Va[await Gate.Core<int>(0)] += await Gate.Task<int>($i);",
        "$Va[0] = $i + await Gate.Pooled<int>($i);",
        "$Vs = $s + await Gate.Task($s) + $i;",
        "$Vs = $\"{$i} {await Gate.Task($l)} {$s} {await Gate.Core<decimal>($m)}\";",
        "$Vi += await Gate.Task($i) + $i;",
        "$Vt = ($i, await Gate.Task($i));",
        "$Vp = new Point(await Gate.Task($i), await Gate.Core<long>($l));",
        "$Vr = new Item($i, await Gate.Task($s)) with { Id = await Gate.Task($i) };",
        "$Vk.Add(await Gate.Task($i));",
        "$Vk[0] += await Gate.Value($i);",
        "$Vk = new List<int> { await Gate.Task($i), $i, await Gate.Core<int>($i) };",
        "Tally.Counts[await Gate.Task($s)] = await Gate.Task($i);",
        "Tally.Last = (await Gate.Task($i) > 3 ? await Gate.Task($s) : $s) + await Gate.Task($s);",
        "Tally.Last = await Gate.Task<string?>($b ? null : $s) ?? await Gate.Task($s);",
        "if ($b && await Gate.Task($b) || await Gate.Core<bool>($b)) Tally.Total++;",
        "Tally.Total += Same($i) switch { < 3 => await Gate.Task($i), 4 or 5 => $i, _ => await Gate.Core<int>($i) };",
        "$Vd = Math.Round($d + await Gate.Task($d), 3);",
        "Tally.Boxed = (object)await Gate.Task($p);",
        "Tally.Texts[await Gate.Task(1)] += await Gate.Task($s);",
        "$Va = new[] { $i, await Gate.Task($i), await Gate.Task($i) };",
        "var made$# = new Bag { Name = await Gate.Task($s), Size = $i, Inner = { Size = await Gate.Task($i) } }; "
        "Tally.Last = made$#.ToString();",
        "Tally.Total += (await Gate.Task($r)).Id + (await Gate.Task($a)).Length;",
        "$VL = new Labelled($s, await Gate.Task($i));",
        "Tally.Last = string.Join(\"|\", $i, await Gate.Task($s), $d, await Gate.Task($c));",
        "Tally.Last = string.Format(\"{0}-{1}\", $i, await Gate.Task($i));",
        "Tally.Total += checked($i % 100 + await Gate.Task($i) % 100);",
    };
    feature(generator, "spilled operands");
    const char *line =
        fill(generator, patterns[random_below(generator, sizeof patterns / sizeof patterns[0])], TYPE_INT, 1);
    if (line != NULL) {
        piece_line(piece, line);
    }
}

/* ---- choosing ------------------------------------------------------------------------------------------------------
 */

typedef struct Form Form;
struct Form {
    void (*write)(Generator *, Piece *);
    uint32_t weight;
    bool nests;  /* has statements inside */
    bool awaits; /* needs an async method */
    bool loops;
};

static const Form forms[] = {
    {write_simple, 16, false, false, false},
    {write_declaration, 14, false, false, false},
    {write_print, 12, false, false, false},
    {write_await, 14, false, true, false},
    {write_spill, 8, false, true, false},
    {write_if, 6, true, false, false},
    {write_for, 5, true, false, true},
    {write_foreach, 5, true, false, true},
    {write_while, 3, true, false, true},
    {write_switch, 4, true, false, false},
    {write_try, 10, true, false, false},
    {write_throw, 4, false, false, false},
    {write_leave, 3, false, false, false},
    {write_using, 3, true, false, false},
    {write_lock, 1, true, false, false},
    {write_lambda, 4, true, false, true},
    {write_local_function, 3, true, false, true},
    {write_action, 3, false, false, false},
    {write_later, 4, false, true, false},
    {write_when_all, 3, false, true, false},
    {write_iteration, 4, true, false, true},
    {write_yield, 10, false, false, false},
    {write_failing_await, 1, false, true, false},
};
enum { FORM_COUNT = sizeof forms / sizeof forms[0] };

/* A method with a loop in a handler is optimized at once by .NET, which then puts small objects on the stack. */
static bool must_not_loop(const Generator *generator)
{
    return generator->measured && generator->context.in_handler;
}

static const Form *choose(Generator *generator)
{
    for (;;) {
        uint32_t sum = 0;
        for (int i = 0; i < FORM_COUNT; i++) {
            sum += forms[i].weight;
        }
        uint32_t rest = random_below(generator, sum);
        const Form *form = forms;
        while (rest >= form->weight) {
            rest -= form++->weight;
        }
        bool fits =
            !(form->nests && generator->context.depth >= MAX_DEPTH) && !(form->loops && must_not_loop(generator));
        if (fits && !(form->awaits && !generator->context.can_await)) {
            return form;
        }
    }
}

void statements(Generator *generator, Piece *piece, int count)
{
    for (int i = 0; i < count && generator->cost < BUDGET; i++) {
        generator->cost += generator->context.times;
        choose(generator)->write(generator, piece);
    }
}
