/* Symbols: types, members and what is known about them.
 *
 * A TypeDefinition is what a declaration says (generic: open). A Type is a use of it with arguments; Types are interned
 * in the World, so equal types have equal pointers. Inside generic code Types contain TYPE_PARAMETERs: code is checked
 * and lowered once, in open form, and instantiated by substitution when it is compiled to bytecode. */
#ifndef AWAITLAB_LANG_TYPES_H
#define AWAITLAB_LANG_TYPES_H

#include "lang/ast.h"

typedef struct World World;
typedef struct Type Type;
typedef struct TypeDefinition TypeDefinition;
typedef struct TypeParameter TypeParameter;
typedef struct Field Field;
typedef struct Method Method;
typedef struct Property Property;
typedef struct Event Event;
typedef struct Namespace Namespace;
typedef struct Function Function;     /* bound.h */
typedef struct Local Local;           /* bound.h */
typedef struct Submission Submission; /* submit.h */

typedef enum SpecialType {
    SPECIAL_NONE,
#define SPECIAL(name, space, text, arity) SPECIAL_##name,
#include "lang/special.def"
#undef SPECIAL
    SPECIAL_COUNT
} SpecialType;
#define SPECIAL_LAST_PRIMITIVE SPECIAL_DOUBLE

typedef enum TypeKind {
    TYPE_ERROR, /* already reported; compatible with everything */
    TYPE_NULL,  /* the type of `null` */
    TYPE_CLASS,
    TYPE_STRUCT, /* primitives included; System.Void too */
    TYPE_ENUM,
    TYPE_INTERFACE,
    TYPE_DELEGATE,
    TYPE_ARRAY,
    TYPE_PARAMETER,
    TYPE_UNTYPED, /* binder only: lambda, method group, default literal, target-typed new, ... before conversion */
} TypeKind;

struct Type {
    TypeKind kind;
    SpecialType special;        /* of the definition; SPECIAL_NONE otherwise */
    TypeDefinition *definition; /* CLASS STRUCT ENUM INTERFACE DELEGATE */
    Type **arguments;           /* for all type parameters, those of enclosing types first */
    uint32_t argument_count;
    Type *element;            /* ARRAY */
    uint32_t rank;            /* ARRAY */
    TypeParameter *parameter; /* PARAMETER */
    bool is_open;             /* contains a type parameter */
    Name *tuple_names; /* ValueTuple only: element names or NULL; a Type with names differs from the plain one, and
                          `plain` is the one without: compare identity by type_plain() */
    Type *plain;       /* itself unless tuple names occur somewhere inside */
    uint32_t hash;
    uint32_t nesting;        /* how deep types stand in it: int 0, List<int> 1, List<int[]> 2 */
    Type *next;              /* intern chain */
    Type *base_cache;        /* constructed base type; see type_base */
    Type **interfaces_cache; /* all interfaces, transitive; see type_interfaces */
    uint32_t interfaces_count;
    bool interfaces_known;
    Type *array_of;      /* T[] of this type, once made */
    uint32_t runtime_id; /* closed types: 1 + RuntimeType id once loaded (lang/load); else 0 */
};

struct TypeParameter {
    Name name;
    uint32_t index;             /* among the owner's own parameters; for types: among all, enclosing ones included */
    TypeDefinition *type_owner; /* exactly one of the two owners is set */
    Method *method_owner;       /* local functions included */
    Type *type;                 /* the TYPE_PARAMETER type of it */
    bool must_be_class, must_be_struct, must_be_notnull, must_have_constructor;
    Type **constraints; /* class and interface constraints */
    uint32_t constraint_count;
    bool is_covariant, is_contravariant;
};

typedef enum RefKind { REF_NONE, REF_REF, REF_OUT, REF_IN, REF_READONLY } RefKind;

typedef enum ConstantKind {
    CONSTANT_NONE,
    CONSTANT_NULL,
    CONSTANT_BOOL,
    CONSTANT_CHAR,
    CONSTANT_INTEGER,
    CONSTANT_FLOAT,
    CONSTANT_DOUBLE,
    CONSTANT_DECIMAL,
    CONSTANT_STRING
} ConstantKind;

/* A compile-time constant. INTEGER holds every integral and enum type (sign-extended to 64 bits; unsigned types
 * zero-extended). */
typedef struct Constant {
    ConstantKind kind;
    uint32_t unit_count;
    union {
        int64_t integer; /* BOOL CHAR INTEGER */
        double real;     /* FLOAT DOUBLE */
        Decimal decimal;
        const uint16_t *units; /* STRING */
    };
} Constant;

typedef struct Parameter {
    Name name;
    Type *type; /* for `params` the array type */
    RefKind ref_kind;
    bool is_params;
    bool has_default;
    Constant default_value;          /* when has_default; CONSTANT_NONE or NULL kind: default(type) */
    Node *node;                      /* NODE_PARAMETER or NULL */
    bool is_enumerator_cancellation; /* [EnumeratorCancellation] */
    Name caller_argument;            /* [CallerMemberName] etc.: attribute's name, else NULL */
    int32_t caller_expression_of;    /* [CallerArgumentExpression]: the parameter it names, -1: none */
} Parameter;

typedef enum Accessibility { ACCESS_PRIVATE, ACCESS_PROTECTED, ACCESS_INTERNAL, ACCESS_PUBLIC } Accessibility;

struct Field {
    Name name;
    TypeDefinition *owner;
    Type *type;       /* open */
    RefKind ref_kind; /* fields of ref structs: `ref T` (REF_REF) or `ref readonly T` (REF_READONLY) */
    Accessibility access;
    bool is_static, is_readonly, is_const, is_volatile, is_thread_static;
    bool is_required;
    Constant constant;      /* is_const and enum members; evaluated on demand: field_constant() */
    uint8_t constant_state; /* 0 unknown, 1 being evaluated, 2 known */
    Node *node;             /* DECLARATOR or ENUM_MEMBER; NULL: made by the compiler */
    Node *initializer;      /* syntax of the initial value or NULL */
    Property *backing_of;   /* auto-property backing field */
    Event *event;           /* field of a field-like event */
    uint32_t index;         /* declaration order within the owner (static and instance counted together) */
    Span span;
};

typedef enum MethodKind {
    METHOD_ORDINARY,
    METHOD_CONSTRUCTOR,
    METHOD_STATIC_CONSTRUCTOR,
    METHOD_FINALIZER,
    METHOD_OPERATOR,
    METHOD_CONVERSION,
    METHOD_GETTER,
    METHOD_SETTER,
    METHOD_ADD,
    METHOD_REMOVE,
    METHOD_DELEGATE_INVOKE, /* body by the runtime */
    METHOD_LAMBDA,          /* made by lowering from a lambda or local function */
    METHOD_STATE_MACHINE,   /* MoveNext and friends, made by lowering */
} MethodKind;

struct Method {
    Name name; /* metadata name: get_X, .ctor, op_Addition, <Main>$, System.IDisposable.Dispose */
    TypeDefinition *owner;
    MethodKind kind;
    Accessibility access;
    Type *return_type;  /* open; void: SPECIAL_VOID */
    RefKind return_ref; /* REF_NONE, REF_REF or REF_READONLY */
    Parameter *parameters;
    uint32_t parameter_count;
    TypeParameter **type_parameters;
    uint32_t type_parameter_count;
    bool is_static, is_virtual, is_abstract, is_override, is_sealed, is_new;
    bool is_async, is_extern, is_extension, is_readonly, is_partial, is_iterator, is_init_only;
    bool is_primary_constructor;
    bool is_synthesized; /* no syntax: `lowered` is set, or record members made from a recipe in the binder */
    bool is_entry_point;
    bool is_local_function;
    Node *node;         /* declaration or accessor; NULL: synthesized */
    Property *property; /* of an accessor */
    Event *event;
    Type *explicit_interface; /* open interface Type of an explicit implementation, else NULL */
    Name explicit_name;       /* the member's name in that interface (get_X for accessors) */
    Method *delegates_to;     /* constructors: the one that `: this(...)` calls, once bound */
    Method *overridden;       /* base definition that an override overrides (direct), resolved by type_complete */
    Type *builder_override;   /* [AsyncMethodBuilder(typeof(X))] on the method: unbound definition's Type; else NULL */
    Name attribute_intrinsic; /* [Intrinsic] */
    uint32_t index;           /* order of declaration in its owner */
    Span span;                /* the name */
    Submission *submission;   /* whose statements are the body; NULL: another method */
    Submission *program;      /* Main of a loaded file: its submission; or NULL */

    /* stages */
    uint8_t bind_state; /* 0 not yet, 1 under way, 2 done, 3 failed */
    Function *bound;    /* bound.h; by bind_method */
    Function *lowered;  /* by lower_method: only core nodes, no lambda, await or yield left */
    Method **synthesized_accessors;
    struct MethodInstances *instances; /* lang/load: closed instances compiled so far */
    uint8_t inline_state;              /* lang/compile: 0 unknown, 1 not to be inlined, 2 to be inlined */
};

struct Property {
    Name name; /* "Item" for indexers */
    TypeDefinition *owner;
    Accessibility access;
    Type *type;
    RefKind ref_kind;
    Parameter *parameters; /* indexers */
    uint32_t parameter_count;
    Method *getter, *setter;
    Field *backing; /* auto-properties */
    bool is_static, is_required, is_virtual, is_abstract, is_override;
    Type *explicit_interface;
    Node *node;
    Span span;
};

struct Event {
    Name name;
    TypeDefinition *owner;
    Accessibility access;
    Type *type;
    Method *adder, *remover;
    Field *field; /* field-like */
    bool is_static;
    Node *node;
    Span span;
};

typedef enum MemberKind { MEMBER_FIELD, MEMBER_METHOD, MEMBER_PROPERTY, MEMBER_EVENT, MEMBER_TYPE } MemberKind;

typedef struct Member {
    MemberKind kind;
    Name name;
    union {
        Field *field;
        Method *method;
        Property *property;
        Event *event;
        TypeDefinition *type;
    };
    struct Member *next_same_name; /* within the type, declaration order */
} Member;

typedef enum LayoutKind { LAYOUT_AUTO, LAYOUT_SEQUENTIAL } LayoutKind;

/* A variable of the source that lowering turned into a field, of a state machine or of a display class. A field may
 * serve several variables whose scopes do not overlap. */
typedef struct SourceLocal {
    Name name;
    Field *field;
    Span scope;    /* where it can be used */
    Span declared; /* its name in the declaration */
    bool is_parameter;
} SourceLocal;

/* Where a state machine goes on from: the await that left it in this state. */
typedef struct AwaitPoint {
    int32_t state;
    Span span;
} AwaitPoint;

struct TypeDefinition {
    Name name; /* without arity */
    Namespace *space;
    TypeDefinition *containing;
    TypeKind kind; /* CLASS STRUCT ENUM INTERFACE DELEGATE */
    SpecialType special;
    Accessibility access;
    bool is_static, is_abstract, is_sealed, is_readonly, is_record, is_ref_struct, is_partial;
    bool is_library;                 /* from the core library */
    bool is_compiler_made;           /* display classes, state machines: auto layout, names <...> */
    LayoutKind layout;               /* structs: sequential unless [StructLayout(Auto)]; classes: auto */
    bool is_async_box;               /* the box type whose one field is a state machine: for names only */
    TypeParameter **type_parameters; /* all, enclosing types' first */
    uint32_t type_parameter_count;
    uint32_t own_parameter_start;    /* index of the first one declared here */
    Node **nodes;                    /* declaration(s), several when partial */
    struct UsingScope **node_scopes; /* where names in each declaration are looked up */
    uint32_t scope_capacity;
    uint32_t node_count;
    uint32_t node_capacity;
    uint8_t bases_state, members_state; /* 0 not yet, 1 under way, 2 done */
    uint8_t lazy_state;     /* 1: what is always wanted is being declared, 2: it is, others follow by name; see
                               declare_lazy.c */
    bool **lazy_declared;   /* by declaration and member */
    uint32_t lazy_asked[8]; /* hashes of names that were asked for last */
    Type *self;             /* the type with its own parameters as arguments */
    Type *base;             /* open; NULL for object and interfaces */
    Type **interfaces;      /* direct ones, open */
    uint32_t interface_count;
    Type *enum_underlying;
    Method *delegate_invoke;
    Type *async_builder; /* [AsyncMethodBuilder] on the type (task-like types): Type of the builder definition */

    Field **fields; /* declaration order */
    uint32_t field_count, field_capacity;
    Method **methods; /* constructors and accessors included, declaration order */
    uint32_t method_count, method_capacity;
    Property **properties;
    uint32_t property_count, property_capacity;
    Event **events;
    uint32_t event_count, event_capacity;
    TypeDefinition **nested;
    uint32_t nested_count, nested_capacity;
    Member **buckets; /* members by name */
    uint32_t bucket_count;
    uint32_t member_count;
    bool has_static_constructor; /* explicit static constructor: not beforefieldinit */
    Method *static_constructor;  /* explicit, or made from static field initialisers; NULL: none */
    Method *finalizer;
    Parameter *primary_parameters; /* records and primary constructors */
    uint32_t primary_parameter_count;
    Field **primary_fields;       /* captured primary constructor parameters, same index (or NULL) */
    uint32_t lambda_counter;      /* names of display classes and lambda methods: <M>b__N_M */
    TypeDefinition *lambda_cache; /* the `<>c` class, by lowering */
    SourceLocal *source_locals;   /* state machines and display classes */
    uint32_t source_local_count, source_local_capacity;
    AwaitPoint *await_points; /* async state machines */
    uint32_t await_point_count, await_point_capacity;
    struct LowerTypeData *lower_data; /* lowering's own */
    Submission *submission;           /* the class of a submission's variables and functions; NULL: another type */
    Span span;
};

/* A method or field of a constructed type. `owner` is the constructed declaring type; `arguments` the method's own type
 * arguments. */
typedef struct MethodRef {
    Method *method;
    Type *owner;
    Type **arguments;
} MethodRef;

typedef struct FieldRef {
    Field *field;
    Type *owner;
} FieldRef;

struct Namespace {
    Name name; /* last part */
    Name full_name;
    Namespace *parent;
    TypeDefinition **types;
    uint32_t type_count, type_capacity;
    Namespace **spaces;
    uint32_t space_count, space_capacity;
    void *type_index;                 /* by name */
    TypeDefinition **extension_types; /* static classes with extension methods; see check_lookup.c */
    uint32_t extension_count, extension_capacity, extension_seen; /* seen: how many of `types` were looked at */
    struct Library *library; /* where more types of this namespace wait (library.c); NULL: there are none */
    uint32_t library_space;  /* its number there */
    bool library_extensions; /* those with extension methods were declared */
    Namespace *older;        /* of a submission: the same namespace before it, where names are looked for next */
};

/* A substitution: type parameters of `type_arguments` (of the containing type) and of the method. Either may be NULL.
 */
typedef struct Substitution {
    Type **type_arguments;
    Type **method_arguments;
    Method *method; /* whose parameters method_arguments replace */
} Substitution;

/* Everything known while compiling: one per session. */
struct World {
    Arena *arena;
    NameTable *names;
    SourceMap *sources;
    DiagnosticList *diagnostics;
    Namespace *library_global;
    Namespace *global;       /* the same; after a submission: its own, with all older ones behind it */
    struct Library *library; /* types of the core library that nobody has asked for yet */
    TypeDefinition *special[SPECIAL_COUNT];
    Type **intern_buckets;
    uint32_t intern_bucket_count, intern_count;
    Type *error_type, *null_type, *void_type, *object_type, *string_type, *bool_type, *char_type, *int_type, *long_type;
    Type *double_type;
    struct Binder *binder;   /* lang/check */
    Method *entry_point;     /* <Main>$ or Main */
    TypeDefinition *program; /* the class of the top-level statements */
    uint32_t temp_counter;
    uint64_t flow_walks;   /* how often check_flow has walked a body */
    bool broken;           /* a body failed to bind: nothing may run */
    bool in_base_list;     /* base types are being bound: constraints are checked later */
    bool in_variable_type; /* the type of a local or of a local function's signature is being bound: no List<> there */
    Span too_complex;      /* where the trials of lambdas and overloads of the body being bound became too many; end 0:
                              nowhere */
    uint32_t constant_depth; /* constants that are being evaluated, each for the one before it */
    bool constants_too_deep; /* reported */
    Span declared_name; /* of the member whose signature is being bound: broken constraints are reported there; end 0:
                           at the argument */
};

/* --- types.c ------------------------------------------------------------------------------------------------------ */
Type *type_make(World *world, TypeDefinition *definition, Type **arguments, uint32_t count);
Type *type_make_array(World *world, Type *element, uint32_t rank);
Type *type_make_tuple(World *world, Type **elements, Name *names, uint32_t count); /* any count: nests TRest beyond 7 */
Type *type_special(World *world, SpecialType special);                             /* non-generic */
Type *type_special_of(World *world, SpecialType special, Type *argument);          /* arity 1 */
Type *type_substitute(World *world, Type *type, const Substitution *substitution);
/* The substitution that a constructed type brings for members declared in its definition. */
Substitution type_substitution(Type *owner);
Type *type_plain(Type *type);     /* without tuple names */
bool type_same(Type *a, Type *b); /* ignoring tuple names */
bool type_is_reference(
    Type *type); /* class, interface, delegate, array, string, null; a parameter only if constrained so */
bool type_is_value(Type *type);    /* struct, enum; a parameter only if constrained so */
bool type_is_nullable(Type *type); /* Nullable<T> */
Type *type_nullable_underlying(Type *type);
Type *type_enum_underlying(Type *type); /* itself unless an enum */
bool type_is_void(Type *type);
bool type_is_tuple(Type *type);
bool type_is_ref_like(const Type *type); /* a ref struct: check_span.c */
uint32_t type_tuple_count(Type *type);
Type *type_tuple_element(Type *type, uint32_t index);
bool type_is_numeric(Type *type);
bool type_is_integral(Type *type);
Type *type_base(World *world, Type *type); /* constructed base class, NULL at object/interfaces; arrays: System.Array */
Type **type_interfaces(World *world, Type *type,
                       uint32_t *count);                      /* all, transitive, constructed; arrays: IList<T>... */
bool type_derives_from(World *world, Type *type, Type *base); /* same or base class chain */
bool type_implements(World *world, Type *type, Type *interface_type); /* identity, no variance */
Type *type_find_interface(World *world, Type *type,
                          TypeDefinition *definition); /* the (first) construction it implements */
/* C#-style text ("int", "List<string>", "(int a, string b)", "T"), as Roslyn prints in messages. */
const char *type_text(World *world, Type *type);
/* .NET full name: System.Collections.Generic.List`1[System.Int32], Program+<Main>d__0 — as Type.ToString prints. */
const char *type_runtime_name(World *world, Type *type);
MethodRef method_ref_substitute(World *world, MethodRef ref, const Substitution *substitution);
FieldRef field_ref_substitute(World *world, FieldRef ref, const Substitution *substitution);
/* Types of a parameter and of the result as seen through the reference (owner and method arguments substituted). */
Type *method_ref_parameter_type(World *world, MethodRef ref, uint32_t index);
Type *method_ref_return_type(World *world, MethodRef ref);
Type *field_ref_type(World *world, FieldRef ref);
const char *method_text(World *world, MethodRef ref); /* "Program.F(int)" as Roslyn prints */

/* --- declare.c: from syntax to symbols, on demand ------------------------------------------------------------------
 */
TypeDefinition *namespace_type(Namespace *space, Name name, uint32_t arity); /* NULL: there is none */
void type_complete_bases(World *world, TypeDefinition *definition);
/* Members, accessors, synthesized members (default constructors, record members, backing fields). */
void type_complete(World *world, TypeDefinition *definition);
/* What has storage, static constructor and finalizer: enough to load the type. */
void type_declare_fields(World *world, TypeDefinition *definition);
/* All members of that name (explicit implementations and accessors included), in `methods` afterwards with all fields
 * and perhaps others. */
void type_declare_named(World *world, TypeDefinition *definition, Name name);
void type_declare_constructors(World *world, TypeDefinition *definition);
Member *type_member(World *world, TypeDefinition *definition, Name name); /* declared here; chain by next_same_name */
/* The one method of that name and parameter count declared in the definition (compiler's own look-ups); NULL if none.
 */
Method *type_method_named(World *world, TypeDefinition *definition, const char *name, uint32_t parameter_count);
Field *type_field_named(World *world, TypeDefinition *definition, const char *name);
Constant field_constant(World *world, Field *field);

/* New definitions made by lowering (display classes, state machines); nested in `containing`. Its type parameters are
 * given. */
TypeDefinition *type_define(World *world, TypeDefinition *containing, TypeKind kind, Name name,
                            TypeParameter **parameters, uint32_t count);
Field *type_define_field(World *world, TypeDefinition *definition, Name name, Type *type, bool is_static);
Method *type_define_method(World *world, TypeDefinition *definition, Name name, MethodKind kind, Type *return_type,
                           bool is_static);

/* The method that runs when `slot` (a virtual or interface method reference) is called on an object of closed or open
 * class/struct type `type`; NULL when abstract. Implements overriding and interface mapping (ECMA-335 II.12.2),
 * explicit implementations first, base classes, default interface methods last, and generic method arguments pass
 * through. */
MethodRef method_find_implementation(World *world, Type *type, MethodRef slot, bool *found);

#endif
