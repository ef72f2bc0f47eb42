/* Small methods of the core library are compiled into their callers: property getters, forwarding members, constructors
 * that only store. The user's own methods are not: their frames are what a learner looks at. */
#include "lang/compile_internal.h"

enum { INLINE_UNKNOWN, INLINE_NO, INLINE_YES, INLINE_DEPENDS /* on the type arguments */ };
enum { MOST_CHARACTERS = 400, MOST_WEIGHT = 30, DEEPEST = 6, TOO_HEAVY = 1000 };

static uint32_t weigh(Compiler *c, Bound *node);

static uint32_t weigh_all(Compiler *c, Bound *node)
{
    uint32_t weight = 1;
    if (node->a)
        weight += weigh(c, node->a);
    if (node->b)
        weight += weigh(c, node->b);
    if (node->c)
        weight += weigh(c, node->c);
    for (uint32_t i = 0; i < node->items.count; i++) {
        weight += weigh(c, node->items.at[i]);
        if (node->kind == BOUND_BLOCK && always_leaves(c, node->items.at[i]))
            break;
    }
    return weight;
}

static uint32_t weigh_if(Compiler *c, Bound *node)
{
    int64_t known;
    if (!constant_value(c, node->a, &known))
        return weigh_all(c, node);
    Bound *taken = known ? node->b : node->c;
    return taken ? weigh(c, taken) : 0;
}

static bool is_event(const Bound *node)
{
    return is_library_method(&node->method, "Protocol", "Raise") ||
           is_library_method(&node->method, "Protocol", "RaiseWatched");
}

static bool is_silent_event(const Compiler *c, const Bound *node)
{
    EventLevel level = c->ignores_events ? EVENTS_NONE : c->loader->events;
    return (level != EVENTS_ALL && is_library_method(&node->method, "Protocol", "Raise")) ||
           (level == EVENTS_NONE && is_library_method(&node->method, "Protocol", "RaiseWatched"));
}

/* What a body costs; TOO_HEAVY for what cannot be inlined. */
static uint32_t weigh(Compiler *c, Bound *node)
{
    switch ((int)node->kind) {
    case BOUND_WHILE:
    case BOUND_DO:
    case BOUND_FOR:
    case BOUND_SWITCH:
    case BOUND_STATE_DISPATCH:
    case BOUND_LABEL:
    case BOUND_GOTO:
    case BOUND_THROW: /* as the JIT: who throws has a frame of his own */
    case BOUND_THROW_EXPRESSION:
        return TOO_HEAVY;
    case BOUND_TRY: /* every async method starts through this one */
        return is_library_method(&c->body->ref, "AsyncMethodBuilderCore", "Start") ? weigh_all(c, node) : TOO_HEAVY;
    case BOUND_LOCAL:
    case BOUND_THIS:
    case BOUND_CONSTANT:
    case BOUND_DEFAULT:
    case BOUND_NOP:
    case BOUND_POINT:
        return 0;
    case BOUND_IF:
    case BOUND_CONDITIONAL:
        return weigh_if(c, node);
    case BOUND_BLOCK:
    case BOUND_RETURN:
    case BOUND_EXPRESSION_STATEMENT:
    case BOUND_CONVERT:
    case BOUND_ADDRESS:
        return weigh_all(c, node) - 1;
    case BOUND_CALL:
        if (is_event(node)) /* what is inlined does not depend on who listens */
            return 0;
        return weigh_all(c, node) + 2;
    case BOUND_NEW:
        return weigh_all(c, node) + 2;
    default:
        return weigh_all(c, node);
    }
}

bool contains_label(const Bound *node)
{
    if (!node)
        return false;
    switch ((int)node->kind) {
    case BOUND_LABEL:
    case BOUND_WHILE:
    case BOUND_DO:
    case BOUND_FOR:
    case BOUND_SWITCH:
    case BOUND_TRY:
        return true;
    case BOUND_BLOCK:
        for (uint32_t i = 0; i < node->items.count; i++)
            if (contains_label(node->items.at[i]))
                return true;
        return false;
    case BOUND_IF:
        return contains_label(node->b) || contains_label(node->c);
    default:
        return false;
    }
}

bool always_leaves(Compiler *c, Bound *node)
{
    int64_t known;
    switch ((int)node->kind) {
    case BOUND_RETURN:
    case BOUND_THROW:
    case BOUND_GOTO:
        return true;
    case BOUND_BLOCK:
        for (uint32_t i = 0; i < node->items.count; i++)
            if (always_leaves(c, node->items.at[i]))
                return !contains_label(node);
        return false;
    case BOUND_IF:
        if (constant_value(c, node->a, &known)) {
            Bound *taken = known ? node->b : node->c;
            return taken && always_leaves(c, taken);
        }
        return node->c && always_leaves(c, node->b) && always_leaves(c, node->c);
    default:
        return false;
    }
}

static uint32_t text_length(const Method *method)
{
    if (!method->node || !method->node->decl)
        return 0;
    const Declaration *declaration = method->node->decl;
    if (declaration->body_end > declaration->body_start)
        return declaration->body_end - declaration->body_start;
    return declaration->body ? declaration->body->span.end - declaration->body->span.start : 0;
}

static bool takes_address_of_parameter(const Bound *node)
{
    if (!node)
        return false;
    if (node->kind == BOUND_ADDRESS || node->kind == BOUND_ASSIGN_REF) {
        const Bound *at = node->kind == BOUND_ADDRESS ? node->a : node->b;
        while (at && at->kind == BOUND_FIELD)
            at = at->a;
        if (at && at->kind == BOUND_LOCAL && at->local->kind == LOCAL_PARAMETER && at->local->ref_kind == REF_NONE)
            return true;
    }
    if (takes_address_of_parameter(node->a) || takes_address_of_parameter(node->b) ||
        takes_address_of_parameter(node->c))
        return true;
    for (uint32_t i = 0; i < node->items.count; i++)
        if (takes_address_of_parameter(node->items.at[i]))
            return true;
    return false;
}

static uint32_t most_weight(const Method *method)
{
    return load_has_impl_option(method, "AggressiveInlining") ? 2 * MOST_WEIGHT : MOST_WEIGHT;
}

/* The user's own methods have frames that a learner looks at; an auto-property needs none while nobody looks. */
static bool is_silent_auto_property(const Loader *loader, const Method *method)
{
    return loader->events != EVENTS_ALL && method->property && method->property->backing && !method->is_virtual &&
           !method->is_override && !method->is_abstract &&
           (method->kind == METHOD_GETTER || method->kind == METHOD_SETTER);
}

/* What can be said without looking at an instantiation. */
static uint8_t judge(Loader *loader, Method *method)
{
    bool eager = load_has_impl_option(method, "AggressiveInlining");
    bool generic = method->type_parameter_count || method->owner->type_parameter_count;
    if (method->is_extern || method->is_abstract || method->is_async || method->is_iterator ||
        (!method->owner->is_library && !is_silent_auto_property(loader, method)) ||
        method->kind == METHOD_DELEGATE_INVOKE || method->kind == METHOD_STATIC_CONSTRUCTOR ||
        method->kind == METHOD_FINALIZER)
        return INLINE_NO;
    if (method->owner->has_static_constructor && (method->is_static || method->kind == METHOD_CONSTRUCTOR))
        return INLINE_NO;
    if (text_length(method) > MOST_CHARACTERS * (eager || generic ? 2u : 1u) ||
        load_has_impl_option(method, "NoInlining") || (loader->events && load_is_watched(method)))
        return INLINE_NO;
    if (!load_lowered(loader, method) || takes_address_of_parameter(method->lowered->body))
        return INLINE_NO;
    return INLINE_DEPENDS;
}

static uint32_t weigh_body(Compiler *c, MethodRef ref)
{
    Body body = body_of(c, ref), *outer = c->body;
    bool weighing = c->weighing;
    body.outer = outer;
    c->body = &body;
    c->weighing = true;
    uint32_t weight = weigh(c, body.function->body);
    c->weighing = weighing;
    c->body = outer;
    return weight;
}

static bool is_light(Compiler *c, MethodRef ref)
{
    return weigh_body(c, ref) <= most_weight(ref.method);
}

static uint32_t count_branches(const Bound *node)
{
    if (!node)
        return 0;
    uint32_t count = node->kind == BOUND_IF || node->kind == BOUND_CONDITIONAL;
    count += count_branches(node->a) + count_branches(node->b) + count_branches(node->c);
    for (uint32_t i = 0; i < node->items.count; i++)
        count += count_branches(node->items.at[i]);
    return count;
}

/* A method that only throws: the JIT leaves its call alone. */
static bool ends_in_throw(const Bound *body)
{
    if (body->kind != BOUND_BLOCK || !body->items.count)
        return false;
    const Bound *last = body->items.at[body->items.count - 1];
    return last->kind == BOUND_THROW || (last->a && last->a->kind == BOUND_THROW_EXPRESSION);
}

/* A body that ends with a call and hands on its result: optimized code jumps there and leaves no frame. */
bool leaves_by_tail_call(const Method *method)
{
    const Bound *body = method->lowered ? method->lowered->body : NULL;
    if (load_is_unframed(method))
        return true;
    if (!body || body->kind != BOUND_BLOCK || !body->items.count || load_is_framed(method))
        return false;
    const Bound *last = body->items.at[body->items.count - 1], *call = last->a;
    if ((last->kind != BOUND_RETURN && last->kind != BOUND_EXPRESSION_STATEMENT) || !call || call->kind != BOUND_CALL)
        return false;
    return type_is_void(call->type) == type_is_void(method->return_type);
}

/* User code is not optimized, so nothing is inlined into it: whether the method has a frame when it is called there. */
static bool has_frame_in_user_code(const Compiler *c, MethodRef ref)
{
    return !c->body->ref.method->owner->is_library && !leaves_by_tail_call(ref.method);
}

bool is_inlined_by_net(Compiler *c, MethodRef ref)
{
    const Method *method = ref.method;
    if (!method->owner->is_library || method->is_virtual || method->is_override ||
        method->kind == METHOD_STATIC_CONSTRUCTOR || load_has_impl_option(method, "NoInlining") || !method->lowered ||
        load_is_framed(method))
        return false;
    if (load_is_unframed(method))
        return true;
    bool is_eager = load_has_impl_option(method, "AggressiveInlining");
    if (!is_eager && ends_in_throw(method->lowered->body))
        return false;
    bool ignored = c->ignores_events;
    c->ignores_events = true;
    uint32_t weight = weigh_body(c, ref);
    c->ignores_events = ignored;
    if (is_eager)
        return weight < TOO_HEAVY;
    return weight <= MOST_WEIGHT && count_branches(method->lowered->body) <= 2;
}

bool can_inline(Compiler *c, MethodRef ref)
{
    if (!c->loader->inlining || !ref.method || c->body->depth >= DEEPEST)
        return false;
    Method *method = ref.method;
    for (const Body *body = c->body; body; body = body->outer)
        if (body->ref.method == method)
            return false;
    if (method->inline_state == INLINE_UNKNOWN) {
        method->inline_state = judge(c->loader, method);
        bool generic = method->type_parameter_count || method->owner->type_parameter_count;
        if (method->inline_state == INLINE_DEPENDS && !generic)
            method->inline_state = is_light(c, ref) ? INLINE_YES : INLINE_NO;
    }
    return method->inline_state == INLINE_YES || (method->inline_state == INLINE_DEPENDS && is_light(c, ref));
}

/* The statement that a block comes down to when what does not apply to the instantiation is left out, or NULL. */
static Bound *only_statement(Compiler *c, Bound *node)
{
    int64_t known;
    while (node) {
        if (node->kind == BOUND_IF && constant_value(c, node->a, &known)) {
            node = known ? node->b : node->c;
        } else if (node->kind == BOUND_BLOCK && node->locals.count == 0) {
            Bound *first = NULL;
            for (uint32_t i = 0; i < node->items.count && !first; i++) {
                Bound *item = node->items.at[i];
                bool skipped =
                    item->kind == BOUND_NOP || (item->kind == BOUND_BLOCK && item->items.count == 0) ||
                    (item->kind == BOUND_IF && constant_value(c, item->a, &known) && !(known ? item->b : item->c));
                if (skipped)
                    continue;
                if (i + 1 < node->items.count && !always_leaves(c, item))
                    return NULL;
                first = item;
            }
            node = first;
        } else {
            return node;
        }
    }
    return NULL;
}

static const Bound *assignment_of(const Bound *statement)
{
    const Bound *node = statement->kind == BOUND_EXPRESSION_STATEMENT ? statement->a : NULL;
    return node && node->kind == BOUND_ASSIGN && node->a->kind == BOUND_LOCAL ? node : NULL;
}

/* `x = E; <silent events>; return x;` comes down to E. NULL: it is something else. */
static Bound *through_local(const Compiler *c, Bound *block)
{
    if (block->kind != BOUND_BLOCK || block->items.count < 2)
        return NULL;
    const Bound *first = assignment_of(block->items.at[0]), *last = block->items.at[block->items.count - 1];
    if (!first || last->kind != BOUND_RETURN || !last->a || last->flags & BOUND_REF || last->a->kind != BOUND_LOCAL ||
        last->a->local != first->a->local || first->a->local->kind == LOCAL_PARAMETER ||
        first->a->local->ref_kind != REF_NONE)
        return NULL;
    for (uint32_t i = 1; i + 1 < block->items.count; i++) {
        const Bound *item = block->items.at[i];
        if (item->kind != BOUND_EXPRESSION_STATEMENT || item->a->kind != BOUND_CALL || !is_silent_event(c, item->a))
            return NULL;
    }
    return first->b;
}

/* The returned expression when that is all there is. */
static Bound *only_return(Compiler *c, Bound *block)
{
    Bound *value = through_local(c, block);
    if (value)
        return value;
    Bound *node = only_statement(c, block);
    return node && node->kind == BOUND_RETURN && node->a && !(node->flags & BOUND_REF) ? node->a : NULL;
}

bool dereferences_this_first(const Method *method)
{
    const Bound *node = method->lowered ? method->lowered->body : NULL;
    while (node && node->kind == BOUND_BLOCK && node->items.count) {
        uint32_t first = 0;
        while (first + 1 < node->items.count && node->items.at[first]->kind == BOUND_POINT)
            first++;
        node = node->items.at[first];
    }
    node = node && (node->kind == BOUND_RETURN || node->kind == BOUND_IF) ? node->a : NULL;
    while (node) {
        switch ((int)node->kind) {
        case BOUND_FIELD:
            if (node->a && node->a->kind == BOUND_THIS)
                return true;
            node = node->a;
            break;
        case BOUND_CALL:
        case BOUND_BINARY:
        case BOUND_UNARY:
        case BOUND_CONVERT:
        case BOUND_ELEMENT:
        case BOUND_ARRAY_LENGTH:
        case BOUND_CONDITIONAL:
        case BOUND_AND_ALSO:
        case BOUND_OR_ELSE:
        case BOUND_IS:
        case BOUND_AS:
            node = node->a;
            break;
        default:
            return false;
        }
    }
    return false;
}

/* A jump to the end that is the last instruction is left out again. */
static void drop_last_jump(Compiler *c, uint32_t label)
{
    if (!c->fixup_count || !c->code_count)
        return;
    const Fixup *last = &c->fixups[c->fixup_count - 1];
    if (last->label != label || last->instruction != c->code_count - 1 || c->code[last->instruction].op != OPC_JMP)
        return;
    for (uint32_t i = 0; i < c->label_count; i++)
        if (c->labels[i].position == (int32_t)c->code_count)
            return;
    c->fixup_count--;
    c->code_count--;
    if (c->line_count && c->lines[c->line_count - 1].instruction > c->code_count)
        c->lines[c->line_count - 1].instruction = c->code_count;
}

static Value inline_body(Compiler *c, Body *body, Slot wanted)
{
    Type *type = type_plain(method_ref_return_type(c->world, body->ref));
    bool by_reference = body->ref.method->return_ref != REF_NONE;
    Bound *only = by_reference ? NULL : only_return(c, body->function->body);
    if (only && body->branches) {
        generate_jump(c, only, body->branch_label, body->branch_sense);
        return value_none();
    }
    if (only) {
        Value value = generate_now(c, only, wanted);
        if (value.kind == VALUE_SLOT && !value.is_temporary && value.slot != wanted)
            value.is_passing = true; /* perhaps a variable of ours: to be used at once */
        return value;
    }
    bool in_place = wanted != NO_SLOT && (load_shape(c->loader, type) != SHAPE_STRUCT || wanted < RANGE_OUTGOING);
    if (by_reference)
        body->result = value_pointer(c, type);
    else if (!type_is_void(type) && !body->branches)
        body->result = in_place ? value_in(c, type, wanted) : value_temporary(c, type);
    body->return_label = label_make(c);
    generate_statement(c, body->function->body);
    drop_last_jump(c, body->return_label);
    label_place(c, body->return_label);
    return body->result;
}

Value inline_call(Compiler *c, const Body *branch, MethodRef ref, Variable receiver, Variable *arguments, Slot wanted,
                  Span span)
{
    Body body = body_of(c, ref);
    if (branch) {
        body.branches = true;
        body.branch_label = branch->branch_label;
        body.branch_sense = branch->branch_sense;
    }
    body.outer = c->body;
    body.depth = c->body->depth + 1;
    body.is_inlined = true;
    body.result = value_none();
    body.this_variable = receiver;
    body.this_variable.value.is_temporary = false;
    body.this_variable.owns_base = body.this_variable.owns_index = false;
    find_exposed(c, body.function->body);
    c->body = &body;
    for (uint32_t i = 0; i < body.function->parameter_count; i++) {
        Variable argument = arguments[i];
        argument.value.is_temporary = false;
        argument.owns_base = argument.owns_index = false;
        bind_local(c, body.function->parameters[i], argument);
    }
    mark_line(c, span);
    place_labels(c, body.function->body, c->region);
    uint32_t ensured = c->ensured_count;
    uint32_t start = c->code_count;
    Value result = inline_body(c, &body, wanted);
    c->body = body.outer;
    bool has_frame = has_frame_in_user_code(c, ref);
    c->body = &body;
    if (c->code_count > start && (has_frame || !is_inlined_by_net(c, ref))) {
        /* The first instruction asks for a null receiver, and that would be the caller's exception. */
        InlinedRange range = {start + (is_inlined_by_net(c, ref) ? 1u : 0u), c->code_count,
                              load_method(c->loader, ref)};
        ARENA_PUSH(c->arena, c->inlined, c->inlined_count, c->inlined_capacity, range);
    }
    if (c->ensured_count > ensured)
        c->ensured_count = ensured;
    c->body = body.outer;
    return result;
}
