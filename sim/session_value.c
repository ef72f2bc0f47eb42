/* Values in words: numbers, text, structs. Objects are in session_value_object.c. */
#include "session_value_internal.h"

#include <string.h>

#include "base/decimal.h"
#include "base/number.h"

/* ---- numbers and text -------------------------------------------------------------------------------------------- */

static void add_units(Text *text, const uint16_t *units, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text_addc(text, (char)units[i]); /* numbers are ASCII */
    }
}

static void add_code_point(Text *text, uint32_t code)
{
    if (code < 0x80) {
        text_addc(text, (char)code);
    } else if (code < 0x800) {
        text_addc(text, (char)(0xC0 | code >> 6));
        text_addc(text, (char)(0x80 | (code & 0x3F)));
    } else if (code < 0x10000) {
        text_addc(text, (char)(0xE0 | code >> 12));
        text_addc(text, (char)(0x80 | (code >> 6 & 0x3F)));
        text_addc(text, (char)(0x80 | (code & 0x3F)));
    } else {
        text_addc(text, (char)(0xF0 | code >> 18));
        text_addc(text, (char)(0x80 | (code >> 12 & 0x3F)));
        text_addc(text, (char)(0x80 | (code >> 6 & 0x3F)));
        text_addc(text, (char)(0x80 | (code & 0x3F)));
    }
}

static bool is_control(uint32_t unit)
{
    return unit < 0x20 || (unit >= 0x7F && unit < 0xA0) || (unit & 0xF800) == 0xD800 || unit == 0x2028 ||
           unit == 0x2029 || (unit >= 0x202A && unit <= 0x202E) || (unit >= 0x2066 && unit <= 0x2069) || unit == 0xFEFF;
}

static void add_unit(Text *text, uint32_t unit, char quote)
{
    static const char escaped[] = "\0\a\b\f\n\r\t\v\\", letters[] = "0abfnrtv\\";
    const char *at = unit < 0x80 ? memchr(escaped, (int)unit, sizeof escaped - 1) : NULL;
    if (at || unit == (unsigned char)quote) {
        text_addc(text, '\\');
        text_addc(text, at ? letters[at - escaped] : quote);
    } else if (is_control(unit)) {
        text_format(text, "\\u%04x", unit);
    } else {
        add_code_point(text, unit);
    }
}

void session_add_literal(Text *text, const uint16_t *units, uint32_t count, uint32_t limit)
{
    text_addc(text, '"');
    uint32_t shown = count > limit ? limit : count;
    for (uint32_t i = 0; i < shown; i++) {
        bool is_pair = (units[i] & 0xFC00) == 0xD800 && i + 1 < count && (units[i + 1] & 0xFC00) == 0xDC00;
        if (is_pair) {
            add_code_point(text, 0x10000 + (((uint32_t)units[i] & 0x3FF) << 10) + (units[i + 1] & 0x3FFu));
            i++;
        } else {
            add_unit(text, units[i], '"');
        }
    }
    text_adds(text, count > limit ? "..." : "");
    text_addc(text, '"');
}

static void add_decimal(Text *text, const void *bytes)
{
    uint16_t units[NUMBER_DEFAULT_LENGTH];
    Decimal value;
    memcpy(&value, bytes, sizeof value);
    add_units(text, units, decimal_format(value, NULL, 0, units, NUMBER_DEFAULT_LENGTH, NULL));
    text_addc(text, 'm');
}

static void add_float(Writer *w, Shape shape, uint64_t at)
{
    uint16_t units[NUMBER_DEFAULT_LENGTH];
    size_t count;
    if (shape == SHAPE_R4) {
        float single;
        memcpy(&single, machine_at(w->machine, at), sizeof single);
        count = number_format_single(single, NULL, 0, units, NUMBER_DEFAULT_LENGTH, NULL);
    } else {
        double value;
        memcpy(&value, machine_at(w->machine, at), sizeof value);
        count = number_format_double(value, NULL, 0, units, NUMBER_DEFAULT_LENGTH, NULL);
    }
    add_units(w->text, units, count);
}

static void add_primitive(Writer *w, Shape shape, uint64_t at)
{
    int64_t value = value_read(w->session, shape, at);
    switch (shape) {
    case SHAPE_BOOL:
        text_adds(w->text, value ? "true" : "false");
        break;
    case SHAPE_CHAR:
        text_addc(w->text, '\'');
        add_unit(w->text, (uint32_t)value, '\'');
        text_addc(w->text, '\'');
        break;
    case SHAPE_I1:
    case SHAPE_U1:
    case SHAPE_I2:
    case SHAPE_U2:
    case SHAPE_I4:
    case SHAPE_U4:
    case SHAPE_I8:
        text_format(w->text, "%lld", (long long)value);
        break;
    case SHAPE_U8:
        text_format(w->text, "%llu", (unsigned long long)value);
        break;
    case SHAPE_R4:
    case SHAPE_R8:
        add_float(w, shape, at);
        break;
    case SHAPE_REF:
    case SHAPE_BYREF:
    case SHAPE_STRUCT:
    case SHAPE_VOID:
        text_adds(w->text, "void");
        break;
    }
}

/* ---- enums: by name, flags as "A, B", otherwise the number ---------------------------------------------------------
 */

static void add_flags(Writer *w, const TypeFacts *facts, uint64_t bits)
{
    uint32_t start = w->text->length;
    uint64_t rest = bits;
    const char *names[64];
    uint32_t count = 0;
    for (uint32_t i = facts->member_count; i-- > 0 && count < 64;) { /* the largest ones first, as .NET does */
        uint64_t member = facts->members[i].bits;
        if (member && (rest & member) == member) {
            names[count++] = facts->members[i].name;
            rest &= ~member;
        }
    }
    if (rest || !count) {
        text_format(w->text, "%llu", (unsigned long long)bits);
        return;
    }
    while (count-- > 0) {
        text_adds(w->text, w->text->length == start ? "" : ", ");
        text_adds(w->text, names[count]);
    }
}

static void add_enum(Writer *w, const RuntimeType *type, uint64_t at)
{
    TypeFacts facts = {0};
    w->session->host.type_facts(w->session, type->id, &facts);
    uint64_t mask = type->value_size >= 8 ? UINT64_MAX : (UINT64_C(1) << (8 * type->value_size)) - 1;
    int64_t value = value_read(w->session, type->shape, at);
    for (uint32_t i = 0; i < facts.member_count; i++) {
        if (facts.members[i].bits == ((uint64_t)value & mask)) {
            text_adds(w->text, facts.members[i].name);
            return;
        }
    }
    if (facts.has_flags_attribute) {
        add_flags(w, &facts, (uint64_t)value & mask);
    } else {
        add_primitive(w, type->shape, at);
    }
}

/* ---- structs ----------------------------------------------------------------------------------------------------- */

static void add_field(Writer *w, const RuntimeType *type, const char *name, uint64_t at)
{
    const RuntimeField *field = value_field(type, name);
    if (field) {
        value_add_field(w, field, at);
    }
}

static void add_nullable(Writer *w, const RuntimeType *type, uint64_t at)
{
    if (*(const uint8_t *)machine_at(w->machine, at + type->nullable_flag)) {
        value_add(w, type->element, at + type->nullable_value);
    } else {
        text_adds(w->text, "null");
    }
}

static void add_tuple_items(Writer *w, const RuntimeType *type, uint64_t at, bool is_first)
{
    for (uint32_t i = 0; i < type->field_count; i++) {
        const RuntimeField *field = &type->fields[i];
        if (field->is_static) {
            continue;
        }
        if (strcmp(field->name, "Rest") == 0) {
            add_tuple_items(w, program_type(w->session->program, field->type), at + field->offset, is_first);
            return;
        }
        text_adds(w->text, is_first ? "" : ", ");
        value_add_field(w, field, at);
        is_first = false;
    }
}

static void add_tuple(Writer *w, const RuntimeType *type, uint64_t at)
{
    text_addc(w->text, '(');
    add_tuple_items(w, type, at, true);
    text_addc(w->text, ')');
}

static void add_pair(Writer *w, const RuntimeType *type, uint64_t at)
{
    text_addc(w->text, '[');
    add_field(w, type, "key", at);
    text_adds(w->text, ", ");
    add_field(w, type, "value", at);
    text_addc(w->text, ']');
}

static void add_decimal_struct(Writer *w, const RuntimeType *type, uint64_t at)
{
    (void)type;
    add_decimal(w->text, machine_at(w->machine, at));
}

/* "7", or nothing for a ValueTask that has no result. */
static void add_value_task_result(Writer *w, const RuntimeType *type, uint64_t at)
{
    text_adds(w->text, "RESULT");
    const RuntimeField *result = value_field(type, "_result");
    if (result) {
        text_addc(w->text, ' ');
        value_add_field(w, result, at);
    }
}

static void add_value_task_source(Writer *w, Ref source, int16_t token)
{
    int16_t version;
    text_adds(w->text, "SOURCE ");
    session_add_object_name(w->session, w->text, source);
    text_format(w->text, " token %d", token);
    if (value_version(w->session, source, &version) && version != token) {
        text_format(w->text, ", stale: version %d", version);
    }
}

static void add_value_task(Writer *w, const RuntimeType *type, uint64_t at)
{
    const RuntimeField *object = value_field(type, "_obj"), *token = value_field(type, "_token");
    Ref ref = machine_read8(w->machine, at + object->offset);
    text_format(w->text, "%s [", type->display_name);
    if (!ref) {
        add_value_task_result(w, type, at);
    } else if (value_is_task(w->session, ref)) {
        text_adds(w->text, "TASK ");
        value_add_reference(w, ref);
    } else {
        add_value_task_source(w, ref, (int16_t)value_read(w->session, token->shape, at + token->offset));
    }
    text_addc(w->text, ']');
}

/* What a source's core says: "(version 1, completed: 7)". */
static void add_core(Writer *w, const RuntimeType *type, uint64_t at)
{
    const RuntimeField *version = value_field(type, "_version"), *completed = value_field(type, "_completed"),
                       *error = value_field(type, "_error"), *continuation = value_field(type, "_continuation");
    text_format(w->text, "%s (version %lld, ", type->display_name,
                (long long)value_read(w->session, version->shape, at + version->offset));
    if (!value_read(w->session, completed->shape, at + completed->offset)) {
        bool is_awaited = machine_read8(w->machine, at + continuation->offset) != 0;
        text_adds(w->text, is_awaited ? "pending, awaited)" : "pending)");
    } else if (machine_read8(w->machine, at + error->offset)) {
        text_adds(w->text, "faulted)");
    } else {
        text_adds(w->text, "completed: ");
        add_field(w, type, "_result", at);
        text_addc(w->text, ')');
    }
}

static void add_wrapper(Writer *w, const RuntimeType *type, uint64_t at)
{
    text_format(w->text, "%s { ", type->display_name);
    for (uint32_t i = 0; i < type->field_count; i++) {
        if (!type->fields[i].is_static) {
            value_add_field(w, &type->fields[i], at);
            break;
        }
    }
    text_adds(w->text, " }");
}

static void add_cancellation_token(Writer *w, const RuntimeType *type, uint64_t at)
{
    Ref source = machine_read8(w->machine, at + value_field(type, "_source")->offset);
    text_adds(w->text, "CancellationToken (");
    if (source) {
        text_adds(w->text, value_number(w->session, source, "_state") ? "cancellation requested, " : "not canceled, ");
        session_add_object_name(w->session, w->text, source);
    } else {
        text_adds(w->text, "None");
    }
    text_addc(w->text, ')');
}

static void add_index(Writer *w, const RuntimeType *type, uint64_t at)
{
    int64_t value = value_read(w->session, SHAPE_I4, at + value_field(type, "_value")->offset);
    text_format(w->text, value < 0 ? "^%lld" : "%lld", (long long)(value < 0 ? ~value : value));
}

static void add_range(Writer *w, const RuntimeType *type, uint64_t at)
{
    add_field(w, type, "<Start>k__BackingField", at);
    text_adds(w->text, "..");
    add_field(w, type, "<End>k__BackingField", at);
}

/* ---- dates: "2024-02-29 12:30:00", "1.02:03:04.5"
 * --------------------------------------------------------------------- */

enum { TICKS_PER_SECOND = 10000000 };

static void add_fraction(Text *text, int64_t ticks)
{
    if (ticks % TICKS_PER_SECOND) {
        text_format(text, ".%07lld", (long long)(ticks % TICKS_PER_SECOND));
    }
}

static void add_clock(Text *text, int64_t ticks)
{
    int64_t seconds = ticks / TICKS_PER_SECOND;
    text_format(text, "%02lld:%02lld:%02lld", (long long)(seconds / 3600), (long long)(seconds / 60 % 60),
                (long long)(seconds % 60));
    add_fraction(text, ticks);
}

static void add_date(Text *text, int64_t days)
{
    /* Counted in years that begin in March, so that the leap day is the last one. */
    int64_t shifted = days + 306;
    int64_t era = shifted / 146097, day = shifted % 146097;
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int64_t of_year = day - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    text_format(text, "%04lld-%02lld-%02lld", (long long)(era * 400 + year + (month >= 10)),
                (long long)(month < 10 ? month + 3 : month - 9), (long long)(of_year - (153 * month + 2) / 5 + 1));
}

static const int64_t ticks_per_day = INT64_C(86400) * TICKS_PER_SECOND;

static void add_time_span(Writer *w, const RuntimeType *type, uint64_t at)
{
    (void)type;
    int64_t ticks = value_read(w->session, SHAPE_I8, at);
    uint64_t size = ticks < 0 ? -(uint64_t)ticks : (uint64_t)ticks;
    uint64_t days = size / (uint64_t)ticks_per_day;
    text_adds(w->text, ticks < 0 ? "-" : "");
    if (days) {
        text_format(w->text, "%llu.", (unsigned long long)days);
    }
    add_clock(w->text, (int64_t)(size % (uint64_t)ticks_per_day));
}

static void add_date_time(Writer *w, const RuntimeType *type, uint64_t at)
{
    (void)type;
    int64_t ticks = (int64_t)((uint64_t)value_read(w->session, SHAPE_I8, at) << 2 >> 2);
    add_date(w->text, ticks / ticks_per_day);
    text_addc(w->text, ' ');
    add_clock(w->text, ticks % ticks_per_day);
}

static void add_date_only(Writer *w, const RuntimeType *type, uint64_t at)
{
    (void)type;
    add_date(w->text, value_read(w->session, SHAPE_I4, at));
}

static void add_guid(Writer *w, const RuntimeType *type, uint64_t at)
{
    (void)type;
    static const uint8_t order[] = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
    const uint8_t *bytes = machine_at(w->machine, at);
    for (uint32_t i = 0; i < sizeof order; i++) {
        text_adds(w->text, i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "");
        text_format(w->text, "%02x", bytes[order[i]]);
    }
}

/* ---- structs by name --------------------------------------------------------------------------------------------- */

static const struct {
    const char *full_name;
    void (*add)(Writer *w, const RuntimeType *type, uint64_t at);
} struct_rows[] = {
    {"System.Decimal", add_decimal_struct},
    {"System.Threading.Tasks.ValueTask", add_value_task},
    {"System.Threading.Tasks.ValueTask`1", add_value_task},
    {"System.Runtime.CompilerServices.ValueTaskAwaiter", add_wrapper},
    {"System.Runtime.CompilerServices.ValueTaskAwaiter`1", add_wrapper},
    {"System.Runtime.CompilerServices.TaskAwaiter", add_wrapper},
    {"System.Runtime.CompilerServices.TaskAwaiter`1", add_wrapper},
    {"System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable", add_wrapper},
    {"System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable`1", add_wrapper},
    {"System.Threading.Tasks.Sources.ManualResetValueTaskSourceCore`1", add_core},
    {"System.Threading.CancellationToken", add_cancellation_token},
    {"System.Collections.Generic.KeyValuePair`2", add_pair},
    {"System.TimeSpan", add_time_span},
    {"System.DateTime", add_date_time},
    {"System.DateOnly", add_date_only},
    {"System.Guid", add_guid},
    {"System.Index", add_index},
    {"System.Range", add_range},
};

static void add_struct(Writer *w, const RuntimeType *type, uint64_t at)
{
    for (uint32_t i = 0; i < sizeof struct_rows / sizeof struct_rows[0]; i++) {
        if (!type->is_user && value_is(type, struct_rows[i].full_name)) {
            struct_rows[i].add(w, type, at);
            return;
        }
    }
    if (type_is_tuple(type->source)) {
        add_tuple(w, type, at);
        return;
    }
    session_add_type_name(w->text, type);
    text_addc(w->text, ' ');
    value_add_members(w, type, at);
}

/* ---- the door ---------------------------------------------------------------------------------------------------- */

bool value_is_full(const Writer *w)
{
    return w->text->length - w->start > w->limit;
}

void value_add(Writer *w, TypeId id, uint64_t at)
{
    const RuntimeType *type = program_type(w->session->program, id);
    if (type->shape == SHAPE_REF) {
        value_add_reference(w, machine_read8(w->machine, at));
    } else if (type->category == CATEGORY_ENUM) {
        add_enum(w, type, at);
    } else if (type->is_nullable) {
        add_nullable(w, type, at);
    } else if (type->shape == SHAPE_STRUCT) {
        add_struct(w, type, at);
    } else {
        add_primitive(w, type->shape, at);
    }
}

void value_add_field(Writer *w, const RuntimeField *field, uint64_t at)
{
    if (field->shape == SHAPE_REF) { /* its type may not be loaded, and the object knows better */
        value_add_reference(w, machine_read8(w->machine, at + field->offset));
    } else if (field->type) {
        value_add(w, field->type, at + field->offset);
    } else {
        add_primitive(w, field->shape, at + field->offset);
    }
}

static Writer writer_of(Session *session, Text *text, uint32_t limit)
{
    return (Writer){
        .session = session, .machine = session->machine, .text = text, .start = text->length, .limit = limit};
}

enum { USUAL_LENGTH = 1000 };

void session_add_value(Session *session, Text *text, TypeId type, uint64_t at)
{
    session_add_short_value(session, text, type, at, USUAL_LENGTH);
}

void session_add_short_value(Session *session, Text *text, TypeId type, uint64_t at, uint32_t limit)
{
    Writer w = writer_of(session, text, limit);
    w.depth = limit < USUAL_LENGTH ? 1 : 0;
    value_add(&w, type, at);
}

void session_add_reference(Session *session, Text *text, Ref ref, uint32_t limit)
{
    Writer w = writer_of(session, text, limit);
    w.depth = limit < USUAL_LENGTH ? 1 : 0;
    value_add_reference(&w, ref);
}

void session_add_contents(Session *session, Text *text, Ref ref, uint32_t limit)
{
    Writer w = writer_of(session, text, limit);
    value_add_reference(&w, ref);
}

void session_add_field_value(Session *session, Text *text, const RuntimeField *field, uint64_t at, uint32_t limit)
{
    Writer w = writer_of(session, text, limit);
    w.depth = 1;
    value_add_field(&w, field, at);
}
