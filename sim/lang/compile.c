/* One method, from its lowered body to bytecode. */
#include "lang/compile_internal.h"

static void begin(Compiler *c, Loader *loader, MethodInfo *info, Body *body)
{
    Compiler fresh = {0};
    *c = fresh;
    c->loader = loader;
    c->world = loader->world;
    c->program = loader->program;
    c->arena = loader->arena;
    c->info = info;
    c->method = info->runtime;
    c->body = body;
    c->outgoing_bytes = 64;
    c->catch_slot = c->return_slot = NO_SLOT;
}

Body body_of(Compiler *c, MethodRef ref)
{
    (void)c;
    Body body = {0};
    body.ref = ref;
    body.function = ref.method->lowered;
    body.substitution = type_substitution(ref.owner);
    body.substitution.method = ref.method;
    body.substitution.method_arguments = ref.arguments;
    return body;
}

static void bind_arguments(Compiler *c)
{
    const RuntimeMethod *method = c->method;
    Function *function = c->body->function;
    uint32_t offset = 0;
    if (!method->is_static) {
        c->body->this_variable = variable_frame(c, c->info->ref.owner, 0);
        if (method->receiver_is_byref) {
            c->body->this_variable.kind = VARIABLE_MEMORY;
            c->body->this_variable.is_pointer = true;
        }
        offset = 8;
    }
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        Local *local = function->parameters[i];
        bind_parameter(c, local, (Slot)offset);
        uint32_t size = local->ref_kind != REF_NONE ? 8 : size_of(c, closed(c, local->type));
        offset += (size + 7) / 8 * 8;
    }
}

/* A class with an explicit static constructor is initialised by its first constructor or static method call. */
static void ensure_own_class(Compiler *c)
{
    const Method *method = c->info->ref.method;
    if (!method->owner->has_static_constructor || method->kind == METHOD_STATIC_CONSTRUCTOR)
        return;
    if (method->is_static || method->kind == METHOD_CONSTRUCTOR)
        ensure_class(c, c->method->declaring_type);
}

static bool compile_once(Compiler *c)
{
    Function *function = c->body->function;
    find_exposed(c, function->body);
    place_labels(c, function->body, NULL);
    bind_arguments(c);
    mark_line(c, c->method->span);
    ensure_own_class(c);
    generate_statement(c, function->body);
    finish_returns(c);
    return finish_code(c);
}

/* Our limit, not the language's: said like a compile error, at the method, or else at what was compiled last. */
static void report_too_large(Loader *loader, const RuntimeMethod *method, Span last)
{
    report(loader->world->diagnostics, method->span.start ? method->span : last, ERROR_FRAME_TOO_LARGE,
           method->trace_text);
}

static void compile_body(Loader *loader, MethodInfo *info)
{
    RuntimeMethod *method = info->runtime;
    Compiler compiler;
    bool done = false;
    method->keeps = info->ref.method->program && !info->ref.method->is_async;
    for (uint32_t attempt = 0; attempt < 2 && !done; attempt++) {
        Body body = body_of(NULL, info->ref);
        begin(&compiler, loader, info, &body);
        compiler.long_jumps = attempt == 1;
        done = info->ref.method->kind == METHOD_DELEGATE_INVOKE ? compile_delegate_invoke(&compiler)
                                                                : compile_once(&compiler);
    }
    if (done && !compiler.failure && info->ref.method->lowered) {
        method->is_inlined_in_net = is_inlined_by_net(&compiler, info->ref);
        method->leaves_by_tail_call = leaves_by_tail_call(info->ref.method);
    }
    method->state = done && !compiler.failure ? METHOD_COMPILED : METHOD_BROKEN;
    if (method->state == METHOD_BROKEN)
        method->trouble = arena_format(loader->arena, "%s: %s", method->name,
                                       compiler.failure ? compiler.failure : "a jump is too far");
    if (compiler.too_large && method->is_user)
        report_too_large(loader, method, compiler.span);
}

bool load_lowered(Loader *loader, Method *method)
{
    if (method->lowered)
        return true;
    if (!bind_method(loader->world, method) || !method->bound)
        return false;
    lower_method(loader->world, method);
    return method->lowered && method->lowered->body;
}

bool compile_method(Loader *loader, MethodId id)
{
    MethodInfo *info = load_method_info(loader, id);
    RuntimeMethod *method = info->runtime;
    if (method->state != METHOD_UNCOMPILED)
        return method->state != METHOD_BROKEN;
    if (info->ref.method->kind != METHOD_DELEGATE_INVOKE && !load_lowered(loader, info->ref.method)) {
        method->state = METHOD_BROKEN;
        method->trouble = arena_format(loader->arena, "%s: its body has errors", method->name);
        return false;
    }
    compile_body(loader, info);
    return method->state != METHOD_BROKEN;
}
