/* Records as JSON lines: one object per line, each with "record" saying what it is. */
#ifndef AWAITLAB_CLI_VIEW_JSON_H
#define AWAITLAB_CLI_VIEW_JSON_H

#include <stdio.h>

#include "sim.h"

void json_diagnostic(FILE *out, const SessionDiagnostic *diagnostic);
void json_event(FILE *out, const SessionEvent *event);
/* A finding of the detector; `program` is the file that was checked, or NULL. */
void json_finding(FILE *out, const SessionFinding *finding, const char *program);
void json_stats(FILE *out, const SessionStats *stats);
void json_layout(FILE *out, const SessionLayout *layout);
void json_lowered(FILE *out, const char *text);
/* How the run ended: `name` in a word; exit_code is awaitlab's own. */
void json_outcome(FILE *out, const SessionOutcome *outcome, const char *name, int exit_code);
/* Anything else that goes wrong. */
void json_message(FILE *out, const char *text);

/* ---- small records that are read again: progress, submissions ---------------------------------------------------- */

typedef struct JsonField {
    const char *name;
    const char *text; /* NULL: the number */
    long long number;
} JsonField;

/* One object on one line, without the line end; malloc'd, NULL: no memory. */
char *json_record_text(const JsonField *fields, size_t count);

/* An object that was read; what it hands out lives as long as it does. */
typedef struct JsonRecord JsonRecord;

/* NULL: this is no JSON object, or no memory. */
JsonRecord *json_record_read(const char *text, size_t length);
void json_record_free(JsonRecord *record); /* NULL: nothing happens */
/* "" and `fallback` where there is no such string or integer. */
const char *json_record_string(const JsonRecord *record, const char *name);
long long json_record_number(const JsonRecord *record, const char *name, long long fallback);
/* ---- trees, for who writes another format that is JSON (view/sarif.c)
 * --------------------------------------------------
 *
 * A tree that could not be made is NULL, and is left out of what it is put into: memory running out loses a part. */
typedef struct json_t JsonTree;

JsonTree *json_tree_object(void);
JsonTree *json_tree_array(void);
JsonTree *json_tree_text(const char *text); /* NULL: null */
JsonTree *json_tree_number(uint64_t number);
/* Both take the value over and give back what they were put into. */
JsonTree *json_tree_put(JsonTree *object, const char *name, JsonTree *value);
JsonTree *json_tree_add(JsonTree *array, JsonTree *value);
/* Writes it indented, with a line end, and frees it. */
void json_tree_write(FILE *out, JsonTree *tree);
void json_tree_free(JsonTree *tree);

#endif
