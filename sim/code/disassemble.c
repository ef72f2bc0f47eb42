#include "code/disassemble.h"

#include "code/op.h"

static uint64_t word_after(const Instruction *at)
{
    return (uint64_t)at[1].op | (uint64_t)at[1].a << 16 | (uint64_t)at[1].b << 32 | (uint64_t)at[1].c << 48;
}

static void add_operand(Text *out, uint8_t kind, uint16_t value, uint32_t index, bool *first)
{
    if (kind == OPERAND_NO || kind == OPERAND_HI || kind == OPERAND_LO)
        return;
    text_adds(out, *first ? " " : ", ");
    *first = false;
    if (operand_is_slot(kind)) {
        if (value == SLOT_NONE)
            text_adds(out, "none");
        else
            text_format(out, "[%u]", value);
    } else if (kind == OPERAND_JP) {
        text_format(out, "-> %u", (uint32_t)((int32_t)index + (int16_t)value));
    } else if (kind == OPERAND_IM) {
        text_format(out, "%d", (int16_t)value);
    } else {
        text_format(out, "%u", value);
    }
}

static void add_wide(const Program *program, Text *out, const Instruction *at, uint32_t index)
{
    uint32_t wide = op_wide(*at);
    switch ((int)at->op) {
    case OPC_JMP:
    case OPC_LEAVE:
        text_format(out, " -> %u", index + wide);
        return;
    case OPC_CALL:
    case OPC_CALL_CHECK:
    case OPC_CALL_NATIVE:
    case OPC_CALL_VIRTUAL:
    case OPC_CALL_DELEGATE:
        text_format(out, " %s", program_method(program, wide)->name);
        return;
    case OPC_NEW:
    case OPC_TYPE_OBJECT:
    case OPC_ENSURE:
    case OPC_INIT_DONE:
        text_format(out, " %s", program_type(program, wide)->display_name);
        return;
    default:
        text_format(out, " #%d", (int)(int32_t)wide);
        return;
    }
}

static void add_word(const Program *program, Text *out, const Instruction *at)
{
    uint64_t word = word_after(at);
    switch ((int)at->op) {
    case OPC_BOX:
    case OPC_BOX_NULLABLE:
    case OPC_UNBOX:
    case OPC_UNBOX_NULLABLE:
    case OPC_CAST:
    case OPC_IS:
    case OPC_AS:
    case OPC_ARRAY_NEW:
        text_format(out, " %s", program_type(program, (TypeId)word)->display_name);
        return;
    case OPC_METHOD_OF:
        text_format(out, " %s", program_method(program, (MethodId)word)->name);
        return;
    case OPC_CALL_VIRTUAL:
        return; /* a cache */
    default:
        text_format(out, " {%llu}", (unsigned long long)word);
        return;
    }
}

static void add_targets(Text *out, const Instruction *at, uint32_t index)
{
    for (uint32_t i = 0; i < at->b; i++) {
        const Instruction *pair = &at[1 + i / 2];
        uint32_t distance =
            i % 2 ? (uint32_t)pair->b | (uint32_t)pair->c << 16 : (uint32_t)pair->op | (uint32_t)pair->a << 16;
        text_format(out, "%s%u", i ? " " : " -> ", index + distance);
    }
}

uint32_t disassemble_instruction(const Program *program, const RuntimeMethod *method, uint32_t index, Text *out)
{
    const Instruction *at = &method->code[index];
    if (at->op >= OPC_COUNT) {
        text_format(out, "%4u  ?", index);
        return 1;
    }
    const OpInfo *info = &op_info[at->op];
    bool first = true;
    text_format(out, "%4u  %-22s", index, info->text);
    add_operand(out, info->operands[0], at->a, index, &first);
    add_operand(out, info->operands[1], at->b, index, &first);
    add_operand(out, info->operands[2], at->c, index, &first);
    if (info->operands[1] == OPERAND_LO)
        add_wide(program, out, at, index);
    if (at->op == OPC_SWITCH)
        add_targets(out, at, index);
    else if (info->words)
        add_word(program, out, at);
    return op_length(at);
}

static void add_slots(Text *out, const char *title, const uint16_t *slots, uint32_t count)
{
    text_adds(out, title);
    for (uint32_t i = 0; i < count; i++)
        text_format(out, " %u", slots[i]);
    text_addc(out, '\n');
}

static void add_handlers(const Program *program, const RuntimeMethod *method, Text *out)
{
    static const char *const kinds[] = {"catch", "filter", "finally"};
    for (uint32_t i = 0; i < method->handler_count; i++) {
        const Handler *handler = &method->handlers[i];
        text_format(out, "  try %u..%u %s %u..%u", handler->try_start, handler->try_end, kinds[handler->kind],
                    handler->handler_start, handler->handler_end);
        if (handler->kind != HANDLER_FINALLY)
            text_format(out, " %s [%u]",
                        handler->catch_type ? program_type(program, handler->catch_type)->display_name : "everything",
                        handler->exception_slot);
        if (handler->kind == HANDLER_FILTER)
            text_format(out, " when %u", handler->filter_start);
        text_addc(out, '\n');
    }
}

void disassemble_method(const Program *program, const RuntimeMethod *method, Text *out)
{
    text_format(out, "%s: arguments %u, frame %u, cleared %u..%u\n", method->trace_text, method->argument_bytes,
                method->frame_bytes, method->clear_start, method->clear_end);
    add_slots(out, "  references", method->ref_slots, method->ref_slot_count);
    add_slots(out, "  pointers", method->byref_slots, method->byref_slot_count);
    for (uint32_t i = 0; i < method->code_count;) {
        i += disassemble_instruction(program, method, i, out);
        text_addc(out, '\n');
    }
    add_handlers(program, method, out);
}
