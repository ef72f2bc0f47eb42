/* Methods of every kind, async and not, wherever methods can stand. */
#include "generate.h"

static const char *task_name(const Method *method, const char *name)
{
    return method->result == TYPE_NONE ? name : text("%s<%s>", name, type_name(method->result));
}

const char *method_type(const Method *method)
{
    switch (method->kind) {
    case KIND_PLAIN:
        return type_name(method->result);
    case KIND_TASK:
        return task_name(method, "Task");
    case KIND_VALUE_TASK:
    case KIND_POOLED:
        return task_name(method, "ValueTask");
    case KIND_WRAPPER:
        return task_name(method, method->as_value_task ? "ValueTask" : "Task");
    case KIND_ITERATOR:
        return text("IEnumerable<%s>", type_name(method->result));
    case KIND_STREAM:
        return text("IAsyncEnumerable<%s>", type_name(method->result));
    case KIND_COUNT:
        break;
    }
    return "void";
}

static const char *kind_feature(Kind kind)
{
    switch (kind) {
    case KIND_PLAIN:
        return "method, plain";
    case KIND_TASK:
        return "method, async Task";
    case KIND_VALUE_TASK:
        return "method, async ValueTask";
    case KIND_POOLED:
        return "method, pooling builder";
    case KIND_WRAPPER:
        return "method, returns a task without async";
    case KIND_ITERATOR:
        return "method, iterator";
    case KIND_STREAM:
        return "method, async iterator";
    case KIND_COUNT:
        break;
    }
    return "";
}

static void choose_shape(Generator *generator, Method *method)
{
    static const uint8_t kinds[] = {10, 26, 24, 14, 6, 6, 12, 0};
    static const uint8_t places[] = {30, 18, 18, 10, 10, 8, 8, 0};
    method->kind = (Kind)random_weighted(generator, kinds);
    method->place = (Place)random_weighted(generator, places);
    method->as_value_task = random_chance(generator, 50);
    bool needs_result = method->kind == KIND_PLAIN || method->kind == KIND_ITERATOR || method->kind == KIND_STREAM;
    method->result = needs_result || random_chance(generator, 75) ? random_type(generator) : TYPE_NONE;
    method->parameter_count = (int)random_below(generator, MAX_PARAMETERS);
    for (int i = 0; i < method->parameter_count; i++) {
        method->parameters[i] = random_type(generator);
    }
    feature(generator, kind_feature(method->kind));
}

static const char *signature(Generator *generator, const Method *method, bool is_static)
{
    Builder builder = {0};
    if (method->kind == KIND_POOLED) {
        builder_add(&builder, text("[AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder%s))]\n",
                                   method->result == TYPE_NONE ? "" : "<>"));
    }
    bool is_async = method->kind == KIND_TASK || method->kind == KIND_VALUE_TASK || method->kind == KIND_POOLED ||
                    method->kind == KIND_STREAM;
    builder_add(&builder, text("%s%s%s%s M%d%s(", method->place == PLACE_LOCAL ? "" : "public ",
                               is_static ? "static " : "", is_async ? "async " : "", method_type(method),
                               method->number, method->place == PLACE_GENERIC ? "<T>" : ""));
    if (method->place == PLACE_GENERIC) {
        builder_add(&builder, "T extra");
    }
    for (int i = 0; i < method->parameter_count; i++) {
        const char *name = text("p%d", next_number(generator));
        builder_add(&builder, text("%s%s %s", i > 0 || method->place == PLACE_GENERIC ? ", " : "",
                                   type_name(method->parameters[i]), name));
        declare(generator, name, method->parameters[i], true);
    }
    builder_add(&builder, ")");
    return builder_text(&builder);
}

static void declare_fields(Generator *generator, bool of_struct)
{
    declare(generator, "Number", TYPE_INT, true);
    declare(generator, "Word", TYPE_STRING, true);
    declare(generator, "Place", TYPE_POINT, true);
    for (int i = 0; i < generator->context.variable_count; i++) {
        generator->variables[i].of_struct = of_struct;
    }
}

/* Where the method stands: its type's piece, and how it is reached. */
static Piece *open_place(Generator *generator, Method *method)
{
    int number = method->number;
    const char *fields = "    public int Number = number;\n    public string Word = word;\n    public Point Place;";
    switch (method->place) {
    case PLACE_LOCAL:
        method->target = "";
        return generator->types->first;
    case PLACE_STATIC:
    case PLACE_GENERIC:
        method->target = text("Static%d.", number);
        return piece_add(generator->types, text("static class Static%d\n{", number), "}");
    case PLACE_INSTANCE:
        method->target = text("new Host%d(%u, \"h\").", number, random_below(generator, 10));
        declare_fields(generator, false);
        return piece_add(generator->types, text("class Host%d(int number, string word)\n{\n%s", number, fields), "}");
    case PLACE_STRUCT:
        method->target = text("new Value%d(%u, \"s\").", number, random_below(generator, 10));
        declare_fields(generator, true);
        return piece_add(generator->types, text("struct Value%d(int number, string word)\n{\n%s", number, fields), "}");
    case PLACE_HOLDER: {
        Type held = random_type(generator);
        method->target = text("new Holder%d<%s>(%s).", number, type_name(held), expression(generator, held, 0));
        return piece_add(generator->types, text("class Holder%d<T>(T held)\n{\n    public T Held = held;", number),
                         "}");
    }
    case PLACE_VIRTUAL:
        method->target = text("((IWork%d)new Work%d()).", number, number);
        return piece_add(generator->types, text("class Work%d : IWork%d\n{", number, number), "}");
    case PLACE_COUNT:
        break;
    }
    return NULL;
}

static void write_end(Generator *generator, const Method *method, Piece *body)
{
    if (method->place == PLACE_GENERIC) {
        piece_line(body, "Console.WriteLine($\"extra {extra}\");");
    }
    if (method->place == PLACE_HOLDER) {
        piece_line(body, "Console.WriteLine($\"held {Held}\");");
    }
    if (method->kind == KIND_ITERATOR || method->kind == KIND_STREAM) {
        piece_line(body, text("yield return %s;", expression(generator, method->result, 2)));
    } else if (method->kind == KIND_WRAPPER) {
        const char *value = method->result == TYPE_NONE ? "" : expression(generator, method->result, 2);
        const char *name = method->result == TYPE_NONE ? "" : type_name(method->result);
        piece_line(body, method->result == TYPE_NONE
                             ? (method->as_value_task ? "return Gate.PlainSource();" : "return Gate.Plain();")
                             : text(method->as_value_task ? "return Gate.Core<%s>(%s);" : "return Gate.Task<%s>(%s);",
                                    name, value));
    } else if (method->result != TYPE_NONE) {
        piece_line(body, text("return %s;", expression(generator, method->result, 3)));
    }
}

static void write_interface(Generator *generator, const Method *method, const char *head)
{
    if (method->place == PLACE_VIRTUAL) {
        const char *start = method_type(method);
        const char *list = head;
        while (*list != '(') {
            list++;
        }
        /* The attribute of a pooled method has parentheses too; the parameters are in the last pair. */
        for (const char *at = head; *at != '\0'; at++) {
            list = *at == 'M' && at[1] >= '0' && at[1] <= '9' ? at : list;
        }
        piece_add(generator->types, text("interface IWork%d\n{\n    %s %s;", method->number, start, list), "}");
    }
}

void write_method(Generator *generator)
{
    Method *method = &generator->methods[generator->method_count];
    *method = (Method){.number = generator->method_count + 1};
    choose_shape(generator, method);
    bool is_async = method->kind != KIND_PLAIN && method->kind != KIND_ITERATOR && method->kind != KIND_WRAPPER;
    generator->context = (Context){.times = 1};
    Piece *home = open_place(generator, method);
    bool is_static = method->place == PLACE_LOCAL || method->place == PLACE_STATIC || method->place == PLACE_GENERIC;
    generator->context.method = method;
    const char *head = signature(generator, method, is_static);
    generator->context.result = method->result;
    generator->context.kind = method->kind;
    generator->context.can_await = is_async;
    generator->cost = 1;
    write_interface(generator, method, head);
    Piece *body = piece_add(home, text("%s\n{", head), "}");
    statements(generator, body, 2 + (int)random_below(generator, 6));
    write_end(generator, method, body);
    method->cost = generator->cost;
    generator->method_count++;
}
