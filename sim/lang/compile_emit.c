/* Instructions, labels, lines; and the end, where virtual slots become offsets. */
#include "lang/compile_internal.h"

void give_up(Compiler *c, const char *why)
{
    if (!c->failure)
        c->failure = why;
}

/* A load of what the instruction before has just stored there: its source slot, else NO_SLOT. */
static Slot just_stored(const Compiler *c, Opcode op, uint32_t base, uint32_t offset)
{
    if ((op != OPC_LOAD_4 && op != OPC_LOAD_8) || c->code_count == 0 || c->barrier == c->code_count)
        return NO_SLOT;
    const Instruction *last = &c->code[c->last];
    bool fits = op == OPC_LOAD_4 ? last->op == OPC_STORE_4 : last->op == OPC_STORE_8 || last->op == OPC_STORE_REF;
    return fits && last->a == base && last->c == offset ? last->b : NO_SLOT;
}

uint32_t emit(Compiler *c, Opcode op, uint32_t a, uint32_t b, uint32_t operand_c)
{
    Slot stored = just_stored(c, op, b, operand_c);
    if (stored != NO_SLOT && stored == a)
        return c->last;
    if (stored != NO_SLOT) {
        op = op == OPC_LOAD_4 ? OPC_MOV4 : OPC_MOV8;
        b = stored;
        operand_c = 0;
    }
    Instruction instruction = {(uint16_t)op, (uint16_t)a, (uint16_t)b, (uint16_t)operand_c};
    c->last = c->code_count;
    ARENA_PUSH(c->arena, c->code, c->code_count, c->code_capacity, instruction);
    return c->code_count - 1;
}

void give_up_large(Compiler *c)
{
    c->too_large |= !c->failure;
    give_up(c, "the frame is too large");
}

uint32_t emit_wide(Compiler *c, Opcode op, uint32_t a, uint32_t immediate)
{
    return emit(c, op, a, immediate & 0xffff, immediate >> 16);
}

void emit_word(Compiler *c, uint64_t word)
{
    Instruction data = {(uint16_t)word, (uint16_t)(word >> 16), (uint16_t)(word >> 32), (uint16_t)(word >> 48)};
    ARENA_PUSH(c->arena, c->code, c->code_count, c->code_capacity, data);
    c->words_end = c->code_count;
}

bool take_back(Compiler *c, Opcode op, Slot to, Instruction *instruction, uint64_t *word)
{
    if (!c->code_count || c->barrier == c->code_count || c->code[c->last].op != op || c->code[c->last].a != to)
        return false;
    *instruction = c->code[c->last];
    if (word) {
        const Instruction *data = &c->code[c->last + 1];
        *word = data->op | (uint64_t)data->a << 16 | (uint64_t)data->b << 32 | (uint64_t)data->c << 48;
    }
    c->code_count = c->last;
    c->words_end = c->words_end > c->code_count ? c->code_count : c->words_end;
    while (c->line_count && c->lines[c->line_count - 1].instruction > c->code_count)
        c->line_count--;
    return true;
}

uint32_t label_make(Compiler *c)
{
    CodeLabel label = {-1};
    ARENA_PUSH(c->arena, c->labels, c->label_count, c->label_capacity, label);
    return c->label_count - 1;
}

void label_place(Compiler *c, uint32_t label)
{
    c->labels[label].position = (int32_t)c->code_count;
    c->barrier = c->code_count;
}

static void add_fixup(Compiler *c, uint32_t instruction, uint32_t from, uint32_t label, uint8_t kind)
{
    Fixup fixup = {instruction, from, label, kind};
    ARENA_PUSH(c->arena, c->fixups, c->fixup_count, c->fixup_capacity, fixup);
}

void emit_jump_word(Compiler *c, Opcode op, uint32_t a, uint32_t b, uint32_t label, uint64_t word)
{
    bool wide = op == OPC_JMP || op == OPC_LEAVE;
    uint32_t at = emit(c, op, a, b, 0);
    bool has_word = op_info[op].words != 0;
    if (has_word)
        emit_word(c, word);
    if (!c->long_jumps || wide) {
        add_fixup(c, at, at, label, wide ? 1 : 0);
        return;
    }
    /* Too far for 16 bits: jump over a long jump. */
    c->code[at].c = has_word ? 3 : 2;
    emit_wide(c, OPC_JMP, 0, 2);
    uint32_t far = emit(c, OPC_JMP, 0, 0, 0);
    add_fixup(c, far, far, label, 1);
}

void emit_jump(Compiler *c, Opcode op, uint32_t a, uint32_t b, uint32_t label)
{
    emit_jump_word(c, op, a, b, label, 0);
}

void emit_switch(Compiler *c, Slot value, int16_t low, const uint32_t *labels, uint32_t count)
{
    uint32_t at = emit(c, OPC_SWITCH, value, count, (uint16_t)low);
    for (uint32_t i = 0; i < count; i++) {
        if (i % 2 == 0)
            emit_word(c, 0);
        add_fixup(c, c->code_count - 1, at, labels[i], (uint8_t)(2 + i % 2));
    }
}

void mark_line(Compiler *c, Span span)
{
    if (!span.start)
        return;
    c->span = span;
    /* What is inlined has places of its own, and the place of the call stays known. */
    bool is_inlined = c->body && c->body->is_inlined;
    if (!is_inlined && c->line_count && c->lines[c->line_count - 1].instruction == c->code_count) {
        c->lines[c->line_count - 1].span = span;
        return;
    }
    LineEntry entry = {c->code_count, span};
    ARENA_PUSH(c->arena, c->lines, c->line_count, c->line_capacity, entry);
}

/* A jump to a jump goes where that one goes. Leaving a try block is no plain jump: its target stays. */
static void shorten_jumps(Compiler *c)
{
    uint32_t *label_of_jump = ARENA_ARRAY(c->arena, uint32_t, c->code_count + 1); /* label + 1 of each JMP */
    for (uint32_t i = 0; i < c->fixup_count; i++)
        if (c->fixups[i].kind == 1 && c->code[c->fixups[i].instruction].op == OPC_JMP)
            label_of_jump[c->fixups[i].instruction] = c->fixups[i].label + 1;
    for (uint32_t i = 0; i < c->fixup_count; i++) {
        Fixup *fixup = &c->fixups[i];
        if (fixup->kind == 1 && c->code[fixup->instruction].op == OPC_LEAVE)
            continue;
        for (uint32_t hops = 0; hops < 8; hops++) {
            int32_t at = c->labels[fixup->label].position;
            if (at < 0 || (uint32_t)at >= c->code_count || !label_of_jump[at])
                break;
            fixup->label = label_of_jump[at] - 1;
        }
    }
}

/* False: some jump does not reach; compile again with long ones. */
static bool resolve_jumps(Compiler *c)
{
    shorten_jumps(c);
    for (uint32_t i = 0; i < c->fixup_count; i++) {
        Fixup *fixup = &c->fixups[i];
        int32_t target = c->labels[fixup->label].position;
        int32_t distance = (target < 0 ? (int32_t)c->code_count - 1 : target) - (int32_t)fixup->from;
        Instruction *at = &c->code[fixup->instruction];
        uint32_t bits = (uint32_t)distance;
        switch (fixup->kind) {
        case 0:
            if (distance != (int16_t)distance)
                return false;
            at->c = (uint16_t)bits;
            break;
        case 1:
            at->b = (uint16_t)bits;
            at->c = (uint16_t)(bits >> 16);
            break;
        case 2:
            at->op = (uint16_t)bits;
            at->a = (uint16_t)(bits >> 16);
            break;
        default:
            at->b = (uint16_t)bits;
            at->c = (uint16_t)(bits >> 16);
            break;
        }
    }
    return true;
}

static void map_operand(const uint32_t *bases, uint8_t kind, uint16_t *operand)
{
    if (operand_is_slot(kind) && *operand != SLOT_NONE)
        *operand = (uint16_t)(bases[*operand / RANGE_BYTES] + *operand % RANGE_BYTES);
}

static void map_slots(Compiler *c, const uint32_t *bases)
{
    for (uint32_t i = 0; i < c->code_count; i += op_length(&c->code[i])) {
        Instruction *at = &c->code[i];
        const OpInfo *info = &op_info[at->op];
        map_operand(bases, info->operands[0], &at->a);
        map_operand(bases, info->operands[1], &at->b);
        map_operand(bases, info->operands[2], &at->c);
    }
    for (uint32_t i = 0; i < c->handler_count; i++)
        map_operand(bases, OPERAND_D8, &c->handlers[i].exception_slot);
    for (uint32_t i = 0; i < c->local_count; i++)
        map_operand(bases, OPERAND_D8, &c->locals[i].offset);
}

bool finish_code(Compiler *c)
{
    if (!resolve_jumps(c))
        return false;
    RuntimeMethod *method = c->method;
    uint32_t arguments = (method->argument_bytes + 7) / 8 * 8;
    uint32_t bases[4] = {0, arguments, arguments + c->cleared_bytes, 0};
    uint32_t frame = (bases[2] + c->plain_bytes + 15) / 16 * 16;
    bases[3] = frame;
    if (c->cleared_bytes >= RANGE_BYTES || c->plain_bytes >= RANGE_BYTES || c->outgoing_bytes >= RANGE_BYTES / 2 ||
        arguments >= RANGE_BYTES)
        give_up_large(c);
    if (c->failure)
        return true;
    map_slots(c, bases);
    method->code = c->code;
    method->code_count = c->code_count;
    method->frame_bytes = frame;
    method->outgoing = frame;
    method->reach = frame + c->outgoing_bytes;
    method->clear_start = (uint16_t)bases[1];
    method->clear_end = (uint16_t)(method->keeps ? bases[2] + c->plain_bytes : bases[2]);
    method->inlined = c->inlined;
    method->inlined_count = c->inlined_count;
    method->lines = c->lines;
    method->line_count = c->line_count;
    method->handlers = c->handlers;
    method->handler_count = c->handler_count;
    method->locals = c->locals;
    method->local_count = c->local_count;
    finish_maps(c, bases);
    return true;
}
