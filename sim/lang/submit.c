/* Submissions: see submit.h. */
#include "lang/submit.h"

#include "lang/check_internal.h"

#include <string.h>

void submission_see(World *world, Submission *submission)
{
    world->global = submission ? submission->seen_global : world->library_global;
}

/* --- what it sees, and where its own names go
 * -------------------------------------------------------------------------- */

static Namespace *new_global(World *world, Namespace *older)
{
    Namespace *space = ARENA_NEW(world->arena, Namespace);
    space->name = space->full_name = world->library_global->name;
    space->older = older;
    return space;
}

static Submission *submission_new(World *world, const SubmissionRequest *request)
{
    Submission *submission = ARENA_NEW(world->arena, Submission);
    Submission *previous = request->previous;
    submission->previous = previous;
    submission->number = request->number;
    submission->kind = request->kind;
    submission->place = request->place;
    submission->global = new_global(world, previous ? previous->seen_global : world->library_global);
    return submission;
}

static void make_class(World *world, Submission *submission)
{
    Name name = name_format(world->names, "Submission#%u", submission->number);
    TypeDefinition *definition = type_define(world, NULL, TYPE_CLASS, name, NULL, 0);
    definition->space = submission->global;
    definition->is_compiler_made = false;
    definition->access = ACCESS_PUBLIC;
    definition->submission = submission;
    definition->node_scopes = ARENA_NEW(world->arena, UsingScope *);
    definition->node_scopes[0] = submission->usings;
    submission->definition = definition;
}

static bool has_directives(const UsingScope *scope)
{
    for (uint32_t i = 0; i < scope->container->items.count; i++)
        if (scope->container->items.at[i]->kind == NODE_USING_DIRECTIVE)
            return true;
    return false;
}

/* A long session would otherwise look through a thousand places where nothing is. */
static void leave_out_empty(Submission *submission)
{
    const Submission *previous = submission->previous;
    bool has_types = submission->global->type_count || submission->global->space_count;
    bool has_usings = has_types || !previous || has_directives(submission->usings);
    submission->seen_global = has_types ? submission->global : submission->global->older;
    submission->seen_usings = has_usings ? submission->usings : previous->seen_usings;
}

/* --- statements and functions
 * ------------------------------------------------------------------------------------------- */

static bool is_statement(const Node *item)
{
    return item->kind == NODE_GLOBAL_STATEMENT && item->a && item->a->kind != NODE_METHOD_DECLARATION;
}

static Node *node_of(World *world, NodeKind kind, Node *like)
{
    Node *node = ARENA_NEW(world->arena, Node);
    node->kind = (uint16_t)kind;
    node->span = node->at = like->span;
    return node;
}

/* A property is one of the class; its first value is assigned when its turn comes among the statements. */
static void declare_property(World *world, Submission *submission, Node **item, const TypeContext *context)
{
    Node *property = *item, *value = property->c;
    property->decl->modifiers |= MODIFIER_STATIC;
    property->c = NULL;
    declare_member(world, submission->definition, property, context);
    if (!value)
        return;
    Node *name = node_of(world, NODE_NAME, property);
    name->name = property->name;
    Node *assignment = node_of(world, NODE_ASSIGNMENT, value);
    assignment->token = TOKEN_EQUAL;
    assignment->a = name;
    assignment->b = value;
    Node *statement = node_of(world, NODE_EXPRESSION_STATEMENT, property);
    statement->a = assignment;
    Node *global = node_of(world, NODE_GLOBAL_STATEMENT, property);
    global->a = statement;
    *item = global;
}

/* Functions of the statements are methods of the class: later submissions call them, and they may be overloaded. */
static void declare_functions(World *world, Submission *submission, Node *unit)
{
    TypeContext context = type_context_of(submission->definition, 0);
    for (uint32_t i = 0; i < unit->items.count; i++) {
        if (unit->items.at[i]->kind == NODE_PROPERTY_DECLARATION) {
            declare_property(world, submission, &unit->items.at[i], &context);
            continue;
        }
        Node *node = unit->items.at[i]->kind == NODE_GLOBAL_STATEMENT ? unit->items.at[i]->a : NULL;
        if (!node || node->kind != NODE_LOCAL_FUNCTION)
            continue;
        node->kind = NODE_METHOD_DECLARATION;
        node->decl->modifiers |= MODIFIER_STATIC;
        declare_member(world, submission->definition, node, &context);
    }
}

static void add_parameter(Method *body, Name name, Type *type, RefKind ref_kind)
{
    body->parameters[body->parameter_count++] = (Parameter){.name = name, .type = type, .ref_kind = ref_kind};
}

static void declare_place(World *world, Method *body, const SubmissionPlace *place)
{
    body->parameters = ARENA_ARRAY(world->arena, Parameter, place->count + 1);
    if (place->self)
        add_parameter(body, NULL, place->self, type_is_reference(place->self) ? REF_NONE : REF_REF);
    for (uint32_t i = 0; i < place->count; i++)
        add_parameter(body, place->names[i], place->types[i], place->by_value ? REF_NONE : REF_REF);
}

/* <Main>$, as of a program; NULL: no statements. */
Method *submission_body(World *world, Submission *submission, Node *unit)
{
    bool is_async = false;
    Span first = {0};
    for (uint32_t i = 0; i < unit->items.count; i++) {
        Node *item = unit->items.at[i];
        if (!is_statement(item))
            continue;
        first = first.end ? first : item->span;
        is_async |= syntax_contains_await(item->a);
    }
    if (!first.end)
        return NULL;
    is_async &= !submission->place;
    Type *result = is_async ? type_special(world, SPECIAL_TASK) : world->void_type;
    Method *body = type_define_method(world, submission->definition, name_of(world->names, "<Main>$"), METHOD_ORDINARY,
                                      result, true);
    body->is_synthesized = false;
    body->is_entry_point = true;
    body->is_async = is_async;
    body->node = unit;
    body->span = first;
    body->submission = submission;
    if (submission->place)
        declare_place(world, body, submission->place);
    return body;
}

static void check_typed(World *world, Submission *submission, Node *unit)
{
    declare_functions(world, submission, unit);
    Method *body = submission_body(world, submission, unit);
    check_declarations(world);
    check_type(world, submission->definition);
    if (world->diagnostics->error_count)
        return;
    if (body)
        bind_method(world, body); /* ahead of the functions: it gives the variables their types */
    check_bodies_of(world, submission->definition);
    check_bodies(world, world->global);
    submission->entry =
        body && body->is_async && !world->diagnostics->error_count ? make_waiting_entry(world, body) : body;
}

static void check_file(World *world, Submission *submission, Node *unit)
{
    declare_program(world, unit, submission->usings);
    if (world->entry_point)
        world->entry_point->program = submission;
    if (check_program(world, false))
        submission->entry = world->entry_point;
}

/* --- looking
 * ---------------------------------------------------------------------------------------------------------- */

static Node *first_change(Node *node);

static Node *first_change_in(NodeList *list)
{
    Node *found = NULL;
    for (uint32_t i = 0; i < list->count && !found; i++)
        found = first_change(list->at[i]);
    return found;
}

/* An await or assignment outside of lambdas: what is looked at must stay as it is. */
static Node *first_change(Node *node)
{
    for (; node && node->kind != NODE_LAMBDA; node = node->a) {
        if (node->kind == NODE_AWAIT || node->kind == NODE_ASSIGNMENT || node->kind == NODE_PREFIX ||
            node->kind == NODE_POSTFIX)
            return node;
        Node *found = first_change(node->b);
        found = found ? found : first_change(node->c);
        found = found ? found : first_change(node->d);
        found = found ? found : first_change_in(&node->items);
        found = found ? found : first_change_in(&node->extra);
        if (found)
            return found;
    }
    return NULL;
}

static void check_look(World *world, Node *unit)
{
    Node *statement =
        unit->items.count == 1 && unit->items.at[0]->kind == NODE_GLOBAL_STATEMENT ? unit->items.at[0]->a : NULL;
    if (!statement || statement->kind != NODE_EXPRESSION_STATEMENT) {
        report(world->diagnostics, unit->items.count ? unit->items.at[0]->span : unit->span, ERROR_LOOK_EXPRESSION);
        return;
    }
    statement->flags |= FLAG_VALUE;
    Node *change = first_change(statement->a);
    if (change)
        report(world->diagnostics, change->at, change->kind == NODE_AWAIT ? ERROR_LOOK_AWAIT : ERROR_LOOK_CHANGE);
}

/* --- compiling
 * ---------------------------------------------------------------------------------------------------------- */

static void forget_reports(World *world)
{
    world->diagnostics->count = world->diagnostics->error_count = 0;
    world->diagnostics->group = world->diagnostics->key = 0;
    world->broken = false;
}

Submission *submission_open(World *world, const SubmissionRequest *request, Node *unit)
{
    Submission *submission = submission_new(world, request);
    world->global = submission->global;
    submission->usings = declare_types(world, unit, submission->previous ? submission->previous->seen_usings : NULL);
    submission->usings->submission = submission;
    submission->usings->is_prompt = submission->kind != SUBMISSION_PROGRAM;
    make_class(world, submission);
    return submission;
}

Submission *submission_compile(World *world, const SubmissionRequest *request)
{
    forget_reports(world);
    ParseContext context = {world->arena, world->names, world->diagnostics};
    bool is_typed = request->kind != SUBMISSION_PROGRAM;
    Node *unit = is_typed ? parse_submission(&context, request->file) : parse_file(&context, request->file, false);
    Submission *submission = NULL;
    Method *entry_point = world->entry_point;
    TypeDefinition *program = world->program;
    if (request->kind == SUBMISSION_LOOK && !world->diagnostics->error_count)
        check_look(world, unit);
    if (!world->diagnostics->error_count) {
        world->entry_point = NULL;
        world->program = NULL;
        submission = submission_open(world, request, unit);
        if (is_typed)
            check_typed(world, submission, unit);
        else
            check_file(world, submission, unit);
        leave_out_empty(submission);
    }
    bool is_right = !world->diagnostics->error_count;
    diagnostic_list_sort(world->diagnostics);
    world->broken = false;
    if (!is_right || is_typed) {
        world->entry_point = entry_point;
        world->program = program;
    }
    submission_see(world, is_right ? submission : request->previous);
    return is_right ? submission : NULL;
}
