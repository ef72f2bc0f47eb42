/* Findings in words. The detector has steps, instructions and types; here they become places, names and sentences. */
#include "session_internal.h"
#include "session_look.h"
#include "session_value.h"
#include "watch/pages.h"

#include <string.h>

static const SessionRule rules[] = {
#define RULE(name, code, slug, title) {code, slug, title, ""},
#include "watch/rule.def"
#undef RULE
};

static const char *const verdicts[] = {
#define VERDICT(name, severity, text) text,
#include "watch/verdict.def"
#undef VERDICT
};

uint32_t session_rule_count(void)
{
    return RULE_COUNT;
}

SessionRule session_rule(uint32_t index)
{
    SessionRule rule = rules[index];
    size_t length = strlen(rule.slug);
    for (size_t i = 0; i < rule_page_count; i++) {
        if (strncmp(rule_pages[i].name, rule.slug, length) == 0 && strcmp(rule_pages[i].name + length, ".md") == 0) {
            rule.page = rule_pages[i].text;
        }
    }
    return rule;
}

/* ---- watching ---------------------------------------------------------------------------------------------------- */

bool session_begin_findings(Session *session)
{
    Machine *machine = session->machine;
    EventLevel level = loader_event_level(session->loader);
    if (level == EVENTS_NONE) {
        return true;
    }
    session->detector = detector_create(&session->memory);
    session->shadow = shadow_create(&session->memory, machine->state->block_bytes);
    session_attach_shadow(session);
    return session->detector && session->shadow;
}

void session_attach_shadow(Session *session)
{
    Machine *machine = session->machine;
    machine->shadow = session->shadow;
    machine->listening = session->shadow != NULL;
    machine->tells_events = session->tells_events;
    machine->may_tire = loader_event_level(session->loader) == EVENTS_WATCHED;
    if (session->shadow) {
        const Area *stacks = &machine->state->areas[AREA_STACKS];
        session->shadow->keeps = detector_keeps;
        session->shadow->context = machine;
        session->shadow->stacks_start = stacks->offset;
        session->shadow->stacks_end = stacks->offset + stacks->capacity;
    }
}

void session_end_findings(Session *session)
{
    detector_free(session->detector);
    shadow_free(session->shadow);
    session->detector = NULL;
    session->shadow = NULL;
}

struct FindingsCopy {
    DetectorCopy *detector;
    ShadowCopy *tags;
};

FindingsCopy *session_keep_findings(Session *session, size_t *bytes)
{
    *bytes = 0;
    FindingsCopy *copy = session->detector ? session_resize(session, NULL, 0, sizeof *copy) : NULL;
    if (!copy) {
        return NULL;
    }
    *copy = (FindingsCopy){detector_save(session->detector), shadow_save(session->shadow)};
    if (!copy->detector || !copy->tags) {
        session_drop_findings(session, copy);
        return NULL;
    }
    *bytes = sizeof *copy + detector_copy_bytes(copy->detector) + shadow_copy_bytes(copy->tags);
    return copy;
}

bool session_put_findings_back(Session *session, const FindingsCopy *copy)
{
    bool is_back =
        !copy || (detector_restore(session->detector, copy->detector) && shadow_restore(session->shadow, copy->tags));
    session->no_memory |= !is_back;
    return is_back;
}

void session_drop_findings(Session *session, FindingsCopy *copy)
{
    if (copy) {
        detector_copy_free(session->detector, copy->detector);
        shadow_copy_free(&session->memory, copy->tags);
        session_resize(session, copy, sizeof *copy, 0);
    }
}

static void lose_memory(Session *session)
{
    if (detector_no_memory(session->detector) || session->shadow->no_memory) {
        session->no_memory = true;
        session->machine->stop |= STOP_REQUESTED;
    }
}

/* Findings are told when they are made: the caller has to hear of them in time. */
static void tell_new(Session *session, uint32_t before)
{
    const SessionHost *host = &session->options.host;
    for (uint32_t i = before; host->finding && i < detector_finding_count(session->detector); i++) {
        SessionFinding finding = session_finding(session, i);
        host->finding(host->context, &finding);
    }
}

bool session_watch(void *context, const WatchedEvent *event)
{
    Session *session = context;
    if (!session->detector || session->is_describing) {
        return false;
    }
    uint32_t before = detector_finding_count(session->detector);
    bool is_dull = detector_watch(session->detector, session->machine, event);
    tell_new(session, before);
    lose_memory(session);
    return is_dull;
}

bool session_watch_value_task(void *context, uint64_t at, TypeId type, bool is_from_call)
{
    Session *session = context;
    if (!session->detector || session->is_describing) {
        return false;
    }
    bool is_dull = detector_value_task(session->detector, session->machine, at, type, is_from_call);
    lose_memory(session);
    return is_dull;
}

/* A thread that waits for an async method: the reader looks for where that one is suspended. */
static void find_deadlock(Session *session, uint32_t slot)
{
    Machine *machine = session->machine;
    Ref task = detector_awaited_task(session->detector, machine, slot);
    bool is_box = task && machine_runtime_type_of(machine, task)->is_box;
    Position position = is_box ? look_await_position(session, task) : 0;
    detector_deadlock(session->detector, machine, slot, task, position);
}

static void find_deadlocks(Session *session, void *argument)
{
    (void)argument;
    const MachineState *state = session->machine->state;
    for (uint32_t i = 0; i < state->thread_count; i++) {
        const LogicalThread *thread = &state->threads[i];
        bool is_users = i == 0 || (thread->status == THREAD_PARKED && session_user_call(session, thread));
        if (thread->status == THREAD_PARKED && is_users) {
            find_deadlock(session, i);
        }
    }
}

void session_watch_end(Session *session, OutcomeKind kind)
{
    if (!session->detector) {
        return;
    }
    uint32_t before = detector_finding_count(session->detector);
    if (kind == OUTCOME_FINISHED) {
        detector_end(session->detector, session->machine);
    } else if (kind == OUTCOME_DEADLOCK && !session->options.interactive) {
        session_guard(session, find_deadlocks, NULL);
    }
    tell_new(session, before);
}

/* ---- places ------------------------------------------------------------------------------------------------------ */

static Span span_of(Session *session, const Moment *moment)
{
    CallFrame call = {.method = moment->method, .pc = moment->pc};
    return moment->method ? session_call_span(session, &call) : (Span){0};
}

static SessionPlace place_in(Session *session, const Moment *moment, Span span)
{
    bool has_steps = loader_has_events(session->loader);
    SessionPlace place = {.step = has_steps ? moment->step : 0, .thread = moment->thread};
    if (!span.start) {
        return place;
    }
    Place start = source_place(session->sources, span.start), end = source_place(session->sources, span.end);
    place.file = start.file ? start.file->name : NULL;
    place.line = start.line;
    place.column = start.column;
    place.end_line = end.line;
    place.end_column = end.column;
    if (moment->method) {
        Text name;
        text_init(&name, &session->arena);
        session_add_method(session, &name, moment->method);
        place.method = name.at;
    }
    return place;
}

static SessionPlace place_of(Session *session, const Moment *moment)
{
    return place_in(session, moment, span_of(session, moment));
}

/* ---- what the program calls it ----------------------------------------------------------------------------------- */

static bool is_name_unit(char unit)
{
    return (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z') || (unit >= '0' && unit <= '9') ||
           unit == '_' || unit == '@' || (unsigned char)unit >= 0x80;
}

static const char *after_await(const char *at, const char *end)
{
    if (end - at > 6 && memcmp(at, "await ", 6) == 0) {
        at += 6;
    }
    while (at < end && *at == ' ') {
        at++;
    }
    return at;
}

static bool is_member_of_value_task(const char *name, size_t length)
{
    static const char *const members[] = {
        "Result",      "GetAwaiter", "AsTask",     "Preserve", "ConfigureAwait",
        "IsCompleted", "IsFaulted",  "IsCanceled", "ToString", "IsCompletedSuccessfully"};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (strlen(members[i]) == length && memcmp(name, members[i], length) == 0) {
            return true;
        }
    }
    return false;
}

/* `vt` of "await vt.ConfigureAwait(false)": the names at the start of an expression, up to a member of ValueTask. NULL:
 * the expression is something else, a call for instance. */
static const char *name_in(Session *session, Span span)
{
    const SourceFile *file = source_file_at(session->sources, span.start);
    if (!file || span.end <= span.start) {
        return NULL;
    }
    const char *start = file->text + (span.start - file->base), *end = start + (span.end - span.start);
    start = after_await(start, end);
    const char *at = start, *part = start;
    while (at < end && (is_name_unit(*at) || *at == '.')) {
        if (*at == '.' && part > start && is_member_of_value_task(part, (size_t)(at - part))) {
            break;
        }
        part = *at == '.' ? at + 1 : part;
        at++;
    }
    while (end > at && (end[-1] == ';' || end[-1] == ' ')) {
        end--;
    }
    bool ends_in_member = part > start && is_member_of_value_task(part, (size_t)(at - part));
    const char *stop = ends_in_member ? part - 1 : at;
    if (stop == start || (*start >= '0' && *start <= '9') || (!ends_in_member && at < end)) {
        return NULL;
    }
    char *name = arena_allocate(&session->arena, (size_t)(stop - start) + 1);
    return memcpy(name, start, (size_t)(stop - start));
}

/* Nobody who writes C# has heard of the classes behind a Task. */
static void add_task(Session *session, Text *text, const RuntimeType *type)
{
    Text method;
    text_init(&method, &session->arena);
    if (type->is_box && session_add_machine_method(&method, type->display_name)) {
        text_format(text, "the Task of %s", method.at);
        return;
    }
    while (type->parent && strncmp(type->name, "System.Threading.Tasks.Task`1[", 30) != 0 &&
           strcmp(type->name, "System.Threading.Tasks.Task") != 0) {
        type = program_type(session->program, type->parent);
    }
    bool is_void = strstr(type->display_name, "VoidTaskResult") != NULL;
    text_format(text, "this %s", is_void ? "Task" : type->display_name);
}

static bool is_about_task(const Finding *finding)
{
    RuleKind rule = (RuleKind)finding->rule;
    return rule == RULE_SYNC_OVER_ASYNC || rule == RULE_DEADLOCK || rule == RULE_UNOBSERVED_EXCEPTION ||
           rule == RULE_TASK_ALLOCATED_ON_SYNC_PATH || finding->verdict == VERDICT_COMPLETED_TASK;
}

/* "vt", "this ValueTask<int>", "source Op" */
static void add_subject(Session *session, Text *text, const Finding *finding, const char *name)
{
    TypeId id = finding->arm ? finding->value_type : finding->object_type;
    const RuntimeType *type = id ? program_type(session->program, id) : NULL;
    if (name) {
        text_adds(text, name);
    } else if (!type) {
        text_adds(text, finding->arm ? "this ValueTask" : is_about_task(finding) ? "a task" : "this source");
    } else if (finding->arm) {
        text_format(text, "%s ValueTask", finding->rule == RULE_NOT_AWAITED ? "the" : "this");
        text_adds(text, strchr(type->display_name, '<') && strncmp(type->display_name, "ValueTask<", 10) == 0
                            ? type->display_name + 9
                            : "");
    } else if (is_about_task(finding)) {
        add_task(session, text, type);
    } else {
        text_adds(text, "source ");
        session_add_type_name(text, type);
    }
}

/* ---- sentences --------------------------------------------------------------------------------------------------- */

/* Does the offending expression begin with `await`? */
static bool is_await(const Session *session, Span span)
{
    const SourceFile *file = source_file_at(session->sources, span.start);
    return file && span.end - span.start > 6 && memcmp(file->text + (span.start - file->base), "await ", 6) == 0;
}

static const char *use_text(uint8_t use)
{
    switch ((Use)use) {
    case USE_LOOK:
        return "asked for its state";
    case USE_AWAIT:
    case USE_HOOK:
        return "awaited";
    case USE_GET_RESULT:
    case USE_RESULT:
        return "asked for its result";
    case USE_AS_TASK:
        return "turned into a Task";
    case USE_PRESERVE:
        return "preserved";
    case USE_NONE:
        break;
    }
    return "used";
}

/* What happened, up to where the verdict begins. */
static void add_event(Text *text, const Finding *finding, bool is_awaited)
{
    const char *use = is_awaited ? "awaited" : use_text(finding->use);
    switch ((RuleKind)finding->rule) {
    case RULE_DOUBLE_AWAIT:
        text_format(text, " is %s, but it was consumed before", use);
        break;
    case RULE_CONCURRENT_AWAIT:
        text_adds(text, " gets a second continuation while the first one still waits");
        break;
    case RULE_STALE_TOKEN:
        text_format(text, " is %s after its source went on to another operation", use);
        text_adds(text, finding->also_double ? " (and it was consumed before)" : "");
        break;
    case RULE_TOKEN_WRAPAROUND:
        text_format(text, " is %s with a stale token that fits again after 65,536 resets", use);
        break;
    case RULE_GET_RESULT_BEFORE_COMPLETION:
        text_adds(text, " is asked for its result before the operation has completed");
        break;
    case RULE_AS_TASK_TWICE:
        text_adds(text, " is turned into a Task, but AsTask was called before");
        break;
    case RULE_NOT_AWAITED:
        text_adds(text, " that this returns is never consumed");
        break;
    case RULE_STORED_THEN_AWAITED:
        text_format(text, " was kept and is %s when %s", use,
                    finding->first.step ? "it had been consumed before" : "its source had begun the next operation");
        break;
    case RULE_SOURCE_COMPLETED_TWICE:
        text_adds(text, " is completed a second time");
        break;
    case RULE_RESET_WHILE_AWAITED:
        text_adds(text, " is reset while somebody awaits it");
        break;
    case RULE_POOL_RETURNED_TWICE:
        text_adds(text, " goes back to its pool, where it is already");
        break;
    case RULE_SYNC_OVER_ASYNC:
        text_adds(text, " has not completed, and the thread waits for it");
        break;
    case RULE_DEADLOCK:
        text_adds(text, " is waited for, and no thread is left that could complete it");
        break;
    case RULE_UNOBSERVED_EXCEPTION:
        text_adds(text, " failed, and nobody ever looked at its exception");
        break;
    case RULE_TASK_ALLOCATED_ON_SYNC_PATH:
        text_adds(text, " is made again and again by a method that completes at once");
        break;
    case RULE_VALUE_TASK_WITHOUT_BENEFIT:
        text_adds(text, " is returned by a method that suspends every time");
        break;
    case RULE_COUNT:
        break;
    }
}

static const char *fix_text(const Finding *finding)
{
    switch ((RuleKind)finding->rule) {
    case RULE_DOUBLE_AWAIT:
    case RULE_STALE_TOKEN:
    case RULE_TOKEN_WRAPAROUND:
        return "await each ValueTask once and keep its result; call again for a new one";
    case RULE_CONCURRENT_AWAIT:
        return "turn it into a Task once (AsTask) and let everybody await that";
    case RULE_GET_RESULT_BEFORE_COMPLETION:
        return "await it, or ask for the result only where IsCompleted has said true";
    case RULE_AS_TASK_TWICE:
        return "call AsTask once and keep the Task";
    case RULE_NOT_AWAITED:
        return "await it, or return it to somebody who does";
    case RULE_STORED_THEN_AWAITED:
        return "await it at once, or keep the Task that AsTask gives";
    case RULE_SOURCE_COMPLETED_TWICE:
        return "complete each operation once; TrySetResult answers false instead of throwing";
    case RULE_RESET_WHILE_AWAITED:
        return "reset a source only in GetResult, or before the next operation begins";
    case RULE_POOL_RETURNED_TWICE:
        return "consume each ValueTask once: the result is taken once, and the object goes back once";
    case RULE_SYNC_OVER_ASYNC:
        return "await it, up to Main";
    case RULE_DEADLOCK:
        return "await instead of blocking, and complete what is awaited";
    case RULE_UNOBSERVED_EXCEPTION:
        return "await the task, or handle its exception in a continuation";
    case RULE_TASK_ALLOCATED_ON_SYNC_PATH:
        return "return ValueTask instead of Task";
    case RULE_VALUE_TASK_WITHOUT_BENEFIT:
        return "return Task: it may be awaited any number of times";
    case RULE_COUNT:
        break;
    }
    return "";
}

static const char *first_text(const Finding *finding)
{
    switch ((RuleKind)finding->rule) {
    case RULE_CONCURRENT_AWAIT:
    case RULE_RESET_WHILE_AWAITED:
        return "the continuation that waits was registered here";
    case RULE_SOURCE_COMPLETED_TWICE:
        return "completed here before";
    case RULE_AS_TASK_TWICE:
        return finding->first_use == USE_AS_TASK ? "AsTask was called here before" : "consumed here before";
    default:
        return "consumed here before";
    }
}

static const char *arm_text(uint8_t arm)
{
    static const char *const texts[] = {NULL, "result", "task", "source"};
    return texts[arm];
}

static const char *make_message(Session *session, const Finding *finding, const char *name)
{
    Text text;
    text_init(&text, &session->arena);
    add_subject(session, &text, finding, name);
    add_event(&text, finding, finding->use == USE_GET_RESULT && is_await(session, span_of(session, &finding->at)));
    text_format(&text, "; in .NET 10 this %s", verdicts[finding->verdict]);
    return text.at;
}

static void add_related(Session *session, SessionFinding *row, const Moment *moment, const char *message)
{
    SessionPlace place = place_of(session, moment);
    if (moment->step && place.file && row->related_count < FINDING_RELATED_MOST) {
        row->related[row->related_count++] = (SessionRelatedPlace){place, message};
    }
}

typedef struct FindingRequest {
    const Finding *finding;
    SessionFinding row;
} FindingRequest;

static void describe(Session *session, void *argument)
{
    FindingRequest *request = argument;
    const Finding *finding = request->finding;
    SessionFinding *row = &request->row;
    Span span = span_of(session, &finding->at);
    if (!span.start && finding->position) {
        span = (Span){finding->position, finding->position};
    }
    row->place = place_in(session, &finding->at, span);
    row->value =
        finding->arm && finding->rule != RULE_NOT_AWAITED ? name_in(session, span_of(session, &finding->at)) : NULL;
    row->message = make_message(session, finding, row->value);
    add_related(session, row, &finding->first, first_text(finding));
    if (finding->made.method != finding->at.method || finding->made.pc != finding->at.pc) {
        add_related(session, row, &finding->made, "the ValueTask comes from here");
    }
}

static FindingSeverity severity_of(const Finding *finding)
{
    static const uint8_t severities[] = {
        [HARM_NONE] = FINDING_NOTE, [HARM_LATENT] = FINDING_WARNING, [HARM_REAL] = FINDING_ERROR};
    return (FindingSeverity)severities[verdict_harm((VerdictKind)finding->verdict)];
}

uint32_t session_finding_count(const Session *session)
{
    return session->detector ? detector_finding_count(session->detector) : 0;
}

SessionFinding session_finding(Session *session, uint32_t index)
{
    const Finding *finding = detector_finding(session->detector, index);
    FindingRequest request = {.finding = finding};
    request.row = (SessionFinding){
        .code = rules[finding->rule].code,
        .slug = rules[finding->rule].slug,
        .title = rules[finding->rule].title,
        .severity = severity_of(finding),
        .message = rules[finding->rule].title,
        .arm = arm_text(finding->arm),
        .verdict = verdicts[finding->verdict],
        .fix = fix_text(finding),
        .count = finding->count,
    };
    session_guard(session, describe, &request);
    return request.row;
}
