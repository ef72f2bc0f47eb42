#include "code/verify.h"

#include "code/op.h"

typedef struct Verifier {
    const Program *program;
    const RuntimeMethod *method;
    bool *starts;     /* instruction indices where an instruction begins */
    uint8_t *purpose; /* of each 8-byte word of the frame: what the maps say */
    uint32_t words;
    Text *out;
} Verifier;

enum { PURPOSE_PLAIN, PURPOSE_REFERENCE, PURPOSE_POINTER };

static bool fail(Verifier *v, uint32_t index, const char *what)
{
    text_format(v->out, "%s, instruction %u (%s): %s", v->method->name, index,
                index < v->method->code_count && v->method->code[index].op < OPC_COUNT
                    ? op_info[v->method->code[index].op].text
                    : "?",
                what);
    return false;
}

static uint32_t width_of(uint8_t kind)
{
    switch (kind) {
    case OPERAND_D1:
    case OPERAND_R1:
        return 1;
    case OPERAND_D2:
    case OPERAND_R2:
        return 2;
    case OPERAND_D4:
    case OPERAND_R4:
        return 4;
    case OPERAND_D8:
    case OPERAND_R8:
        return 8;
    default:
        return 1;
    }
}

/* Frame offsets lie in the frame or in the outgoing area, which is as large as any callee's arguments can be. */
static bool check_slot(Verifier *v, uint32_t index, uint8_t kind, uint16_t slot)
{
    if (slot == SLOT_NONE)
        return v->method->code[index].op == OPC_EVENT || fail(v, index, "a missing operand");
    uint32_t end = (uint32_t)slot + width_of(kind);
    if (slot < v->method->frame_bytes && end > v->method->frame_bytes)
        return fail(v, index, "an operand that reaches beyond the frame");
    if (end > UINT16_MAX)
        return fail(v, index, "an operand beyond any frame");
    if (kind == OPERAND_BS && slot < v->method->frame_bytes)
        return fail(v, index, "a callee's frame inside our own");
    bool is_four = kind == OPERAND_D4;
    if (is_four && slot < v->method->frame_bytes && slot / 8 < v->words && slot % 8 == 0 &&
        v->purpose[slot / 8] != PURPOSE_PLAIN)
        return fail(v, index, "a number is written where the map has a reference or pointer");
    return true;
}

static bool check_target(Verifier *v, uint32_t index, int64_t target)
{
    if (target < 0 || target >= (int64_t)v->method->code_count)
        return fail(v, index, "a jump out of the method");
    return v->starts[target] || fail(v, index, "a jump into the middle of an instruction");
}

static bool check_switch(Verifier *v, uint32_t index, const Instruction *at)
{
    for (uint32_t i = 0; i < at->b; i++) {
        const Instruction *pair = &at[1 + i / 2];
        uint32_t distance =
            i % 2 ? (uint32_t)pair->b | (uint32_t)pair->c << 16 : (uint32_t)pair->op | (uint32_t)pair->a << 16;
        if (!check_target(v, index, (int64_t)index + (int32_t)distance))
            return false;
    }
    return true;
}

static bool check_wide(Verifier *v, uint32_t index, const Instruction *at)
{
    uint32_t wide = op_wide(*at);
    switch ((int)at->op) {
    case OPC_JMP:
    case OPC_LEAVE:
        return check_target(v, index, (int64_t)index + (int32_t)wide);
    case OPC_CALL:
    case OPC_CALL_CHECK:
    case OPC_CALL_NATIVE:
    case OPC_CALL_VIRTUAL:
    case OPC_CALL_DELEGATE:
    case OPC_INTRINSIC:
        return (wide && wide < v->program->method_count) || fail(v, index, "a call of no method");
    case OPC_NEW:
    case OPC_ENSURE:
    case OPC_INIT_DONE:
    case OPC_TYPE_OBJECT:
        return (wide && wide < v->program->type_count) || fail(v, index, "no such type");
    case OPC_LITERAL:
        return wide < v->program->literal_count || fail(v, index, "no such literal");
    default:
        return true;
    }
}

static bool check_instruction(Verifier *v, uint32_t index)
{
    const Instruction *at = &v->method->code[index];
    const OpInfo *info = &op_info[at->op];
    const uint16_t operands[3] = {at->a, at->b, at->c};
    for (uint32_t i = 0; i < 3; i++) {
        if (operand_is_slot(info->operands[i]) && !check_slot(v, index, info->operands[i], operands[i]))
            return false;
        if (info->operands[i] == OPERAND_JP && !check_target(v, index, (int64_t)index + (int16_t)operands[i]))
            return false;
    }
    if (at->op == OPC_SWITCH)
        return check_switch(v, index, at);
    return info->operands[1] != OPERAND_LO || check_wide(v, index, at);
}

static bool find_starts(Verifier *v)
{
    uint32_t index = 0;
    while (index < v->method->code_count) {
        if (v->method->code[index].op >= OPC_COUNT)
            return fail(v, index, "no such instruction");
        v->starts[index] = true;
        index += op_length(&v->method->code[index]);
    }
    return index == v->method->code_count || fail(v, index, "data words are missing");
}

static bool check_map(Verifier *v, const uint16_t *slots, uint32_t count, uint8_t purpose)
{
    for (uint32_t i = 0; i < count; i++) {
        if (slots[i] % 8 || slots[i] + 8u > v->method->frame_bytes)
            return fail(v, 0, "a map entry outside of the frame or not aligned");
        bool is_argument = slots[i] < v->method->argument_bytes;
        if (!is_argument && (slots[i] < v->method->clear_start || slots[i] + 8u > v->method->clear_end))
            return fail(v, 0, "a reference or pointer that is not cleared at entry");
        if (v->purpose[slots[i] / 8] != PURPOSE_PLAIN && v->purpose[slots[i] / 8] != purpose)
            return fail(v, 0, "a slot that is both reference and pointer");
        v->purpose[slots[i] / 8] = purpose;
    }
    return true;
}

static bool check_handlers(Verifier *v)
{
    for (uint32_t i = 0; i < v->method->handler_count; i++) {
        const Handler *handler = &v->method->handlers[i];
        uint32_t count = v->method->code_count;
        bool in_order = handler->try_start <= handler->try_end && handler->try_end <= count &&
                        handler->handler_start <= handler->handler_end && handler->handler_end <= count;
        if (!in_order || !check_target(v, 0, handler->handler_start))
            return in_order ? false : fail(v, 0, "an exception region that is not one");
        if (handler->kind != HANDLER_FINALLY && v->purpose[handler->exception_slot / 8] != PURPOSE_REFERENCE)
            return fail(v, handler->handler_start, "the exception's slot is not a reference");
    }
    return true;
}

const char *verify_method(const Program *program, const RuntimeMethod *method, Text *out)
{
    Verifier v = {program, method, NULL, NULL, method->frame_bytes / 8 + 1, out};
    if (method->state != METHOD_COMPILED)
        return NULL;
    v.starts = ARENA_ARRAY(out->arena, bool, method->code_count + 1);
    v.purpose = ARENA_ARRAY(out->arena, uint8_t, v.words);
    bool good = find_starts(&v) && check_map(&v, method->ref_slots, method->ref_slot_count, PURPOSE_REFERENCE) &&
                check_map(&v, method->byref_slots, method->byref_slot_count, PURPOSE_POINTER) && check_handlers(&v);
    for (uint32_t i = 0; good && i < method->code_count; i += op_length(&method->code[i]))
        good = check_instruction(&v, i);
    return good ? NULL : out->at;
}
