#include "outcome.h"

ExitCode outcome_exit_code(const SessionOutcome *outcome)
{
    switch (outcome->kind) {
    case OUTCOME_PAUSED:
        return EXIT_DONE;
    case OUTCOME_IDLE:
    case OUTCOME_FINISHED:
        return (ExitCode)(outcome->exit_code & 0xFF); /* what the system keeps of it */
    case OUTCOME_UNHANDLED:
    case OUTCOME_FAIL_FAST:
    case OUTCOME_ERRORS:
        return EXIT_PROGRAM;
    case OUTCOME_DEADLOCK:
        return EXIT_FINDINGS;
    case OUTCOME_STEP_LIMIT:
    case OUTCOME_INSTRUCTION_LIMIT:
    case OUTCOME_HEAP_LIMIT:
    case OUTCOME_STACK_OVERFLOW:
        return EXIT_LIMIT;
    case OUTCOME_OUTPUT_CLOSED:
        return EXIT_NO_READER;
    case OUTCOME_NO_MEMORY: /* with a text: room of a fixed size is full, not the host's memory */
        return *outcome->text ? EXIT_LIMIT : EXIT_INTERNAL;
    case OUTCOME_INTERNAL_ERROR:
        break;
    }
    return EXIT_INTERNAL;
}
