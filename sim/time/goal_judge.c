/* Judging goals: each has a sentence for what was asked, and one for what is. */
#include "time/goal.h"

#include <string.h>

enum { LONGEST_SHOWN = 60 };

typedef struct Judge {
    Arena *arena;
    const Goal *goal;
    const GoalFacts *facts;
    Text wanted, now;
} Judge;

/* ---- words ------------------------------------------------------------------------------------------------------- */

/* Text in quotes, on one line, shortened. */
static void add_quoted(Text *text, const char *string)
{
    text_addc(text, '"');
    for (int i = 0; *string; i++, string++) {
        if (i == LONGEST_SHOWN) {
            text_adds(text, "...");
            break;
        }
        if (*string == '\n') {
            text_adds(text, "\\n");
        } else {
            text_addc(text, *string);
        }
    }
    text_addc(text, '"');
}

static void add_place(Text *text, const Goal *goal)
{
    if (goal->place_text) {
        text_adds(text, " at ");
        add_quoted(text, goal->place_text);
    } else if (goal->line) {
        text_format(text, " in line %u", goal->line);
    }
}

static void add_real_place(Text *text, const GoalPlace *place)
{
    if (place->line) {
        text_format(text, " in line %u", place->line);
    }
}

/* "exactly 2 objects", "no object", "at most 1 byte". */
static void add_amount(Text *text, GoalComparison comparison, uint64_t number, const char *noun)
{
    static const char *const words[] = {"exactly", "not", "at most", "at least", "fewer than", "more than", "", ""};
    bool is_none = number == 0 && (comparison == COMPARE_EQUAL || comparison == COMPARE_AT_MOST);
    if (is_none) {
        text_format(text, "no %s", noun);
        return;
    }
    text_format(text, "%s %llu %s%s", words[comparison], (unsigned long long)number, noun, number == 1 ? "" : "s");
}

/* ---- comparing --------------------------------------------------------------------------------------------------- */

static bool compare_numbers(GoalComparison comparison, uint64_t left, uint64_t right)
{
    switch (comparison) {
    case COMPARE_EQUAL:
        return left == right;
    case COMPARE_NOT_EQUAL:
        return left != right;
    case COMPARE_AT_MOST:
        return left <= right;
    case COMPARE_AT_LEAST:
        return left >= right;
    case COMPARE_LESS:
        return left < right;
    case COMPARE_MORE:
        return left > right;
    case COMPARE_CONTAINS:
    case COMPARE_LACKS:
        break;
    }
    return false;
}

/* Lengths without line ends and spaces at the end: nobody sees them. */
static size_t visible_length(const char *text)
{
    size_t length = strlen(text);
    while (length && (text[length - 1] == '\n' || text[length - 1] == '\r' || text[length - 1] == ' ')) {
        length--;
    }
    return length;
}

static bool same_visibly(const char *a, const char *b)
{
    size_t length = visible_length(a);
    return length == visible_length(b) && memcmp(a, b, length) == 0;
}

/* `text` holds `part`, runs of white space being equal to one space. */
static bool contains_loosely(const char *text, const char *part)
{
    for (; *text; text++) {
        const char *a = text, *b = part;
        while (*b && *a) {
            bool is_space = *b == ' ' || *b == '\t';
            if (is_space ? !(*a == ' ' || *a == '\t') : *a != *b) {
                break;
            }
            do {
                a++;
            } while (is_space && (*a == ' ' || *a == '\t'));
            do {
                b++;
            } while (is_space && (*b == ' ' || *b == '\t'));
        }
        if (!*b) {
            return true;
        }
    }
    return false;
}

static bool is_at(const Goal *goal, const GoalPlace *place)
{
    if (goal->place_text) {
        return place->text && contains_loosely(place->text, goal->place_text);
    }
    return !goal->line || (goal->line == place->line && (!goal->column || goal->column == place->column));
}

/* A type by its name, or all closed types of a generic one: Task means Task, Task<int> and so on. */
static bool is_of_type(const char *type, const char *wanted)
{
    size_t length = strlen(wanted);
    return strncmp(type, wanted, length) == 0 && (type[length] == 0 || type[length] == '<');
}

/* "InvalidOperationException" or with its namespace. */
static bool is_exception(const char *full_name, const char *wanted)
{
    const char *dot = strrchr(full_name, '.');
    return strcmp(full_name, wanted) == 0 || (dot && strcmp(dot + 1, wanted) == 0);
}

/* ---- how it ended ------------------------------------------------------------------------------------------------ */

static bool judge_ends(Judge *judge)
{
    text_adds(&judge->wanted, "the program runs to its end");
    text_adds(&judge->now, judge->facts->end_words);
    return judge->facts->end == END_REACHED;
}

static bool judge_deadlock(Judge *judge)
{
    text_adds(&judge->wanted, "every thread waits for ever");
    add_place(&judge->wanted, judge->goal);
    text_adds(&judge->now, judge->facts->end_words);
    return judge->facts->end == END_DEADLOCK && is_at(judge->goal, &judge->facts->end_place);
}

static bool judge_throws(Judge *judge)
{
    const GoalFacts *facts = judge->facts;
    text_format(&judge->wanted, "it ends with an unhandled %s", judge->goal->text);
    add_place(&judge->wanted, judge->goal);
    text_adds(&judge->now, facts->end_words);
    return facts->end == END_EXCEPTION && facts->exception && is_exception(facts->exception, judge->goal->text) &&
           is_at(judge->goal, &facts->end_place);
}

/* ---- what it wrote ----------------------------------------------------------------------------------------------- */

/* The first line that differs: with it a learner can do something. */
static void add_difference(Text *text, const char *wanted, const char *output)
{
    uint32_t line = 1;
    const char *a = wanted, *b = output;
    for (; *a && *a == *b; a++, b++) {
        if (*a == '\n') {
            line++;
            wanted = a + 1;
            output = b + 1;
        }
    }
    if (line > 1 || strchr(output, '\n')) {
        text_format(text, "line %u is ", line);
    }
    add_quoted(text, arena_format(text->arena, "%.*s", (int)strcspn(output, "\n"), output));
}

static bool judge_output(Judge *judge)
{
    const Goal *goal = judge->goal;
    const char *output = judge->facts->output;
    bool is_same = same_visibly(output, goal->text), is_inside = strstr(output, goal->text) != NULL;
    bool is_whole = goal->comparison == COMPARE_EQUAL || goal->comparison == COMPARE_NOT_EQUAL;
    bool is_positive = goal->comparison == COMPARE_EQUAL || goal->comparison == COMPARE_CONTAINS;
    text_format(&judge->wanted, "the output %s ",
                is_whole      ? is_positive ? "is" : "is not"
                : is_positive ? "has"
                              : "has no");
    add_quoted(&judge->wanted, goal->text);
    if (*output && goal->comparison == COMPARE_EQUAL) {
        add_difference(&judge->now, goal->text, output);
    } else if (*output) {
        add_quoted(&judge->now, output);
    } else {
        text_adds(&judge->now, "there is no output");
    }
    return is_positive == (is_whole ? is_same : is_inside);
}

/* A moment as a number that orders events and output: event number s at 2s, output between two events in between. */
static uint64_t moment_of(const GoalFacts *facts, const GoalMoment *moment)
{
    if (moment->is_event) {
        return facts->first_steps[moment->event] * 2;
    }
    const char *found = strstr(facts->output, moment->text);
    size_t offset = found ? (size_t)(found - facts->output) : 0;
    for (uint32_t i = 0; found && i < facts->mark_count; i++) {
        if (offset < facts->marks[i].length) {
            return facts->marks[i].step * 2 - 1;
        }
    }
    return found ? UINT64_MAX : 0;
}

static void add_moment(Text *text, const GoalMoment *moment)
{
    if (moment->is_event) {
        text_adds(text, moment->text);
    } else {
        add_quoted(text, moment->text);
    }
}

static bool judge_order(Judge *judge)
{
    const Goal *goal = judge->goal;
    uint64_t first = moment_of(judge->facts, &goal->first), second = moment_of(judge->facts, &goal->second);
    add_moment(&judge->wanted, &goal->first);
    text_adds(&judge->wanted, " comes before ");
    add_moment(&judge->wanted, &goal->second);
    if (!first || !second) {
        add_moment(&judge->now, first ? &goal->second : &goal->first);
        text_adds(&judge->now, " does not happen");
        return false;
    }
    text_adds(&judge->now, "it comes after");
    if (first == second && !goal->first.is_event && !goal->second.is_event) {
        return strstr(judge->facts->output, goal->first.text) < strstr(judge->facts->output, goal->second.text);
    }
    return first < second;
}

/* ---- findings ---------------------------------------------------------------------------------------------------- */

static void add_finding(Text *text, const GoalFinding *finding)
{
    text_format(text, "%s %s", finding->code, finding->name);
    add_real_place(text, &finding->place);
}

static bool judge_no_errors(Judge *judge)
{
    const GoalFacts *facts = judge->facts;
    text_adds(&judge->wanted, "nothing is reported as wrong");
    for (uint32_t i = 0; i < facts->finding_count; i++) {
        if (facts->findings[i].is_error) {
            add_finding(&judge->now, &facts->findings[i]);
            return false;
        }
    }
    text_adds(&judge->now, facts->end_words);
    return facts->end == END_REACHED;
}

static bool judge_diagnostics(Judge *judge)
{
    const GoalFacts *facts = judge->facts;
    text_format(&judge->wanted, "%s is reported", judge->goal->text);
    add_place(&judge->wanted, judge->goal);
    for (uint32_t i = 0; i < facts->finding_count; i++) {
        const GoalFinding *finding = &facts->findings[i];
        if (strcmp(finding->code, judge->goal->text) == 0 && is_at(judge->goal, &finding->place)) {
            return true;
        }
        text_adds(&judge->now, i ? ", " : "");
        add_finding(&judge->now, finding);
    }
    if (!facts->finding_count) {
        text_adds(&judge->now, "nothing is reported");
    }
    return false;
}

/* ---- values ------------------------------------------------------------------------------------------------------ */

/* The variable; NULL: *now says that it was never seen. */
static const GoalVariable *find_variable(Judge *judge)
{
    const GoalFacts *facts = judge->facts;
    for (uint32_t i = 0; i < facts->variable_count; i++) {
        if (strcmp(facts->variables[i].name, judge->goal->argument) == 0) {
            return &facts->variables[i];
        }
    }
    text_format(&judge->now, "there is no variable %s with a value", judge->goal->argument);
    return NULL;
}

/* The value itself, or what it carries: "Task<int>#4 (completed: 14)" and "ValueTask<int> [RESULT 14]" are 14. */
static bool is_value(const char *value, const char *wanted)
{
    static const char *const openings[] = {" (completed: ", " [RESULT "};
    size_t length = strlen(wanted);
    if (strcmp(value, wanted) == 0) {
        return true;
    }
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
        const char *inside = strstr(value, openings[i]);
        inside = inside ? inside + strlen(openings[i]) : "";
        if (strncmp(inside, wanted, length) == 0 && (inside[length] == ')' || inside[length] == ']') &&
            !inside[length + 1]) {
            return true;
        }
    }
    return false;
}

static bool judge_result(Judge *judge)
{
    text_format(&judge->wanted, "%s is %s%s", judge->goal->argument,
                judge->goal->comparison == COMPARE_EQUAL ? "" : "not ", judge->goal->text);
    const GoalVariable *variable = find_variable(judge);
    if (!variable) {
        return false;
    }
    text_adds(&judge->now, variable->value ? variable->value : "nothing yet");
    bool is_same = variable->value && is_value(variable->value, judge->goal->text);
    return is_same == (judge->goal->comparison == COMPARE_EQUAL);
}

static void add_arm(Text *text, const char *arm)
{
    text_adds(text, strcmp(arm, "result") == 0 ? "a plain result" : strcmp(arm, "task") == 0 ? "a Task" : "a source");
}

static bool judge_case(Judge *judge)
{
    text_format(&judge->wanted, "%s is over ", judge->goal->argument);
    add_arm(&judge->wanted, judge->goal->text);
    const GoalVariable *variable = find_variable(judge);
    if (!variable) {
        return false;
    }
    if (!variable->arm) {
        text_format(&judge->now, "%s is no ValueTask", judge->goal->argument);
        return false;
    }
    add_arm(&judge->now, variable->arm);
    return strcmp(variable->arm, judge->goal->text) == 0;
}

static bool judge_awaits(Judge *judge)
{
    const Goal *goal = judge->goal;
    text_format(&judge->wanted, "%s: ", goal->argument);
    add_amount(&judge->wanted, goal->comparison, goal->number, "await");
    const GoalVariable *variable = find_variable(judge);
    if (!variable) {
        return false;
    }
    text_format(&judge->now, "%llu", (unsigned long long)variable->awaits);
    return compare_numbers(goal->comparison, variable->awaits, goal->number);
}

/* ---- counts ------------------------------------------------------------------------------------------------------ */

static bool judge_count(Judge *judge, uint64_t count, const char *noun)
{
    add_amount(&judge->wanted, judge->goal->comparison, judge->goal->number, noun);
    text_format(&judge->now, "%llu", (unsigned long long)count);
    return compare_numbers(judge->goal->comparison, count, judge->goal->number);
}

static bool judge_allocations(Judge *judge)
{
    const GoalFacts *facts = judge->facts;
    const char *type = judge->goal->argument;
    bool is_bytes = judge->goal->kind == GOAL_BYTES;
    uint64_t sum = 0;
    for (uint32_t i = 0; i < facts->type_count; i++) {
        if (!type || is_of_type(facts->types[i].type, type)) {
            sum += is_bytes ? facts->types[i].bytes : facts->types[i].count;
        }
    }
    text_format(&judge->wanted, "%s%s", type ? type : "", type ? ": " : "");
    bool passed = judge_count(judge, sum, is_bytes ? "byte" : "object");
    text_adds(&judge->wanted, " allocated");
    return passed;
}

/* ---- text of the program ----------------------------------------------------------------------------------------- */

static bool judge_name(Judge *judge)
{
    bool is_used = judge->facts->has_name(judge->facts->context, judge->goal->text);
    bool is_wanted = judge->goal->kind == GOAL_USES;
    text_format(&judge->wanted, "your program %s %s", is_wanted ? "uses" : "does without", judge->goal->text);
    text_adds(&judge->now, is_wanted ? "it does not occur" : "it occurs");
    return is_used == is_wanted;
}

static bool judge_line(Judge *judge)
{
    text_adds(&judge->wanted, "the line ");
    add_quoted(&judge->wanted, judge->goal->text);
    text_adds(&judge->wanted, " is still there");
    text_adds(&judge->now, "it is gone");
    return contains_loosely(judge->facts->source, judge->goal->text);
}

/* ---- all --------------------------------------------------------------------------------------------------------- */

static bool judge_by_kind(Judge *judge)
{
    switch (judge->goal->kind) {
    case GOAL_ENDS:
        return judge_ends(judge);
    case GOAL_DEADLOCKS:
        return judge_deadlock(judge);
    case GOAL_THROWS:
        return judge_throws(judge);
    case GOAL_OUTPUT:
        return judge_output(judge);
    case GOAL_RESULT:
        return judge_result(judge);
    case GOAL_NO_ERRORS:
        return judge_no_errors(judge);
    case GOAL_DIAGNOSTICS:
        return judge_diagnostics(judge);
    case GOAL_CASE:
        return judge_case(judge);
    case GOAL_AWAITS:
        return judge_awaits(judge);
    case GOAL_ALLOCS:
    case GOAL_BYTES:
        return judge_allocations(judge);
    case GOAL_SUSPENSIONS:
        return judge_count(judge, judge->facts->suspensions, "suspension");
    case GOAL_ORDER:
        return judge_order(judge);
    case GOAL_USES:
    case GOAL_AVOIDS:
        return judge_name(judge);
    case GOAL_KEEPS:
        return judge_line(judge);
    case GOAL_STATEMENTS:
        return judge_count(judge, judge->facts->statements, "statement");
    case GOAL_KIND_COUNT:
        break;
    }
    return false;
}

/* Of a program that does not compile only its text can be judged. */
static bool is_about_text(GoalKind kind)
{
    return kind == GOAL_USES || kind == GOAL_AVOIDS || kind == GOAL_KEEPS || kind == GOAL_STATEMENTS;
}

GoalVerdict goal_judge(Arena *arena, const Goal *goal, const GoalFacts *facts)
{
    Judge judge = {.arena = arena, .goal = goal, .facts = facts};
    text_init(&judge.wanted, arena);
    text_init(&judge.now, arena);
    GoalVerdict verdict = {.passed = judge_by_kind(&judge), .now = ""};
    verdict.wanted = judge.wanted.at;
    if (facts->end == END_NOT_COMPILED && !is_about_text(goal->kind)) {
        verdict.passed = false;
        verdict.now = facts->end_words;
    } else if (!verdict.passed && judge.now.at) {
        verdict.now = judge.now.at;
    }
    return verdict;
}
