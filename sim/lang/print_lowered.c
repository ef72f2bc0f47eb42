/* The lowered C# of a method, with everything that was made for it: what sharplab.io shows for the same program. */
#include "lang/print_internal.h"

#include <string.h>

static void print_statement(Printer *printer, const Bound *node);

static void start_line(Printer *printer)
{
    for (uint32_t i = 0; i < printer->indent; i++)
        text_adds(printer->out, "    ");
}

static void print_line(Printer *printer, const char *text)
{
    start_line(printer);
    text_adds(printer->out, text);
    text_addc(printer->out, '\n');
}

static void open_braces(Printer *printer)
{
    print_line(printer, "{");
    printer->indent++;
}

static void close_braces(Printer *printer)
{
    printer->indent--;
    print_line(printer, "}");
}

/* --- statements --------------------------------------------------------------------------------------------------- */

static uint32_t label_number(Printer *printer, const Label *label)
{
    Numbering *labels = &printer->labels;
    for (uint32_t i = labels->count; i-- > 0;)
        if (labels->at[i] == label)
            return i + 1;
    ARENA_PUSH(printer->world->arena, labels->at, labels->count, labels->capacity, label);
    return labels->count;
}

static void print_label_name(Printer *printer, const Label *label)
{
    if (label->name)
        text_adds(printer->out, label->name->text);
    else
        text_format(printer->out, "L%u", label_number(printer, label));
}

static void print_label(Printer *printer, const Label *label)
{
    uint32_t indent = printer->indent;
    printer->indent = indent ? indent - 1 : 0;
    start_line(printer);
    printer->indent = indent;
    print_label_name(printer, label);
    text_adds(printer->out, ":\n");
}

static void print_goto(Printer *printer, const Label *label)
{
    text_adds(printer->out, "goto ");
    print_label_name(printer, label);
    text_adds(printer->out, ";\n");
}

static LocalData *data_of(Printer *printer, Local *local)
{
    if (!local->lowered)
        local->lowered = ARENA_NEW(printer->world->arena, LocalData);
    return local->lowered;
}

static void note_mentions(void *context, Bound *node)
{
    Printer *printer = context;
    if (node->kind == BOUND_LOCAL)
        data_of(printer, node->local)->seen = printer->serial;
    bound_for_each_child(node, note_mentions, context);
}

/* The local that a statement assigns, if it does nothing else. */
static Local *assigned_local(const Bound *node)
{
    if (node->kind != BOUND_EXPRESSION_STATEMENT)
        return NULL;
    const Bound *value = node->a;
    bool assigns = value->kind == BOUND_ASSIGN || value->kind == BOUND_ASSIGN_REF;
    return assigns && value->a->kind == BOUND_LOCAL ? value->a->local : NULL;
}

/* A local is declared where it is first mentioned, if that is a statement of its block that assigns it. */
static void find_declarations(Printer *printer, const Bound *block)
{
    for (uint32_t i = 0; i < block->locals.count; i++) {
        data_of(printer, block->locals.at[i])->declared_at = NULL;
        data_of(printer, block->locals.at[i])->seen = 0;
    }
    for (uint32_t i = 0; i < block->items.count; i++) {
        Bound *item = block->items.at[i];
        Local *local = assigned_local(item);
        bool is_first = local && data_of(printer, local)->seen != printer->serial;
        if (is_first) {
            note_mentions(printer, item->a->b);
            if (data_of(printer, local)->seen != printer->serial)
                data_of(printer, local)->declared_at = item;
        }
        note_mentions(printer, item);
    }
}

static void print_declaration(Printer *printer, const Local *local)
{
    text_adds(printer->out, local->ref_kind != REF_NONE ? "ref " : "");
    print_type(printer, local->type);
    text_addc(printer->out, ' ');
}

static void print_declarations(Printer *printer, const LocalList *locals)
{
    for (uint32_t i = 0; i < locals->count; i++) {
        const LocalData *data = locals->at[i]->lowered;
        if (data && data->declared_at)
            continue;
        start_line(printer);
        print_declaration(printer, locals->at[i]);
        print_local(printer, locals->at[i]);
        text_adds(printer->out, ";\n");
    }
}

static void print_items(Printer *printer, const BoundList *items)
{
    for (uint32_t i = 0; i < items->count; i++)
        print_statement(printer, items->at[i]);
}

/* A block's statements without braces of its own. */
static void print_inside(Printer *printer, const Bound *node)
{
    if (node->kind != BOUND_BLOCK) {
        print_statement(printer, node);
        return;
    }
    if (node->locals.count != 0)
        find_declarations(printer, node);
    print_declarations(printer, &node->locals);
    print_items(printer, &node->items);
}

static void print_body(Printer *printer, const Bound *node)
{
    open_braces(printer);
    print_inside(printer, node);
    close_braces(printer);
}

static void print_headed(Printer *printer, const char *keyword, const Bound *condition)
{
    start_line(printer);
    text_format(printer->out, "%s (", keyword);
    if (condition)
        print_expression(printer, condition, BINDS_LOOSEST);
    else
        text_adds(printer->out, "true");
    text_adds(printer->out, ")\n");
}

static void print_if(Printer *printer, const Bound *node)
{
    print_headed(printer, "if", node->a);
    print_body(printer, node->b);
    if (node->c) {
        print_line(printer, "else");
        print_body(printer, node->c);
    }
}

/* Targets of break and continue are labels like others. */
static void print_loop(Printer *printer, const Bound *node)
{
    if (node->kind == BOUND_FOR) {
        print_line(printer, "/* for */");
        open_braces(printer);
        print_declarations(printer, &node->locals);
        for (uint32_t i = 0; i < node->items.count; i++)
            print_statement(printer, node->items.at[i]);
    }
    if (node->kind == BOUND_DO)
        print_line(printer, "do");
    else
        print_headed(printer, "while", node->a);
    open_braces(printer);
    print_inside(printer, node->b);
    if (node->label2)
        print_label(printer, node->label2);
    if (node->c)
        print_statement(printer, node->c);
    close_braces(printer);
    if (node->kind == BOUND_DO) {
        start_line(printer);
        text_adds(printer->out, "while (");
        print_expression(printer, node->a, BINDS_LOOSEST);
        text_adds(printer->out, ");\n");
    }
    if (node->kind == BOUND_FOR)
        close_braces(printer);
    if (node->label)
        print_label(printer, node->label);
}

static void print_cases(Printer *printer, const Bound *node)
{
    for (uint32_t i = 0; i < node->case_count; i++) {
        start_line(printer);
        text_adds(printer->out, "case ");
        print_constant(printer, &node->cases[i].value, node->a->type);
        text_adds(printer->out, ": ");
        print_goto(printer, node->cases[i].label);
    }
}

static void print_switch(Printer *printer, const Bound *node)
{
    print_headed(printer, "switch", node->a);
    open_braces(printer);
    print_cases(printer, node);
    if (node->label2) {
        start_line(printer);
        text_adds(printer->out, "default: ");
        print_goto(printer, node->label2);
    }
    close_braces(printer);
    print_body(printer, node->b);
    if (node->label)
        print_label(printer, node->label);
}

static void print_dispatch(Printer *printer, const Bound *node)
{
    print_headed(printer, "switch", node->a);
    open_braces(printer);
    print_cases(printer, node);
    close_braces(printer);
}

static void print_catch(Printer *printer, const Bound *node)
{
    start_line(printer);
    text_adds(printer->out, "catch");
    if (node->catch_type) {
        text_adds(printer->out, " (");
        print_type(printer, node->catch_type);
        if (node->catch_local) {
            text_addc(printer->out, ' ');
            print_local(printer, node->catch_local);
        }
        text_addc(printer->out, ')');
    }
    if (node->c) {
        text_adds(printer->out, " when (");
        print_expression(printer, node->c, BINDS_LOOSEST);
        text_addc(printer->out, ')');
    }
    text_addc(printer->out, '\n');
    print_body(printer, node->a);
}

static void print_try(Printer *printer, const Bound *node)
{
    print_line(printer, "try");
    print_body(printer, node->a);
    for (uint32_t i = 0; i < node->items.count; i++)
        print_catch(printer, node->items.at[i]);
    if (node->b) {
        print_line(printer, "finally");
        print_body(printer, node->b);
    }
}

static void print_jump(Printer *printer, const char *keyword, const Bound *value, const char *between)
{
    start_line(printer);
    text_adds(printer->out, keyword);
    if (value) {
        text_adds(printer->out, between);
        print_expression(printer, value, BINDS_LOOSEST);
    }
    text_adds(printer->out, ";\n");
}

static void print_effect(Printer *printer, const Bound *node)
{
    const Local *local = assigned_local(node);
    const LocalData *data = local ? local->lowered : NULL;
    start_line(printer);
    if (data && data->declared_at == node)
        print_declaration(printer, local);
    print_expression(printer, node->kind == BOUND_EXPRESSION_STATEMENT ? node->a : node, BINDS_LOOSEST);
    text_adds(printer->out, ";\n");
}

static void print_statement(Printer *printer, const Bound *node)
{
    switch (node->kind) {
    case BOUND_BLOCK:
        if (node->locals.count != 0)
            print_body(printer, node);
        else
            print_items(printer, &node->items);
        break;
    case BOUND_IF:
        print_if(printer, node);
        break;
    case BOUND_WHILE:
    case BOUND_DO:
    case BOUND_FOR:
        print_loop(printer, node);
        break;
    case BOUND_SWITCH:
        print_switch(printer, node);
        break;
    case BOUND_STATE_DISPATCH:
        print_dispatch(printer, node);
        break;
    case BOUND_LABEL:
        print_label(printer, node->label);
        break;
    case BOUND_GOTO:
        start_line(printer);
        print_goto(printer, node->label);
        break;
    case BOUND_RETURN:
        print_jump(printer, "return", node->a, node->flags & BOUND_REF ? " ref " : " ");
        break;
    case BOUND_THROW:
        print_jump(printer, "throw", node->a, " ");
        break;
    case BOUND_TRY:
        print_try(printer, node);
        break;
    case BOUND_NOP:
    case BOUND_POINT:
        break;
    default:
        print_effect(printer, node);
        break;
    }
}

/* --- members and types -------------------------------------------------------------------------------------------- */

static const char *access_text(const Method *method)
{
    if (method->explicit_interface)
        return method->kind == METHOD_STATE_MACHINE && !strchr(method->name->text, '.') ? "private " : "";
    static const char *const texts[] = {"private ", "protected ", "internal ", "public "};
    return texts[method->access];
}

static void print_type_parameters(Printer *printer, TypeParameter *const *parameters, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        text_format(printer->out, "%s%s", i ? ", " : "<", parameters[i]->name->text);
    if (count)
        text_addc(printer->out, '>');
}

static void print_signature(Printer *printer, const Method *method)
{
    bool is_constructor = method->kind == METHOD_CONSTRUCTOR || method->kind == METHOD_STATIC_CONSTRUCTOR;
    start_line(printer);
    if (method->kind != METHOD_STATIC_CONSTRUCTOR)
        text_adds(printer->out, access_text(method));
    if (method->is_static)
        text_adds(printer->out, "static ");
    if (method->is_override)
        text_adds(printer->out, "override ");
    else if (method->is_virtual && !method->explicit_interface)
        text_adds(printer->out, "virtual ");
    if (!is_constructor) {
        text_adds(printer->out, method->return_ref != REF_NONE ? "ref " : "");
        print_type(printer, method->return_type);
        text_addc(printer->out, ' ');
    }
    text_adds(printer->out, is_constructor ? method->owner->name->text : method->name->text);
    print_type_parameters(printer, method->type_parameters, method->type_parameter_count);
    text_addc(printer->out, '(');
    for (uint32_t i = 0; i < method->parameter_count; i++) {
        const Parameter *parameter = &method->parameters[i];
        static const char *const kinds[] = {"", "ref ", "out ", "in ", "ref readonly "};
        text_format(printer->out, "%s%s", i ? ", " : "", kinds[parameter->ref_kind]);
        print_type(printer, parameter->type);
        text_format(printer->out, " %s", parameter->name->text);
    }
    text_adds(printer->out, ")\n");
}

static void print_method(Printer *printer, const Method *method)
{
    printer->locals.count = printer->labels.count = 0;
    print_signature(printer, method);
    print_body(printer, method->lowered->body);
}

static void print_header(Printer *printer, const TypeDefinition *type)
{
    start_line(printer);
    text_format(printer->out, "private %s %s", type->kind == TYPE_STRUCT ? "struct" : "sealed class", type->name->text);
    print_type_parameters(printer, type->type_parameters + type->own_parameter_start,
                          type->type_parameter_count - type->own_parameter_start);
    for (uint32_t i = 0; i < type->interface_count; i++) {
        text_adds(printer->out, i ? ", " : " : ");
        print_type(printer, type->interfaces[i]);
    }
    text_addc(printer->out, '\n');
}

static bool has_nothing_to_say(const Method *method)
{
    return method->kind == METHOD_CONSTRUCTOR && method->lowered->body->items.count == 0;
}

static void print_definition(Printer *printer, const LoweredParts *parts, const TypeDefinition *type)
{
    text_adds(printer->out, printer->indent ? "" : "[CompilerGenerated]\n");
    print_header(printer, type);
    open_braces(printer);
    bool is_first = true;
    for (uint32_t i = 0; i < type->field_count; i++) {
        start_line(printer);
        text_format(printer->out, "public %s", type->fields[i]->is_static ? "static " : "");
        print_type(printer, type->fields[i]->type);
        text_format(printer->out, " %s;\n", type->fields[i]->name->text);
        is_first = false;
    }
    for (uint32_t i = 0; i < type->nested_count; i++) {
        text_adds(printer->out, is_first ? "" : "\n");
        print_definition(printer, parts, type->nested[i]);
        is_first = false;
    }
    for (uint32_t i = 0; i < type->method_count; i++) {
        if (!type->methods[i]->lowered || has_nothing_to_say(type->methods[i]))
            continue;
        text_adds(printer->out, is_first ? "" : "\n");
        print_method(printer, type->methods[i]);
        is_first = false;
    }
    close_braces(printer);
    text_adds(printer->out, printer->indent ? "" : "\n");
}

static bool is_outermost(const LoweredParts *parts, const TypeDefinition *type)
{
    for (uint32_t i = 0; i < parts->type_count; i++)
        if (parts->types[i] == type->containing)
            return false;
    return true;
}

/* The machine of one lambda or local function: <name>d inside the type of its method. */
static bool belongs_to(const TypeDefinition *type, const Method *method)
{
    const char *name = method->name->text, *text = type->name->text;
    size_t length = strlen(name);
    return type->containing == method->owner && text[0] == '<' && strncmp(text + 1, name, length) == 0 &&
           strcmp(text + 1 + length, ">d") == 0;
}

void print_lowered(World *world, Method *method, Text *out)
{
    if (!method->lowered && bind_method(world, method))
        lower_method(world, method);
    if (!method->lowered)
        return;
    Printer printer = {.world = world, .out = out, .serial = ++world->temp_counter};
    const LoweredParts *parts = method->lowered->lowered;
    bool is_whole = !parts || parts->method == method;
    for (uint32_t i = 0; parts && i < parts->type_count; i++)
        if (is_whole ? is_outermost(parts, parts->types[i]) : belongs_to(parts->types[i], method))
            print_definition(&printer, parts, parts->types[i]);
    print_method(&printer, method);
    for (uint32_t i = 0; parts && is_whole && i < parts->method_count; i++) {
        text_addc(out, '\n');
        print_method(&printer, parts->methods[i]);
    }
}
