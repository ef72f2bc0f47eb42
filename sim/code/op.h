/* The instruction set: numbers and operand kinds from op.def. */
#ifndef AWAITLAB_CODE_OP_H
#define AWAITLAB_CODE_OP_H

#include "code/program.h"

typedef enum Opcode {
#define OP(name, text, a, b, c, words, meaning) OPC_##name,
#include "code/op.def"
#undef OP
    OPC_COUNT
} Opcode;

typedef enum OperandKind {
    OPERAND_NO,
    OPERAND_D1,
    OPERAND_D2,
    OPERAND_D4,
    OPERAND_D8,
    OPERAND_DN,
    OPERAND_R1,
    OPERAND_R2,
    OPERAND_R4,
    OPERAND_R8,
    OPERAND_RN,
    OPERAND_IM,
    OPERAND_UM,
    OPERAND_LO,
    OPERAND_HI,
    OPERAND_JP,
    OPERAND_BS,
} OperandKind;

typedef struct OpInfo {
    const char *text;
    uint8_t operands[3]; /* OperandKind */
    uint8_t words;       /* data words behind the instruction; SWITCH has more: see op_length */
    const char *meaning;
} OpInfo;

extern const OpInfo op_info[OPC_COUNT];

/* The kind of the event that STATEMENT raises: the first row of watch/event.def. Its n: Span.start | Span.end << 32. */
enum { EVENT_STATEMENT = 0 };
/* And of the one that tells of a new ValueTask over a result: the second row. */
enum { EVENT_MAKES_RESULT = 1 };

/* The word of EVENT: the kind, and whether Protocol.RaiseWatched raises it; of VALUE_TASK: the type. Above that both
 * have a count that the machine keeps there when it may tire (machine.h). It is a cache as those of virtual calls are.
 */
#define EVENT_KIND_BITS 0xffffu
#define EVENT_IS_WATCHED (UINT64_C(1) << 32)
#define EVENT_TIRES (UINT64_C(1) << 63)
enum { EVENT_COUNT_SHIFT = 48 };

enum { SLOT_NONE = 0xffff }; /* operand of EVENT: null or 0 */

/* Whether an operand of this kind is a frame offset. */
static inline bool operand_is_slot(uint8_t kind)
{
    return (kind >= OPERAND_D1 && kind <= OPERAND_RN) || kind == OPERAND_BS;
}

/* Instructions that the one at `code` occupies, its data words included. */
uint32_t op_length(const Instruction *code);

/* The 32-bit immediate in b and c. */
static inline uint32_t op_wide(Instruction i)
{
    return (uint32_t)i.b | (uint32_t)i.c << 16;
}

#endif
