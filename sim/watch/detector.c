/* The rules. A protocol event comes in, the handle it is about is found through its tag, and the state of the handle
 * says whether what happens is misuse. docs/adr/ has the reasons; docs/rules.md says it for users. */
#include "watch/facts.h"

#include <string.h>

#include "vm/heap.h"

Harm verdict_harm(VerdictKind verdict)
{
    enum { NOTE = HARM_NONE, WARNING = HARM_LATENT, ERROR = HARM_REAL };
    static const uint8_t severities[] = {
#define VERDICT(name, severity, text) severity,
#include "watch/verdict.def"
#undef VERDICT
    };
    return (Harm)severities[verdict];
}

/* ---- findings ---------------------------------------------------------------------------------------------------- */

static bool is_same_place(const Moment *a, const Moment *b)
{
    return a->method == b->method && a->pc == b->pc;
}

static Finding *add_finding(Detector *d, Finding **rows, uint32_t *count, uint32_t *capacity, const Finding *finding)
{
    for (uint32_t i = 0; i < *count; i++) {
        Finding *known = &(*rows)[i];
        if (known->rule == finding->rule && known->verdict == finding->verdict &&
            is_same_place(&known->at, &finding->at) && is_same_place(&known->made, &finding->made)) {
            known->count += finding->count;
            return known;
        }
    }
    if (*count == FINDINGS_MOST || !facts_room(d, rows, *count, capacity)) {
        return NULL;
    }
    (*rows)[*count] = *finding;
    return &(*rows)[(*count)++];
}

static void report(Detector *d, Finding finding)
{
    finding.count = finding.count ? finding.count : 1;
    add_finding(d, &d->findings, &d->finding_count, &d->finding_capacity, &finding);
}

uint32_t detector_finding_count(const Detector *detector)
{
    return detector->finding_count;
}
const Finding *detector_finding(const Detector *detector, uint32_t index)
{
    return &detector->findings[index];
}
bool detector_no_memory(const Detector *detector)
{
    return detector->no_memory;
}

/* ---- sources ----------------------------------------------------------------------------------------------------- */

/* A core as it is now, and what has been seen of it. */
typedef struct CoreView {
    uint32_t source; /* 0: there is no core, or several, or no memory */
    int16_t version;
    bool is_completed;
} CoreView;

static bool read_bool(const Machine *machine, uint64_t at)
{
    return machine->block[at] != 0;
}

static int16_t read_short(const Machine *machine, uint64_t at)
{
    int16_t value;
    memcpy(&value, machine_at(machine, at), sizeof value);
    return value;
}

/* The row of what begins at `at`. A row counts while it has seen every change of the version: a copy of a core, or one
 * in memory that is used again, is another one. */
static uint32_t source_at(Detector *d, Machine *machine, uint64_t at, int16_t version)
{
    Tag tag = shadow_get(machine->shadow, at);
    uint32_t number = tag & TAG_NUMBER;
    if (tag & TAG_SOURCE && number < d->source_count && d->sources[number].in_use &&
        d->sources[number].version == version) {
        return number;
    }
    number = facts_new_source(d, machine);
    if (number) {
        d->sources[number].version = version;
        shadow_set(machine->shadow, at, number | TAG_SOURCE);
    }
    return number;
}

static CoreView view_core(Detector *d, Machine *machine, uint64_t at, const TypeFact *core)
{
    CoreView view = {.version = read_short(machine, at + core->version_at),
                     .is_completed = read_bool(machine, at + core->completed_at)};
    view.source = source_at(d, machine, at, view.version);
    return view;
}

/* The one core in a source object. */
static CoreView core_of(Detector *d, Machine *machine, Ref object)
{
    const TypeFact *fact = facts_type(d, machine, machine_type_of(machine, object));
    if (fact->core_count != 1) {
        return (CoreView){0};
    }
    uint64_t at = object + fact->core_at;
    return view_core(d, machine, at, facts_type(d, machine, fact->core_type));
}

/* ---- handles ----------------------------------------------------------------------------------------------------- */

static HandleArm arm_of(Detector *d, const Machine *machine, Ref object)
{
    if (!object) {
        return RESULT_ARM;
    }
    return facts_type(d, machine, machine_type_of(machine, object))->kind == TYPE_TASK ? TASK_ARM : SOURCE_ARM;
}

/* The operation that a new handle stands for is a new one when its token is. */
static void join_operation(Detector *d, Machine *machine, Handle *handle, Ref object)
{
    CoreView core = core_of(d, machine, object);
    if (!core.source) {
        return;
    }
    Source *source = &d->sources[core.source];
    if (!source->has_token || source->last_token != handle->token) {
        source->operation++;
    }
    source->has_token = true;
    source->last_token = handle->token;
    handle->source = core.source;
    handle->operation = source->operation;
    handle->resets_made = source->resets;
}

/* A new handle for the value at `at`. NULL: no memory. */
static Handle *new_handle(Detector *d, Machine *machine, uint64_t at, TypeId type, Ref object, int64_t token)
{
    uint32_t number = facts_new_handle(d, machine);
    if (!number) {
        return NULL;
    }
    Handle *handle = &d->handles[number];
    handle->type = type;
    handle->arm = (uint8_t)arm_of(d, machine, object);
    handle->object_type = object ? machine_type_of(machine, object) : 0;
    handle->token = (int16_t)token;
    shadow_set(machine->shadow, at, number);
    if (handle->arm == SOURCE_ARM) {
        join_operation(d, machine, handle, object);
    }
    return &d->handles[number];
}

/* The handle of the value at `at`, which holds `object` and `token`; NULL: nobody has seen it before. */
static Handle *known_handle(const Detector *d, const Machine *machine, uint64_t at, Ref object, int64_t token)
{
    Tag tag = shadow_get(machine->shadow, at);
    uint32_t number = tag & TAG_NUMBER;
    if (number && !(tag & TAG_SOURCE) && number < d->handle_count) {
        Handle *handle = &d->handles[number];
        TypeId object_type = object ? machine_type_of(machine, object) : 0;
        if (handle->in_use && handle->object_type == object_type && handle->token == (int16_t)token) {
            return handle;
        }
    }
    return NULL;
}

/* The same; one that nobody has seen before is made known. */
static Handle *handle_at(Detector *d, Machine *machine, uint64_t at, TypeId type, Ref object, int64_t token)
{
    Handle *handle = known_handle(d, machine, at, object, token);
    return handle ? handle : new_handle(d, machine, at, type, object, token);
}

bool detector_value_history(const Detector *d, const Machine *machine, uint64_t at, Ref object, int64_t token,
                            ValueHistory *history)
{
    const Handle *handle = known_handle(d, machine, at, object, token);
    if (handle) {
        *history = (ValueHistory){.made = handle->made, .first_use = handle->first_use};
        history->first = handle->is_consumed ? handle->first : (Moment){0};
    }
    return handle != NULL;
}

static bool is_kept(const Machine *machine, uint64_t at)
{
    return (shadow_get(machine->shadow, at) & TAG_KEPT) != 0;
}

bool detector_value_task(Detector *d, Machine *machine, uint64_t at, TypeId type, bool is_from_call)
{
    const TypeFact *fact = facts_type(d, machine, type);
    Ref object = machine_read8(machine, at);
    Handle *handle = handle_at(d, machine, at, type, object, read_short(machine, at + fact->token_at));
    if (!handle || handle->is_consumed || !is_from_call) {
        return handle && handle->arm == RESULT_ARM;
    }
    /* On its way out through several calls: the last one is where it is dropped. */
    Moment moment = facts_moment(d, machine, facts_depth(machine));
    if (!handle->is_returned || moment.depth < handle->made.depth) {
        handle->made = moment;
    }
    handle->is_returned = true;
    return handle->arm == RESULT_ARM;
}

/* ---- the use of a value ------------------------------------------------------------------------------------------ */

/* One use of one value, with all that is known about it. */
typedef struct UseOf {
    Handle *handle;
    Use use;
    bool is_kept; /* it was read from where values are kept */
    CoreView core;
    bool is_stale, is_wrapped, is_pending, is_refused;
    bool is_pooled_box, is_channel;
    Moment moment;
} UseOf;

static Finding finding_of(const UseOf *of, RuleKind rule, VerdictKind verdict)
{
    const Handle *handle = of->handle;
    return (Finding){.rule = (uint8_t)rule,
                     .verdict = (uint8_t)verdict,
                     .arm = handle->arm,
                     .use = (uint8_t)of->use,
                     .first_use = handle->first_use,
                     .value_type = handle->type,
                     .object_type = handle->object_type,
                     .token = handle->token,
                     .at = of->moment,
                     .first = handle->first,
                     .made = handle->made};
}

static bool takes_result(Use use)
{
    return use == USE_RESULT || use == USE_GET_RESULT;
}

/* What .NET does with a second consumption. */
static VerdictKind again_verdict(const UseOf *of, RuleKind rule)
{
    const Handle *handle = of->handle;
    if (of->is_wrapped) {
        return VERDICT_WRAPPED;
    }
    if (of->is_stale || of->is_refused) {
        return !takes_result(of->use) ? VERDICT_SPENT : of->is_pooled_box ? VERDICT_SPENT_BOX : VERDICT_SPENT_RESULT;
    }
    if (handle->arm != SOURCE_ARM) {
        bool waits = rule == RULE_CONCURRENT_AWAIT;
        return handle->arm == TASK_ARM ? (waits ? VERDICT_TASK_WAITS_TWICE : VERDICT_TASK_AGAIN)
                                       : (waits ? VERDICT_RESULT_WAITS_TWICE : VERDICT_RESULT_AGAIN);
    }
    bool is_known = of->core.source || of->is_channel;
    if (is_known && (of->is_pending || rule == RULE_CONCURRENT_AWAIT)) {
        return of->use == USE_AWAIT ? VERDICT_CRASH : VERDICT_REGISTERED_TWICE;
    }
    return of->core.source ? VERDICT_SOURCE_AGAIN : VERDICT_OWN_SOURCE_AGAIN;
}

static bool is_registration(Use use)
{
    return use == USE_AWAIT || use == USE_HOOK;
}

static void report_again(Detector *d, const UseOf *of)
{
    Handle *handle = of->handle;
    handle->is_again = true;
    RuleKind rule = RULE_DOUBLE_AWAIT;
    if (of->use == USE_AS_TASK && handle->was_as_task) {
        rule = RULE_AS_TASK_TWICE;
    } else if (is_registration(of->use) && handle->waiting && is_registration((Use)handle->first_use)) {
        rule = RULE_CONCURRENT_AWAIT;
    } else if (of->is_kept || handle->first_kept) {
        rule = RULE_STORED_THEN_AWAITED;
    }
    report(d, finding_of(of, rule, again_verdict(of, rule)));
}

/* Did the source go on only because the value itself was consumed, and has nothing else begun there since? */
static bool is_own_reset(const Detector *d, const UseOf *of)
{
    const Handle *handle = of->handle;
    if (!of->core.source) {
        return true;
    }
    const Source *source = &d->sources[of->core.source];
    if (!handle->source) {
        return source->last_reset_by_result;
    }
    return source->last_reset_by_result && source->resets == handle->resets_used + 1 &&
           source->operation == handle->operation;
}

static bool is_next_begun(const Detector *d, const UseOf *of)
{
    return of->handle->source && d->sources[of->handle->source].operation > of->handle->operation;
}

static void report_stale(Detector *d, const UseOf *of)
{
    const Handle *handle = of->handle;
    bool consumes = of->use != USE_LOOK;
    if (consumes && handle->is_consumed && is_own_reset(d, of)) {
        report_again(d, of);
        return;
    }
    VerdictKind verdict = of->is_wrapped          ? VERDICT_WRAPPED
                          : takes_result(of->use) ? VERDICT_STALE_RESULT
                                                  : VERDICT_STALE;
    bool is_kept = of->is_kept || (!handle->is_consumed && is_next_begun(d, of));
    bool is_stored = consumes && is_kept && !of->is_wrapped;
    Finding finding = finding_of(of, is_stored ? RULE_STORED_THEN_AWAITED : RULE_STALE_TOKEN, verdict);
    finding.also_double = consumes && handle->is_consumed;
    report(d, finding);
    if (of->is_wrapped) {
        finding.rule = RULE_TOKEN_WRAPAROUND;
        report(d, finding);
    }
}

static void note_first(const Detector *d, const UseOf *of)
{
    Handle *handle = of->handle;
    handle->is_consumed = true;
    handle->first = of->moment;
    handle->first_use = (uint8_t)(of->use == USE_GET_RESULT ? USE_AWAIT : of->use);
    handle->first_kept = of->is_kept;
    handle->resets_used = of->core.source ? d->sources[of->core.source].resets : 0;
}

static void register_continuation(Detector *d, UseOf *of)
{
    Handle *handle = of->handle;
    handle->refused = false;
    if (of->is_stale || of->is_wrapped) {
        report_stale(d, of);
        handle->refused = true;
        return;
    }
    if (handle->is_consumed) {
        report_again(d, of);
        handle->refused = true;
    } else {
        note_first(d, of);
    }
    bool is_accepted = !handle->refused || handle->arm != SOURCE_ARM || !of->is_pending;
    if (is_accepted && handle->waiting < UINT8_MAX) {
        handle->waiting++;
    }
    if (of->core.source && !handle->refused) {
        d->sources[of->core.source].registered = of->moment;
    }
}

static void consume(Detector *d, UseOf *of)
{
    Handle *handle = of->handle;
    if (handle->is_free) {
        return;
    }
    if (of->use == USE_LOOK) {
        if (of->is_stale || of->is_wrapped) {
            report_stale(d, of);
        }
        return;
    }
    if (takes_result(of->use) && of->is_pending) {
        bool is_box = of->is_pooled_box;
        report(d, finding_of(of, RULE_GET_RESULT_BEFORE_COMPLETION, is_box ? VERDICT_PENDING_BOX : VERDICT_PENDING));
        return;
    }
    if (takes_result(of->use) && handle->waiting) {
        handle->waiting--;
        return;
    }
    if (of->is_stale || of->is_wrapped) {
        report_stale(d, of);
    } else if (handle->is_consumed) {
        report_again(d, of);
    } else {
        note_first(d, of);
    }
    handle->was_as_task |= of->use == USE_AS_TASK;
}

static void look_at_core(Detector *d, Machine *machine, UseOf *of, Ref object)
{
    const Handle *handle = of->handle;
    if (handle->arm != SOURCE_ARM) {
        return;
    }
    of->core = core_of(d, machine, object);
    TypeKind kind = (TypeKind)facts_type(d, machine, handle->object_type)->kind;
    of->is_pooled_box = kind == TYPE_POOLED_BOX;
    of->is_channel = kind == TYPE_CHANNEL_OPERATION;
    if (!of->core.source) {
        return;
    }
    const Source *source = &d->sources[of->core.source];
    of->is_stale = of->core.version != handle->token;
    of->is_wrapped = !of->is_stale && handle->source == of->core.source && source->resets != handle->resets_made;
    of->is_pending = !of->is_stale && !of->core.is_completed;
}

/* A member of ValueTask is at work on the value at event->place. */
static bool use_value(Detector *d, Machine *machine, const WatchedEvent *event, Use use)
{
    uint32_t findings = d->finding_count;
    Handle *handle = handle_at(d, machine, event->place, event->type, event->a, event->n);
    if (!handle) {
        return false;
    }
    UseOf of = {.handle = handle, .use = use, .is_kept = is_kept(machine, event->place)};
    look_at_core(d, machine, &of, event->a);
    of.moment = facts_moment(d, machine, facts_depth(machine));
    bool was_first = !handle->is_consumed;
    handle->is_tried |= use != USE_LOOK;
    if (is_registration(use) && !handle->is_free) {
        register_continuation(d, &of);
    } else {
        consume(d, &of);
    }
    return takes_result(use) && handle->arm == RESULT_ARM && was_first && findings == d->finding_count;
}

/* An async method that returns a ValueTask, but has suspended each of many times, would be better off with a Task. */
static void count_value(Detector *d, const Machine *machine, const WatchedEvent *event)
{
    const TypeFact *fact = facts_type(d, machine, event->a ? machine_type_of(machine, event->a) : 0);
    bool is_box = fact->is_box && fact->kind == TYPE_TASK;
    if (event->a && !is_box) {
        return;
    }
    Moment at = facts_moment(d, machine, facts_depth(machine));
    MethodCount *count = at.method ? facts_counts(d, at.method) : NULL;
    if (!count) {
        return;
    }
    count->results += !is_box;
    count->boxes += is_box;
    if (is_box && count->boxes == HOT && !count->results) {
        Finding finding = {.rule = RULE_VALUE_TASK_WITHOUT_BENEFIT, .verdict = VERDICT_NO_BENEFIT, .at = at};
        finding.value_type = event->type;
        finding.arm = TASK_ARM;
        report(d, finding);
    }
}

static void make_value(Detector *d, Machine *machine, const WatchedEvent *event, bool is_free)
{
    Handle *handle = new_handle(d, machine, event->place, event->type, event->a, event->n);
    if (handle) {
        handle->is_free = is_free;
    }
}

/* ---- what a source says ------------------------------------------------------------------------------------------ */

/* Where an event of a core comes from. */
typedef struct Caller {
    uint64_t core; /* block offset of the core; 0: the source has none */
    TypeId core_type;
    Ref owner;       /* the object that holds it, or the source; 0: the core is no part of an object */
    uint32_t depth;  /* calls below the source's own */
    uint32_t value;  /* the call of a member of ValueTask that asks the source, + 1; 0: none */
    bool is_as_task; /* AsTask's callback asks */
} Caller;

/* Members of the source, and what the compiler or the library put between them and the core. */
static bool is_of_source(const Machine *machine, const CallFrame *call, Ref owner)
{
    const RuntimeMethod *method = machine->program->methods[call->method];
    return !method->is_static && !method->receiver_is_byref && owner && machine_read8(machine, call->frame) == owner;
}

static Caller find_caller(Detector *d, const Machine *machine, const WatchedEvent *event)
{
    enum { FARTHEST = 24 };
    Caller caller = {.owner = event->a, .depth = facts_depth(machine)};
    const CallFrame *calls = thread_calls(machine, machine_thread(machine));
    uint32_t depth = caller.depth;
    if (event->place) {
        caller.core = event->place;
        caller.core_type = event->type;
        caller.owner = heap_contains(machine, caller.core) ? heap_object_around(machine, caller.core) : 0;
    }
    while (depth && facts_role(d, machine, calls[depth - 1].method) == METHOD_CORE) {
        depth--;
    }
    while (depth && (is_of_source(machine, &calls[depth - 1], caller.owner))) {
        depth--;
    }
    caller.depth = depth;
    for (uint32_t i = depth; i > 0 && depth - i < FARTHEST && !caller.value; i--) {
        MethodRole role = facts_role(d, machine, calls[i - 1].method);
        caller.value = role == METHOD_VALUE ? i : 0;
        caller.is_as_task |= role == METHOD_AS_TASK;
    }
    return caller;
}

static uint32_t source_of(Detector *d, Machine *machine, const Caller *caller, int16_t version)
{
    uint64_t at = caller->core ? caller->core : caller->owner;
    return at ? source_at(d, machine, at, version) : 0;
}

static void report_source(Detector *d, const Machine *machine, const Caller *caller, RuleKind rule, VerdictKind verdict,
                          const Moment *first)
{
    Finding finding = {.rule = (uint8_t)rule, .verdict = (uint8_t)verdict};
    finding.object_type = caller->owner ? machine_type_of(machine, caller->owner) : 0;
    finding.at = facts_moment(d, machine, caller->depth);
    if (!finding.at.method) {
        finding.at = facts_moment(d, machine, facts_depth(machine));
    }
    if (first) {
        finding.first = *first;
    }
    report(d, finding);
}

static void source_reset(Detector *d, Machine *machine, const WatchedEvent *event)
{
    Caller caller = find_caller(d, machine, event);
    uint32_t number = source_of(d, machine, &caller, (int16_t)((uint16_t)event->n - 1u));
    if (number) {
        Source *source = &d->sources[number];
        source->version = (int16_t)event->n;
        source->resets++;
        source->last_reset_by_result = caller.value || caller.is_as_task;
        source->completed = source->registered = (Moment){0};
    }
}

/* The handle that the member of ValueTask in progress works on. */
static Handle *handle_in_use(Detector *d, Machine *machine, const Caller *caller, Ref *object)
{
    const CallFrame *call = &thread_calls(machine, machine_thread(machine))[caller->value - 1];
    TypeId type = machine->program->methods[call->method]->declaring_type;
    uint64_t at = machine_read8(machine, call->frame);
    Tag tag = shadow_get(machine->shadow, at);
    const TypeFact *fact = facts_type(d, machine, type);
    *object = machine_read8(machine, at);
    if (fact->kind == TYPE_VALUE_TASK) {
        return handle_at(d, machine, at, type, *object, read_short(machine, at + fact->token_at));
    }
    uint32_t number = tag & TAG_NUMBER;
    bool is_known = number && !(tag & TAG_SOURCE) && number < d->handle_count && d->handles[number].in_use;
    return is_known ? &d->handles[number] : NULL;
}

static bool is_awaiter_question(const Machine *machine, const CallFrame *call)
{
    return strstr(machine->program->methods[call->method]->name, ".AskStatus") != NULL;
}

/* Somebody asked the source itself, with a token that is not its version. */
static void report_bare_token(Detector *d, const Machine *machine, const Caller *caller, VerdictKind verdict)
{
    Moment at = facts_moment(d, machine, caller->depth);
    if (at.method && !caller->is_as_task) {
        report_source(d, machine, caller, RULE_STALE_TOKEN, verdict, NULL);
    }
}

static void report_if_stale(Detector *d, Machine *machine, const Caller *caller, int16_t token)
{
    if (caller->core) {
        const TypeFact *core = facts_type(d, machine, caller->core_type);
        if (read_short(machine, caller->core + core->version_at) != token) {
            report_bare_token(d, machine, caller, VERDICT_STALE_RESULT);
        }
    }
}

/* The source refused the token. The rules have spoken already when the source has a core of its own, unless it was the
 * awaiter who asked. */
static void token_refused(Detector *d, Machine *machine, const WatchedEvent *event)
{
    Caller caller = find_caller(d, machine, event);
    if (!caller.value) {
        report_bare_token(d, machine, &caller, VERDICT_STALE);
        return;
    }
    Ref object;
    Handle *handle = handle_in_use(d, machine, &caller, &object);
    if (!handle || handle->token != (int16_t)event->n || handle->is_free) {
        return;
    }
    const CallFrame *call = &thread_calls(machine, machine_thread(machine))[caller.value - 1];
    UseOf of = {.handle = handle, .use = USE_AWAIT, .is_kept = is_kept(machine, machine_read8(machine, call->frame))};
    of.moment = facts_moment(d, machine, caller.value);
    look_at_core(d, machine, &of, object);
    bool is_known = of.core.source != 0;
    of.is_stale = of.is_refused = true;
    handle->is_tried = true;
    if (is_awaiter_question(machine, call)) {
        report_stale(d, &of);
    } else if (!is_known && handle->is_consumed && !handle->is_again) {
        handle->is_consumed = false; /* it had looked like the first consumption */
        handle->waiting = 0;
        of.use = (Use)handle->first_use;
        report_stale(d, &of);
    }
}

/* Nothing to give: for a source with a core of its own that was known beforehand. */
static void result_refused(Detector *d, Machine *machine, const WatchedEvent *event)
{
    Caller caller = find_caller(d, machine, event);
    Ref object;
    if (!caller.value) {
        report_if_stale(d, machine, &caller, (int16_t)event->n);
        return;
    }
    Handle *handle = handle_in_use(d, machine, &caller, &object);
    if (!handle || handle->token != (int16_t)event->n || handle->is_free || core_of(d, machine, object).source) {
        return;
    }
    UseOf of = {.handle = handle, .use = USE_RESULT, .moment = facts_moment(d, machine, caller.value)};
    if (handle->is_consumed && !handle->is_again) {
        handle->is_consumed = false; /* it had looked like the first consumption */
    }
    report(d, finding_of(&of, RULE_GET_RESULT_BEFORE_COMPLETION, VERDICT_PENDING));
}

static void second_continuation(Detector *d, Machine *machine, const WatchedEvent *event)
{
    WatchedEvent of_core = *event;
    of_core.a = 0; /* the continuation, not the source */
    Caller caller = find_caller(d, machine, &of_core);
    Ref object;
    Handle *handle = caller.value ? handle_in_use(d, machine, &caller, &object) : NULL;
    if (handle && (handle->refused || handle->was_as_task)) {
        return; /* the same value: reported when it was registered */
    }
    if (handle && handle->waiting) {
        handle->waiting--;
    }
    const Moment *first = NULL;
    if (caller.core) {
        CoreView view = view_core(d, machine, caller.core, facts_type(d, machine, caller.core_type));
        first = view.source ? &d->sources[view.source].registered : NULL;
    }
    report_source(d, machine, &caller, RULE_CONCURRENT_AWAIT, caller.value ? VERDICT_CRASH : VERDICT_REGISTERED_TWICE,
                  first);
}

static void source_completes(Detector *d, Machine *machine, const WatchedEvent *event)
{
    Caller caller = find_caller(d, machine, event);
    uint32_t number = source_of(d, machine, &caller, (int16_t)event->n);
    if (number && !d->sources[number].completed.step) {
        d->sources[number].completed = facts_moment(d, machine, caller.depth);
    }
}

static void completed_twice(Detector *d, Machine *machine, const WatchedEvent *event)
{
    Caller caller = find_caller(d, machine, event);
    uint32_t number = source_of(d, machine, &caller, (int16_t)event->n);
    report_source(d, machine, &caller, RULE_SOURCE_COMPLETED_TWICE, VERDICT_OVERWRITTEN,
                  number ? &d->sources[number].completed : NULL);
}

static void reset_while_awaited(Detector *d, Machine *machine, const WatchedEvent *event)
{
    Caller caller = find_caller(d, machine, event);
    uint32_t number = source_of(d, machine, &caller, (int16_t)event->n);
    report_source(d, machine, &caller, RULE_RESET_WHILE_AWAITED, VERDICT_FORGOTTEN,
                  number ? &d->sources[number].registered : NULL);
}

/* ---- tasks ------------------------------------------------------------------------------------------------------- */

static void report_task(Detector *d, Machine *machine, RuleKind rule, VerdictKind verdict, Ref task)
{
    Finding finding = {.rule = (uint8_t)rule, .verdict = (uint8_t)verdict};
    finding.object_type = task ? machine_type_of(machine, task) : 0;
    finding.at = facts_moment(d, machine, facts_depth(machine));
    uint32_t number = verdict == VERDICT_COMPLETED_TASK ? source_at(d, machine, task, 0) : 0;
    if (number) {
        finding.first = d->sources[number].completed;
    }
    if (finding.at.method) {
        report(d, finding);
    }
}

/* Does the user's code wait, or something else of the library's that it has called (Parallel.For waits too)? */
static bool is_users_wait(Detector *d, const Machine *machine)
{
    const CallFrame *calls = thread_calls(machine, machine_thread(machine));
    for (uint32_t i = facts_depth(machine); i > 0; i--) {
        MethodRole role = facts_role(d, machine, calls[i - 1].method);
        if (role == METHOD_USER || role == METHOD_OTHER) {
            return role == METHOD_USER;
        }
    }
    return false;
}

/* A task remembers where it failed, or where it was completed by hand, with a row like a source's: it has no version.
 * That of an async method is nobody's to complete. */
static void note_end(Detector *d, Machine *machine, Ref task, bool has_failed)
{
    if (!has_failed && facts_type(d, machine, machine_type_of(machine, task))->is_box) {
        return;
    }
    Moment at = facts_moment(d, machine, facts_depth(machine));
    uint32_t number = at.method ? source_at(d, machine, task, 0) : 0;
    if (number) {
        d->sources[number].completed = at;
    }
}

static void report_unobserved(Detector *d, Machine *machine, Ref task)
{
    uint32_t number = source_at(d, machine, task, 0);
    Finding finding = {.rule = RULE_UNOBSERVED_EXCEPTION, .verdict = VERDICT_UNOBSERVED};
    finding.object_type = machine_type_of(machine, task);
    finding.at = number ? d->sources[number].completed : (Moment){0};
    if (!finding.at.method) {
        finding.at = facts_moment(d, machine, facts_depth(machine));
    }
    report(d, finding);
}

/* A source of the user's calls a continuation a second time. Nothing says which source: it is the object whose method
 * does it. */
static void called_back_twice(Detector *d, Machine *machine, Ref continuation)
{
    Caller caller = {.depth = facts_depth(machine)};
    const CallFrame *calls = thread_calls(machine, machine_thread(machine));
    while (caller.depth && facts_role(d, machine, calls[caller.depth - 1].method) != METHOD_USER) {
        caller.depth--;
    }
    const RuntimeMethod *method = caller.depth ? machine->program->methods[calls[caller.depth - 1].method] : NULL;
    caller.owner = method && !method->is_static && !method->receiver_is_byref
                       ? machine_read8(machine, calls[caller.depth - 1].frame)
                       : 0;
    while (caller.depth && is_of_source(machine, &calls[caller.depth - 1], caller.owner)) {
        caller.depth--;
    }
    bool is_box = facts_type(d, machine, continuation ? machine_type_of(machine, continuation) : 0)->is_box;
    report_source(d, machine, &caller, RULE_SOURCE_COMPLETED_TWICE,
                  is_box ? VERDICT_RESUMED_TWICE : VERDICT_CALLED_TWICE, NULL);
}

/* An async method completed at once. Was its task allocated for that? Then it is the newest object there is. */
static bool count_task(Detector *d, const Machine *machine, Ref task)
{
    uint64_t end = task - OBJECT_HEADER_BYTES + machine_runtime_type_of(machine, task)->instance_size;
    Moment at = facts_moment(d, machine, facts_depth(machine));
    MethodCount *count = at.method ? facts_counts(d, at.method) : NULL;
    if (end != machine->state->alloc_next || !count) {
        return true;
    }
    count->tasks++;
    if (count->tasks == HOT) {
        Finding finding = {.rule = RULE_TASK_ALLOCATED_ON_SYNC_PATH, .verdict = VERDICT_ALLOCATES, .at = at};
        finding.object_type = machine_type_of(machine, task);
        report(d, finding);
    }
    return true;
}

/* ---- events ------------------------------------------------------------------------------------------------------ */

static Use registration(Detector *d, const Machine *machine, Ref continuation)
{
    TypeId type = continuation ? machine_type_of(machine, continuation) : 0;
    return facts_type(d, machine, type)->is_box ? USE_AWAIT : USE_HOOK;
}

bool detector_watch(Detector *d, Machine *machine, const WatchedEvent *event)
{
    switch (event->kind) {
    case KIND_ValueTaskFromResult:
        count_value(d, machine, event);
        make_value(d, machine, event, false);
        return true;
    case KIND_ValueTaskFromTask:
        count_value(d, machine, event);
        make_value(d, machine, event, false);
        break;
    case KIND_ValueTaskFromSource:
        make_value(d, machine, event, false);
        break;
    case KIND_ValueTaskPreserved:
        make_value(d, machine, event, true);
        break;
    case KIND_ValueTaskLooked:
        use_value(d, machine, event, USE_LOOK);
        break;
    case KIND_ValueTaskOnCompleted:
        use_value(d, machine, event, registration(d, machine, event->b));
        break;
    case KIND_ValueTaskGetResult:
        return use_value(d, machine, event, USE_GET_RESULT);
    case KIND_ValueTaskResultRead:
        return use_value(d, machine, event, USE_RESULT);
    case KIND_ValueTaskAsTask:
        use_value(d, machine, event, USE_AS_TASK);
        break;
    case KIND_ValueTaskPreserve:
        use_value(d, machine, event, USE_PRESERVE);
        break;
    case KIND_CoreTokenRefused:
        token_refused(d, machine, event);
        break;
    case KIND_CoreGetResultRefused:
        result_refused(d, machine, event);
        break;
    case KIND_CoreSecondContinuation:
        second_continuation(d, machine, event);
        break;
    case KIND_CoreCompleted:
        source_completes(d, machine, event);
        break;
    case KIND_CoreCompletedTwice:
        completed_twice(d, machine, event);
        break;
    case KIND_CoreReset:
        source_reset(d, machine, event);
        break;
    case KIND_CoreResetWhileAwaited:
        reset_while_awaited(d, machine, event);
        break;
    case KIND_TaskCompletedTwice:
        report_task(d, machine, RULE_SOURCE_COMPLETED_TWICE, VERDICT_COMPLETED_TASK, event->a);
        break;
    case KIND_TaskFaulted:
    case KIND_TaskCompleted:
    case KIND_TaskCanceled:
        note_end(d, machine, event->a, event->kind == KIND_TaskFaulted);
        break;
    case KIND_TaskUnobserved:
        if (!event->n) {
            report_unobserved(d, machine, event->a);
        }
        break;
    case KIND_SourceCalledBackTwice:
        called_back_twice(d, machine, event->a);
        break;
    case KIND_BoxReturnedTwice:
        report_task(d, machine, RULE_POOL_RETURNED_TWICE, VERDICT_SHARED_BOX, event->a);
        break;
    case KIND_MethodCompletesAtOnce:
        return count_task(d, machine, event->a);
    case KIND_TaskWaitBegins:
        if (is_users_wait(d, machine)) {
            report_task(d, machine, RULE_SYNC_OVER_ASYNC, VERDICT_BLOCKS, event->a);
        }
        break;
    default:
        break;
    }
    return false;
}

/* ---- the end ----------------------------------------------------------------------------------------------------- */

void detector_note_drop(Detector *d, const Handle *handle)
{
    if (!handle->is_returned || handle->is_tried || handle->is_free) {
        return;
    }
    UseOf of = {.handle = (Handle *)(uintptr_t)handle, .moment = handle->made};
    VerdictKind verdict = handle->arm == SOURCE_ARM ? VERDICT_DROPPED_SOURCE : VERDICT_DROPPED;
    Finding finding = finding_of(&of, RULE_NOT_AWAITED, verdict);
    finding.first = (Moment){0};
    finding.count = 1;
    add_finding(d, &d->drops, &d->drop_count, &d->drop_capacity, &finding);
}

void detector_end(Detector *d, Machine *machine)
{
    (void)machine;
    if (d->has_ended) {
        return;
    }
    d->has_ended = true;
    for (uint32_t i = 1; i < d->handle_count; i++) {
        if (d->handles[i].in_use) {
            detector_note_drop(d, &d->handles[i]);
        }
    }
    for (uint32_t i = 0; i < d->drop_count; i++) { /* by the step of the call */
        uint32_t first = i;
        for (uint32_t k = i + 1; k < d->drop_count; k++) {
            first = d->drops[k].at.step < d->drops[first].at.step ? k : first;
        }
        Finding finding = d->drops[first];
        d->drops[first] = d->drops[i];
        d->drops[i] = finding;
        report(d, finding);
    }
}

/* ---- deadlocks --------------------------------------------------------------------------------------------------- */

Ref detector_awaited_task(Detector *d, const Machine *machine, uint32_t slot)
{
    const LogicalThread *thread = &machine->state->threads[slot];
    const CallFrame *calls = thread_calls(machine, thread);
    for (uint32_t i = thread->call_count; i > 0; i--) {
        const RuntimeMethod *method = machine->program->methods[calls[i - 1].method];
        if (facts_role(d, machine, calls[i - 1].method) == METHOD_USER) {
            return 0;
        }
        Ref receiver = method->is_static || method->receiver_is_byref ? 0 : machine_read8(machine, calls[i - 1].frame);
        if (receiver && facts_type(d, machine, machine_type_of(machine, receiver))->kind == TYPE_TASK) {
            return receiver;
        }
    }
    return 0;
}

void detector_deadlock(Detector *d, Machine *machine, uint32_t slot, Ref task, uint32_t position)
{
    const LogicalThread *thread = &machine->state->threads[slot];
    const CallFrame *calls = thread_calls(machine, thread);
    Finding finding = {.rule = RULE_DEADLOCK, .verdict = VERDICT_HANGS, .position = position};
    finding.object_type = task ? machine_type_of(machine, task) : 0;
    finding.at = (Moment){.step = machine->state->steps, .thread = thread->number};
    for (uint32_t i = thread->call_count; i > 0 && !finding.at.method; i--) {
        if (facts_role(d, machine, calls[i - 1].method) == METHOD_USER) {
            finding.at.method = calls[i - 1].method;
            finding.at.pc = calls[i - 1].pc;
        }
    }
    report(d, finding);
}

/* ---- where values are kept --------------------------------------------------------------------------------------- */

static bool is_compilers(const char *name)
{
    return strstr(name, "<>") || strstr(name, ">d__") || strstr(name, ">d<") || strchr(name, '<') == name;
}

/* A variable that was typed at a prompt is a static of its submission, but to whoever typed it it is a local. */
static bool is_typed_variable(const Machine *machine, uint64_t at)
{
    static const char submission[] = "Submission#";
    uint64_t offset = at - machine->state->areas[AREA_STATICS].offset;
    for (uint32_t i = 1; i < machine->program->type_count; i++) {
        const RuntimeType *type = machine->program->types[i];
        if (!type->name || strncmp(type->name, submission, sizeof submission - 1) != 0) {
            continue;
        }
        for (uint32_t k = 0; k < type->field_count; k++) {
            const RuntimeField *field = &type->fields[k];
            uint64_t start = type->statics_offset + field->offset;
            if (field->is_static && offset >= start && offset < start + field->size) {
                return true;
            }
        }
    }
    return false;
}

bool detector_keeps(void *context, uint64_t at)
{
    const Machine *machine = context;
    if (!heap_contains(machine, at)) {
        return !is_typed_variable(machine, at);
    }
    Ref object = heap_object_around(machine, at);
    const RuntimeType *type = object ? machine_runtime_type_of(machine, object) : NULL;
    if (!type || !type->is_reference || type->is_box || !type->name) {
        return false;
    }
    if (type->category == CATEGORY_ARRAY) {
        return true;
    }
    if (type->is_user) {
        return !is_compilers(type->short_name);
    }
    return strncmp(type->name, "System.Collections.", 19) == 0 || strncmp(type->name, "System.Lazy", 11) == 0;
}

/* ---- life -------------------------------------------------------------------------------------------------------- */

Detector *detector_create(const Memory *memory)
{
    Detector *detector = memory->resize(memory->context, NULL, 0, sizeof *detector);
    if (detector) {
        *detector = (Detector){.memory = memory};
    }
    return detector;
}

static void free_rows(const Detector *d, void *rows, size_t size)
{
    if (rows) {
        d->memory->resize(d->memory->context, rows, size, 0);
    }
}

void detector_free(Detector *d)
{
    if (!d) {
        return;
    }
    free_rows(d, d->roles, d->role_count * sizeof *d->roles);
    free_rows(d, d->types, d->type_count * sizeof *d->types);
    free_rows(d, d->handles, d->handle_capacity * sizeof *d->handles);
    free_rows(d, d->sources, d->source_capacity * sizeof *d->sources);
    free_rows(d, d->counts, d->count_capacity * sizeof *d->counts);
    free_rows(d, d->findings, d->finding_capacity * sizeof *d->findings);
    free_rows(d, d->drops, d->drop_capacity * sizeof *d->drops);
    d->memory->resize(d->memory->context, d, sizeof *d, 0);
}

/* ---- copies: one piece of memory, its tables one after the other ------------------------------------------------- */

struct DetectorCopy {
    Detector of; /* the counts; its pointers mean nothing */
    size_t bytes;
    _Alignas(16) uint8_t rows[];
};

enum { TABLES = 5 };

typedef struct Table {
    void **rows;
    uint32_t *count, *capacity;
    size_t size;
} Table;

static void list_tables(Detector *d, Table *tables)
{
    tables[0] = (Table){(void **)(void *)&d->handles, &d->handle_count, &d->handle_capacity, sizeof *d->handles};
    tables[1] = (Table){(void **)(void *)&d->sources, &d->source_count, &d->source_capacity, sizeof *d->sources};
    tables[2] = (Table){(void **)(void *)&d->findings, &d->finding_count, &d->finding_capacity, sizeof *d->findings};
    tables[3] = (Table){(void **)(void *)&d->drops, &d->drop_count, &d->drop_capacity, sizeof *d->drops};
    tables[4] = (Table){(void **)(void *)&d->counts, &d->count_count, &d->count_capacity, sizeof *d->counts};
}

DetectorCopy *detector_save(const Detector *detector)
{
    Detector d = *detector;
    Table tables[TABLES];
    list_tables(&d, tables);
    size_t bytes = sizeof(DetectorCopy);
    for (int i = 0; i < TABLES; i++) {
        bytes += *tables[i].count * tables[i].size;
    }
    DetectorCopy *copy = d.memory->resize(d.memory->context, NULL, 0, bytes);
    if (!copy) {
        return NULL;
    }
    copy->of = d;
    copy->bytes = bytes;
    uint8_t *at = copy->rows;
    for (int i = 0; i < TABLES; i++) {
        size_t size = *tables[i].count * tables[i].size;
        if (size) {
            memcpy(at, *tables[i].rows, size);
        }
        at += size;
    }
    return copy;
}

static bool make_room(const Detector *d, const Table *table, uint32_t count)
{
    if (count <= *table->capacity) {
        return true;
    }
    void *rows =
        d->memory->resize(d->memory->context, *table->rows, *table->capacity * table->size, count * table->size);
    if (rows) {
        *table->rows = rows;
        *table->capacity = count;
    }
    return rows != NULL;
}

bool detector_restore(Detector *d, const DetectorCopy *copy)
{
    Detector then = copy->of;
    Table now[TABLES], wanted[TABLES];
    list_tables(d, now);
    list_tables(&then, wanted);
    bool has_room = true;
    for (int i = 0; i < TABLES; i++) {
        has_room = has_room && make_room(d, &now[i], *wanted[i].count);
    }
    const uint8_t *at = copy->rows;
    for (int i = 0; has_room && i < TABLES; i++) {
        size_t size = *wanted[i].count * wanted[i].size;
        if (size) {
            memcpy(*now[i].rows, at, size);
        }
        *now[i].count = *wanted[i].count;
        at += size;
    }
    if (has_room) { /* what is known of the program stays known */
        d->has_ended = then.has_ended;
        d->free_handle = then.free_handle;
        d->free_source = then.free_source;
        d->live_handles = then.live_handles;
        d->live_sources = then.live_sources;
        d->sweep_at = then.sweep_at;
    }
    return has_room;
}

void detector_copy_free(const Detector *d, DetectorCopy *copy)
{
    if (copy) {
        d->memory->resize(d->memory->context, copy, copy->bytes, 0);
    }
}

size_t detector_copy_bytes(const DetectorCopy *copy)
{
    return copy->bytes;
}
