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
        printer_print(printer, "breakpoint %u: %s\n", arrival->number, arrival->text);
        return EXIT_DONE;
    case ARRIVED_MARK:
        printer_print(printer, "mark %s\n", arrival->text);
        return EXIT_DONE;
    case ARRIVED_FINDING:
        return EXIT_DONE;
    case ARRIVED_CHOICE:
        return EXIT_DONE;
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
    (void)from;
    return tell_arrival(repl, arrival);
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

static ExitCode travel(Repl *repl, TravelUnit unit, bool back, uint32_t count)
{
    if (!repl_session(repl)) {
        return EXIT_INTERNAL;
    }
    if (!session_submission_count(repl->session)) {
        printer_print(&repl->printer, back ? "start of recorded history\n" : "nothing to do yet: type C#, or load a file\n");
        return EXIT_DONE;
    }
    uint64_t from = session_position(repl->session);
    interrupt_aim(repl->session);
    SessionArrival arrival = session_travel(repl->session, unit, back, count);
    interrupt_aim(NULL);
    return arrive(repl, from, &arrival);
}

/* ---- units ------------------------------------------------------------------------------------------------------- */

typedef struct Move {
    TravelUnit unit;
    bool back;
} Move;

static Move move_of(CommandId id)
{
    static const Move moves[COMMAND_ID_COUNT] = {
        [DO_STEP] = {TRAVEL_STEP, false},           [DO_BACK] = {TRAVEL_STEP, true},
        [DO_NEXT] = {TRAVEL_STATEMENT, false},      [DO_PREVIOUS] = {TRAVEL_STATEMENT, true},
        [DO_TURN] = {TRAVEL_TURN, false},           [DO_REVERSE_TURN] = {TRAVEL_TURN, true},
        [DO_FINISH] = {TRAVEL_FINISH, false},       [DO_REVERSE_FINISH] = {TRAVEL_FINISH, true},
        [DO_CONTINUE] = {TRAVEL_CONTINUE, false},   [DO_REVERSE_CONTINUE] = {TRAVEL_CONTINUE, true},
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
    ExitCode code = count ? travel(repl, move.unit, move.back != (count < 0), (uint32_t)(count < 0 ? -count : count))
                          : EXIT_DONE;
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

/* "6:18" or "6:"; false: it is no place. */
static bool read_place(const char *text, uint32_t *line, uint32_t *column)
{
    char *end;
    unsigned long first = strtoul(text, &end, 10);
    if (end == text || *end != ':' || *text == '-' || *text == '+' || first > UINT32_MAX) {
        return false;
    }
    const char *rest = end + 1;
    unsigned long second = strtoul(rest, &end, 10);
    *line = (uint32_t)first;
    *column = (uint32_t)second;
    return !*end && second <= UINT32_MAX;
}

static bool is_at(const SessionStep *step, uint32_t line, uint32_t column)
{
    return step->event.line == line && (!column || step->event.column == column);
}

/* The first step after `from` that happens at the place; 0: none is recorded. */
static uint64_t find_place(Session *session, uint64_t from, uint32_t line, uint32_t column)
{
    const SessionStep *steps;
    uint32_t count;
    for (uint64_t at = from + 1; at <= session_history_end(session); at += count) {
        if (session_steps(session, at, at + SESSION_MOST_STEPS - 1, &steps, &count) != SESSION_OK || !count) {
            return 0;
        }
        for (uint32_t i = 0; i < count; i++) {
            if (is_at(&steps[i], line, column)) {
                return at + i;
            }
        }
    }
    return 0;
}

static ExitCode go_to_place(Repl *repl, uint32_t line, uint32_t column)
{
    uint64_t step = find_place(repl->session, session_position(repl->session), line, column);
    step = step ? step : find_place(repl->session, 0, line, column);
    if (!step) {
        return command_refuse(repl, "no recorded step is at line %u%s", line, column ? " and that column" : "");
    }
    return command_go(repl, step);
}

/* `text` as a number of steps from here (+5), from the end (-3), or from the start (14). */
static ExitCode go_to_number(Repl *repl, const char *text, int64_t number)
{
    uint64_t here = session_position(repl->session), end = session_history_end(repl->session);
    uint64_t size = (uint64_t)(number < 0 ? -number : number);
    if (*text == '-') {
        return size > end ? command_refuse(repl, "the recorded history has only %llu steps", (unsigned long long)end)
                          : command_go(repl, end - size);
    }
    return command_go(repl, *text == '+' ? here + size : size);
}

ExitCode command_goto(Repl *repl, CommandId id, const char *text)
{
    (void)id;
    int64_t number;
    uint32_t line, column;
    uint64_t position;
    if (!*text) {
        return command_refuse(repl, "goto needs a step, as in `goto 14`, `goto -3`, `goto end`");
    }
    if (!repl_session(repl)) {
        return EXIT_INTERNAL;
    }
    text += *text == '@';
    if (strcmp(text, "start") == 0) {
        return command_go(repl, 0);
    }
    if (strcmp(text, "end") == 0) {
        return command_go(repl, session_history_end(repl->session));
    }
    if (session_find_mark(repl->session, text, &position)) {
        return command_go(repl, position);
    }
    if (read_place(text, &line, &column)) {
        return go_to_place(repl, line, column);
    }
    if (command_read_number(text, &number)) {
        return go_to_number(repl, text, number);
    }
    return command_refuse(repl, "no such place: '%s'; it is a step, start, end, a mark or a line such as 6:", text);
}
