/* Moving in time. */
#include <stdlib.h>
#include <string.h>

#include "command_internal.h"
#include "interrupt.h"
#include "moment.h"

/* ---- arriving ---------------------------------------------------------------------------------------------------- */

static ExitCode tell_end(Repl *repl, const SessionArrival *arrival, bool is_over)
{
    if (arrival->outcome.kind == OUTCOME_IDLE || arrival->outcome.kind == OUTCOME_FINISHED) {
        printer_print(&repl->printer, is_over ? "the program is over\n" : "all that was typed is done\n");
        return EXIT_DONE;
    }
    return repl_tell_outcome(repl, &arrival->outcome);
}

/* What a move came to, beside the moment itself. */
static ExitCode tell_arrival(Repl *repl, const SessionArrival *arrival)
{
    Printer *printer = &repl->printer;
    switch (arrival->reason) {
    case ARRIVED:
        return EXIT_DONE;
    case ARRIVED_START:
        printer_print(printer, "start of recorded history\n");
        return EXIT_DONE;
    case ARRIVED_END:
        return tell_end(repl, arrival, true);
    case ARRIVED_IDLE:
        return tell_end(repl, arrival, false);
    case ARRIVED_BREAK:
        command_tell_break(repl, arrival->number);
        return EXIT_DONE;
    case ARRIVED_MARK:
        printer_print(printer, "mark %s\n", arrival->text);
        return EXIT_DONE;
    case ARRIVED_FINDING:
        return EXIT_DONE;
    case ARRIVED_CHOICE:
        return command_tell_choices(repl);
    case ARRIVED_STOPPED:
        interrupt_take();
        printer_complain(printer, "stopped by Ctrl-C; all is kept");
        return EXIT_INTERRUPTED;
    case ARRIVED_NOWHERE:
        return command_refuse(repl, "%s", arrival->text);
    case ARRIVED_NO_MEMORY:
        break;
    }
    printer_complain(printer, "out of memory");
    return EXIT_INTERNAL;
}

static ExitCode arrive(Repl *repl, uint64_t from, const SessionArrival *arrival)
{
    if (arrival->reason == ARRIVED_NOWHERE) {
        return tell_arrival(repl, arrival);
    }
    printer_finish_line(&repl->printer);
    moment_tell(repl);
    uint64_t to = arrival->position;
    moment_tell_findings(repl, to > from ? from : to ? to - 1 : 0, to);
    return tell_arrival(repl, arrival);
}

ExitCode command_tell_arrival(Repl *repl, const SessionArrival *arrival)
{
    return arrive(repl, arrival->position, arrival);
}

ExitCode command_go(Repl *repl, uint64_t position)
{
    if (!repl_session(repl)) {
        return EXIT_INTERNAL;
    }
    uint64_t from = session_position(repl->session);
    interrupt_aim(repl->session);
    SessionArrival arrival = session_goto(repl->session, position);
    interrupt_aim(NULL);
    return arrive(repl, from, &arrival);
}

/* Where a run has stopped by itself the moment before was not kept: going there again keeps it, and what the step has
 * changed can be seen. */
static void approach(Session *session, const SessionArrival *arrival)
{
    bool is_there = arrival->reason == ARRIVED || arrival->reason == ARRIVED_BREAK || arrival->reason == ARRIVED_MARK ||
                    arrival->reason == ARRIVED_FINDING;
    if (is_there && arrival->position && !session_is_at_rest(session)) {
        session_goto(session, arrival->position - 1);
        session_goto(session, arrival->position);
    }
}

static ExitCode travel(Repl *repl, TravelUnit unit, bool back, uint32_t count)
{
    if (!repl_session(repl)) {
        return EXIT_INTERNAL;
    }
    if (!session_submission_count(repl->session)) {
        printer_print(&repl->printer,
                      back ? "start of recorded history\n" : "nothing to do yet: type C#, or load a file\n");
        return EXIT_DONE;
    }
    uint64_t from = session_position(repl->session);
    interrupt_aim(repl->session);
    SessionArrival arrival = session_travel(repl->session, unit, back, count);
    interrupt_aim(NULL);
    char *text = strdup(arrival.text);
    if (unit != TRAVEL_STEP) {
        approach(repl->session, &arrival);
    }
    arrival.text = text ? text : "";
    ExitCode code = arrive(repl, from, &arrival);
    free(text);
    return code;
}

ExitCode command_go_on(Repl *repl)
{
    return travel(repl, TRAVEL_CONTINUE, false, 1);
}

/* ---- units ------------------------------------------------------------------------------------------------------- */

typedef struct Move {
    TravelUnit unit;
    bool back;
} Move;

static Move move_of(CommandId id)
{
    static const Move moves[COMMAND_ID_COUNT] = {
        [DO_STEP] = {TRAVEL_STEP, false},         [DO_BACK] = {TRAVEL_STEP, true},
        [DO_NEXT] = {TRAVEL_STATEMENT, false},    [DO_PREVIOUS] = {TRAVEL_STATEMENT, true},
        [DO_TURN] = {TRAVEL_TURN, false},         [DO_REVERSE_TURN] = {TRAVEL_TURN, true},
        [DO_FINISH] = {TRAVEL_FINISH, false},     [DO_REVERSE_FINISH] = {TRAVEL_FINISH, true},
        [DO_CONTINUE] = {TRAVEL_CONTINUE, false}, [DO_REVERSE_CONTINUE] = {TRAVEL_CONTINUE, true},
    };
    return moves[id];
}

/* A number of times; a negative one goes the other way. */
ExitCode command_travel(Repl *repl, CommandId id, const char *arguments)
{
    Move move = move_of(id);
    int64_t count = 1;
    if (*arguments && (!command_read_number(arguments, &count) || count > INT32_MAX || count < -INT32_MAX)) {
        return command_refuse(repl, "%s needs a number of times, not '%s'", command_rows[id].name, arguments);
    }
    ExitCode code =
        count ? travel(repl, move.unit, move.back != (count < 0), (uint32_t)(count < 0 ? -count : count)) : EXIT_DONE;
    repl->repeatable = command_rows[id].name;
    return code;
}

/* `rev step`: as gdb and others call it. */
ExitCode command_reverse(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    char *word = command_next_word(&arguments);
    const CommandRow *row = word ? command_find(word, (uint32_t)strlen(word)) : NULL;
    free(word);
    CommandId forward = row ? (CommandId)(row - command_rows) : COMMAND_ID_COUNT;
    bool is_forward = row && row->function == command_travel && !move_of(forward).back;
    if (!is_forward) {
        return command_refuse(repl, "rev needs step, next, turn, finish or continue");
    }
    for (int i = 0; i < COMMAND_ID_COUNT; i++) {
        bool is_inverse = command_rows[i].function == command_travel && move_of((CommandId)i).back &&
                          move_of((CommandId)i).unit == move_of(forward).unit;
        if (is_inverse) {
            return command_travel(repl, (CommandId)i, arguments + strspn(arguments, " \t"));
        }
    }
    return EXIT_INTERNAL;
}

/* ---- goto -------------------------------------------------------------------------------------------------------- */

/* A line that something may be at. */
typedef struct Place {
    const char *file;      /* a source's name; NULL: any */
    uint32_t line, column; /* column 0: any */
} Place;

/* "6:18", "6:", "input 3:6"; false: it is no place. Cuts `text` at the colon. */
static bool read_place(char *text, Place *place)
{
    char *colon = strrchr(text, ':');
    int64_t before, behind = 0;
    if (!colon) {
        return false;
    }
    *colon = 0;
    bool has_number = command_read_number(colon + 1, &behind);
    bool is_line = command_read_number(text, &before);
    *place = is_line ? (Place){NULL, (uint32_t)before, (uint32_t)behind} : (Place){text, (uint32_t)behind, 0};
    bool is_right = is_line ? before > 0 && (has_number || !colon[1]) : has_number && *text;
    return is_right && behind >= 0 && behind <= INT32_MAX && (!is_line || before <= INT32_MAX);
}

static bool is_at(const SessionStep *step, const Place *place)
{
    return step->event.line == place->line && (!place->column || step->event.column == place->column) &&
           step->event.file && (!place->file || strcmp(place->file, step->event.file) == 0);
}

/* The newest source called so, from 1. */
static uint32_t source_number(const Session *session, const char *file)
{
    uint32_t number = session_source_count(session);
    while (number && strcmp(session_source(session, number - 1).name, file) != 0) {
        number--;
    }
    return number;
}

/* The best step found so far: in the newest source, and of these the next one after here, or else the first. */
typedef struct Found {
    uint32_t source;
    uint64_t first, next;
} Found;

static void consider(Found *found, uint32_t source, uint64_t step, uint64_t here)
{
    if (source > found->source) {
        *found = (Found){source, step, 0};
    }
    if (source == found->source && !found->next && step > here) {
        found->next = step;
    }
}

/* 0: nothing recorded is there. */
static uint64_t find_place(Session *session, const Place *place)
{
    const SessionStep *steps;
    uint32_t count;
    Found found = {0};
    for (uint64_t at = 1; at <= session_history_end(session); at += count) {
        if (session_steps(session, at, at + SESSION_MOST_STEPS - 1, &steps, &count) != SESSION_OK || !count) {
            break;
        }
        for (uint32_t i = 0; i < count; i++) {
            if (is_at(&steps[i], place)) {
                consider(&found, source_number(session, steps[i].event.file), at + i, session_position(session));
            }
        }
    }
    return found.next ? found.next : found.first;
}

static ExitCode go_to_place(Repl *repl, const Place *place)
{
    uint64_t step = find_place(repl->session, place);
    if (!step) {
        return command_refuse(repl, "no recorded step is at line %u%s%s%s", place->line, place->file ? " of " : "",
                              place->file ? place->file : "", place->column ? " and that column" : "");
    }
    return command_go(repl, step);
}

/* The next misuse that was found, or the first one. */
static ExitCode go_to_error(Repl *repl)
{
    uint64_t here = session_position(repl->session), next = 0, first = 0;
    session_goto(repl->session, session_history_end(repl->session));
    for (uint32_t i = 0; i < session_finding_count(repl->session); i++) {
        SessionFinding finding = session_finding(repl->session, i);
        uint64_t step = finding.place.step;
        if (finding.severity != FINDING_NOTE && step) {
            first = !first || step < first ? step : first;
            next = step > here && (!next || step < next) ? step : next;
        }
    }
    session_goto(repl->session, here);
    if (!first) {
        return command_refuse(repl, "no misuse was found in what is recorded");
    }
    return command_go(repl, next ? next : first);
}

/* A number of steps from here (+5), from the end (-3), or from the start (14). */
static bool find_number(const Session *session, const char *text, uint64_t *position)
{
    int64_t number;
    if (!command_read_number(text, &number)) {
        return false;
    }
    uint64_t end = session_history_end(session), size = (uint64_t)(number < 0 ? -number : number);
    *position = *text == '-' ? end - (size < end ? size : end) : *text == '+' ? session_position(session) + size : size;
    return true;
}

bool command_find_moment(const Repl *repl, const char *word, uint64_t *position)
{
    const Session *session = repl->session;
    word += *word == '@';
    if (strcmp(word, "start") == 0) {
        *position = 0;
        return true;
    }
    if (strcmp(word, "end") == 0 || strcmp(word, "here") == 0) {
        *position = *word == 'e' ? session_history_end(session) : session_position(session);
        return true;
    }
    return session_find_mark(session, word, position) || find_number(session, word, position);
}

ExitCode command_goto(Repl *repl, CommandId id, const char *text)
{
    (void)id;
    uint64_t position;
    Place place;
    if (!*text) {
        return command_refuse(repl, "goto needs a step, as in `goto 14`, `goto -3`, `goto end`, `goto error`");
    }
    if (!repl_session(repl)) {
        return EXIT_INTERNAL;
    }
    if (strcmp(text, "error") == 0) {
        return go_to_error(repl);
    }
    if (command_find_moment(repl, text, &position)) {
        return command_go(repl, position);
    }
    char *copy = strdup(text);
    bool is_place = copy && read_place(copy, &place);
    ExitCode code =
        is_place ? go_to_place(repl, &place)
                 : command_refuse(
                       repl, "no such place: '%s'; it is a step, start, end, error, a mark or a line such as 6:", text);
    free(copy);
    return code;
}
