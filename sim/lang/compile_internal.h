/* Inside the compiler to bytecode (compile_*.c). Not for others.
 *
 * One method at a time, one closed instantiation at a time. Expressions become Values: a constant, or a slot of the
 * frame. A slot has one purpose (reference, managed pointer, plain bytes, or one struct type) for the whole method, so
 * that one map per method tells the collector where references are.
 *
 * While a method is compiled slots have virtual numbers in four ranges, because the size of each part is not known yet:
 * arguments, slots that must be cleared at entry (everything with references), plain slots, and the outgoing area,
 * where the frames of callees start. finish_code() maps them to real offsets.
 *
 * The outgoing area is not described by the map. So nothing may be collected while references wait there: arguments
 * that contain calls or allocations are evaluated into slots first (compile_call.c). */
#ifndef AWAITLAB_LANG_COMPILE_INTERNAL_H
#define AWAITLAB_LANG_COMPILE_INTERNAL_H

#include "lang/load_internal.h"

typedef uint16_t Slot;
enum {
    RANGE_ARGUMENTS = 0x0000,
    RANGE_CLEARED = 0x4000,
    RANGE_PLAIN = 0x8000,
    RANGE_OUTGOING = 0xc000,
    RANGE_MASK = 0xc000,
    RANGE_BYTES = 0x4000,
    NO_SLOT = SLOT_NONE,
};

typedef enum ValueKind { VALUE_NONE, VALUE_CONSTANT, VALUE_SLOT } ValueKind;

typedef struct Value {
    uint8_t kind;      /* ValueKind */
    uint8_t shape;     /* Shape */
    bool is_temporary; /* the slot belongs to this value: release() gives it back */
    bool is_passing;   /* in the outgoing area: gone with the next call or allocation */
    Slot slot;
    Type *type;    /* closed, plain */
    uint64_t bits; /* CONSTANT: integer, or the bits of a float or double; references and structs: 0 */
} Value;

typedef enum VariableKind {
    VARIABLE_NONE,
    VARIABLE_FRAME,   /* slot */
    VARIABLE_MEMORY,  /* [base + offset]: base is a slot with a reference or managed pointer */
    VARIABLE_STATIC,  /* offset in the statics area */
    VARIABLE_ELEMENT, /* base: array, index: slot with an int */
    VARIABLE_VALUE,   /* not a variable: a value that stands for one (inlined parameters) */
} VariableKind;

typedef struct Variable {
    uint8_t kind; /* VariableKind */
    uint8_t shape;
    bool is_narrow; /* FRAME: a small integer with its own size (part of a struct), or one whose address is taken */
    bool owns_base, owns_index;
    bool is_pointer;  /* MEMORY: base is a managed pointer, which is never null */
    Slot base, index; /* FRAME: base is the slot */
    uint32_t offset;
    Type *type;
    Value value; /* VALUE */
} Variable;

typedef struct CodeLabel {
    int32_t position; /* -1: not placed yet */
} CodeLabel;

typedef struct Fixup {
    uint32_t instruction, from;
    uint32_t label;
    uint8_t kind;
} Fixup; /* kind 0: c, 1: bc, 2 3: halves of a word */

typedef struct Region { /* part of a try statement */
    struct Region *parent;
    bool has_finally; /* leaving it runs a finally block */
} Region;

typedef struct LabelData {
    Label *label;
    uint32_t code_label;
    Region *region;
} LabelData;

typedef struct Temporary {
    Slot slot;
    uint8_t kind;
    TypeId type;
} Temporary;

/* A method body being compiled: the method itself, or one that is inlined into it. */
typedef struct Body {
    struct Body *outer;
    MethodRef ref;
    Substitution substitution;
    Function *function;
    Variable this_variable;
    bool is_inlined;
    uint32_t return_label;
    Value result;  /* inlined: where the result goes */
    bool branches; /* inlined: returning a bool means jumping to branch_label when it is branch_sense */
    bool branch_sense;
    uint32_t branch_label;
    uint32_t depth;
} Body;

typedef struct Compiler {
    Loader *loader;
    World *world;
    Program *program;
    Arena *arena;
    MethodInfo *info;
    RuntimeMethod *method;
    Body *body;
    LabelData **label_data; /* open hash by Label.id */
    uint32_t label_data_count, label_data_capacity;

    Instruction *code;
    uint32_t code_count, code_capacity;
    CodeLabel *labels;
    uint32_t label_count, label_capacity;
    Fixup *fixups;
    uint32_t fixup_count, fixup_capacity;
    LineEntry *lines;
    uint32_t line_count, line_capacity;
    Handler *handlers;
    uint32_t handler_count, handler_capacity;
    InlinedRange *inlined;
    uint32_t inlined_count, inlined_capacity;
    LocalInfo *locals;
    uint32_t local_count, local_capacity;
    bool long_jumps;
    bool ignores_events; /* weighing for .NET, where there are none */
    bool weighing;       /* looking at a body that may be inlined: its locals are not bound */
    uint32_t words_end;  /* code_count after the last data word */
    uint32_t last;       /* start of the last instruction */
    uint32_t barrier;    /* code_count when a label was placed last */
    bool too_large;      /* that is the failure */
    const char *failure; /* why the method cannot be compiled (it becomes BROKEN): too large, or something unexpected */

    uint32_t cleared_bytes, plain_bytes, outgoing_bytes;
    Temporary *slots; /* all slots made so far */
    uint32_t slot_count, slot_capacity;
    Temporary *free_slots;
    uint32_t free_count, free_capacity;
    Temporary *live; /* in use by the current statement */
    uint32_t live_count, live_capacity;

    Variable *bindings; /* of locals: Local.slot is an index */
    uint32_t binding_count, binding_capacity;
    Local **exposed; /* locals whose address is taken */
    uint32_t exposed_count, exposed_capacity;

    TypeId *ensured; /* classes that are initialised here for certain */
    uint32_t ensured_count, ensured_capacity;
    uint32_t forgotten; /* how often all of them were forgotten */

    Region *region;
    Slot catch_slot; /* exception of the innermost catch block */
    Slot return_slot;
    uint32_t return_label;
    bool has_return_label;
    Span span; /* of what is being compiled */
} Compiler;

/* --- compile_emit.c -------------------------------------------------------------------------------------------------
 */
void give_up(Compiler *c, const char *why);
void give_up_large(Compiler *c); /* the frame, or the code, is larger than instructions can say */
uint32_t emit(Compiler *c, Opcode op, uint32_t a, uint32_t b, uint32_t operand_c);
uint32_t emit_wide(Compiler *c, Opcode op, uint32_t a, uint32_t immediate);
void emit_word(Compiler *c, uint64_t word);
/* Removes the last instruction if it is an `op` that wrote `to` and nothing can jump behind it. `word`: its data
 * word. */
bool take_back(Compiler *c, Opcode op, Slot to, Instruction *instruction, uint64_t *word);
uint32_t label_make(Compiler *c);
void label_place(Compiler *c, uint32_t label);
void emit_jump(Compiler *c, Opcode op, uint32_t a, uint32_t b, uint32_t label);
void emit_jump_word(Compiler *c, Opcode op, uint32_t a, uint32_t b, uint32_t label, uint64_t word);
void emit_switch(Compiler *c, Slot value, int16_t low, const uint32_t *labels, uint32_t count);
void mark_line(Compiler *c, Span span);
bool finish_code(Compiler *c);

/* --- compile_slot.c -------------------------------------------------------------------------------------------------
 */
typedef enum SlotKind { SLOT_PLAIN, SLOT_REFERENCE, SLOT_POINTER, SLOT_STRUCT } SlotKind;
Slot slot_new(Compiler *c, SlotKind kind, TypeId type);
Slot slot_for(Compiler *c, Shape shape,
              Type *type); /* a temporary, released at the end of the statement at the latest */
void slot_release(Compiler *c, Slot slot);
Slot slot_keep(Compiler *c, Shape shape, Type *type); /* for a local: lives until slot_give_back */
void slot_give_back(Compiler *c, Slot slot);
uint32_t statement_begin(Compiler *c);
void statement_end(Compiler *c, uint32_t mark);
void finish_maps(Compiler *c, const uint32_t *bases);

/* --- compile_value.c ------------------------------------------------------------------------------------------------
 */
Type *closed(Compiler *c, Type *type);
Value value_none(void);
Value value_constant(Compiler *c, Type *type, uint64_t bits);
Value value_in(Compiler *c, Type *type, Slot slot);
Value value_temporary(Compiler *c, Type *type);
Value value_pointer(Compiler *c, Type *type);
void release(Compiler *c, const Value *value);
uint32_t size_of(Compiler *c, Type *type);
bool is_small(Shape shape);
/* Copies a value into a slot of its own kind. */
void move_to(Compiler *c, Slot to, const Value *value);
/* The slot that holds the value; constants are loaded into a temporary. */
Slot slot_of(Compiler *c, Value *value);
void stabilize(Compiler *c, Value *value); /* out of the outgoing area */
void own(Compiler *c, Value *value);       /* into a temporary of its own */
bool small_constant(const Value *value, int16_t *immediate);
Opcode load_op(Shape shape);
Opcode store_op(Shape shape);

/* --- compile_place.c ------------------------------------------------------------------------------------------------
 */
Variable variable_frame(Compiler *c, Type *type, Slot slot);
Variable variable_of_local(Compiler *c, Local *local);
void bind_local(Compiler *c, Local *local, Variable variable);
void bind_new_local(Compiler *c, Local *local);
void bind_parameter(Compiler *c, Local *local, Slot slot);
void bind_temporary(Compiler *c, Local *local);
void forget_local(Compiler *c, Local *local);
bool is_variable(const Bound *node);
Variable generate_variable(Compiler *c, Bound *node); /* of a value: a temporary that holds it */
Variable variable_field(Compiler *c, Variable base, RuntimeField *field, Type *type);
Value variable_load(Compiler *c, Variable *variable, Slot wanted);
void variable_store(Compiler *c, Variable *variable, Value *value);
void variable_clear(Compiler *c, Variable *variable);
void variable_address(Compiler *c, Variable *variable, Slot to); /* managed pointer to it */
void variable_release(Compiler *c, Variable *variable);
/* holder.field = ref variable */
void assign_ref_field(Compiler *c, Bound *node);
/* Keeps the base of a variable that was found first while `later` is evaluated. */
void variable_protect(Compiler *c, Variable *variable, Bound *node, Bound *later);
void ensure_class(Compiler *c, TypeId type);

/* --- compile_expression.c -------------------------------------------------------------------------------------------
 */
/* `wanted` is where the caller would like the value (NO_SLOT: anywhere); it is written last, if at all. */
Value generate(Compiler *c, Bound *node, Slot wanted);
/* The same, but the result may still be in the outgoing area: use it before anything else is generated. */
Value generate_now(Compiler *c, Bound *node, Slot wanted);
void generate_to(Compiler *c, Bound *node, Slot to);
void generate_effect(Compiler *c, Bound *node);
bool constant_value(Compiler *c, Bound *node,
                    int64_t *value);      /* known integer, bool, char or enum value after instantiation */
bool is_simple(Compiler *c, Bound *node); /* cannot call, allocate, or switch threads */
bool may_write(Compiler *c, Bound *node,
               Bound *variable); /* evaluating node may change the variable read by `variable` */
Value convert_number(Compiler *c, Value *value, Type *to, bool checked, Slot wanted);
Value box_value(Compiler *c, Value *value, Slot wanted);

/* --- compile_branch.c ------------------------------------------------------------------------------------------------
 */
void generate_jump(Compiler *c, Bound *condition, uint32_t label, bool sense);
/* When the operand is a Nullable<T> in a boxing conversion (generic code): whether it has a value, without a box. */
bool generate_boxed_flag(Compiler *c, Bound *operand, Value *has_value);
Value generate_bool(Compiler *c, Bound *node, Slot wanted);

/* --- compile_call.c --------------------------------------------------------------------------------------------------
 */
Value generate_call(Compiler *c, Bound *node, Slot wanted);
Value generate_new(Compiler *c, Bound *node, Slot wanted);
Value default_value(Compiler *c, Type *type);
/* Is this a default(ValueTask) in the user's code, which is told of where there are events? */
bool is_told(Compiler *c, const Bound *node);
Value generate_new_delegate(Compiler *c, Bound *node, Slot wanted);
MethodRef closed_method(Compiler *c, MethodRef ref);
bool compile_delegate_invoke(Compiler *c);

/* --- compile.c
 * ---------------------------------------------------------------------------------------------------------- */
Body body_of(Compiler *c, MethodRef ref);
/* Binds and lowers on demand. False: errors were reported. */
bool load_lowered(Loader *loader, Method *method);

/* A call of a small bool method as a condition: jumps to label when the result is `sense`. False: it is not inlined. */
bool generate_inlined_jump(Compiler *c, Bound *node, uint32_t label, bool sense);

/* --- compile_special.c
 * ------------------------------------------------------------------------------------------------ */
/* Methods the compiler knows: constants per instantiation, single instructions. */
bool generate_special(Compiler *c, Bound *node, MethodRef ref, Slot wanted, Value *result);
bool uses_intrinsics(const Compiler *c);
/* As a condition; false: it is an ordinary call. */
bool generate_special_jump(Compiler *c, Bound *node, uint32_t label, bool sense);
bool is_library_method(const MethodRef *ref, const char *type, const char *name);

/* --- compile_inline.c
 * -------------------------------------------------------------------------------------------------- */
bool can_inline(Compiler *c, MethodRef ref);
/* Does its body end with a call, to which optimized code jumps? Then it has no frame either. */
bool leaves_by_tail_call(const Method *method);
/* Would .NET's JIT inline it, so that it has no frame in stack traces? */
bool is_inlined_by_net(Compiler *c, MethodRef ref);
/* Does control never come out at the end of the statement? */
bool always_leaves(Compiler *c, Bound *node);
bool contains_label(const Bound *node);
/* Does the inlined body touch `this` before anything else? Then it needs no null check of its own. */
bool dereferences_this_first(const Method *method);
/* Arguments are values and places that stay valid; the receiver's place is `this_variable`. */
/* `branch`: the Body fields branches, branch_sense and branch_label, or NULL. */
Value inline_call(Compiler *c, const Body *branch, MethodRef ref, Variable this_variable, Variable *arguments,
                  Slot wanted, Span span);

/* --- compile_statement.c
 * ---------------------------------------------------------------------------------------------- */
void generate_statement(Compiler *c, Bound *node);
void find_exposed(Compiler *c, Bound *node);
void finish_returns(Compiler *c);
void place_labels(Compiler *c, Bound *node, Region *region);

#endif
