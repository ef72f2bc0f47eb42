/* The variables that a piece of user code can name, wherever lowering has put them.
 *
 * A local may lie in the frame, in a field of the state machine (it lives across an await), or in a field of a display
 * class (a lambda uses it); a display class in turn is reached from a frame, a state machine, or the lambda's own
 * receiver, and refers to the one around it. */
#include "session_look.h"

#include "lang/submit.h"

#include <string.h>

typedef struct Search {
    Session *session;
    Arena *arena;
    VisibleVariables found;
    Position position; /* of the code; 0: unknown, everything counts */
} Search;

enum { DEEPEST_CHAIN = 32 };

/* ---- collecting -------------------------------------------------------------------------------------------------- */

static bool is_known(const Search *search, const char *name)
{
    for (uint32_t i = 0; i < search->found.count; i++) {
        if (strcmp(search->found.at[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether the code is still busy with the value of the declaration: `int sum = await vt` before it has one. */
static bool is_initializing(const Search *search, Span declared)
{
    const SourceFile *file = source_file_at(search->session->sources, declared.end);
    if (!file || search->position > file->base + file->length) {
        return false;
    }
    const char *text = file->text + (declared.end - file->base);
    size_t length = search->position - declared.end, start = 0;
    while (start < length && (unsigned char)text[start] <= ' ') {
        start++;
    }
    bool has_value = start + 1 < length && text[start] == '=' && text[start + 1] != '=' && text[start + 1] != '>';
    return has_value && !memchr(text, ';', length);
}

static void add(Search *search, VisibleVariable variable)
{
    bool is_behind = !search->position || variable.declared.end <= search->position;
    variable.is_set = variable.kind != VARIABLE_IS_LOCAL ||
                      (is_behind && !(search->position && is_initializing(search, variable.declared)));
    if (!is_known(search, variable.name)) {
        ARENA_PUSH(search->arena, search->found.at, search->found.count, search->found.capacity, variable);
    }
}

static bool is_in_scope(const Search *search, Span scope)
{
    return !search->position || (scope.start <= search->position && search->position < scope.end);
}

static const TypeDefinition *definition_of(const RuntimeType *type)
{
    return ((Type *)type->source)->definition;
}

static Type *type_of_field(Search *search, const RuntimeType *owner, Field *field)
{
    return field_ref_type(search->session->world, (FieldRef){field, owner->source});
}

/* Values in fields of `type` that start at `at`. */
static void add_source_locals(Search *search, const RuntimeType *type, uint64_t at, Ref home)
{
    const TypeDefinition *definition = definition_of(type);
    for (uint32_t i = 0; definition && i < definition->source_local_count; i++) {
        const SourceLocal *local = &definition->source_locals[i];
        const RuntimeField *field = value_field(type, local->field->name->text);
        if (!field || !is_in_scope(search, local->scope)) {
            continue;
        }
        add(search, (VisibleVariable){
                        .name = local->name->text,
                        .type = type_of_field(search, type, local->field),
                        .at = at + field->offset,
                        .home = home,
                        .declared = local->declared,
                        .kind = local->is_parameter ? VARIABLE_IS_PARAMETER : VARIABLE_IS_LOCAL,
                    });
    }
}

static bool is_display_class(const RuntimeType *type)
{
    const TypeDefinition *definition = definition_of(type);
    return definition && definition->is_compiler_made && strstr(definition->name->text, "DisplayClass");
}

static void add_this(Search *search, Type *type, uint64_t at, Ref home)
{
    add(search, (VisibleVariable){.name = "this", .type = type, .at = at, .home = home, .kind = VARIABLE_IS_THIS});
}

/* What a display class holds, then what it refers to. */
static void add_closure(Search *search, const RuntimeType *type, uint64_t at, Ref home)
{
    const Session *session = search->session;
    for (uint32_t depth = 0; depth < DEEPEST_CHAIN; depth++) {
        add_source_locals(search, type, at, home);
        const RuntimeField *link = NULL;
        for (uint32_t i = 0; i < type->field_count && !link; i++) {
            bool is_link = !type->fields[i].is_static && (strncmp(type->fields[i].name, "CS$<>8__locals", 14) == 0 ||
                                                          strcmp(type->fields[i].name, "<>4__this") == 0);
            link = is_link ? &type->fields[i] : NULL;
        }
        Ref next = link && link->shape == SHAPE_REF ? machine_read8(session->machine, at + link->offset) : 0;
        if (!next) {
            return;
        }
        const RuntimeType *next_type = machine_runtime_type_of(session->machine, next);
        if (!is_display_class(next_type)) {
            add_this(search, next_type->source, at + link->offset, home);
            return;
        }
        type = next_type;
        at = next + OBJECT_FIELDS;
        home = next;
    }
}

static void add_closure_object(Search *search, Ref closure)
{
    if (closure) {
        add_closure(search, machine_runtime_type_of(search->session->machine, closure), closure + OBJECT_FIELDS,
                    closure);
    }
}

/* ---- state machines ---------------------------------------------------------------------------------------------- */

static bool is_state_machine(const RuntimeType *type)
{
    return definition_of(type) && definition_of(type)->is_compiler_made && value_field(type, "<>1__state");
}

/* The fields of a machine: hoisted variables, display classes, `this`. */
static void add_machine(Search *search, const RuntimeType *type, uint64_t at, Ref home)
{
    const Machine *machine = search->session->machine;
    add_source_locals(search, type, at, home);
    for (uint32_t i = 0; i < type->field_count; i++) {
        const RuntimeField *field = &type->fields[i];
        if (!field->is_static && field->shape == SHAPE_REF && strncmp(field->name, "<>8__", 5) == 0) {
            add_closure_object(search, machine_read8(machine, at + field->offset));
        }
    }
    const RuntimeField *owner = value_field(type, "<>4__this");
    if (!owner) {
        return;
    }
    Ref ref = owner->shape == SHAPE_REF ? machine_read8(machine, at + owner->offset) : 0;
    if (ref && is_display_class(machine_runtime_type_of(machine, ref))) {
        add_closure_object(search, ref);
    } else if (ref || owner->type) {
        Type *type_of_this = ref ? machine_runtime_type_of(machine, ref)->source
                                 : program_type(search->session->program, owner->type)->source;
        add_this(search, type_of_this, at + owner->offset, home);
    }
}

uint64_t session_machine_of(const Session *session, Ref box, const RuntimeType **type)
{
    const RuntimeType *box_type = machine_runtime_type_of(session->machine, box);
    const RuntimeField *field = value_field(box_type, "StateMachine");
    if (is_state_machine(box_type)) { /* iterators: the object itself is the machine */
        *type = box_type;
        return box + OBJECT_FIELDS;
    }
    if (!field || box_type->is_user) {
        return 0;
    }
    if (field->shape == SHAPE_STRUCT && field->type) {
        *type = program_type(session->program, field->type);
        return box + OBJECT_FIELDS + field->offset;
    }
    return 0;
}

/* ---- frames ------------------------------------------------------------------------------------------------------ */

Position session_call_position(const Session *session, const CallFrame *call)
{
    const RuntimeMethod *method = program_method(session->program, call->method);
    uint32_t instruction = call->pc ? call->pc - 1 : 0;
    for (uint32_t i = method->line_count; i-- > 0;) {
        const LineEntry *line = &method->lines[i];
        const SourceFile *file =
            line->instruction <= instruction ? source_file_at(session->sources, line->span.start) : NULL;
        if (file && !file->is_library) {
            return line->span.start;
        }
    }
    return method->span.start;
}

static bool is_alive(const LocalInfo *local, const CallFrame *call)
{
    uint32_t instruction = call->pc ? call->pc - 1 : 0;
    return local->start <= instruction && instruction < local->end;
}

static void add_frame_local(Search *search, const CallFrame *call, const LocalInfo *local)
{
    const Machine *machine = search->session->machine;
    uint64_t at = call->frame + local->offset;
    at = local->is_byref ? machine_read8(machine, at) : at;
    const Type *type = local->source_type;
    bool is_closure =
        type->definition && type->definition->is_compiler_made && strstr(type->definition->name->text, "DisplayClass");
    if (!at) {
        return;
    }
    if (is_closure && !type_is_reference(local->source_type)) {
        add_closure(search, program_type(search->session->program, local->type), at, 0);
    } else if (is_closure) {
        add_closure_object(search, machine_read8(machine, at));
    } else if (!local->is_compiler_made && local->name[0] != '<') {
        add(search, (VisibleVariable){
                        .name = local->name,
                        .type = local->source_type,
                        .at = at,
                        .declared = local->declared,
                        .kind = local->is_parameter ? VARIABLE_IS_PARAMETER : VARIABLE_IS_LOCAL,
                    });
    }
}

static void add_frame_locals(Search *search, const CallFrame *call)
{
    const RuntimeMethod *method = program_method(search->session->program, call->method);
    for (uint32_t i = method->local_count; i-- > 0;) { /* inner ones were made later */
        if (is_alive(&method->locals[i], call)) {
            add_frame_local(search, call, &method->locals[i]);
        }
    }
}

static void add_receiver(Search *search, const CallFrame *call)
{
    const Session *session = search->session;
    const RuntimeMethod *method = program_method(session->program, call->method);
    const RuntimeType *type = program_type(session->program, method->declaring_type);
    uint64_t receiver = machine_read8(session->machine, call->frame);
    if (method->is_static || !receiver) {
        return;
    }
    uint64_t at = method->receiver_is_byref ? receiver : receiver + OBJECT_FIELDS;
    Ref home = method->receiver_is_byref ? session_holder(session, receiver) : receiver;
    if (is_state_machine(type)) {
        add_machine(search, type, at, home);
    } else if (is_display_class(type)) {
        add_closure(search, type, at, home);
    } else if (!definition_of(type)->is_compiler_made) {
        add_this(search, type->source, method->receiver_is_byref ? receiver : call->frame, 0);
    }
}

/* `this` first, then by where they are declared: the order never depends on where they lie. */
static bool comes_before(const VisibleVariable *a, const VisibleVariable *b)
{
    bool a_is_this = a->kind == VARIABLE_IS_THIS, b_is_this = b->kind == VARIABLE_IS_THIS;
    return a_is_this != b_is_this ? a_is_this : a->declared.start < b->declared.start;
}

static VisibleVariables sorted(Search *search)
{
    VisibleVariable *at = search->found.at;
    for (uint32_t i = 1; i < search->found.count; i++) {
        VisibleVariable variable = at[i];
        uint32_t to = i;
        for (; to > 0 && comes_before(&variable, &at[to - 1]); to--) {
            at[to] = at[to - 1];
        }
        at[to] = variable;
    }
    return search->found;
}

VisibleVariables session_visible_variables(Session *session, const CallFrame *call, Arena *arena)
{
    Search search = {.session = session, .arena = arena, .position = session_call_position(session, call)};
    if (program_method(session->program, call->method)->state == METHOD_COMPILED) {
        add_frame_locals(&search, call);
        add_receiver(&search, call);
    }
    return sorted(&search);
}

VisibleVariables session_suspended_variables(Session *session, Ref box, Position position, Arena *arena)
{
    Search search = {.session = session, .arena = arena, .position = position};
    const RuntimeType *type = NULL;
    uint64_t at = session_machine_of(session, box, &type);
    if (at) {
        add_machine(&search, type, at, box);
    }
    return sorted(&search);
}

/* ---- what was typed ---------------------------------------------------------------------------------------------- */

static void add_submission(Search *search, const Submission *submission)
{
    Session *session = search->session;
    const RuntimeType *type = program_type(session->program, load_type(session->loader, submission->definition->self));
    uint64_t statics = session->machine->state->areas[AREA_STATICS].offset + type->statics_offset;
    for (uint32_t i = 0; i < submission->definition->field_count; i++) {
        Field *field = submission->definition->fields[i];
        const RuntimeField *found = NULL;
        for (uint32_t j = 0; j < type->field_count && !found; j++) {
            bool is_it = type->fields[j].is_static && strcmp(type->fields[j].name, field->name->text) == 0;
            found = is_it ? &type->fields[j] : NULL;
        }
        if (!found || field == submission->value || field->name->text[0] == '<') {
            continue;
        }
        add(search, (VisibleVariable){
                        .name = field->name->text,
                        .type = field->type,
                        .at = statics + found->offset,
                        .declared = field->span,
                        .kind = VARIABLE_IS_LOCAL,
                    });
    }
}

VisibleVariables session_typed_variables(Session *session, Arena *arena)
{
    Search search = {.session = session, .arena = arena};
    for (const Submission *at = session->seen; at; at = at->previous) { /* newer ones hide older ones */
        add_submission(&search, at);
    }
    return sorted(&search);
}
