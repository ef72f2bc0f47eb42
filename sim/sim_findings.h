/* Findings: the misuse that the detector saw in the run so far. Part of sim.h.
 *
 * A session looks for misuse when SessionOptions.find_misuse is set, and whenever it has events anyway. Findings have
 * the order in which they were made; going back to a snapshot takes back those that came after it. What can only be
 * said at the end (nobody ever consumed a value) is found when the run is over. */
#ifndef AWAITLAB_SIM_FINDINGS_H
#define AWAITLAB_SIM_FINDINGS_H

#include <stdbool.h>
#include <stdint.h>

typedef enum FindingSeverity {
    FINDING_NOTE,    /* advice */
    FINDING_WARNING, /* it works by luck */
    FINDING_ERROR,   /* .NET throws, corrupts, crashes or deadlocks */
} FindingSeverity;

/* A place in the user's code at a step. */
typedef struct SessionPlace {
    uint64_t step;                 /* 0: unknown */
    const char *file;              /* NULL: unknown */
    uint32_t line, column;         /* from 1; the column in UTF-16 units */
    uint32_t end_line, end_column; /* behind the expression */
    const char *method;            /* C#-style; NULL: unknown */
    uint32_t thread;               /* number of the logical thread */
} SessionPlace;

/* A place that explains a finding: "first consumed here". */
typedef struct SessionRelatedPlace {
    SessionPlace place;
    const char *message;
} SessionRelatedPlace;

enum { FINDING_RELATED_MOST = 2 };

typedef struct SessionFinding {
    const char *code; /* "AL0001" */
    const char *slug; /* "double-await" */
    FindingSeverity severity;
    const char *title;   /* the rule in a few words */
    const char *message; /* one sentence or two: what happened, and what .NET does */
    const char *value;   /* what the program calls the ValueTask; NULL: it has no name there */
    const char *arm;     /* "result", "task", "source"; NULL: it is not about a ValueTask */
    const char *verdict; /* what .NET 10 does in this very case */
    const char *fix;
    SessionPlace place; /* the offending one */
    SessionRelatedPlace related[FINDING_RELATED_MOST];
    uint32_t related_count;
    uint64_t count; /* how often it happened at this place */
} SessionFinding;

struct Session;

uint32_t session_finding_count(const struct Session *session);
/* Strings are valid until the session is closed. */
SessionFinding session_finding(struct Session *session, uint32_t index);

/* ---- rules ------------------------------------------------------------------------------------------------------- */

typedef struct SessionRule {
    const char *code, *slug, *title;
    const char
        *page; /* Markdown without a heading: why, a wrong and a right program, what .NET does; "" if there is none */
} SessionRule;

uint32_t session_rule_count(void);
SessionRule session_rule(uint32_t index);

#endif
