#include "code/program.h"

#include "code/op.h"

#include <string.h>

const OpInfo op_info[OPC_COUNT] = {
#define OP(name, text, a, b, c, words, meaning) {text, {OPERAND_##a, OPERAND_##b, OPERAND_##c}, words, meaning},
#include "code/op.def"
#undef OP
};

uint32_t op_length(const Instruction *code)
{
    if (code->op == OPC_SWITCH)
        return 1u + (code->b + 1u) / 2u;
    return 1u + op_info[code->op].words;
}

/* Id 0 is nobody's: it answers with an empty type, so that a caller who forgot to check does not crash. */
RuntimeType *program_type(const Program *program, TypeId id)
{
    static RuntimeType nothing = {.name = "?", .short_name = "?", .full_name = "?", .display_name = "?"};
    return id && id < program->type_count ? program->types[id] : &nothing;
}

RuntimeMethod *program_method(const Program *program, MethodId id)
{
    static RuntimeMethod nothing = {.name = "?", .trace_text = "?", .state = METHOD_BROKEN};
    return id && id < program->method_count ? program->methods[id] : &nothing;
}

static uint32_t hash_units(const uint16_t *units, uint32_t count)
{
    uint32_t hash = 2166136261u ^ count;
    for (uint32_t i = 0; i < count; i++)
        hash = (hash ^ units[i]) * 16777619u;
    return hash;
}

/* Open hash of literal indices (+ 1), kept at most half full. */
static void index_literals(Program *program)
{
    uint32_t capacity = program->literal_index_capacity ? program->literal_index_capacity * 2 : 64;
    uint32_t *index = ARENA_ARRAY(program->arena, uint32_t, capacity);
    for (uint32_t i = 0; i < program->literal_count; i++) {
        uint32_t at = hash_units(program->literals[i].units, program->literals[i].count) & (capacity - 1);
        while (index[at])
            at = (at + 1) & (capacity - 1);
        index[at] = i + 1;
    }
    program->literal_index = index;
    program->literal_index_capacity = capacity;
}

uint32_t program_literal(Program *program, const uint16_t *units, uint32_t count)
{
    if ((program->literal_count + 1) * 2 > program->literal_index_capacity)
        index_literals(program);
    uint32_t at = hash_units(units, count) & (program->literal_index_capacity - 1);
    for (uint32_t found; (found = program->literal_index[at]) != 0;) {
        StringLiteral *literal = &program->literals[found - 1];
        if (literal->count == count && (count == 0 || memcmp(literal->units, units, count * sizeof *units) == 0))
            return found - 1;
        at = (at + 1) & (program->literal_index_capacity - 1);
    }
    const uint16_t *copy = count ? arena_copy(program->arena, units, count * sizeof *units) : NULL;
    StringLiteral literal = {copy, count};
    ARENA_PUSH(program->arena, program->literals, program->literal_count, program->literal_capacity, literal);
    program->literal_index[at] = program->literal_count;
    return program->literal_count - 1;
}
