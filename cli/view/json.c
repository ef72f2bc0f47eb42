/* The one file that knows jansson. Memory running out here loses a record, never more: jansson's functions pass NULL
 * on. */
#include "view/json.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "view/finding.h"
#include "view/text.h"

/* A string for JSON: valid UTF-8 as it is, all else cleaned. */
static json_t *string_of(const char *text)
{
    if (!text) {
        return json_null();
    }
    json_t *string = json_string(text);
    if (string) {
        return string;
    }
    char *bytes = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&bytes, &size);
    if (memory) {
        text_print_clean(memory, text, strlen(text), SIZE_MAX);
        fclose(memory);
        string = json_stringn(bytes, size);
        free(bytes);
    }
    return string;
}

static json_t *integer(uint64_t number)
{
    return json_integer((json_int_t)number);
}

static json_t *integer_or_null(uint32_t number)
{
    return number ? integer(number) : json_null();
}

static json_t *record(const char *name)
{
    json_t *object = json_object();
    json_object_set_new(object, "record", json_string(name));
    return object;
}

/* Writes the object on a line of its own, and forgets it. One write, so that lines stay whole. */
static void finish(FILE *out, json_t *object)
{
    char *text = json_dumps(object, JSON_COMPACT);
    if (text) {
        fprintf(out, "%s\n", text);
        free(text);
    }
    json_decref(object);
}

void json_diagnostic(FILE *out, const SessionDiagnostic *diagnostic)
{
    json_t *object = record("diagnostic");
    json_object_set_new(object, "severity", json_string(diagnostic->is_error ? "error" : "warning"));
    json_object_set_new(object, "code", string_of(diagnostic->code));
    json_object_set_new(object, "message", string_of(diagnostic->message));
    json_object_set_new(object, "file", string_of(diagnostic->file));
    json_object_set_new(object, "line", integer_or_null(diagnostic->line));
    json_object_set_new(object, "column", integer_or_null(diagnostic->column));
    finish(out, object);
}

void json_event(FILE *out, const SessionEvent *event)
{
    json_t *object = record("event");
    json_object_set_new(object, "step", integer(event->step));
    json_object_set_new(object, "event", string_of(event->name));
    json_object_set_new(object, "sentence", string_of(event->sentence));
    json_object_set_new(object, "thread", integer(event->thread));
    json_object_set_new(object, "file", string_of(event->file));
    json_object_set_new(object, "line", integer_or_null(event->line));
    json_object_set_new(object, "column", integer_or_null(event->column));
    json_object_set_new(object, "method", string_of(event->method));
    finish(out, object);
}

static json_t *place_of(const SessionPlace *place)
{
    json_t *object = json_object();
    json_object_set_new(object, "file", string_of(place->file));
    json_object_set_new(object, "line", integer_or_null(place->line));
    json_object_set_new(object, "column", integer_or_null(place->column));
    json_object_set_new(object, "endLine", integer_or_null(place->end_line));
    json_object_set_new(object, "endColumn", integer_or_null(place->end_column));
    json_object_set_new(object, "method", string_of(place->method));
    json_object_set_new(object, "thread", integer_or_null(place->thread));
    json_object_set_new(object, "step", place->step ? integer(place->step) : json_null());
    return object;
}

void json_finding(FILE *out, const SessionFinding *finding, const char *program)
{
    json_t *object = record("finding"), *related = json_array();
    if (program) {
        json_object_set_new(object, "program", string_of(program));
    }
    json_object_set_new(object, "severity", json_string(finding_severity(finding->severity)));
    json_object_set_new(object, "code", string_of(finding->code));
    json_object_set_new(object, "rule", string_of(finding->slug));
    json_object_set_new(object, "message", string_of(finding->message));
    json_object_set_new(object, "value", string_of(finding->value));
    json_object_set_new(object, "arm", string_of(finding->arm));
    json_object_set_new(object, "verdict", string_of(finding->verdict));
    json_object_set_new(object, "fix", string_of(finding->fix));
    json_object_set_new(object, "count", integer(finding->count));
    json_object_set_new(object, "place", place_of(&finding->place));
    for (uint32_t i = 0; i < finding->related_count; i++) {
        json_t *row = place_of(&finding->related[i].place);
        json_object_set_new(row, "message", string_of(finding->related[i].message));
        json_array_append_new(related, row);
    }
    json_object_set_new(object, "related", related);
    finish(out, object);
}

void json_stats(FILE *out, const SessionStats *stats)
{
    for (uint32_t i = 0; i < stats->type_count; i++) {
        json_t *row = record("allocation");
        json_object_set_new(row, "type", string_of(stats->types[i].type));
        json_object_set_new(row, "count", integer(stats->types[i].count));
        json_object_set_new(row, "bytes", integer(stats->types[i].bytes));
        finish(out, row);
    }
    json_t *object = record("stats");
    json_t *collections = json_array();
    for (int i = 0; i < 3; i++) {
        json_array_append_new(collections, integer(stats->collections[i]));
    }
    json_object_set_new(object, "count", integer(stats->count));
    json_object_set_new(object, "bytes", integer(stats->bytes));
    json_object_set_new(object, "collections", collections);
    json_object_set_new(object, "suspensions", integer(stats->suspensions));
    json_object_set_new(object, "steps", integer(stats->steps));
    json_object_set_new(object, "instructions", integer(stats->instructions));
    json_object_set_new(object, "milliseconds", json_real((double)stats->clock / 10000));
    finish(out, object);
}

static const char *row_kind(LayoutRowKind kind)
{
    switch (kind) {
    case LAYOUT_ROW_HEADER:
        return "header";
    case LAYOUT_ROW_METHOD_TABLE:
        return "method-table";
    case LAYOUT_ROW_FIELD:
        return "field";
    case LAYOUT_ROW_ELEMENTS:
        return "elements";
    case LAYOUT_ROW_PADDING:
        return "padding";
    }
    return "";
}

static json_t *layout_row(const SessionLayoutRow *row)
{
    json_t *object = json_object();
    json_object_set_new(object, "kind", json_string(row_kind(row->kind)));
    json_object_set_new(object, "offset", integer(row->offset));
    json_object_set_new(object, "size", integer(row->size));
    json_object_set_new(object, "depth", integer(row->depth));
    json_object_set_new(object, "name", string_of(row->name));
    json_object_set_new(object, "type", string_of(row->type));
    json_object_set_new(object, "declaredBy", string_of(row->declared_by));
    json_object_set_new(object, "isReference", json_boolean(row->is_reference));
    return object;
}

void json_layout(FILE *out, const SessionLayout *layout)
{
    json_t *object = record("layout");
    json_t *rows = json_array();
    for (uint32_t i = 0; i < layout->row_count; i++) {
        json_array_append_new(rows, layout_row(&layout->rows[i]));
    }
    json_object_set_new(object, "type", string_of(layout->type));
    json_object_set_new(object, "kind", string_of(layout->kind));
    json_object_set_new(object, "size", integer(layout->size));
    json_object_set_new(object, "boxedSize", integer_or_null(layout->boxed_size));
    json_object_set_new(object, "padding", integer(layout->padding));
    json_object_set_new(object, "rows", rows);
    finish(out, object);
}

void json_lowered(FILE *out, const char *text)
{
    json_t *object = record("lowered");
    json_object_set_new(object, "text", string_of(text));
    finish(out, object);
}

void json_outcome(FILE *out, const SessionOutcome *outcome, const char *name, int exit_code)
{
    json_t *object = record("outcome");
    json_object_set_new(object, "outcome", json_string(name));
    json_object_set_new(object, "exitCode", json_integer(exit_code));
    json_object_set_new(object, "limit", outcome->limit ? integer(outcome->limit) : json_null());
    json_object_set_new(object, "text", *outcome->text ? string_of(outcome->text) : json_null());
    finish(out, object);
}

void json_message(FILE *out, const char *text)
{
    json_t *object = record("message");
    json_object_set_new(object, "text", string_of(text));
    finish(out, object);
}

/* ---- small records that are read again -----------------------------------------------------------------------------
 */

char *json_record_text(const JsonField *fields, size_t count)
{
    json_t *object = json_object();
    for (size_t i = 0; i < count; i++) {
        json_t *value = fields[i].text ? string_of(fields[i].text) : json_integer(fields[i].number);
        json_object_set_new(object, fields[i].name, value);
    }
    char *text = json_dumps(object, JSON_COMPACT);
    json_decref(object);
    return text;
}

JsonRecord *json_record_read(const char *text, size_t length)
{
    json_error_t error;
    json_t *object = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
    if (object && !json_is_object(object)) {
        json_decref(object);
        object = NULL;
    }
    return (JsonRecord *)object;
}

void json_record_free(JsonRecord *record)
{
    json_decref((json_t *)record);
}

static json_t *field_of(const JsonRecord *record, const char *name)
{
    union {
        const JsonRecord *from;
        const json_t *to;
    } object = {.from = record};
    return json_object_get(object.to, name);
}

const char *json_record_string(const JsonRecord *record, const char *name)
{
    const char *text = json_string_value(field_of(record, name));
    return text ? text : "";
}

long long json_record_number(const JsonRecord *record, const char *name, long long fallback)
{
    json_t *value = field_of(record, name);
    return json_is_integer(value) ? json_integer_value(value) : fallback;
}
/* ---- trees ------------------------------------------------------------------------------------------------------- */

JsonTree *json_tree_object(void)
{
    return json_object();
}
JsonTree *json_tree_array(void)
{
    return json_array();
}
JsonTree *json_tree_text(const char *text)
{
    return string_of(text);
}
JsonTree *json_tree_number(uint64_t number)
{
    return integer(number);
}

JsonTree *json_tree_put(JsonTree *object, const char *name, JsonTree *value)
{
    json_object_set_new(object, name, value);
    return object;
}

JsonTree *json_tree_add(JsonTree *array, JsonTree *value)
{
    json_array_append_new(array, value);
    return array;
}

void json_tree_write(FILE *out, JsonTree *tree)
{
    char *text = json_dumps(tree, JSON_INDENT(2));
    if (text) {
        fprintf(out, "%s\n", text);
        free(text);
    }
    json_decref(tree);
}

void json_tree_free(JsonTree *tree)
{
    json_decref(tree);
}
