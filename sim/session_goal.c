/* Goals of a session: listens to a run, gathers its facts, has time/goal judge them. */
#include "sim_goal.h"

#include <setjmp.h>
#include <string.h>

#include "session_event.h"
#include "session_internal.h"
#include "time/goal.h"

enum { MOST_OUTPUT = 1 << 20 }; /* bytes that are remembered: what a lesson compares is short */

typedef struct NamedGoal {
    const char *line;
    const Goal *goal;
} NamedGoal;

typedef struct AwaitPlace {
    const char *file; /* the session's */
    uint32_t line, column;
} AwaitPlace;

struct SessionGoals {
    Memory memory;
    Arena arena; /* of the goals */
    Arena run;   /* of the last run */
    bool no_memory;
    NamedGoal *goals;
    uint32_t count, capacity;
    Text output;
    GoalMark *marks;
    uint32_t mark_count, mark_capacity;
    uint64_t first_steps[EVENT_KIND_COUNT];
    GoalVariable *variables; /* those that goals are about, once each; by name */
    uint32_t variable_count, variable_capacity;
    AwaitPlace *awaits; /* where GetAwaiter was called on a ValueTask */
    uint32_t await_count, await_capacity;
    GoalFacts facts;
    Node *tree; /* of the learner's file; NULL: there is none */
};

/* ---- life -------------------------------------------------------------------------------------------------------- */

/* Does the work with a place to go when memory runs out; all later work is then refused. */
static bool guard(SessionGoals *goals, void (*work)(SessionGoals *goals, void *argument), void *argument)
{
    jmp_buf place;
    if (goals->no_memory) {
        return false;
    }
    goals->arena.exhausted = goals->run.exhausted = &place;
    if (setjmp(place) == 0) {
        work(goals, argument);
    } else {
        goals->no_memory = true;
    }
    goals->arena.exhausted = goals->run.exhausted = NULL;
    return !goals->no_memory;
}

SessionGoals *session_goals_open(const Memory *memory)
{
    memory = memory ? memory : &memory_default;
    SessionGoals *goals = memory->resize(memory->context, NULL, 0, sizeof *goals);
    if (!goals) {
        return NULL;
    }
    memset(goals, 0, sizeof *goals);
    goals->memory = *memory;
    arena_init(&goals->arena, &goals->memory);
    arena_init(&goals->run, &goals->memory);
    return goals;
}

void session_goals_close(SessionGoals *goals)
{
    if (goals) {
        Memory memory = goals->memory;
        arena_free(&goals->arena);
        arena_free(&goals->run);
        memory.resize(memory.context, goals, sizeof *goals, 0);
    }
}

typedef struct NewGoal {
    const char *line;
    size_t length;
    const char *problem;
} NewGoal;

static void add_goal(SessionGoals *goals, void *argument)
{
    NewGoal *new_goal = argument;
    const Goal *goal = goal_parse(&goals->arena, new_goal->line, new_goal->length, &new_goal->problem);
    if (goal) {
        const char *line = arena_format(&goals->arena, "%.*s", (int)new_goal->length, new_goal->line);
        NamedGoal named = {line, goal};
        ARENA_PUSH(&goals->arena, goals->goals, goals->count, goals->capacity, named);
    }
}

bool session_goals_add(SessionGoals *goals, const char *line, size_t length, const char **problem)
{
    NewGoal new_goal = {line, length, "out of memory"};
    bool is_done = guard(goals, add_goal, &new_goal);
    *problem = new_goal.problem;
    return is_done && !new_goal.problem;
}

uint32_t session_goals_count(const SessionGoals *goals)
{
    return goals->count;
}

/* ---- listening --------------------------------------------------------------------------------------------------- */

static void begin(SessionGoals *goals, void *argument)
{
    (void)argument;
    text_init(&goals->output, &goals->run);
    text_adds(&goals->output, "");
}

bool session_goals_begin(SessionGoals *goals)
{
    arena_free(&goals->run);
    arena_init(&goals->run, &goals->memory);
    goals->marks = NULL;
    goals->mark_count = goals->mark_capacity = 0;
    goals->variables = NULL;
    goals->variable_count = goals->variable_capacity = 0;
    goals->awaits = NULL;
    goals->await_count = goals->await_capacity = 0;
    memset(goals->first_steps, 0, sizeof goals->first_steps);
    goals->facts = (GoalFacts){.end = END_OTHER, .end_words = "nothing has run yet", .output = "", .source = ""};
    goals->tree = NULL;
    return guard(goals, begin, NULL);
}

typedef struct Bytes {
    const char *at;
    size_t length;
} Bytes;

static void add_output(SessionGoals *goals, void *argument)
{
    const Bytes *bytes = argument;
    text_add(&goals->output, bytes->at, bytes->length);
}

void session_goals_output(SessionGoals *goals, const char *bytes, size_t length)
{
    size_t room = MOST_OUTPUT - goals->output.length;
    Bytes taken = {bytes, length < room ? length : room};
    guard(goals, add_output, &taken);
}

static void add_mark(SessionGoals *goals, void *argument)
{
    const SessionEvent *event = argument;
    GoalMark mark = {goals->output.length, event->step};
    ARENA_PUSH(&goals->run, goals->marks, goals->mark_count, goals->mark_capacity, mark);
}

static void add_await(SessionGoals *goals, void *argument)
{
    const SessionEvent *event = argument;
    AwaitPlace place = {event->file, event->line, event->column};
    ARENA_PUSH(&goals->run, goals->awaits, goals->await_count, goals->await_capacity, place);
}

void session_goals_event(SessionGoals *goals, const SessionEvent *event)
{
    if (event->kind < EVENT_KIND_COUNT && !goals->first_steps[event->kind]) {
        goals->first_steps[event->kind] = event->step;
    }
    size_t known = goals->mark_count ? goals->marks[goals->mark_count - 1].length : 0;
    if (goals->output.length > known) {
        SessionEvent copy = *event;
        guard(goals, add_mark, &copy);
    }
    if (event->kind == EVENT_NUMBER_ValueTaskGetAwaiter && event->file) {
        SessionEvent copy = *event;
        guard(goals, add_await, &copy);
    }
}

/* ---- looking at variables ---------------------------------------------------------------------------------------- */

static bool is_about_variable(const Goal *goal)
{
    return goal->kind == GOAL_RESULT || goal->kind == GOAL_CASE || goal->kind == GOAL_AWAITS;
}

bool session_goals_need_looks(const SessionGoals *goals)
{
    for (uint32_t i = 0; i < goals->count; i++) {
        if (is_about_variable(goals->goals[i].goal)) {
            return true;
        }
    }
    return false;
}

static GoalVariable *find_variable(SessionGoals *goals, const char *name)
{
    for (uint32_t i = 0; i < goals->variable_count; i++) {
        if (strcmp(goals->variables[i].name, name) == 0) {
            return &goals->variables[i];
        }
    }
    GoalVariable variable = {.name = name};
    ARENA_PUSH(&goals->run, goals->variables, goals->variable_count, goals->variable_capacity, variable);
    return &goals->variables[goals->variable_count - 1];
}

typedef struct Looking {
    Session *session;
    const char *name;
    const SessionVariable *seen;
    SessionArm arm;
} Looking;

static const char *arm_word(SessionArm arm)
{
    return arm == ARM_RESULT ? "result" : arm == ARM_TASK ? "task" : "source";
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), size = strlen(end);
    return length >= size && strcmp(text + length - size, end) == 0;
}

/* What a variable holds that nobody has written to. */
static bool is_blank(const char *value)
{
    static const char *const blanks[] = {"0", "null", "false", "[RESULT 0]", "[RESULT null]", "[RESULT false]"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        bool is_whole = blanks[i][0] != '[';
        if (is_whole ? strcmp(value, blanks[i]) == 0 : ends_with(value, blanks[i])) {
            return true;
        }
    }
    return false;
}

/* Values are kept when they change: there may be thousands of looks. A local that the compiler does not keep over a
 * suspension is blank in the method's next life; what it held before is what counts. */
static void keep_look(SessionGoals *goals, void *argument)
{
    const Looking *looking = argument;
    GoalVariable *variable = find_variable(goals, looking->name);
    if (variable->value && is_blank(looking->seen->value)) {
        return;
    }
    if (!variable->value || strcmp(variable->value, looking->seen->value) != 0) {
        variable->value = arena_format(&goals->run, "%s", looking->seen->value);
    }
    if (looking->seen->is_value_task) {
        variable->arm = arm_word(looking->arm);
        variable->is_value_task = true;
    }
}

static bool find_seen(const SessionFrames *frames, Looking *looking)
{
    for (uint32_t i = 0; i < frames->count; i++) {
        for (uint32_t k = 0; k < frames->frames[i].variable_count; k++) {
            const SessionVariable *variable = &frames->frames[i].variables[k];
            if (variable->is_set && strcmp(variable->name, looking->name) == 0) {
                looking->seen = variable;
                return true;
            }
        }
    }
    return false;
}

static bool look_at(SessionGoals *goals, const SessionFrames *frames, Looking *looking)
{
    SessionUnion found;
    if (!find_seen(frames, looking)) {
        return true;
    }
    if (looking->seen->is_value_task) {
        if (session_union(looking->session, looking->name, &found) != SESSION_OK) {
            return true;
        }
        looking->arm = found.arm;
    }
    return guard(goals, keep_look, looking);
}

bool session_goals_look(SessionGoals *goals, Session *session)
{
    SessionFrames frames;
    bool is_done = true;
    if (session_look_begin(session) != SESSION_OK || session_frames(session, 0, &frames) != SESSION_OK) {
        return false;
    }
    for (uint32_t i = 0; i < goals->count && is_done; i++) {
        const Goal *goal = goals->goals[i].goal;
        Looking looking = {.session = session, .name = goal->argument};
        is_done = !is_about_variable(goal) || look_at(goals, &frames, &looking);
    }
    return is_done;
}

/* ---- the learner's text ------------------------------------------------------------------------------------------ */

/* Calls `visit` for every node below `root`, in no particular order, without recursion. */
static void walk_tree(Arena *arena, Node *root, void (*visit)(void *context, const Node *node), void *context)
{
    Node **stack = NULL;
    uint32_t count = 0, capacity = 0;
    ARENA_PUSH(arena, stack, count, capacity, root);
    while (count) {
        Node *node = stack[--count];
        if (!node) {
            continue;
        }
        visit(context, node);
        Node *children[] = {node->a, node->b, node->c, node->d, node->decl ? node->decl->body : NULL};
        for (size_t i = 0; i < sizeof children / sizeof *children; i++) {
            ARENA_PUSH(arena, stack, count, capacity, children[i]);
        }
        const NodeList *lists[] = {&node->items, &node->extra, node->decl ? &node->decl->parameters : NULL,
                                   node->decl ? &node->decl->bases : NULL, node->decl ? &node->decl->attributes : NULL};
        for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
            for (uint32_t k = 0; lists[i] && k < lists[i]->count; k++) {
                ARENA_PUSH(arena, stack, count, capacity, lists[i]->at[k]);
            }
        }
    }
}

static void count_statement(void *context, const Node *node)
{
    uint64_t *count = context;
    bool is_statement = node->kind > NODE_EMPTY_STATEMENT && node->kind < NODE_FIXED_OR_UNSAFE;
    bool is_part = node->kind == NODE_SWITCH_SECTION || node->kind == NODE_CASE_LABEL ||
                   node->kind == NODE_DEFAULT_LABEL || node->kind == NODE_CATCH || node->kind == NODE_LOCAL_FUNCTION ||
                   node->kind == NODE_LABELED;
    *count += is_statement && !is_part;
}

typedef struct NameSearch {
    const char *name;
    bool is_found;
} NameSearch;

static void compare_name(void *context, const Node *node)
{
    NameSearch *search = context;
    search->is_found |= node->name && strcmp(node->name->text, search->name) == 0;
}

static bool has_name(void *context, const char *name)
{
    SessionGoals *goals = context;
    NameSearch search = {name, false};
    if (goals->tree) {
        walk_tree(&goals->run, goals->tree, compare_name, &search);
    }
    return search.is_found;
}

static const SourceFile *find_source(const Session *session, const char *name)
{
    for (uint32_t i = 0; i < session->sources->count; i++) {
        const SourceFile *file = session->sources->files[i];
        if (!file->is_library && strcmp(file->name, name) == 0) {
            return file;
        }
    }
    return NULL;
}

static void read_answer(SessionGoals *goals, const Session *session, const char *answer)
{
    const SourceFile *file = find_source(session, answer);
    NameTable names;
    DiagnosticList diagnostics;
    if (!file) {
        return;
    }
    name_table_init(&names, &goals->run);
    diagnostic_list_init(&diagnostics, &goals->run);
    ParseContext context = {&goals->run, &names, &diagnostics};
    goals->tree = parse_file(&context, file, false);
    goals->facts.source = file->text;
    walk_tree(&goals->run, goals->tree, count_statement, &goals->facts.statements);
}

/* ---- how it ended ------------------------------------------------------------------------------------------------ */

static GoalPlace place_of(Session *session, Place place)
{
    GoalPlace result = {.line = place.line, .column = place.column};
    uint32_t start = place.file && place.file->line_count ? place.file->lines[place.line - 1] : 0;
    if (place.file && place.line) {
        uint32_t length;
        const char *text = source_line(session->sources, place.file->base + start, &length);
        result.text = arena_format(&session->arena, "%.*s", (int)length, text);
    }
    return result;
}

/* Where an exception came from, as the learner sees it: the first frame in his own file, else in any of the user's. */
static Place thrown_place(Session *session, const char *answer)
{
    uint32_t count = 0;
    Ref exception = session->machine->state->result.exception;
    const TraceEntry *entries = exception ? trace_entries(session->machine, exception, &count) : NULL;
    Place best = {0};
    for (uint32_t i = 0; i < count; i++) {
        const RuntimeMethod *method = program_method(session->program, entries[i].method);
        Place place = method->is_user ? session_method_place(session, method, entries[i].pc) : (Place){0};
        if (place.file && strcmp(place.file->name, answer) == 0) {
            return place;
        }
        best = best.file ? best : place;
    }
    return best;
}

typedef struct Gathering {
    Session *session;
    const SessionOutcome *outcome;
    const char *answer;
    GoalPlace place;
    const char *exception;
} Gathering;

/* In the session's own arena, since source_place may have to make tables. */
static void find_end_place(Session *session, void *argument)
{
    Gathering *gathering = argument;
    if (!session->machine) {
        return;
    }
    if (gathering->outcome->kind == OUTCOME_UNHANDLED && session->machine->state->result.exception) {
        Ref exception = session->machine->state->result.exception;
        gathering->exception = machine_runtime_type_of(session->machine, exception)->name;
        gathering->place = place_of(session, thrown_place(session, gathering->answer));
    } else if (gathering->outcome->kind == OUTCOME_DEADLOCK) {
        gathering->place = place_of(session, session_user_place(session, &session->machine->state->threads[0]));
    }
}

static GoalEnd end_of(const SessionOutcome *outcome)
{
    switch (outcome->kind) {
    case OUTCOME_FINISHED:
        return outcome->exit_code == 0 ? END_REACHED : END_OTHER;
    case OUTCOME_UNHANDLED:
        return END_EXCEPTION;
    case OUTCOME_DEADLOCK:
        return END_DEADLOCK;
    case OUTCOME_ERRORS:
        return END_NOT_COMPILED;
    case OUTCOME_STEP_LIMIT:
    case OUTCOME_INSTRUCTION_LIMIT:
    case OUTCOME_HEAP_LIMIT:
    case OUTCOME_STACK_OVERFLOW:
        return END_LIMIT;
    case OUTCOME_PAUSED:
    case OUTCOME_IDLE:
    case OUTCOME_FAIL_FAST:
    case OUTCOME_OUTPUT_CLOSED:
    case OUTCOME_NO_MEMORY:
    case OUTCOME_INTERNAL_ERROR:
        break;
    }
    return END_OTHER;
}

static const char *simple_name(const char *full_name)
{
    const char *dot = full_name ? strrchr(full_name, '.') : NULL;
    return dot ? dot + 1 : full_name ? full_name : "";
}

static void add_line(Text *text, const GoalPlace *place)
{
    if (place->line) {
        text_format(text, " in line %u", place->line);
    }
}

static const char *limit_words(OutcomeKind kind)
{
    return kind == OUTCOME_HEAP_LIMIT       ? "the heap is full"
           : kind == OUTCOME_STACK_OVERFLOW ? "the stack overflows"
                                            : "it does not end: the limit of steps was reached";
}

static const char *first_error(Arena *arena, Session *session)
{
    for (uint32_t i = 0; i < session_diagnostic_count(session); i++) {
        SessionDiagnostic diagnostic = session_diagnostic(session, i);
        if (diagnostic.is_error) {
            return diagnostic.line
                       ? arena_format(arena, "it does not compile: %s in line %u", diagnostic.code, diagnostic.line)
                       : arena_format(arena, "it does not compile: %s", diagnostic.code);
        }
    }
    return "it does not compile";
}

static const char *end_words(SessionGoals *goals, const Gathering *gathering)
{
    Text text;
    text_init(&text, &goals->run);
    const SessionOutcome *outcome = gathering->outcome;
    switch (goals->facts.end) {
    case END_REACHED:
        return "it runs to its end";
    case END_EXCEPTION:
        text_format(&text, "it stops with an unhandled %s", simple_name(gathering->exception));
        add_line(&text, &gathering->place);
        return text.at;
    case END_DEADLOCK:
        text_adds(&text, "it never ends: every thread waits, the main thread");
        add_line(&text, &gathering->place);
        return text.at;
    case END_LIMIT:
        return limit_words(outcome->kind);
    case END_NOT_COMPILED:
        return first_error(&goals->run, gathering->session);
    case END_OTHER:
        break;
    }
    text_format(&text, "it ends otherwise: %s", session_outcome_name(outcome->kind));
    return text.at;
}

/* ---- all the facts ----------------------------------------------------------------------------------------------- */

static void add_types(SessionGoals *goals, Session *session)
{
    SessionStats stats;
    GoalFacts *facts = &goals->facts;
    if (session_stats(session, &stats) != SESSION_OK) {
        return;
    }
    GoalTypeFact *types = ARENA_ARRAY(&goals->run, GoalTypeFact, stats.type_count);
    for (uint32_t i = 0; i < stats.type_count; i++) {
        const char *name = arena_format(&goals->run, "%s", stats.types[i].type);
        types[i] = (GoalTypeFact){name, stats.types[i].count, stats.types[i].bytes};
    }
    facts->types = types;
    facts->type_count = stats.type_count;
    facts->count = stats.count;
    facts->bytes = stats.bytes;
    facts->suspensions = stats.suspensions;
}

/* The line that a finding is about; its text is looked up in the source. */
static GoalPlace finding_place(SessionGoals *goals, const Session *session, const SessionPlace *place)
{
    GoalPlace result = {.line = place->line, .column = place->column};
    const SourceFile *file = place->file ? find_source(session, place->file) : NULL;
    const char *at = file ? file->text : "";
    for (uint32_t line = 1; line < place->line && *at; line++) {
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    result.text = place->line ? arena_format(&goals->run, "%.*s", (int)strcspn(at, "\n"), at) : NULL;
    return result;
}

static void add_findings(SessionGoals *goals, Session *session)
{
    uint32_t count = session_finding_count(session);
    GoalFinding *findings = ARENA_ARRAY(&goals->run, GoalFinding, count);
    for (uint32_t i = 0; i < count; i++) {
        SessionFinding finding = session_finding(session, i);
        findings[i] = (GoalFinding){
            .code = finding.code,
            .name = finding.slug,
            .is_error = finding.severity != FINDING_NOTE,
            .place = finding_place(goals, session, &finding.place),
        };
    }
    goals->facts.findings = findings;
    goals->facts.finding_count = count;
}

/* The text at line and column of a source; "": there is no such place. Columns count UTF-16 units, but what stands in
 * front of an await in a lesson is ASCII. */
static const char *text_at(const Session *session, const AwaitPlace *place)
{
    const SourceFile *file = find_source(session, place->file);
    const char *at = file ? file->text : "";
    for (uint32_t line = 1; line < place->line && *at; line++) {
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    size_t length = strcspn(at, "\n");
    return place->column && place->column <= length ? at + place->column - 1 : "";
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80);
}

/* `await NAME`, also in parentheses. */
static bool awaits_variable(const char *text, const char *name)
{
    size_t length = strlen(name);
    if (strncmp(text, "await", 5) != 0) {
        return false;
    }
    text += 5 + strspn(text + 5, " \t(");
    return strncmp(text, name, length) == 0 && !is_word_byte(text[length]);
}

static void count_awaits(SessionGoals *goals, const Session *session)
{
    for (uint32_t i = 0; i < goals->variable_count; i++) {
        for (uint32_t k = 0; k < goals->await_count; k++) {
            goals->variables[i].awaits +=
                awaits_variable(text_at(session, &goals->awaits[k]), goals->variables[i].name);
        }
    }
    goals->facts.variables = goals->variables;
    goals->facts.variable_count = goals->variable_count;
}

static void gather(SessionGoals *goals, void *argument)
{
    Gathering *gathering = argument;
    GoalFacts *facts = &goals->facts;
    facts->end = end_of(gathering->outcome);
    facts->output = goals->output.at;
    facts->marks = goals->marks;
    facts->mark_count = goals->mark_count;
    facts->first_steps = goals->first_steps;
    facts->exception = gathering->exception;
    facts->end_place = gathering->place;
    facts->has_name = has_name;
    facts->context = goals;
    read_answer(goals, gathering->session, gathering->answer);
    add_types(goals, gathering->session);
    add_findings(goals, gathering->session);
    count_awaits(goals, gathering->session);
    facts->end_words = end_words(goals, gathering);
}

bool session_goals_end(SessionGoals *goals, Session *session, const SessionOutcome *outcome, const char *answer)
{
    Gathering gathering = {.session = session, .outcome = outcome, .answer = answer};
    bool is_found = session_guard(session, find_end_place, &gathering);
    return guard(goals, gather, &gathering) && is_found;
}

/* ---- answers ----------------------------------------------------------------------------------------------------- */

typedef struct Judging {
    uint32_t index;
    GoalVerdict verdict;
} Judging;

static void judge(SessionGoals *goals, void *argument)
{
    Judging *judging = argument;
    judging->verdict = goal_judge(&goals->run, goals->goals[judging->index].goal, &goals->facts);
}

SessionVerdict session_goals_verdict(SessionGoals *goals, uint32_t index)
{
    Judging judging = {.index = index, .verdict = {.wanted = "", .now = "out of memory"}};
    if (!guard(goals, judge, &judging)) {
        judging.verdict = (GoalVerdict){.wanted = "", .now = "out of memory"};
    }
    return (SessionVerdict){judging.verdict.passed, goals->goals[index].line, judging.verdict.wanted,
                            judging.verdict.now};
}

const char *session_goals_end_words(const SessionGoals *goals)
{
    return goals->facts.end_words;
}

const char *session_goals_written(const SessionGoals *goals)
{
    return goals->facts.output ? goals->facts.output : "";
}

const char *session_goals_exception(const SessionGoals *goals, uint32_t *line)
{
    *line = goals->facts.end_place.line;
    return simple_name(goals->facts.exception);
}
