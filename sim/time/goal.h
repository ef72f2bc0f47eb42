/* Goals: what a lesson, a test or a grader asks of a run, one line each.
 *
 *     output == "14"
 *     allocs(Task<int>) == 0
 *     throws InvalidOperationException at "int b = await vt"
 *
 * A line is parsed once (goal_parse) and judged against the facts of a run (goal_judge). Facts are what the machine
 * did, never what the text of a program looks like, except where a goal is about the text and says so. A verdict always
 * has a sentence for what was asked and one for what is, so that a learner never has to guess. */
#ifndef AWAITLAB_TIME_GOAL_H
#define AWAITLAB_TIME_GOAL_H

#include "base/text.h"

typedef enum GoalKind {
#define GOAL(id, word, argument, relation, place) GOAL_##id,
#include "time/goal.def"
#undef GOAL
    GOAL_KIND_COUNT
} GoalKind;

typedef enum GoalComparison {
    COMPARE_EQUAL,
    COMPARE_NOT_EQUAL,
    COMPARE_AT_MOST,
    COMPARE_AT_LEAST,
    COMPARE_LESS,
    COMPARE_MORE,
    COMPARE_CONTAINS, /* text only */
    COMPARE_LACKS,    /* text only */
} GoalComparison;

/* A moment of a run: a piece of what the program wrote, or the first protocol event of a kind. */
typedef struct GoalMoment {
    bool is_event;
    uint32_t event;   /* row of watch/event.def */
    const char *text; /* as written: the piece of output, or the event's name */
} GoalMoment;

typedef struct Goal {
    GoalKind kind;
    GoalComparison comparison;
    const char *argument; /* a type or a variable; NULL: none */
    const char *text;     /* what is compared with or named; NULL: a number is */
    uint64_t number;
    GoalMoment first, second; /* ORDER */
    const char *place_text;   /* `at "..."`; NULL: none */
    uint32_t line, column;    /* `at 6:18`; 0: none */
} Goal;

/* Reads a line. NULL: *problem says what is wrong with it, in words. All in `arena`, which may be exhausted. */
const Goal *goal_parse(Arena *arena, const char *line, size_t length, const char **problem);

/* ---- facts ------------------------------------------------------------------------------------------------------- */

typedef enum GoalEnd { END_REACHED, END_EXCEPTION, END_DEADLOCK, END_LIMIT, END_NOT_COMPILED, END_OTHER } GoalEnd;

typedef struct GoalPlace {
    uint32_t line, column; /* from 1; 0: unknown */
    const char *text;      /* of that line, not trimmed; NULL: unknown */
} GoalPlace;

typedef struct GoalTypeFact {
    const char *type;
    uint64_t count, bytes;
} GoalTypeFact;

typedef struct GoalFinding {
    const char *code; /* "AL0001" */
    const char *name; /* "double-await" */
    bool is_error;    /* wrong, or right by luck; else advice */
    GoalPlace place;
} GoalFinding;

/* The output as it grew: what comes before `length` was written before event number `step`. */
typedef struct GoalMark {
    size_t length;
    uint64_t step;
} GoalMark;

typedef struct GoalVariable {
    const char *name;
    const char *value; /* C#-style; NULL: not known */
    const char *arm;   /* "result", "task", "source"; NULL: no ValueTask */
    uint64_t awaits;   /* how often it was awaited */
    bool is_value_task;
} GoalVariable;

typedef struct GoalFacts {
    GoalEnd end;
    const char *end_words; /* "it stops with an unhandled InvalidOperationException in line 6" */
    const char *exception; /* full name of the unhandled one; NULL: none */
    GoalPlace end_place;   /* where it was thrown, or where the main thread waits */
    const char *output;    /* both streams, NUL-terminated */
    const GoalMark *marks;
    uint32_t mark_count;
    const uint64_t *first_steps; /* by row of watch/event.def: step of the first such event, 0: never */
    const GoalTypeFact *types;
    uint32_t type_count;
    uint64_t count, bytes, suspensions;
    const GoalFinding *findings;
    uint32_t finding_count;
    const GoalVariable *variables; /* as last seen */
    uint32_t variable_count;
    uint64_t statements; /* in the learner's file */
    const char *source;  /* text of the learner's file; "" when there is none */
    /* Whether `name` is an identifier of the learner's file. */
    bool (*has_name)(void *context, const char *name);
    void *context;
} GoalFacts;

typedef struct GoalVerdict {
    bool passed;
    const char *wanted; /* "the program runs to its end" */
    const char *now;    /* what is instead, "" when it needs no words */
} GoalVerdict;

/* All in `arena`, which may be exhausted. */
GoalVerdict goal_judge(Arena *arena, const Goal *goal, const GoalFacts *facts);

#endif
