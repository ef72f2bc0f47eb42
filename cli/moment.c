#include "moment.h"

#include <string.h>

#include "view/finding.h"

enum { MOST_CHANGES = 4, LONGEST_VALUE = 40 };

/* ---- where ------------------------------------------------------------------------------------------------------- */

/* Virtual time in milliseconds, with the digits it has. */
static void print_clock(FILE *out, int64_t ticks)
{
    enum { TICKS = 10000 };
    char digits[8];
    fprintf(out, "%lld", (long long)(ticks / TICKS));
    if (ticks % TICKS) {
        snprintf(digits, sizeof digits, "%04d", (int)(ticks % TICKS));
        size_t length = strlen(digits);
        while (length && digits[length - 1] == '0') {
            digits[--length] = 0;
        }
        fprintf(out, ".%s", digits);
    }
    fputs(" ms", out);
}

static void print_place(FILE *out, Repl *repl, const SessionMoment *moment)
{
    fprintf(out, "[%llu/%llu]", (unsigned long long)session_position(repl->session),
            (unsigned long long)session_history_end(repl->session));
    if (moment->file) {
        fprintf(out, " %s(%u,%u)", moment->file, moment->line, moment->column);
    }
    if (*moment->method) {
        fprintf(out, " %s", moment->method);
    }
    if (moment->thread) {
        fprintf(out, "%s T%u", moment->file ? " on" : "", moment->thread);
    }
    fputs(moment->file || moment->thread ? ", t=" : " t=", out);
    print_clock(out, moment->clock);
    fputc('\n', out);
}

static void print_now(FILE *out, Repl *repl, const SessionMoment *moment)
{
    if (!moment->step) {
        fputs("now: nothing has happened yet\n", out);
        return;
    }
    fprintf(out, "now: %s\n", moment->sentence);
    if (session_is_at_rest(repl->session)) {
        fputs(moment->is_over ? "then: the program ends\n" : "then: nothing is left to do\n", out);
    }
}

/* ---- what has changed -------------------------------------------------------------------------------------------- */

typedef struct Changes {
    FILE *out;
    uint32_t count; /* told or not */
} Changes;

/* Long values are shown from a little before the place where they differ. */
static size_t first_shown(const char *old, const char *value)
{
    enum { BEFORE = 12 };
    size_t same = 0;
    while (old[same] && old[same] == value[same]) {
        same++;
    }
    bool is_long = strlen(old) > LONGEST_VALUE || strlen(value) > LONGEST_VALUE;
    size_t from = is_long && same > BEFORE ? same - BEFORE : 0;
    while (from && ((unsigned char)old[from] & 0xC0) == 0x80) {
        from--;
    }
    return from;
}

static void print_value(FILE *out, const char *value, size_t from)
{
    fputs(from ? "..." : "", out);
    text_print_clean(out, value + from, strlen(value + from), LONGEST_VALUE);
}

void moment_print_difference(FILE *out, const char *old, const char *value)
{
    size_t from = first_shown(old, value);
    print_value(out, old, from);
    fputs(" -> ", out);
    print_value(out, value, from);
}

static void print_change(Changes *changes, const char *owner, const char *name, const char *old, const char *value)
{
    if (changes->count++ >= MOST_CHANGES) {
        return;
    }
    fprintf(changes->out, "%s%s%s%s ", changes->count == 1 ? "" : "; ", owner, *owner ? "." : "", name);
    moment_print_difference(changes->out, old, value);
}

static void print_variables(Changes *changes, Repl *repl)
{
    SessionFrames frames;
    if (session_frames(repl->session, 0, &frames) != SESSION_OK) {
        return;
    }
    for (uint32_t i = 0; i < frames.count; i++) {
        for (uint32_t k = 0; k < frames.frames[i].variable_count; k++) {
            const SessionVariable *variable = &frames.frames[i].variables[k];
            if (variable->old) {
                bool is_plain = i == 0 || frames.frames[i].is_typed;
                print_change(changes, is_plain ? "" : frames.frames[i].method, variable->name, variable->old,
                             variable->value);
            }
        }
    }
}

static void print_fields(Changes *changes, Repl *repl, const SessionObject *object)
{
    SessionObjectDetail detail;
    if (session_object(repl->session, object->number, &detail) != SESSION_OK) {
        return;
    }
    for (uint32_t i = 0; i < detail.field_count; i++) {
        const SessionObjectField *field = &detail.fields[i];
        if (field->old) {
            print_change(changes, object->name, field->name, field->old, field->value);
        }
    }
}

static void print_objects(Changes *changes, Repl *repl)
{
    SessionHeap heap;
    SessionHeapRequest request = {.only_changed = true, .count = MOST_CHANGES};
    if (session_heap(repl->session, &request, &heap) != SESSION_OK) {
        return;
    }
    for (uint32_t i = 0; i < heap.count; i++) {
        if (!heap.objects[i].is_new) {
            print_fields(changes, repl, &heap.objects[i]);
        }
    }
}

static void print_changes(FILE *out, Repl *repl)
{
    Changes changes = {.out = out};
    fputs("changed: ", out);
    print_variables(&changes, repl);
    print_objects(&changes, repl);
    if (changes.count > MOST_CHANGES) {
        fprintf(out, "; and %u more", changes.count - MOST_CHANGES);
    }
    fputs(changes.count ? "\n" : "nothing\n", out);
}

/* ---- output and heap --------------------------------------------------------------------------------------------- */

/* On one line, as it would stand in C#. */
static void print_written(FILE *out, const SessionOutput *output)
{
    fputs(output->stream == STREAM_ERROR ? "wrote on standard error: \"" : "wrote: \"", out);
    for (size_t i = 0; i < output->length; i++) {
        char byte = output->bytes[i];
        if (byte == '\n') {
            fputs("\\n", out);
        } else if (byte == '\r') {
            fputs("\\r", out);
        } else if (byte == '"') {
            fputs("\\\"", out);
        } else {
            text_print_clean(out, &byte, 1, 1);
        }
    }
    fputs("\"\n", out);
}

static void print_output(FILE *out, Repl *repl)
{
    uint64_t position = session_position(repl->session);
    uint32_t from = position ? session_output_upto(repl->session, position - 1) : 0;
    uint32_t to = session_output_upto(repl->session, position);
    for (uint32_t i = from; i < to; i++) {
        SessionOutput output = session_output(repl->session, i);
        print_written(out, &output);
    }
}

static void print_heap(FILE *out, const SessionMoment *moment)
{
    fprintf(out, "heap: %llu object%s, %llu B", (unsigned long long)moment->objects, moment->objects == 1 ? "" : "s",
            (unsigned long long)moment->bytes);
    if (moment->new_objects) {
        fprintf(out, "; this step: %llu new, %llu B", (unsigned long long)moment->new_objects,
                (unsigned long long)moment->new_bytes);
    }
    fputc('\n', out);
}

/* ---- all of it --------------------------------------------------------------------------------------------------- */

void moment_tell(Repl *repl)
{
    SessionMoment moment;
    if (session_look_begin(repl->session) != SESSION_OK || session_moment(repl->session, &moment) != SESSION_OK) {
        printer_complain(&repl->printer, "out of memory");
        return;
    }
    FILE *out = printer_begin(&repl->printer);
    if (out) {
        print_place(out, repl, &moment);
        print_now(out, repl, &moment);
        print_output(out, repl);
        if (moment.step) {
            print_changes(out, repl);
        }
        print_heap(out, &moment);
    }
    printer_end(&repl->printer, out, STREAM_OUT);
}

/* ---- findings ---------------------------------------------------------------------------------------------------- */

ExitCode moment_tell_findings(Repl *repl, uint64_t from, uint64_t to)
{
    ExitCode code = EXIT_DONE;
    FILE *out = printer_begin(&repl->printer);
    uint32_t count = out ? session_finding_count(repl->session) : 0;
    for (uint32_t i = 0; i < count; i++) {
        SessionFinding finding = session_finding(repl->session, i);
        if (finding.place.step > from && finding.place.step <= to) {
            finding_text(out, &repl->error_style, &finding, NULL);
            code = finding.severity == FINDING_NOTE ? code : EXIT_FINDINGS;
        }
    }
    printer_end(&repl->printer, out, STREAM_ERROR);
    return code;
}
