#include "view/sarif.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "view/finding.h"
#include "view/json.h"

#define SCHEMA "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

static JsonTree *message(const char *text)
{
    return json_tree_put(json_tree_object(), "text", json_tree_text(text));
}

/* ---- places ------------------------------------------------------------------------------------------------------ */

static bool is_plain_in_uri(unsigned char unit)
{
    return isalnum(unit) || strchr("-._~/", unit);
}

/* A path as a relative reference (RFC 3986): every other byte as %XX. */
static JsonTree *uri(const char *path)
{
    char *text = malloc(3 * strlen(path) + 1), *at = text;
    if (!text) {
        return NULL;
    }
    for (; *path; path++) {
        at += sprintf(at, is_plain_in_uri((unsigned char)*path) ? "%c" : "%%%02X", (unsigned char)*path);
    }
    *at = 0;
    JsonTree *tree = json_tree_text(text);
    free(text);
    return tree;
}

static JsonTree *region(const SessionPlace *place)
{
    JsonTree *tree = json_tree_object();
    json_tree_put(tree, "startLine", json_tree_number(place->line));
    json_tree_put(tree, "startColumn", json_tree_number(place->column));
    if (place->end_line) {
        json_tree_put(tree, "endLine", json_tree_number(place->end_line));
        json_tree_put(tree, "endColumn", json_tree_number(place->end_column));
    }
    return tree;
}

/* `file` where the place has none. */
static JsonTree *location(const SessionPlace *place, const char *file, const char *text)
{
    const char *path = place->file ? place->file : file;
    JsonTree *physical = json_tree_object(), *tree = json_tree_object();
    json_tree_put(physical, "artifactLocation", json_tree_put(json_tree_object(), "uri", uri(path)));
    if (place->file) {
        json_tree_put(physical, "region", region(place));
    }
    json_tree_put(tree, "physicalLocation", physical);
    if (place->method) {
        JsonTree *logical = json_tree_put(json_tree_object(), "fullyQualifiedName", json_tree_text(place->method));
        json_tree_put(logical, "kind", json_tree_text("function"));
        json_tree_put(tree, "logicalLocations", json_tree_add(json_tree_array(), logical));
    }
    return text ? json_tree_put(tree, "message", message(text)) : tree;
}

/* ---- code flows --------------------------------------------------------------------------------------------------
 *
 * A thread flow is the way through one async method: those of several methods are side by side, and the execution order
 * says how they took turns. */

typedef struct FlowStep {
    const SessionPlace *place;
    const char *message;
} FlowStep;

static bool is_same_method(const SessionPlace *a, const SessionPlace *b)
{
    return a->method && b->method ? strcmp(a->method, b->method) == 0 : a->method == b->method;
}

static JsonTree *flow_step(const FlowStep *step, const char *file)
{
    JsonTree *tree = json_tree_put(json_tree_object(), "location", location(step->place, file, step->message));
    return step->place->step ? json_tree_put(tree, "executionOrder", json_tree_number(step->place->step)) : tree;
}

static JsonTree *thread_flow(const FlowStep *steps, uint32_t count, uint32_t first, const char *file)
{
    JsonTree *tree = json_tree_object(), *locations = json_tree_array();
    for (uint32_t i = first; i < count; i++) {
        if (is_same_method(steps[i].place, steps[first].place)) {
            json_tree_add(locations, flow_step(&steps[i], file));
        }
    }
    if (steps[first].place->method) {
        json_tree_put(tree, "id", json_tree_text(steps[first].place->method));
    }
    return json_tree_put(tree, "locations", locations);
}

static JsonTree *code_flows(const SessionFinding *finding, const char *file)
{
    FlowStep steps[FINDING_RELATED_MOST + 1];
    uint32_t count = 0;
    for (uint32_t i = finding->related_count; i-- > 0;) {
        steps[count++] = (FlowStep){&finding->related[i].place, finding->related[i].message};
    }
    for (uint32_t i = 1; i < count; i++) { /* by step: there are two of them */
        if (steps[i - 1].place->step > steps[i].place->step) {
            FlowStep later = steps[i - 1];
            steps[i - 1] = steps[i];
            steps[i] = later;
        }
    }
    steps[count++] = (FlowStep){&finding->place, finding->title};
    JsonTree *flows = json_tree_array();
    for (uint32_t i = 0; i < count; i++) {
        bool is_new = true;
        for (uint32_t k = 0; k < i; k++) {
            is_new = is_new && !is_same_method(steps[k].place, steps[i].place);
        }
        if (is_new) {
            json_tree_add(flows, thread_flow(steps, count, i, file));
        }
    }
    return json_tree_add(json_tree_array(), json_tree_put(json_tree_object(), "threadFlows", flows));
}

/* ---- results ----------------------------------------------------------------------------------------------------- */

static uint32_t rule_index(const char *code)
{
    uint32_t index = 0;
    while (index < session_rule_count() && strcmp(session_rule(index).code, code) != 0) {
        index++;
    }
    return index;
}

static JsonTree *properties(const SessionFinding *finding)
{
    JsonTree *tree = json_tree_object();
    json_tree_put(tree, "rule", json_tree_text(finding->slug));
    if (finding->value) {
        json_tree_put(tree, "value", json_tree_text(finding->value));
    }
    if (finding->arm) {
        json_tree_put(tree, "arm", json_tree_text(finding->arm));
    }
    json_tree_put(tree, "verdict", json_tree_text(finding->verdict));
    json_tree_put(tree, "fix", json_tree_text(finding->fix));
    return finding->place.step ? json_tree_put(tree, "step", json_tree_number(finding->place.step)) : tree;
}

void sarif_begin(Sarif *sarif)
{
    *sarif = (Sarif){json_tree_array(), json_tree_array()};
}

void sarif_add_file(Sarif *sarif, const char *file)
{
    JsonTree *place = json_tree_put(json_tree_object(), "uri", uri(file));
    json_tree_add(sarif->artifacts, json_tree_put(json_tree_object(), "location", place));
}

void sarif_add(Sarif *sarif, const SessionFinding *finding, const char *file)
{
    JsonTree *result = json_tree_object(), *related = json_tree_array();
    json_tree_put(result, "ruleId", json_tree_text(finding->code));
    json_tree_put(result, "ruleIndex", json_tree_number(rule_index(finding->code)));
    json_tree_put(result, "level", json_tree_text(finding_severity(finding->severity)));
    json_tree_put(result, "message", message(finding->message));
    json_tree_put(result, "locations", json_tree_add(json_tree_array(), location(&finding->place, file, NULL)));
    for (uint32_t i = 0; i < finding->related_count; i++) {
        JsonTree *row = location(&finding->related[i].place, file, finding->related[i].message);
        json_tree_add(related, json_tree_put(row, "id", json_tree_number(i + 1)));
    }
    if (finding->related_count) {
        json_tree_put(result, "relatedLocations", related);
    } else {
        json_tree_free(related);
    }
    json_tree_put(result, "codeFlows", code_flows(finding, file));
    json_tree_put(result, "occurrenceCount", json_tree_number(finding->count));
    json_tree_put(result, "properties", properties(finding));
    json_tree_add(sarif->results, result);
}

static JsonTree *rules(void)
{
    JsonTree *tree = json_tree_array();
    for (uint32_t i = 0; i < session_rule_count(); i++) {
        SessionRule rule = session_rule(i);
        JsonTree *row = json_tree_object();
        json_tree_put(row, "id", json_tree_text(rule.code));
        json_tree_put(row, "name", json_tree_text(rule.slug));
        json_tree_put(row, "shortDescription", message(rule.title));
        json_tree_put(row, "help", json_tree_put(message(rule.page), "markdown", json_tree_text(rule.page)));
        json_tree_add(tree, row);
    }
    return tree;
}

static JsonTree *tool(void)
{
    JsonTree *driver = json_tree_object();
    json_tree_put(driver, "name", json_tree_text("awaitlab"));
    json_tree_put(driver, "version", json_tree_text(AWAITLAB_VERSION));
    json_tree_put(driver, "rules", rules());
    return json_tree_put(json_tree_object(), "driver", driver);
}

void sarif_end(Sarif *sarif, FILE *out)
{
    JsonTree *run = json_tree_object(), *log = json_tree_object();
    json_tree_put(run, "tool", tool());
    json_tree_put(run, "columnKind", json_tree_text("utf16CodeUnits"));
    json_tree_put(run, "artifacts", sarif->artifacts);
    json_tree_put(run, "results", sarif->results);
    json_tree_put(log, "$schema", json_tree_text(SCHEMA));
    json_tree_put(log, "version", json_tree_text("2.1.0"));
    json_tree_put(log, "runs", json_tree_add(json_tree_array(), run));
    json_tree_write(out, log);
    *sarif = (Sarif){NULL, NULL};
}

void sarif_drop(Sarif *sarif)
{
    json_tree_free(sarif->results);
    json_tree_free(sarif->artifacts);
    *sarif = (Sarif){NULL, NULL};
}
