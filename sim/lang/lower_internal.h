/* Inside lowering (lower*.c): what its passes share. Not for others.
 *
 * A method goes through these passes, each optional:
 *
 *   spill      awaits move to the top of statements (lower_spill.c); handlers with awaits move out of their try
 * (lower_handler.c) closures   lambdas and local functions become methods, captured variables fields of display classes
 * (lower_scope.c finds out which, lower_closure.c rewrites) machines   async methods and iterators become state
 * machines (lower_flow.c decides which variables outlive a suspension, lower_async.c, lower_iterator.c,
 * lower_async_iterator.c rewrite)
 *
 * Statements are rewritten in place until the closure pass; expressions, which may be shared, are always copied. */
#ifndef AWAITLAB_LANG_LOWER_INTERNAL_H
#define AWAITLAB_LANG_LOWER_INTERNAL_H

#include "lang/bound.h"

/* Flags of Bound that only lowering sees. */
enum {
    LOWER_SEPARATE = 1 << 19, /* body BLOCK: its locals are not in the scope of the parameters (handlers that await) */
    LOWER_LOOP = 1 << 20,     /* BLOCK that was a loop */
    LOWER_NO_LOOP = 1 << 21,  /* FOR whose initialisers moved to a block around it, which counts as the loop */
    LOWER_NO_SCOPE = 1 << 22, /* BLOCK of temporaries around a statement: no scope in Roslyn's eyes */
    LOWER_DONE = 1 << 24,     /* a delegate whose caching is settled */
    LOWER_EXTRACTED_FINALLY = 1 << 25, /* TRY whose finally block now stands behind it, because it awaits */
    LOWER_AFTER_FINALLY = 1 << 26,     /* NOP behind such a finally block */
    LOWER_AWAITS = 1 << 28,            /* CATCH whose block awaits */
    LOWER_HAS_FUNCTIONS = 1 << 29,     /* BLOCK: binder_data2 lists the local functions declared in it */
    LOWER_KEEP = 1 << 27, /* EXPRESSION_STATEMENT that reads a local only to keep it alive; emits nothing */
};

typedef struct Environment Environment;
typedef struct LowerScope LowerScope;
typedef struct Closure Closure;

/* What was made for a method; hangs at Function.lowered of every function that came of it. For print_lowered. */
typedef struct LoweredParts {
    const Method *method;   /* as written in the program */
    TypeDefinition **types; /* display classes, state machines, ... in the order in which they were made */
    uint32_t type_count, type_capacity;
    Method **methods; /* added to types that were there before */
    uint32_t method_count, method_capacity;
} LoweredParts;

/* The machinery of one top-level method. */
typedef struct Lowering {
    World *world;
    Arena *arena;
    Method *method;
    TypeDefinition *type; /* that contains the method and everything made for it */
    uint32_t ordinal;     /* the N of <M>b__N_0: the method's place among the members */
    bool ordinal_known;
    LoweredParts *parts;
    TypeDefinition *singleton;     /* <>c or <>c__N<T> */
    Field *singleton_field;        /* its <>9 */
    uint32_t delegate_cache_count; /* <M>O__N_0<T>, ... of a generic method */
} Lowering;

/* A field of a struct local, for data flow. */
typedef struct FieldSlot {
    const Field *field;
    uint32_t index;
    struct FieldSlot *next;
} FieldSlot;

/* What the passes know about a local; hangs at Local.lowered. */
typedef struct LocalData {
    LowerScope *scope;        /* closures: where it is declared */
    Environment *environment; /* closures: captured into */
    Field *captured;          /* closures: the field it became */
    bool is_captured;         /* closures: a nested function uses it */
    bool is_spill;            /* made by spilling: never spilled again */
    bool is_late;             /* machines: gets its field when it is first assigned, not with its scope */
    bool is_frame;            /* holds a display class */
    bool is_hoisted;          /* machines: needs a field */
    bool is_inner;            /* machines: declared inside the finally block being looked at */
    uint32_t flow_index;      /* machines: 1 + bit number */
    FieldSlot *slots;         /* machines: its fields that are used by themselves */
    Field *hoisted;           /* machines: the field, while its scope is open (for ever for parameters and frames) */
    Bound *replacement;       /* machines: what a by-reference local stands for, written with fields */
    const Bound *declared_at; /* print_lowered: the statement that declares it */
    uint32_t seen;            /* print_lowered: when it was last mentioned */
    Field **parts;            /* those fields */
    uint32_t part_count, part_capacity;
} LocalData;

/* Type parameters of methods, replaced by those of a type made for them. */
typedef struct TypeMap {
    Substitution *at;
    uint32_t count, capacity;
} TypeMap;

/* Copies a tree; `visit` is asked for every child. */
typedef struct Rewriter Rewriter;
struct Rewriter {
    Lowering *lowering;
    Bound *(*visit)(Rewriter *rewriter, Bound *node);
    TypeMap types;
    Function *function; /* into which locals move */
};

/* --- lower_rewrite.c ---------------------------------------------------------------------------------------------- */
/* A copy of the node with every child visited, its types replaced, its locals moved. */
Bound *rewrite_children(Rewriter *rewriter, Bound *node);
Bound *rewrite_visit(Rewriter *rewriter, Bound *node); /* NULL stays NULL */
Type *rewrite_type(Rewriter *rewriter, Type *type);
MethodRef rewrite_method(Rewriter *rewriter, MethodRef ref);
AwaitInfo *rewrite_await_info(Rewriter *rewriter, const AwaitInfo *info);
void rewrite_local(Rewriter *rewriter, Local *local);
void type_map_add(Lowering *lowering, TypeMap *map, TypeParameter *from, Type *to);
Type *type_map_apply(World *world, const TypeMap *map, Type *type);
/* Calls `visit` for each child in the order of evaluation (loops: body before condition, as the loop is laid out). */
void bound_for_each_child(Bound *node, void (*visit)(void *context, Bound *child), void *context);

/* --- lower.c: making nodes and symbols ---------------------------------------------------------------------------- */
LocalData *local_data(Lowering *lowering, Local *local);
Local *lower_temp(Lowering *lowering, Function *function, Type *type, const char *name, Span span);
Bound *lower_statement(Lowering *lowering, BoundKind kind, Span span);
Bound *lower_expression_statement(Lowering *lowering, Bound *expression);
Bound *lower_assign(Lowering *lowering, Bound *target, Bound *value);
Bound *lower_set(Lowering *lowering, Bound *target, Bound *value); /* the same as a statement */
Bound *lower_block(Lowering *lowering, Span span);
void lower_add(Lowering *lowering, BoundList *list, Bound *node);
void lower_add_local(Lowering *lowering, LocalList *list, Local *local);
Bound *lower_if(Lowering *lowering, Bound *condition, Bound *then, Bound *otherwise);
Bound *lower_label(Lowering *lowering, Label *label, Span span);
Bound *lower_goto(Lowering *lowering, Label *label, Span span);
Bound *lower_return(Lowering *lowering, Bound *value, Span span);
Bound *lower_this(Lowering *lowering, Type *type, Span span);
Bound *lower_field(Lowering *lowering, Bound *receiver, Field *field, Type *owner, Span span);
Bound *lower_default(Lowering *lowering, Type *type, Span span);
Bound *lower_null(Lowering *lowering, Type *type, Span span);
Bound *lower_bool(Lowering *lowering, bool value, Span span);
Bound *lower_not(Lowering *lowering, Bound *value);
Bound *lower_compare(Lowering *lowering, Operator op, Bound *a, Bound *b);
Bound *lower_compare_int(Lowering *lowering, Operator op, Bound *value, int32_t constant);
Bound *lower_convert(Lowering *lowering, Bound *value, Type *type, ConversionKind kind);
Bound *lower_address(Lowering *lowering, Bound *lvalue);
/* Calls the one method of that name and parameter count. */
Bound *lower_call(Lowering *lowering, Bound *receiver, Type *owner, const char *name, Bound **arguments, uint32_t count,
                  Span span);
Bound *lower_call_generic(Lowering *lowering, Bound *receiver, Type *owner, const char *name, Type **type_arguments,
                          Bound **arguments, uint32_t count, Span span);
bool lower_is_lvalue(const Bound *node);
bool lower_is_await(const Bound *node); /* EXPRESSION_STATEMENT of an AWAIT, or of an assignment of one */
bool lower_has_references(Lowering *lowering, Type *type);
uint32_t lower_ordinal(Lowering *lowering);
Name lower_name(Lowering *lowering, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A compiler-made type nested in `containing`, with its own copies of the given method type parameters, which `map`
 * then maps. */
/* Remembers that a variable of the source has become a field of `type`. */
void lower_note_local(Lowering *lowering, TypeDefinition *type, const Local *local, Field *field);
TypeDefinition *lower_define_type(Lowering *lowering, TypeDefinition *containing, TypeKind kind, Name name,
                                  TypeParameter **parameters, uint32_t count, TypeMap *map);
Method *lower_define_method(Lowering *lowering, TypeDefinition *type, Name name, MethodKind kind, Type *return_type,
                            bool is_static, Span span);
void lower_set_interfaces(Lowering *lowering, TypeDefinition *type, Type **interfaces, uint32_t count);
/* The body's Function; parameters are taken from (and given to) the method. */
Function *lower_new_function(Lowering *lowering, Method *method, Span span);
Local *lower_add_parameter(Lowering *lowering, Function *function, Name name, Type *type, RefKind ref_kind);
/* Says which interface method `method` implements. */
void lower_implement(Lowering *lowering, Method *method, Type *interface_type, const char *name);
Method *lower_empty_constructor(Lowering *lowering, TypeDefinition *type);
Bound *lower_new(Lowering *lowering, Type *type, Method *constructor, Bound **arguments, uint32_t count, Span span);
/* `cache ?? (cache = delegate)` for a delegate to a static method. */
Bound *lower_cached_delegate(Lowering *lowering, Bound *delegate, Rewriter *context);
Bound *lower_cache_in(Lowering *lowering, Bound *delegate, Bound *cache);

/* --- lower_point.c: BOUND_POINTs in the user's bodies ------------------------------------------------------------- */
void lower_add_points(Lowering *lowering, Function *function);
/* Here the variables of a loaded program may be copied. */
Bound *lower_keep_point(Lowering *lowering);

/* --- lower_spill.c, lower_handler.c ------------------------------------------------------------------------------- */
void spill_function(Lowering *lowering, Function *function);
void rewrite_handlers(Lowering *lowering, Function *function);

/* --- lower_scope.c: which variables are captured, by whom --------------------------------------------------------- */
typedef struct LocalSet {
    Local **at;
    uint32_t count, capacity;
} LocalSet;

/* Where captured variables of one scope (or of several, merged) live. */
struct Environment {
    LowerScope *scope;
    LocalSet variables; /* captured, in the order in which they were first captured */
    bool is_struct;     /* passed by reference to local functions that are only called */
    bool captures_parent;
    Environment *inner;  /* while it is being entered: the environment inside that links to this one */
    Environment *parent; /* the next class environment outwards; NULL with captures_parent: the original `this` */
    TypeDefinition *type;
    Type *self; /* as seen in the function that declares the scope */
    Field *parent_field;
    Local *frame; /* the local that holds it in the declaring function */
    uint32_t number;
    Method *constructor;
};

struct LowerScope {
    LowerScope *parent;
    Closure *closure;    /* the function it belongs to */
    Bound *node;         /* BLOCK, FOR, CATCH, SEQUENCE; function bodies: the body */
    bool can_merge;      /* into the parent: not entered anew while the parent stays */
    uint32_t loop_depth; /* loops and lambdas around it, for caching delegates */
    LocalSet captured;   /* its variables that nested functions use */
    Environment *environment;
    LowerScope *merged;  /* whose environment took in this one's variables */
    Closure **capturers; /* functions that need the environment */
    uint32_t capturer_count, capturer_capacity;
    Closure **functions; /* declared directly here */
    uint32_t function_count, function_capacity;
    LowerScope **children;
    uint32_t child_count, child_capacity;
    uint32_t id;
};

/* A function of the tree: the method itself, lambdas, local functions. */
struct Closure {
    Function *function;
    Closure *parent;   /* NULL: the method itself */
    LowerScope *scope; /* where it is declared */
    LowerScope *body;
    uint32_t loop_depth;   /* at the place of the lambda */
    LowerScope **captures; /* scopes whose environment it needs */
    uint32_t capture_count, capture_capacity;
    Environment **environments;
    uint32_t environment_count;
    bool is_walked;
    Closure **referencers; /* functions that call or convert this local function */
    uint32_t referencer_count, referencer_capacity;
    Environment *containing; /* display class it becomes a method of */
    bool captures_this;
    bool is_delegate; /* a lambda, or a local function made a delegate somewhere */
    uint32_t id;
    uint32_t ordinal;
    Method *method; /* what it becomes */
    bool is_converted;
    Field *cache;            /* of a delegate made in a loop, in the display class */
    TypeParameter **ambient; /* type parameters of the generic methods around it and its own */
    uint32_t ambient_count;
    uint32_t provided;        /* how many of them the containing type has */
    Local **frame_parameters; /* struct environments: by-reference parameters, in the order of `environments` */
    TypeMap types;            /* from ambient to the new type parameters */
    bool is_explicit_static;
};

typedef struct Analysis {
    Lowering *lowering;
    Closure *root;
    LowerScope *root_scope;
    Local *this_local;  /* stands for `this` as a captured variable */
    Closure **closures; /* root first, then by scopes, outermost first */
    uint32_t closure_count, closure_capacity;
    LowerScope **scopes; /* pre-order */
    uint32_t scope_count, scope_capacity;
} Analysis;

void analyze_closures(Analysis *analysis, Lowering *lowering, Function *function);

/* --- lower_closure.c ---------------------------------------------------------------------------------------------- */
/* Turns nested functions into methods, then each of the resulting methods into a state machine where necessary. */
void convert_closures(Lowering *lowering, Function *function);

/* --- lower_flow.c ------------------------------------------------------------------------------------------------- */
/* Variables that must survive a suspension, in the order in which that was found out; parameters whenever they are
 * mentioned. `uses_this`: where `this` stands among them (index), or -1. */
typedef struct Hoisting {
    Local **at; /* NULL stands for `this` */
    uint32_t count, capacity;
} Hoisting;

void find_hoisted(Lowering *lowering, Function *function, bool is_iterator, Hoisting *result);

/* --- lower_async.c: state machines -------------------------------------------------------------------------------- */
typedef struct DispatchFrame {
    struct DispatchFrame *parent;
    SwitchCase *cases;
    uint32_t count, capacity;
} DispatchFrame;

typedef struct FreeFields {
    Type *type;
    Field **at;
    uint32_t count, capacity;
} FreeFields;

typedef struct AwaiterSlot {
    Type *type;
    Field *field;
    Local *local;
} AwaiterSlot;

/* What all kinds of state machines share while their body is rewritten. */
typedef struct Machine Machine;
struct Machine {
    Rewriter rewriter;                                /* first: the visitor casts */
    Bound *(*special)(Machine *machine, Bound *node); /* iterators: nodes they treat differently; NULL: the usual way */
    Lowering *lowering;
    Function *source;
    Method *method; /* the kickoff */
    TypeDefinition *type;
    Type *self;
    Field *state, *builder, *current, *this_field;
    Local *state_local; /* copy of the state in MoveNext */
    Local *this_local;  /* the original `this`, loaded once; NULL: not used or a struct */
    Function *move_next;
    DispatchFrame *dispatch;
    FreeFields *free_fields;
    uint32_t free_count, free_capacity;
    uint32_t next_field; /* numbers hoisted fields */
    AwaiterSlot *awaiters;
    uint32_t awaiter_count, awaiter_capacity;
    uint32_t awaiter_field_count;
    int32_t next_state;
    Field **root_fields; /* of the outermost scope: cleared when the method ends */
    uint32_t root_count, root_capacity;
    Field **all_fields; /* every hoisted local's field */
    uint32_t all_count, all_capacity;
    Bound *root; /* the body's outermost BLOCK (of the source) */
    Label *exit;
    Local *result;
    Field **parameter_copies; /* iterators: <>3__x by parameter index */
    Field *this_copy;         /* iterators of structs: <>3__<>4__this */
    void *data;               /* of the kind of machine */
};

void lower_machine(Lowering *lowering, Function *function); /* lower.c: async or iterator → state machine */
void lower_async(Lowering *lowering, Function *function);
void lower_iterator(Lowering *lowering, Function *function);
void lower_async_iterator(Lowering *lowering, Function *function);
void machine_init(Machine *machine, Lowering *lowering, Function *function, TypeKind kind);
void machine_add_hoisted(Machine *machine, const Hoisting *hoisting, bool copies);
Bound *machine_visit(Rewriter *rewriter, Bound *node);
Bound *hoisted_field(Machine *machine, Field *field, Span span);
Bound *machine_set_state(Machine *machine, int32_t state, Span span);
void machine_clear(Machine *machine, BoundList *list, Field **fields, uint32_t count, Span span);
Bound *machine_scope(Machine *machine, Bound *node);
Bound *machine_dispatch(Machine *machine, DispatchFrame *frame, Span span);
void machine_push_case(Machine *machine, DispatchFrame *frame, int32_t state, Label *label);
Bound *machine_try(Machine *machine, Bound *node, Label *end); /* `end`: placed at the end of the block, or NULL */
Type *machine_type_outside(Machine *machine);
void machine_parameter_fields(Machine *machine, Bound *target, BoundList *list, Span span);
void machine_add_set_state_machine(Machine *machine);
void machine_define_move_next(Machine *machine, Type *return_type, Type *interface_type);

/* lower_iterator.c: for classes that are their own enumerators */
Function *machine_define_member(Machine *machine, const char *name, Type *return_type, Type *interface_type);
Bound *machine_thread_id(Machine *machine, Span span);
Bound *machine_throw_not_supported(Machine *machine, Span span);
Local *machine_begin_enumeration(Machine *machine, Function *function, Method *constructor, Field *thread,
                                 int32_t start, const BoundList *again);
void machine_copy_parameters(Machine *machine, Function *function, Local *result, const Local *skip);
void machine_write_class_kickoff(Machine *machine, Method *constructor, int32_t state);

#endif
