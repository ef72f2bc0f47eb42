/* The typed tree: what the program means. Made by the binder (lang/check_*.c), rewritten by lowering (lang/lower_*.c),
 * compiled by lang/compile_*.c. Types in it are open inside generic code. */
#ifndef AWAITLAB_LANG_BOUND_H
#define AWAITLAB_LANG_BOUND_H

#include "lang/types.h"

typedef enum BoundKind {
#define BOUND(name, text) BOUND_##name,
#include "lang/bound.def"
#undef BOUND
    BOUND_KIND_COUNT
} BoundKind;

typedef enum Operator {
    OP_NONE,
    OP_NEGATE,
    OP_NOT,
    OP_COMPLEMENT,
    OP_ADD,
    OP_SUBTRACT,
    OP_MULTIPLY,
    OP_DIVIDE,
    OP_REMAINDER,
    OP_AND,
    OP_OR,
    OP_XOR,
    OP_SHIFT_LEFT,
    OP_SHIFT_RIGHT,
    OP_SHIFT_RIGHT_UNSIGNED,
    OP_EQUAL,
    OP_NOT_EQUAL,
    OP_LESS,
    OP_LESS_EQUAL,
    OP_GREATER,
    OP_GREATER_EQUAL,
} Operator;

typedef enum ConversionKind {
    CONVERSION_NONE,     /* does not exist */
    CONVERSION_IDENTITY, /* nothing to do (also enum ↔ underlying, nullability, tuple names) */
    CONVERSION_NUMERIC, /* between primitives (char, enums as their underlying type included); decimal goes through CALL
                         */
    CONVERSION_REFERENCE, /* to a base or interface: nothing to check */
    CONVERSION_CAST,      /* to a derived type or interface: InvalidCastException */
    CONVERSION_BOX, /* value type or type parameter → object, ValueType, Enum, interface. Nullable boxes its value or
                       null; a type parameter instantiated with a reference type: nothing */
    CONVERSION_UNBOX, /* reverse, with check; to Nullable<T>: null gives no value; type parameter: unbox or cast */
    CONVERSION_NULL,  /* null literal → reference type */
    /* kinds below are seen by the binder only; it rewrites them */
    CONVERSION_NULLABLE,
    CONVERSION_DEFAULT,
    CONVERSION_LAMBDA,
    CONVERSION_METHOD_GROUP,
    CONVERSION_USER,
    CONVERSION_CONSTANT,
    CONVERSION_TUPLE,
    CONVERSION_TARGET_NEW,
    CONVERSION_THROW,
    CONVERSION_CONDITIONAL,
    CONVERSION_SWITCH,
    CONVERSION_INTERPOLATION,
    CONVERSION_COLLECTION,
    CONVERSION_DECIMAL,
    CONVERSION_ENUM_ZERO,
} ConversionKind;

typedef struct Bound Bound;

typedef struct BoundList {
    Bound **at;
    uint32_t count;
    uint32_t capacity;
} BoundList;

typedef struct LocalList {
    Local **at;
    uint32_t count;
    uint32_t capacity;
} LocalList;

typedef enum LocalKind {
    LOCAL_VARIABLE, /* the user's */
    LOCAL_PARAMETER,
    LOCAL_TEMP, /* made by the compiler */
} LocalKind;

struct Local {
    Name name; /* NULL for temps */
    Type *type;
    LocalKind kind;
    RefKind ref_kind;   /* ref locals; ref/out/in parameters */
    Function *function; /* that declares it */
    Bound *scope;       /* the BLOCK, FOR, CATCH or SEQUENCE that declares it; parameters: NULL */
    uint32_t index;     /* parameters: position */
    bool is_readonly;   /* foreach and using variables, `in` parameters */
    bool is_using;      /* declared by using */
    bool is_const;
    Constant constant;
    Node *stands_for;     /* range variables of queries: the way to the value, to be bound where the name is used */
    bool is_frame_bound;  /* a ref struct that may refer to this frame */
    bool is_range;        /* a range variable of a query that is a parameter itself */
    bool is_captured;     /* used in a nested function: set by the binder */
    bool is_assigned;     /* assigned anywhere after its declaration */
    Field *closure_field; /* captured: its field of a display class, once lowered */
    Field *field;         /* a submission's variable: where it is kept; NULL: an ordinary local */
    Span span;
    void *lowered; /* lowering's own */
    uint32_t slot; /* compiler's own */
};

typedef struct Label {
    Name name; /* user labels, else NULL */
    uint32_t id;
    void *data; /* lowering's or compiler's own */
} Label;

typedef struct SwitchCase {
    Constant value;
    Label *label;
} SwitchCase;

/* How an expression is awaited: C# spec "awaitable expressions". */
typedef struct AwaitInfo {
    Type *awaiter_type;
    MethodRef get_awaiter;  /* static when it is an extension method */
    MethodRef is_completed; /* getter */
    MethodRef get_result;
    bool is_critical; /* awaiter implements ICriticalNotifyCompletion: AwaitUnsafeOnCompleted */
} AwaitInfo;

typedef enum BoundFlags {
    BOUND_CHECKED = 1 << 0,
    CALL_NON_VIRTUAL = 1 << 1,
    CALL_COPY_RECEIVER = 1 << 2,
    BOUND_REF = 1 << 3,
    BOUND_COMPILER_MADE = 1 << 4, /* hidden from stepping */
    BOUND_CONSTANT_BRANCH = 1 << 5,
    BOUND_EXPLICIT = 1 << 6, /* conversion written by the user */
    BOUND_THIS_INITIALIZER = 1 << 7,
    BOUND_FRAME = 1 << 8,   /* a span of memory in the frame (stackalloc) */
    BOUND_KEEP = 1 << 9,    /* POINT: the statements of a loaded program end here: their variables are kept */
    BOUND_STEPPED = 1 << 8, /* WHILE DO FOR: condition and step are sequence points */
} BoundFlags;

struct Bound {
    uint16_t kind;      /* BoundKind */
    uint8_t op;         /* Operator */
    uint8_t conversion; /* ConversionKind */
    uint32_t flags;     /* BoundFlags */
    Type *type;         /* of an expression; void_type for none; statements: NULL */
    Span span;
    Bound *a, *b, *c;
    BoundList items;
    LocalList locals; /* BLOCK FOR SEQUENCE CATCH */
    union {
        Constant constant;
        Local *local;
        FieldRef field;
        MethodRef method;
        struct {
            Function *function;
            Type **function_arguments;
        }; /* LAMBDA, CALL_LOCAL */
        Type *type_operand;
        AwaitInfo *await;
        struct {
            Label *label, *label2;
            SwitchCase *cases;
            uint32_t case_count;
        };
        struct {
            Local *catch_local;
            Type *catch_type;
        }; /* CATCH */
        struct {
            void *binder_data, *binder_data2;
        };
    };
    Node *syntax; /* NULL when made by the compiler */
};

typedef enum FunctionKind { FUNCTION_METHOD, FUNCTION_LAMBDA, FUNCTION_LOCAL } FunctionKind;

/* A body: of a method, lambda or local function. */
struct Function {
    FunctionKind kind;
    Method *method; /* METHOD: its symbol. LOCAL functions have one too (their signature); LAMBDA: NULL until lowered */
    Function *parent; /* enclosing function of a lambda or local function */
    Name name;        /* local functions */
    Local **parameters;
    uint32_t parameter_count;
    Type *return_type;
    RefKind return_ref;
    bool is_static; /* METHOD: static method. lambda/local function: `static` modifier */
    bool is_async;
    bool is_query;      /* made from a clause of a query */
    bool is_iterator;   /* contains yield */
    Type *yield_type;   /* iterators: element type */
    Type *async_result; /* async: void_type, or T of Task<T> */
    Type *builder;      /* async: the constructed builder type (open); pooling builders via attribute included */
    bool uses_this;     /* itself or through nested functions */
    bool captures;      /* uses locals or parameters of an enclosing function, directly or nested */
    bool has_await;
    Bound *body;       /* BLOCK */
    Bound *scope;      /* lambda/local function: the scope node that contains it */
    Function **nested; /* lambdas and local functions directly inside */
    uint32_t nested_count, nested_capacity;
    bool is_delegate_target; /* local function that is also used as a delegate */
    Method *made;            /* lambda or local function: the method that lowering has made of it */
    Span span;
    struct Summary *summary; /* check_flow's own */
    void *lowered;           /* lowering's own */
};

Bound *bound_new(World *world, BoundKind kind, Type *type, Span span);
Bound *bound_local(World *world, Local *local, Span span);
Bound *bound_constant_int(World *world, int32_t value, Span span);
Bound *bound_call(World *world, MethodRef method, Bound *receiver, Bound **arguments, uint32_t count, Span span);
Local *local_new(World *world, Function *function, LocalKind kind, Name name, Type *type, Span span);
Label *label_new(World *world, Name name);
const char *bound_kind_text(BoundKind kind);
/* The sequence point of a loop's condition or step; starts at 0: it has none (lower_point.c). */
Span condition_point(const World *world, const Bound *loop);
Span step_point(const Bound *loop);

/* Binds the body of a method definition (once; then method->bound). False: errors were reported. */
bool bind_method(World *world, Method *method);

/* Lowers a bound body (once; then method->lowered): closures become display classes, async methods and iterators state
 * machines. */
void lower_method(World *world, Method *method);

/* The lowered C# of a method and of what was made for it (display classes, state machines), as text: `--lowered`. */
void print_lowered(World *world, Method *method, Text *out);

#endif
