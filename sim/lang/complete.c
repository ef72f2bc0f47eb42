#include "lang/complete.h"

#include "lang/check_internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct Completer {
    World *world;
    Binder *binder;
    const char *prefix;
    CompletionList *list;
    const Namespace *space; /* whose types are being visited */
} Completer;

/* --- collecting
 * ----------------------------------------------------------------------------------------------------------- */

static bool fits(const Completer *completer, const char *name)
{
    return strncasecmp(name, completer->prefix, strlen(completer->prefix)) == 0 && name[0] != '<' && name[0] != '.';
}

static void add(Completer *completer, CompletionKind kind, const char *name, const char *type)
{
    CompletionList *list = completer->list;
    Completion completion = {kind, name, type};
    if (fits(completer, name))
        ARENA_PUSH(completer->world->arena, list->at, list->count, list->capacity, completion);
}

static void add_parameter(World *world, Text *text, MethodRef ref, uint32_t index)
{
    static const char *const words[] = {
        [REF_NONE] = "", [REF_REF] = "ref ", [REF_OUT] = "out ", [REF_IN] = "in ", [REF_READONLY] = "ref readonly "};
    const Parameter *parameter = &ref.method->parameters[index];
    text_format(text, "%s%s%s %s", words[parameter->ref_kind], parameter->is_params ? "params " : "",
                type_text(world, method_ref_parameter_type(world, ref, index)),
                parameter->name ? parameter->name->text : "");
}

const char *complete_signature(World *world, MethodRef ref, bool is_extension)
{
    const Method *method = ref.method;
    Text text;
    text_init(&text, world->arena);
    text_format(&text, "%s %s", type_text(world, method_ref_return_type(world, ref)), method->name->text);
    for (uint32_t i = 0; i < method->type_parameter_count; i++)
        text_format(&text, "%s%s", i ? ", " : "<", method->type_parameters[i]->name->text);
    text_adds(&text, method->type_parameter_count ? ">(" : "(");
    for (uint32_t i = is_extension; i < method->parameter_count; i++) {
        text_adds(&text, i > is_extension ? ", " : "");
        add_parameter(world, &text, ref, i);
    }
    text_addc(&text, ')');
    return text.at;
}

const char *complete_type_word(const TypeDefinition *definition)
{
    static const char *const words[] = {[TYPE_CLASS] = "class",
                                        [TYPE_STRUCT] = "struct",
                                        [TYPE_ENUM] = "enum",
                                        [TYPE_INTERFACE] = "interface",
                                        [TYPE_DELEGATE] = "delegate"};
    return words[definition->kind];
}

static void add_type(Completer *completer, const TypeDefinition *definition)
{
    bool is_seen = !definition->is_library || definition->access == ACCESS_PUBLIC;
    if (is_seen && !definition->is_compiler_made)
        add(completer, COMPLETION_TYPE, definition->name->text, complete_type_word(definition));
}

/* --- members of a type
 * ------------------------------------------------------------------------------------------------------ */

static bool is_open_to(Completer *completer, Accessibility access, TypeDefinition *owner, bool member_is_static,
                       bool wants_static)
{
    bool is_outside = access == ACCESS_PROTECTED && !completer->binder->self_type;
    return member_is_static == wants_static && !is_outside && is_accessible(completer->binder, access, owner, NULL);
}

static void add_own_members(Completer *completer, Type *type, bool is_static)
{
    World *world = completer->world;
    TypeDefinition *definition = type->definition;
    type_complete(world, definition);
    for (uint32_t i = 0; i < definition->field_count; i++) {
        Field *field = definition->fields[i];
        if (is_open_to(completer, field->access, definition, field->is_static || field->is_const, is_static) &&
            !field->event)
            add(completer, COMPLETION_FIELD, field->name->text,
                type_text(world, field_ref_type(world, (FieldRef){field, type})));
    }
    Substitution substitution = type_substitution(type);
    for (uint32_t i = 0; i < definition->property_count; i++) {
        Property *property = definition->properties[i];
        if (is_open_to(completer, property->access, definition, property->is_static, is_static) &&
            !property->explicit_interface && !property->parameter_count)
            add(completer, COMPLETION_PROPERTY, property->name->text,
                type_text(world, type_substitute(world, property->type, &substitution)));
    }
    for (uint32_t i = 0; i < definition->method_count; i++) {
        Method *method = definition->methods[i];
        if (method->kind == METHOD_ORDINARY && !method->explicit_interface && !method->is_entry_point &&
            fits(completer, method->name->text) &&
            is_open_to(completer, method->access, definition, method->is_static, is_static))
            add(completer, COMPLETION_METHOD, method->name->text,
                complete_signature(world, (MethodRef){method, type, NULL}, false));
    }
    for (uint32_t i = 0; i < definition->event_count; i++) {
        Event *event = definition->events[i];
        if (is_open_to(completer, event->access, definition, event->is_static, is_static))
            add(completer, COMPLETION_EVENT, event->name->text, type_text(world, event->type));
    }
    for (uint32_t i = 0; is_static && i < definition->nested_count; i++)
        if (is_accessible(completer->binder, definition->nested[i]->access, definition, NULL))
            add_type(completer, definition->nested[i]);
}

static void add_members(Completer *completer, Type *type, bool is_static)
{
    World *world = completer->world;
    bool has_base = type->kind == TYPE_PARAMETER || type->kind == TYPE_ARRAY;
    for (Type *at = has_base ? type_base(world, type) : type; at && at->definition; at = type_base(world, at))
        add_own_members(completer, at, is_static);
    uint32_t count = 0;
    Type **interfaces = type->kind == TYPE_INTERFACE ? type_interfaces(world, type, &count) : NULL;
    for (uint32_t i = 0; i < count; i++)
        add_own_members(completer, interfaces[i], is_static);
    if (type->kind == TYPE_INTERFACE)
        add_own_members(completer, world->object_type, is_static);
    for (uint32_t i = 0; type_is_tuple(type) && !is_static && type->tuple_names && i < type_tuple_count(type); i++)
        if (type->tuple_names[i])
            add(completer, COMPLETION_FIELD, type->tuple_names[i]->text, type_text(world, type_tuple_element(type, i)));
}

/* Whether an extension method for `wanted` may be called on `type`. Constraints are not looked at. */
static bool extends(World *world, Type *type, Type *wanted)
{
    if (wanted->kind == TYPE_PARAMETER)
        return true;
    if (!wanted->is_open)
        return type_same(type, wanted) || is_implicit_reference(world, type, wanted) ||
               type_implements(world, type, wanted);
    if (wanted->kind == TYPE_ARRAY)
        return type->kind == TYPE_ARRAY;
    if (wanted->kind == TYPE_INTERFACE)
        return type->definition == wanted->definition || type_find_interface(world, type, wanted->definition);
    for (Type *at = type; at && at->definition; at = type_base(world, at))
        if (at->definition == wanted->definition)
            return true;
    return false;
}

static void add_extensions_of(Completer *completer, Namespace *space, Type *type)
{
    World *world = completer->world;
    find_extension_types(world, space);
    for (uint32_t i = 0; i < space->extension_count; i++) {
        TypeDefinition *definition = space->extension_types[i];
        type_complete(world, definition);
        for (uint32_t j = 0; j < definition->method_count; j++) {
            Method *method = definition->methods[j];
            if (method->is_extension && fits(completer, method->name->text) &&
                is_accessible(completer->binder, method->access, definition, NULL) &&
                extends(world, type, method->parameters[0].type))
                add(completer, COMPLETION_METHOD, method->name->text,
                    complete_signature(world, (MethodRef){method, definition->self, NULL}, true));
        }
    }
}

static void add_extensions(Completer *completer, Type *type)
{
    for (UsingScope *scope = completer->binder->types.usings; scope; scope = scope->parent) {
        add_extensions_of(completer, scope->space, type);
        using_resolve(completer->world, scope);
        for (uint32_t i = 0; i < scope->import_count; i++)
            add_extensions_of(completer, scope->imports[i], type);
    }
}

/* --- names of namespaces
 * -------------------------------------------------------------------------------------------------------- */

static void visit_library_type(void *context, const char *name, uint32_t arity)
{
    Completer *completer = context;
    TypeDefinition *definition =
        namespace_type((Namespace *)(uintptr_t)completer->space, name_of(completer->world->names, name), arity);
    if (definition)
        add_type(completer, definition);
}

static void add_types_of(Completer *completer, const Namespace *space)
{
    completer->space = space;
    library_for_each_type(space, completer->prefix, visit_library_type, completer);
    for (uint32_t i = 0; i < space->type_count; i++)
        if (!space->types[i]->is_library)
            add_type(completer, space->types[i]);
}

static void add_namespace(Completer *completer, const Namespace *space)
{
    for (const Namespace *at = space; at; at = at->older) {
        add_types_of(completer, at);
        for (uint32_t i = 0; i < at->space_count; i++)
            add(completer, COMPLETION_NAMESPACE, at->spaces[i]->name->text, "");
    }
}

static void add_imports(Completer *completer)
{
    for (UsingScope *scope = completer->binder->types.usings; scope; scope = scope->parent) {
        using_resolve(completer->world, scope);
        for (uint32_t i = 0; i < scope->import_count; i++)
            add_types_of(completer, scope->imports[i]);
        for (uint32_t i = 0; i < scope->static_count; i++)
            add_own_members(completer, scope->statics[i]->self, true);
        for (uint32_t i = 0; i < scope->alias_count; i++)
            add(completer, COMPLETION_TYPE, scope->aliases[i].name->text, "");
    }
}

/* --- names in scope
 * ---------------------------------------------------------------------------------------------------------------- */

static void add_keywords(Completer *completer)
{
    static const char *const words[] = {
#define TOKEN(name, text) text,
#include "lang/token.def"
#undef TOKEN
        "async", "await", "dynamic", "nameof", "record", "var", "when", "where",
        "with",  "yield", "and",     "or",     "not",    "get", "set",  "init",
    };
    for (size_t i = TOKEN_FIRST_WORD; i < sizeof words / sizeof *words; i++)
        add(completer, COMPLETION_KEYWORD, words[i], "");
}

static void add_submissions(Completer *completer, const Submission *newest)
{
    World *world = completer->world;
    for (const Submission *at = newest; at; at = at->previous) {
        const TypeDefinition *definition = at->definition;
        for (uint32_t i = 0; i < definition->field_count; i++)
            add(completer, COMPLETION_VARIABLE, definition->fields[i]->name->text,
                type_text(world, definition->fields[i]->type));
        for (uint32_t i = 0; i < definition->property_count; i++)
            add(completer, COMPLETION_VARIABLE, definition->properties[i]->name->text,
                type_text(world, definition->properties[i]->type));
        for (uint32_t i = 0; at->is_kept && i < at->local_count; i++)
            if (at->locals[i]->closure_field)
                add(completer, COMPLETION_VARIABLE, at->locals[i]->name->text, type_text(world, at->locals[i]->type));
        for (uint32_t i = 0; i < definition->method_count; i++)
            if (definition->methods[i]->kind == METHOD_ORDINARY && fits(completer, definition->methods[i]->name->text))
                add(completer, COMPLETION_METHOD, definition->methods[i]->name->text,
                    complete_signature(world, (MethodRef){definition->methods[i], definition->self, NULL}, false));
    }
}

static void add_place(Completer *completer, const SubmissionPlace *place)
{
    for (uint32_t i = 0; i < place->count; i++)
        add(completer, COMPLETION_VARIABLE, place->names[i]->text, type_text(completer->world, place->types[i]));
    if (place->self)
        add_members(completer, place->self, false);
    for (Type *at = place->owner; at; at = at->definition->containing ? at->definition->containing->self : NULL)
        add_members(completer, at, true);
}

static void add_scope(Completer *completer, const CompletionRequest *request)
{
    if (request->place)
        add_place(completer, request->place);
    add_submissions(completer, request->previous);
    add_namespace(completer, completer->world->global);
    add_imports(completer);
    add_keywords(completer);
}

static void add_behind_dot(Completer *completer, Node *expression)
{
    Binder *binder = completer->binder;
    Bound *receiver = bind_expression(binder, expression);
    if (receiver->kind == BOUND_NAMESPACE_EXPRESSION) {
        add_namespace(completer, receiver->binder_data);
        return;
    }
    if (receiver->kind == BOUND_TYPE_EXPRESSION) {
        add_members(completer, receiver->type_operand, true);
        return;
    }
    receiver = to_rvalue(binder, receiver);
    Type *type = is_bad(receiver) ? NULL : natural_type(binder, receiver);
    if (!type || type->kind == TYPE_ERROR || type->kind == TYPE_NULL || type_is_void(type))
        return;
    add_members(completer, type, false);
    add_extensions(completer, type);
}

/* --- the list
 * ----------------------------------------------------------------------------------------------------------------------
 */

static int compare(const void *a, const void *b)
{
    const Completion *first = a, *second = b;
    int order = strcmp(first->name, second->name);
    return order ? order : (int)first->kind - (int)second->kind;
}

/* Each name once, and only exact beginnings when there are any. */
static void tidy(CompletionList *list, const char *prefix)
{
    size_t length = strlen(prefix);
    bool has_exact = false;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < list->count; i++)
        has_exact |= strncmp(list->at[i].name, prefix, length) == 0;
    if (list->count)
        qsort(list->at, list->count, sizeof *list->at, compare);
    for (uint32_t i = 0; i < list->count; i++) {
        bool is_wanted = !has_exact || strncmp(list->at[i].name, prefix, length) == 0;
        if (is_wanted && !(kept && strcmp(list->at[kept - 1].name, list->at[i].name) == 0))
            list->at[kept++] = list->at[i];
    }
    list->count = kept;
}

/* The receiver of what is behind the last dot; NULL: that is no expression. */
static Node *parse_receiver(World *world, const SourceFile *file, Node **expression)
{
    ParseContext context = {world->arena, world->names, world->diagnostics};
    Node *unit = parse_submission(&context, file);
    Node *item = unit->items.count == 1 ? unit->items.at[0] : NULL;
    Node *statement = item && item->kind == NODE_GLOBAL_STATEMENT ? item->a : NULL;
    Node *value = statement && statement->kind == NODE_EXPRESSION_STATEMENT ? statement->a : NULL;
    *expression = value && value->kind == NODE_QUALIFIED ? value->a : NULL;
    return unit;
}

static void complete_in(World *world, const CompletionRequest *request, CompletionList *list)
{
    static const SubmissionPlace nowhere = {0}; /* an await in front of the dot is right, but never run */
    const SourceFile *file = request->receiver ? request->receiver : source_add(world->sources, "", "0._", 3, false);
    Node *expression;
    Node *unit = parse_receiver(world, file, &expression);
    SubmissionRequest open = {.file = file, .kind = SUBMISSION_LOOK, .previous = request->previous};
    open.place = request->place ? request->place : &nowhere;
    Submission *submission = submission_open(world, &open, unit);
    Method *body = expression ? submission_body(world, submission, unit) : NULL;
    if (!body)
        return;
    Binder binder;
    binder_init(&binder, world, submission->definition, body);
    binder_enter_method(&binder, body);
    Completer completer = {.world = world, .binder = &binder, .prefix = request->prefix, .list = list};
    if (request->receiver)
        add_behind_dot(&completer, expression);
    else
        add_scope(&completer, request);
    tidy(list, request->prefix);
}

void complete_names(World *world, const CompletionRequest *request, CompletionList *list)
{
    DiagnosticList *diagnostics = world->diagnostics;
    DiagnosticList scratch;
    diagnostic_list_init(&scratch, world->arena);
    scratch.muted = true;
    world->diagnostics = &scratch;
    *list = (CompletionList){0};
    complete_in(world, request, list);
    world->diagnostics = diagnostics;
    submission_see(world, request->previous);
}
