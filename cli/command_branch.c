/* Other futures: undo and redo, branches, and who runs next. */
#include <stdlib.h>
#include <string.h>

#include "command_internal.h"

/* ---- undo, redo, branches ---------------------------------------------------------------------------------------- */

ExitCode command_undo(Repl *repl, CommandId id, const char *arguments)
{
    (void)arguments;
    bool is_undo = id == DO_UNDO;
    if (!repl_session(repl)) {
        return EXIT_INTERNAL;
    }
    SessionArrival arrival = is_undo ? session_undo(repl->session) : session_redo(repl->session);
    if (arrival.reason == ARRIVED_START) {
        printer_print(&repl->printer, "nothing to undo: this is the start\n");
        return EXIT_DONE;
    }
    if (arrival.reason == ARRIVED_NOWHERE) {
        printer_print(&repl->printer, is_undo ? "nothing to undo\n" : "nothing to redo\n");
        return EXIT_DONE;
    }
    if (arrival.reason == ARRIVED_NO_MEMORY) {
        return command_refuse(repl, "out of memory");
    }
    printer_print(&repl->printer, "%s: now at step %llu\n", is_undo ? "undone" : "done again",
                  (unsigned long long)arrival.position);
    return EXIT_DONE;
}

static void print_branch(Repl *repl, const SessionBranch *branch)
{
    printer_print(&repl->printer, "%s %u  from step %llu to %llu, %u input%s\n", branch->is_current ? ">" : " ",
                  branch->number, (unsigned long long)branch->fork, (unsigned long long)branch->end, branch->inputs,
                  branch->inputs == 1 ? "" : "s");
}

ExitCode command_branches(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    int64_t number;
    if (!repl_session(repl)) {
        return EXIT_INTERNAL;
    }
    if (*arguments) {
        if (!command_read_number(arguments, &number) || number < 0 || number > INT32_MAX) {
            return command_refuse(repl, "branches needs the number of a branch, not '%s'", arguments);
        }
        SessionArrival arrival = session_switch_branch(repl->session, (uint32_t)number);
        return command_tell_arrival(repl, &arrival);
    }
    uint32_t count = session_branch_count(repl->session);
    for (uint32_t i = 0; i < count; i++) {
        SessionBranch branch = session_branch_at(repl->session, i);
        print_branch(repl, &branch);
    }
    if (!count) {
        printer_print(&repl->printer, "one future only\n");
    }
    return EXIT_DONE;
}

/* ---- who runs next ----------------------------------------------------------------------------------------------- */

static const char *const policy_names[] = {
    [SCHEDULE_FIRST] = "fifo", [SCHEDULE_LAST] = "lifo", [SCHEDULE_RANDOM] = "random", [SCHEDULE_ASK] = "ask"};

static ExitCode tell_policy(Repl *repl)
{
    uint64_t seed;
    SchedulePolicy policy = session_schedule(repl->session, &seed);
    printer_print(&repl->printer, policy == SCHEDULE_RANDOM ? "%s %llu\n" : "%s\n", policy_names[policy],
                  (unsigned long long)seed);
    return EXIT_DONE;
}

ExitCode command_sched(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    int64_t seed = 0;
    if (!repl_session(repl)) {
        return EXIT_INTERNAL;
    }
    if (!*arguments) {
        return tell_policy(repl);
    }
    char *word = command_next_word(&arguments);
    const char *rest = arguments + strspn(arguments, " \t");
    SessionStatus status = SESSION_NOT_FOUND;
    for (size_t i = 0; word && i < sizeof policy_names / sizeof *policy_names; i++) {
        bool is_this = strcmp(word, policy_names[i]) == 0;
        bool has_seed = *rest && i == SCHEDULE_RANDOM && command_read_number(rest, &seed);
        if (is_this && (!*rest || has_seed)) {
            status = session_set_schedule(repl->session, (SchedulePolicy)i, (uint64_t)seed);
        }
    }
    free(word);
    return status == SESSION_OK          ? EXIT_DONE
           : status == SESSION_NOT_FOUND ? command_refuse(repl, "sched needs fifo, lifo, random SEED, or ask")
                                         : command_refuse(repl, "out of memory");
}

ExitCode command_tell_choices(Repl *repl)
{
    const SessionChoice *choices;
    uint32_t count;
    if (session_choices(repl->session, &choices, &count) != SESSION_OK) {
        return command_refuse(repl, "out of memory");
    }
    printer_print(&repl->printer, count ? "who runs next?\n" : "nobody is ready: there is nothing to choose\n");
    for (uint32_t i = 0; i < count; i++) {
        printer_print(&repl->printer, "  choose %u  %s\n", choices[i].thread, choices[i].what);
    }
    return EXIT_DONE;
}

ExitCode command_choose(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    int64_t thread;
    if (!repl_session(repl)) {
        return EXIT_INTERNAL;
    }
    if (!*arguments) {
        return command_tell_choices(repl);
    }
    if (!command_read_number(arguments, &thread) || thread <= 0 || thread > INT32_MAX) {
        return command_refuse(repl, "choose needs the number of a thread; `choose` lists those that are ready");
    }
    SessionStatus status = session_choose(repl->session, (uint32_t)thread);
    if (status != SESSION_OK) {
        return command_refuse(repl,
                              status == SESSION_NOT_FOUND ? "thread %lld is not ready; `choose` lists those that are"
                                                          : "out of memory",
                              (long long)thread);
    }
    return command_go_on(repl);
}
