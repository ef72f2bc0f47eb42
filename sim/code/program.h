/* The program as the machine sees it: closed types with their layout, methods with bytecode. `lang` adds to it, `vm`
 * runs it; they meet nowhere else. A Program only grows, and nothing in it is machine state: going back in time never
 * changes it. */
#ifndef AWAITLAB_CODE_PROGRAM_H
#define AWAITLAB_CODE_PROGRAM_H

#include "base/source.h"

typedef uint32_t TypeId;   /* index into Program.types; 0: none */
typedef uint32_t MethodId; /* index into Program.methods; 0: none */
typedef uint64_t Ref;      /* offset of an object's method-table word in the machine's block; 0: null */

/* Primitive shapes of values: what an instruction's width and signedness depend on. */
typedef enum Shape {
    SHAPE_VOID,
    SHAPE_BOOL,
    SHAPE_CHAR,
    SHAPE_I1,
    SHAPE_U1,
    SHAPE_I2,
    SHAPE_U2,
    SHAPE_I4,
    SHAPE_U4,
    SHAPE_I8,
    SHAPE_U8,
    SHAPE_R4,
    SHAPE_R8,
    SHAPE_REF,    /* object reference */
    SHAPE_BYREF,  /* managed pointer: block offset of a frame, static, object field or array element */
    SHAPE_STRUCT, /* a region of value_size bytes */
} Shape;

typedef enum TypeCategory {
    CATEGORY_CLASS,
    CATEGORY_STRUCT,
    CATEGORY_ENUM,
    CATEGORY_INTERFACE,
    CATEGORY_DELEGATE,
    CATEGORY_ARRAY,
    CATEGORY_STRING
} TypeCategory;

/* Objects: [header 8][method table 8][fields]; a Ref points at the method-table word, so the header is at ref-8 and
 * fields start at ref+8. Arrays: length (int) at ref+8, elements from ref+16. Strings: length (int) at ref+8, UTF-16
 * units from ref+12, and a terminating zero unit. */
enum {
    OBJECT_HEADER_BYTES = 8,
    OBJECT_FIELDS = 8,
    ARRAY_LENGTH_OFFSET = 8,
    ARRAY_ELEMENTS = 16,
    STRING_LENGTH_OFFSET = 8,
    STRING_UNITS = 12,
    OBJECT_MINIMUM = 24
};

/* Fields of delegates, as offsets from a Ref; they follow from sim/corlib/Delegates.cs (a unit test compares). The
 * method is a MethodId; with a list, the delegate stands for the first `count` delegates in it, an object[]. */
enum { DELEGATE_TARGET = 8, DELEGATE_METHOD = 24, DELEGATE_LIST = 40, DELEGATE_COUNT = 48 };

typedef struct RuntimeField {
    const char *name;
    TypeId type; /* 0 while the field's type has not been loaded (reference types load lazily): see lang_field_type */
    const char *type_name; /* C#-style, always there */
    uint32_t offset;       /* from the start of the fields (ref + 8), or of the value; statics: from statics_offset */
    uint32_t size;         /* bytes */
    Shape shape;
    TypeId declared_by;
    bool is_static;
    bool is_thread_static;
} RuntimeField;

/* Dispatch cache of a type: virtual or interface method asked for → method that runs. Filled by the host on first use.
 */
typedef struct DispatchEntry {
    MethodId asked, found;
} DispatchEntry;

typedef struct RuntimeType {
    TypeId id;
    const char *name;         /* as Type.ToString(): System.Collections.Generic.List`1[System.Int32] */
    const char *short_name;   /* Type.Name: List`1 */
    const char *full_name;    /* Type.FullName without assembly parts */
    const char *display_name; /* C#-style: List<int> */
    TypeCategory category;
    Shape shape;            /* of a variable of this type; enums: of the underlying type */
    uint32_t instance_size; /* heap bytes of an instance (boxed, for value types), header included; arrays and strings:
                               base size 24 / 22 */
    uint32_t value_size;    /* bytes as field, element or local (references: 8) */
    uint32_t value_align;
    uint32_t field_bytes;  /* end of the fields, before rounding: where a derived class continues */
    uint32_t element_size; /* arrays */
    uint32_t rank;    /* arrays: of more than one dimension they have 8 bytes per dimension behind the elements: see
                         machine_new_grid */
    TypeId element;   /* arrays; enums: underlying; Nullable<T>: T */
    bool is_nullable; /* Nullable<T>: has_value at nullable_flag, value at nullable_value */
    uint32_t nullable_flag, nullable_value;
    bool is_reference; /* class, interface, delegate, array, string */
    bool is_abstract;
    bool is_exception; /* derives from System.Exception */
    bool has_finalizer;
    bool is_user;          /* declared in the user's program */
    bool has_weak_statics; /* variables of a loaded program: while its Main runs they do not keep anything alive */
    bool is_box;           /* async state-machine box; pooled boxes too */
    uint32_t *ref_offsets; /* where references are inside a value / the fields; arrays: inside one element */
    uint32_t ref_count;
    uint32_t *byref_offsets; /* ref structs: where managed pointers are inside a value */
    uint32_t byref_count;
    TypeId parent;
    TypeId *interfaces; /* all, transitive */
    uint32_t interface_count;
    RuntimeField *fields; /* instance fields, base classes' first, then statics */
    uint32_t field_count;
    uint32_t statics_offset; /* in the machine's statics area; 0 none */
    uint32_t statics_size;
    uint32_t *static_ref_offsets;
    uint32_t static_ref_count;
    uint32_t thread_statics_offset, thread_statics_size; /* per logical thread */
    uint32_t *thread_static_ref_offsets;
    uint32_t thread_static_ref_count;
    uint32_t init_index; /* index of the class-initialisation byte in the block; 0: nothing to initialise */
    MethodId static_constructor;
    MethodId finalizer;
    MethodId delegate_invoke;         /* delegates */
    uint32_t delegate_argument_bytes; /* delegates: bytes of the arguments after the receiver slot */
    DispatchEntry *dispatch;          /* open hash by asked, power of two */
    uint32_t dispatch_capacity, dispatch_count;
    uint32_t *cast_cache; /* bit per TypeId pair would be large: small hash of (target << 1 | answer) */
    uint32_t cast_cache_capacity;
    void *source; /* lang's Type */
} RuntimeType;

/* What only reflection asks about a type. */
typedef struct EnumMember {
    const char *name;
    uint64_t bits;
} EnumMember; /* bits: zero-extended from the enum's own size */
typedef struct TypeFacts {
    bool is_sealed, is_generic_definition, has_flags_attribute;
    TypeId definition;       /* the open generic type; 0: not generic */
    const TypeId *arguments; /* of a closed generic type */
    uint32_t argument_count;
    const EnumMember *members; /* of an enum, sorted by unsigned value (equal ones in order of declaration) */
    uint32_t member_count;
} TypeFacts;

typedef enum HandlerKind { HANDLER_CATCH, HANDLER_FILTER, HANDLER_FINALLY } HandlerKind;

/* Exception region, innermost first. Instruction indices. */
typedef struct Handler {
    HandlerKind kind;
    uint32_t try_start, try_end; /* [start, end) */
    uint32_t handler_start, handler_end;
    uint32_t filter_start;   /* FILTER: code that ends with end.filter */
    TypeId catch_type;       /* CATCH; 0: everything */
    uint16_t exception_slot; /* frame offset that receives the exception (CATCH and FILTER) */
} Handler;

typedef struct LineEntry {
    uint32_t instruction;
    Span span;
} LineEntry; /* sorted; a statement (or call) starts here */

/* A variable of the source that lives in the frame. Its slot may be used for something else outside of [start, end). */
typedef struct LocalInfo {
    const char *name;
    uint16_t offset;
    TypeId type;         /* 0: a reference type that nothing has loaded; see source_type */
    void *source_type;   /* lang's Type, closed */
    Span declared;       /* the name, where it is declared */
    uint32_t start, end; /* instruction indices */
    bool is_parameter, is_byref;
    bool is_compiler_made; /* named by lowering: no variable of the source */
} LocalInfo;

typedef struct Instruction {
    uint16_t op, a, b, c;
} Instruction; /* see op.def; some are followed by data words of the same size */

/* Instructions that belong to a method which our compiler inlined, but .NET's does not: an exception there has a frame
 * of its own. Innermost first. */
typedef struct InlinedRange {
    uint32_t start, end;
    MethodId method;
} InlinedRange;

typedef enum MethodState {
    METHOD_UNCOMPILED,
    METHOD_COMPILED,
    METHOD_NATIVE,
    METHOD_ABSTRACT,
    METHOD_BROKEN
} MethodState;

typedef struct RuntimeMethod {
    MethodId id;
    MethodState state;
    const char *name; /* Namespace.Type.Method for stack traces: as .NET prints ("Program.<Main>$(String[] args)" parts
                         are made from this) */
    const char *trace_text; /* the whole text after "at " of a stack trace line */
    TypeId declaring_type;
    bool is_static, is_virtual, is_abstract, is_user, is_hidden /* compiler made, not shown in the logical stack */,
        returns_ref;
    bool receiver_is_byref;    /* instance method of a struct: offset 0 of the frame holds a managed pointer, not a
                                  reference */
    bool is_class_constructor; /* static constructor: the machine runs it as the initialisation of its class */
    bool is_inlined_in_net;   /* a tiny member that the JIT inlines: not counted as a frame when an exception passes, */
    bool leaves_by_tail_call; /* unless user code called it, which is not optimized; one that only calls has none there
                                 either */
    Shape return_shape;
    uint32_t return_size; /* bytes */
    TypeId return_type;
    uint32_t argument_bytes; /* receiver included; arguments lie at the start of the frame, each aligned to 8 */
    uint32_t frame_bytes;    /* arguments, locals, temps; multiple of 16 */
    uint32_t outgoing;       /* largest start of a callee's frame relative to ours */
    uint32_t reach;          /* end of the outgoing area: the method's own code writes nothing behind it */
    Instruction *code;
    uint32_t code_count;
    uint16_t *ref_slots; /* frame offsets of object references; such slots hold nothing else, ever; zero at entry unless
                            argument */
    uint32_t ref_slot_count;
    uint16_t *byref_slots; /* frame offsets of managed pointers */
    uint32_t byref_slot_count;
    uint16_t clear_start, clear_end; /* bytes that must be zero at entry (holds all non-argument refs and byrefs) */
    uint16_t *argument_ref_slots;    /* as ref_slots, arguments only: when the frame is not set up yet */
    uint32_t argument_ref_slot_count;
    uint16_t *argument_byref_slots;
    uint32_t argument_byref_slot_count;
    Handler *handlers;
    uint32_t handler_count;
    InlinedRange *inlined;
    uint32_t inlined_count;
    LineEntry *lines;
    uint32_t line_count;
    LocalInfo *locals;
    uint32_t local_count;
    uint32_t native; /* METHOD_NATIVE: index in native.def */
    TypeId
        *native_types; /* METHOD_NATIVE: the closed type arguments, the declaring type's first, then the method's own */
    uint32_t native_type_count;
    uint32_t intrinsic; /* C twin of a corlib method (vm/intrinsic.h), or 0 */
    void *twin;         /* what the twin has found out about this instantiation; the machine's */
    Span span;          /* of the name */
    bool keeps; /* the statements of a loaded program: it has instructions `keep`, and clears all its locals at entry */
    bool is_trace_hidden; /* [StackTraceHidden]: has frames and costs bytes in traces, but is not printed */
    bool is_async_method; /* MoveNext of an async method: .NET prints no "End of stack trace" line behind its frame */
    const char *trouble;  /* METHOD_BROKEN: what is wrong, with the method's name */
    void *source;         /* lang's closed method */
} RuntimeMethod;

typedef struct StringLiteral {
    const uint16_t *units;
    uint32_t count;
} StringLiteral;

typedef struct Program {
    Arena *arena;
    RuntimeType **types;
    uint32_t type_count, type_capacity;
    RuntimeMethod **methods;
    uint32_t method_count, method_capacity;
    StringLiteral *literals; /* interned; the machine makes each string object once, uncounted, on first use */
    uint32_t literal_count, literal_capacity;
    uint32_t *literal_index; /* open hash of them, for program_literal */
    uint32_t literal_index_capacity;
    uint32_t (*find_native)(
        const char *full_name); /* set by the session to the machine's native_find (vm/machine.h); NULL: no natives */
    uint32_t (*find_intrinsic)(const char *full_name); /* likewise, of C twins; NULL: none */
    uint32_t statics_bytes;                            /* used so far; offset 0 is never handed out */
    uint32_t thread_statics_bytes;
    uint32_t init_count; /* class-initialisation bytes handed out; index 0 unused */
    MethodId entry;
    /* types the machine itself needs; 0 until loaded (see host.h: well_known) */
    TypeId object_type, string_type, type_type, array_of_object, array_of_int, thread_type, exception_type;
} Program;

RuntimeType *program_type(const Program *program, TypeId id);
RuntimeMethod *program_method(const Program *program, MethodId id);
uint32_t program_literal(Program *program, const uint16_t *units, uint32_t count);

#endif
