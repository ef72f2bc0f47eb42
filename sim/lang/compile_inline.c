/* Small methods of the core library are compiled into their callers: property getters, forwarding members, constructors that
 * only store. The user's own methods are not: their frames are what a learner looks at. */
#include "lang/compile_internal.h"

enum { INLINE_UNKNOWN, INLINE_NO, INLINE_YES };
enum { MOST_CHARACTERS = 260, MOST_WEIGHT = 28, DEEPEST = 6 };

static uint32_t weigh(const Bound *node);

static uint32_t weigh_all(const Bound *node)
{
    uint32_t weight = 1;
    if (node->a)
        weight += weigh(node->a);
    if (node->b)
        weight += weigh(node->b);
    if (node->c)
        weight += weigh(node->c);
    for (uint32_t i = 0; i < node->items.count; i++)
        weight += weigh(node->items.at[i]);
    return weight;
}

/* What a body costs; MOST_WEIGHT + 1 for what cannot be inlined. */
static uint32_t weigh(const Bound *node)
{
    switch ((int)node->kind) {
    case BOUND_WHILE:
    case BOUND_DO:
    case BOUND_FOR:
    case BOUND_SWITCH:
    case BOUND_STATE_DISPATCH:
    case BOUND_LABEL:
    case BOUND_GOTO:
    case BOUND_TRY:
    case BOUND_THROW: /* as the JIT: who throws has a frame of his own */
    case BOUND_THROW_EXPRESSION:
        return 2 * MOST_WEIGHT + 1;
    case BOUND_LOCAL:
    case BOUND_THIS:
    case BOUND_CONSTANT:
    case BOUND_DEFAULT:
    case BOUND_NOP:
        return 0;
    case BOUND_BLOCK:
    case BOUND_RETURN:
    case BOUND_EXPRESSION_STATEMENT:
    case BOUND_CONVERT:
    case BOUND_ADDRESS:
        return weigh_all(node) - 1;
    case BOUND_CALL:
    case BOUND_NEW:
        return weigh_all(node) + 2;
    default:
        return weigh_all(node);
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
    if (takes_address_of_parameter(node->a) || takes_address_of_parameter(node->b) || takes_address_of_parameter(node->c))
        return true;
    for (uint32_t i = 0; i < node->items.count; i++)
        if (takes_address_of_parameter(node->items.at[i]))
            return true;
    return false;
}

static bool is_small_enough(Loader *loader, Method *method)
{
    bool eager = load_has_impl_option(method, "AggressiveInlining");
    if (method->is_extern || method->is_abstract || method->is_async || method->is_iterator || !method->owner->is_library ||
        method->kind == METHOD_DELEGATE_INVOKE || method->kind == METHOD_STATIC_CONSTRUCTOR || method->kind == METHOD_FINALIZER)
        return false;
    if (method->owner->has_static_constructor && (method->is_static || method->kind == METHOD_CONSTRUCTOR))
        return false;
    if (text_length(method) > MOST_CHARACTERS * (eager ? 2u : 1u) || load_has_impl_option(method, "NoInlining"))
        return false;
    if (!load_lowered(loader, method))
        return false;
    uint32_t most = MOST_WEIGHT * (eager ? 2u : 1u);
    return weigh(method->lowered->body) <= most && !takes_address_of_parameter(method->lowered->body);
}

bool can_inline(Compiler *c, MethodRef ref)
{
    if (!c->loader->inlining || !ref.method || c->body->depth >= DEEPEST)
        return false;
    for (const Body *body = c->body; body; body = body->outer)
        if (body->ref.method == ref.method)
            return false;
    if (!ref.method->inline_state)
        ref.method->inline_state = is_small_enough(c->loader, ref.method) ? INLINE_YES : INLINE_NO;
    return ref.method->inline_state == INLINE_YES;
}

/* The returned expression when that is all there is. */
static Bound *only_return(Bound *block)
{
    while (block->kind == BOUND_BLOCK && block->items.count == 1 && block->locals.count == 0)
        block = block->items.at[0];
    return block->kind == BOUND_RETURN && block->a && !(block->flags & BOUND_REF) ? block->a : NULL;
}

bool dereferences_this_first(const Method *method)
{
    const Bound *node = method->lowered ? only_return(method->lowered->body) : NULL;
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
    Bound *only = by_reference ? NULL : only_return(body->function->body);
    if (only) {
        Value value = generate_now(c, only, wanted);
        if (value.kind == VALUE_SLOT && !value.is_temporary && value.slot != wanted)
            value.is_passing = true; /* perhaps a variable of ours: to be used at once */
        return value;
    }
    if (by_reference)
        body->result = value_pointer(c, type);
    else if (!type_is_void(type))
        body->result = wanted != NO_SLOT && load_shape(c->loader, type) != SHAPE_STRUCT ? value_in(c, type, wanted) : value_temporary(c, type);
    body->return_label = label_make(c);
    generate_statement(c, body->function->body);
    drop_last_jump(c, body->return_label);
    label_place(c, body->return_label);
    return body->result;
}

Value inline_call(Compiler *c, MethodRef ref, Variable receiver, Variable *arguments, Slot wanted, Span span)
{
    Body body = body_of(c, ref);
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
    uint32_t ensured = c->ensured_count;
    Value result = inline_body(c, &body, wanted);
    if (c->ensured_count > ensured)
        c->ensured_count = ensured;
    c->body = body.outer;
    return result;
}
