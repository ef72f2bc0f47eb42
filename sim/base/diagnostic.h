/* Compile-time diagnostics: collected in a list, reported once by the face.
 * diagnostic.def lists each code with Roslyn's number and our wording in Roslyn's style. */
#ifndef AWAITLAB_BASE_DIAGNOSTIC_H
#define AWAITLAB_BASE_DIAGNOSTIC_H

#include "base/source.h"

typedef enum Severity { SEVERITY_ERROR, SEVERITY_WARNING } Severity;

typedef enum DiagnosticCode {
#define DIAGNOSTIC(name, code, severity, format) name,
#include "base/diagnostic.def"
#undef DIAGNOSTIC
    DIAGNOSTIC_CODE_COUNT
} DiagnosticCode;

typedef struct Diagnostic {
    DiagnosticCode code;
    Span span;
    const char *message;
    Position group; /* the member it belongs to */
    Position key;   /* where it sorts inside the member */
    bool is_flow;   /* found by flow analysis, which comes after binding */
} Diagnostic;

typedef struct DiagnosticList {
    Arena *arena;
    Diagnostic *items;
    uint32_t count;
    uint32_t capacity;
    uint32_t error_count;
    bool muted;     /* trial binding (overload resolution of lambdas): count errors, keep no text */
    Position group; /* start of the member that is being bound; 0: each error is a group of its own */
    Position key;   /* instead of the place in the text; 0: the place */
    bool is_flow;
} DiagnosticList;

void diagnostic_list_init(DiagnosticList *list, Arena *arena);

/* Adds a diagnostic; the arguments fill the format of its row ({0}-free printf subset of text_format: only %s %d). */
void report(DiagnosticList *list, Span span, DiagnosticCode code, ...);

const char *diagnostic_code_text(DiagnosticCode code); /* "CS0103" */
Severity diagnostic_severity(DiagnosticCode code);

/* The order Roslyn prints: member by member, in each what binding found before what flow analysis found, by position.
 * In place, stable. */
void diagnostic_list_sort(DiagnosticList *list);

#endif
