/* Inside the checker (declare.c, check_*.c): contexts, scopes, and what the files share. Not for others. */
#ifndef AWAITLAB_LANG_CHECK_INTERNAL_H
#define AWAITLAB_LANG_CHECK_INTERNAL_H

#include "lang/bound.h"
#include "lang/features.h"
#include "lang/parser.h"

/* Names in effect in a file or namespace declaration. */
typedef struct UsingAlias {
    Name name;
    Node *target;
    Type *type; /* resolved on demand */
    Namespace *space;
    bool is_resolved;
} UsingAlias;

typedef struct UsingScope {
    struct UsingScope *parent;
    Namespace *space; /* the namespace that is declared here */
    Node *container;  /* COMPILATION_UNIT or NAMESPACE: its USING_DIRECTIVEs are resolved on first use */
    bool is_resolved;
    bool is_library;
    bool imports_unknown; /* a namespace of .NET that awaitlab has no types of */
    Namespace **imports;
    uint32_t import_count, import_capacity;
    TypeDefinition **statics; /* using static */
    uint32_t static_count, static_capacity;
    UsingAlias *aliases;
    uint32_t alias_count, alias_capacity;
    Submission *submission; /* whose scope it is; NULL: a file's or namespace's */
    bool is_prompt;         /* a few namespaces more are imported */
} UsingScope;

/* Where a type name is looked up. */
typedef struct TypeContext {
    UsingScope *usings;
    TypeDefinition *definition;      /* innermost type, or NULL */
    Method *method;                  /* whose type parameters are visible, or NULL */
    const struct TypeContext *outer; /* enclosing functions' type parameters (generic local functions) */
} TypeContext;

typedef struct Scope {
    struct Scope *parent;
    Bound *node; /* the bound node that declares the locals */
    Function *function;
    Local **locals;
    uint32_t local_count, local_capacity;
    Function **functions; /* local functions */
    uint32_t function_count, function_capacity;
    Label **labels; /* user labels of this block */
    uint32_t label_count, label_capacity;
    Label *break_label, *continue_label;
    struct SwitchScope *switch_scope; /* for goto case */
    bool is_catch, is_finally, is_lock, is_try_with_catch, is_filter;
    NodeList *statements;    /* of this block: for locals that are used before their declaration */
    uint64_t declared_names; /* a small filter of the names these statements declare */
} Scope;

typedef struct Binder {
    World *world;
    Arena *arena;
    DiagnosticList *diagnostics;
    TypeContext types;
    TypeDefinition *definition; /* whose member is being bound */
    Method *method;
    Function *function; /* innermost */
    Scope *scope;
    bool is_checked;
    bool is_unchecked; /* inside unchecked(...): constants may overflow too */
    bool in_static;    /* no `this` here */
    bool in_field_initializer;
    bool in_constructor_initializer;
    bool is_base_access; /* base.M */
    bool in_attribute;   /* constants only */
    uint32_t trial;      /* > 0: binding to find types only; nothing sticks */
    uint32_t depth;
    uint64_t *work;        /* shared counter that bounds overload and lambda trials */
    Type *return_inferred; /* lambda body being bound for inference: collected return type */
    struct ReturnCollector *returns;
    Local *pattern_input;
    Bound *receiver_placeholder; /* of ?. */
    Position call_end;           /* of the call whose function is being bound; 0: none */
    Span use_span;               /* where the name that is being looked at stands */
    struct LocalUse **uses;      /* which function calls which local function: shared by the whole method */
    Submission
        *submission; /* whose statements or functions are being bound: it sees the variables of earlier ones; or NULL */
    Local *self;     /* of a nested submission: what `this` is; or NULL */
    Type *self_type; /* of a nested submission: `definition` as it is constructed there; or NULL */
    Scope *program_scope;    /* of the statements of a loaded program; or NULL */
    Scope *submission_scope; /* of its statements: variables declared here are the submission's; or NULL */
} Binder;

/* A call (or delegate) of a local function: what the callee captures, the caller captures too. */
typedef struct LocalUse {
    Function *caller, *callee;
    struct LocalUse *next;
} LocalUse;

/* --- declare.c ------------------------------------------------------------------------------------------------------
 */
void declare_file(World *world, Node *unit);
/* Its two halves: types (returned is the scope of the file's using directives; `parent`: what is in effect around it,
 * or NULL), and the statements of a program. */
UsingScope *declare_types(World *world, Node *unit, UsingScope *parent);
void declare_program(World *world, Node *unit, UsingScope *scope);
/* For library.c: the scope behind a file's using directives and namespace, and one type there. */
UsingScope *declare_library_head(World *world, Node *unit);
TypeDefinition *declare_library_type(World *world, Node *node, UsingScope *scope);
Namespace *namespace_child(World *world, Namespace *parent, Name name, bool create);
void namespace_add_type(World *world, Namespace *space, TypeDefinition *definition);

/* --- declare_lazy.c: members of types of the core library, declared when somebody asks for them
 * ------------------------ */
/* All members that were not declared yet. False: the type's members are declared together (the program's types, enums
 * ...). */
bool lazy_complete(World *world, TypeDefinition *definition);
void declare_member(World *world, TypeDefinition *definition, Node *member, const TypeContext *context);
bool needs_static_constructor(TypeDefinition *definition);
void resolve_override(World *world, TypeDefinition *definition, Method *method);

/* False: it has none, and that is known without looking at its members. */
bool type_may_have_operators(const TypeDefinition *definition);

/* --- library.c: types of the core library, declared when somebody asks for them
 * ---------------------------------------- */
void library_init(World *world);
/* Declares all parts of that type of the core library; false: there is none, or it was declared before. */
bool library_declare(Namespace *space, Name name, uint32_t arity);
/* Calls `visit` with each type name of the namespace in the core library that begins with `prefix` (letters' case
 * aside). */
void library_for_each_type(const Namespace *space, const char *prefix,
                           void (*visit)(void *context, const char *name, uint32_t arity), void *context);
/* Declares the namespace's static classes with extension methods. */
void library_declare_extensions(Namespace *space);
void type_declare_nested(World *world, TypeDefinition *definition);
TypeContext type_context_of(TypeDefinition *definition, uint32_t node_index);
void check_declarations(World *world);
void check_type(World *world, TypeDefinition *definition); /* one type and those in it */
Method *find_user_constructor(TypeDefinition *definition);
bool library_type_may_extend(World *world, TypeDefinition *definition);
bool attribute_is(Node *attribute, const char *name);
Node *find_attribute(NodeList *attributes, const char *name);
/* For members that have no syntax (check_record.c). */
void add_member(World *world, TypeDefinition *definition, Member member);
void push_field(World *world, TypeDefinition *definition, Field *field);
void push_method(World *world, TypeDefinition *definition, Method *method);
Method *method_new(World *world, TypeDefinition *definition, Node *node, MethodKind kind, Name name);
Field *field_new(World *world, Name name, Type *type, Span span);
Parameter value_parameter(World *world, Type *type);
void add_synthesized_constructor(World *world, TypeDefinition *definition, MethodKind kind);

/* --- check_names.c: names of types and namespaces -------------------------------------------------------------------
 */
Type *bind_type(World *world, const TypeContext *context, Node *node);
/* Quiet lookup: a type, or a namespace in *space, or NULL. */
TypeDefinition *lookup_type_name(World *world, const TypeContext *context, Name name, uint32_t arity, Type **parameter,
                                 Namespace **space, Type **enclosing);
Type *bind_type_arguments(World *world, const TypeContext *context, TypeDefinition *definition, Type *enclosing,
                          NodeList *arguments, Node *node);
void using_resolve(World *world, UsingScope *scope);
Type *lookup_nested_type(World *world, Type *type, Name name, uint32_t arity);
bool check_constraints(World *world, Type *type, Span span);
bool check_type_argument(World *world, TypeParameter *parameter, Type *argument, const Substitution *substitution,
                         const char *generic, Span span);

/* AL9001 when the name is that of a type of .NET that the library lacks, and whose namespace is imported. */
bool report_dotnet_type(World *world, UsingScope *scope, Name name, Span span);
/* Whether a using directive in force names a namespace of .NET that awaitlab does not have. */
bool imports_unknown_namespace(UsingScope *scope);

/* --- check_declaration.c: modifiers, accessibility, operators, constraints, attributes ------------------------------
 */
void check_declared_type(World *world, TypeDefinition *definition);

/* --- check_lookup.c: members of a type ------------------------------------------------------------------------------
 */
typedef struct Found {
    MemberKind kind;
    Member *member; /* first; methods: a set follows */
    Type *owner;
    MethodRef *methods;
    uint32_t method_count, method_capacity;
    bool is_inaccessible;
    bool is_other_branch; /* protected, and the receiver is not of the class that looks (or derived from it) */
} Found;
bool lookup_member(Binder *binder, Type *type, Name name, Found *found);
/* Adds the methods of `more` that none of those in `found` hides. */
void add_visible_methods(Binder *binder, Found *found, const Found *more);
bool is_accessible(Binder *binder, Accessibility access, TypeDefinition *owner, Type *through);
/* Makes space->extension_types complete. */
void find_extension_types(World *world, Namespace *space);
void lookup_extensions(Binder *binder, Name name, MethodRef **methods, uint32_t *count, uint32_t *capacity);

/* --- check_conversion.c ----------------------------------------------------------------------------------------------
 */
typedef struct Conversion {
    ConversionKind kind;
    bool is_implicit;
    MethodRef method; /* user-defined */
    Type *from, *to;  /* user-defined: operand and result of the operator */
} Conversion;
Conversion classify_conversion(Binder *binder, Bound *from, Type *to); /* expression, implicit */
Conversion classify_type_conversion(World *world, Type *from,
                                    Type *to); /* implicit, by types (identity, numeric, reference, boxing, nullable) */
Conversion classify_explicit(Binder *binder, Bound *from, Type *to);
Bound *convert_implicit(Binder *binder, Bound *value, Type *to, Span span); /* reports CS0029 / CS0266 ... */
Bound *convert_explicit(Binder *binder, Bound *value, Type *to, Span span);
Bound *apply_conversion(Binder *binder, Bound *value, Type *to, Conversion conversion, bool is_explicit, Span span);
bool is_implicit_reference(World *world, Type *from, Type *to);
bool fold_numeric(World *world, Constant *constant, Type *from, Type *to, bool is_checked, bool *overflow);
bool constant_fits(const Constant *constant, Type *to);
Type *best_common_type(Binder *binder, Bound **values, uint32_t count);
bool constant_is_real_to_decimal(const Bound *value, const Type *to);
Bound *bind_collection_expression(Binder *binder, Node *node, Type *to);

/* --- check_overload.c
 * ------------------------------------------------------------------------------------------------- */
typedef struct ArgumentInfo {
    Bound *value; /* maybe untyped */
    Name name;
    RefKind ref_kind;
    Node *node;
    bool is_receiver; /* of an extension method */
} ArgumentInfo;
typedef struct Resolution {
    MethodRef method;
    bool is_expanded;      /* params */
    int32_t *parameter_of; /* argument index → parameter index */
} Resolution;
/* Chooses among candidates. `type_arguments` given explicitly or NULL. Reports errors (at `span`, for `name`) unless
 * quiet. */
bool resolve_overload(Binder *binder, MethodRef *candidates, uint32_t count, Type **type_arguments,
                      uint32_t type_argument_count, ArgumentInfo *arguments, uint32_t argument_count,
                      bool is_extension_call, Resolution *result, Node *call, Span span, Name name, bool quiet,
                      Type *receiver_type);
/* The arguments in parameter order, converted, defaults and params arrays filled in; side effects keep their order
 * (temps). */
Bound **build_arguments(Binder *binder, const Resolution *resolution, ArgumentInfo *arguments, uint32_t count,
                        LocalList *temps, BoundList *effects, Span span);
Bound *bind_ref_argument(Binder *binder, ArgumentInfo *argument, Type *type, RefKind kind, LocalList *temps,
                         BoundList *effects);
Bound *make_empty_array(Binder *binder, Type *type, Span span);
Type *delegate_signature(World *world, Type *type, MethodRef *invoke); /* NULL unless a delegate type */
bool resolve_method_group(Binder *binder, Bound *group, Type *delegate, MethodRef *result, bool *is_extension);
bool infer_type_arguments(Binder *binder, Method *method, Type *owner, ArgumentInfo *arguments, uint32_t count,
                          bool expanded, const int32_t *parameter_of, Type **result);

/* --- check_expression.c, check_value.c, check_member.c, check_call.c, check_create.c
 * ------------------------------------------------ */
Bound *bind_expression(Binder *binder, Node *node); /* anything, also types and method groups */
Bound *bind_value(Binder *binder, Node *node);      /* a value, perhaps untyped (lambda, null, default, group, new()) */
Bound *bind_typed(Binder *binder, Node *node);      /* a value with a type (reports otherwise) */
Bound *to_typed(Binder *binder, Bound *value, Node *node);     /* that value with its natural type */
Bound *bind_converted(Binder *binder, Node *node, Type *type); /* a value of that type */
Bound *bind_condition(Binder *binder, Node *node);
Bound *bind_lvalue(Binder *binder, Node *node, bool for_ref);
Bound *to_rvalue(Binder *binder, Bound *value); /* properties become getter calls */
bool is_lvalue(const Bound *value);
bool is_writable_variable(Binder *binder, const Bound *value);
Bound *make_getter_call(Binder *binder, Bound *property, Span span);
Bound *make_setter_call(Binder *binder, Bound *property, Bound *value, Span span);
bool may_assign_property(Binder *binder, Bound *property);
Bound *make_call(Binder *binder, MethodRef method, Bound *receiver, Bound **arguments, uint32_t count, Span span);
bool is_static_virtual(const Method *method);
Bound *call_static(Binder *binder, SpecialType type, const char *name, Bound **arguments, uint32_t count, Span span);
Bound *call_named(Binder *binder, Bound *receiver, Type *type, const char *name, Bound **arguments, uint32_t count,
                  Span span);
Bound *make_temp(Binder *binder, Bound *value, BoundList *effects,
                 LocalList *locals); /* a LOCAL that holds the value */
Bound *make_sequence(Binder *binder, LocalList *locals, BoundList *effects, Bound *value, Span span);
Bound *make_assign(Binder *binder, Bound *target, Bound *value, Span span);
/* Of `(receiver.set_P(temp = value), temp)`, whose value nobody wants, the call; anything else as it is. */
Bound *without_unused_value(Bound *value);
Bound *assign_to(Binder *binder, Bound *target, Bound *value, Span span, bool want_value);
Bound *make_default(Binder *binder, Type *type, Span span);
Bound *make_binary(Binder *binder, Operator op, Bound *a, Bound *b, Type *type, Span span);
Bound *make_convert(Binder *binder, Bound *value, Type *type, ConversionKind kind, Span span);
Bound *make_constant(Binder *binder, Constant constant, Type *type, Span span);
Bound *make_string(Binder *binder, const char *text, Span span);
Bound *make_bool(Binder *binder, bool value, Span span);
Bound *make_null(Binder *binder, Type *type, Span span);
Bound *bad(Binder *binder, Span span);
bool is_bad(const Bound *value);
Bound *field_access(Binder *binder, Bound *receiver, FieldRef field, Span span);
Bound *member_access(Binder *binder, Bound *receiver, Name name, NodeList *type_arguments, Node *node, Span span,
                     bool for_call);
Bound *bind_invocation_of(Binder *binder, Bound *function, ArgumentInfo *arguments, uint32_t count, Node *node,
                          Span span);
void bind_arguments(Binder *binder, NodeList *nodes, ArgumentInfo **arguments, uint32_t *count);
Bound *bind_object_creation(Binder *binder, Type *type, Node *node);
Bound *bind_initializer(Binder *binder, Bound *target, Node *initializer, BoundList *effects, LocalList *locals);
Bound *bind_new(Binder *binder, Type *type, ArgumentInfo *arguments, uint32_t count, Node *node, Span span);
Bound *use_local(Binder *binder, Local *local, Span span);
Bound *bind_this(Binder *binder, Span span);
bool is_this(const Bound *value); /* also the one of a nested submission */
Bound *bind_await_of(Binder *binder, Bound *operand, Span span);
bool awaits_by_blocking(const Binder *binder); /* the statements of a nested submission */
bool await_info(Binder *binder, Bound *operand, AwaitInfo **info, Type **result, Span span, bool quiet);
Bound *tuple_new(Binder *binder, Type *type, Bound **values, uint32_t count, Span span);
Bound *tuple_element(Binder *binder, Bound *tuple, uint32_t index, Span span);
Bound *null_check(Binder *binder, Bound *value, Span span); /* value != null (also Nullable.HasValue) */
Bound *bind_deconstruction(Binder *binder, Node *left, Bound *value, Span span);
Bound *deconstruct_into(Binder *binder, Node *left, Bound *value, BoundList *effects, LocalList *locals, Span span);
Type *natural_type(Binder *binder,
                   Bound *value); /* type of a typed expression, natural delegate type of a lambda; or NULL */
const char *bound_type_text(Binder *binder, Bound *value);         /* for messages */
Bound *nullable_value(Binder *binder, Bound *nullable, Span span); /* GetValueOrDefault() */
Bound *nullable_has_value(Binder *binder, Bound *nullable, Span span);
/* The x of `new int?(x)`, which is known to have a value; anything else as it is. */
Bound *without_wrap(Bound *value);
Bound *nullable_wrap(Binder *binder, Bound *value, Type *nullable, Span span);
Bound *bind_constant_value(Binder *binder, Node *node, Type *type);
bool get_constant(const Bound *value, Constant *constant);
bool is_top_level_local(World *world, Name name);
void report_deconstruct(Binder *binder, Type *type, uint32_t count, Span span);

Bound *bind_indexer(Binder *binder, Bound *receiver, ArgumentInfo *arguments, uint32_t count, Node *node, Span span);
Bound *bind_array_creation(Binder *binder, Node *node);
Bound *bind_anonymous_object(Binder *binder, Node *node);
Bound *bind_failed_creation(Binder *binder, Node *node);
Bound *bind_await(Binder *binder, Node *node);
const char *method_group_text(Binder *binder, Bound *group);
void note_local_function_use(Binder *binder, Function *function);
void lambda_check_errors(Binder *binder, Bound *lambda);

/* --- check_operator.c
 * ---------------------------------------------------------------------------------------------------- */
Bound *bind_binary(Binder *binder, Node *node);
Bound *bind_binary_of(Binder *binder, TokenKind token, Bound *a, Bound *b, Node *node, Span span);
Bound *bind_unary(Binder *binder, Node *node);
Bound *bind_increment(Binder *binder, Node *node, bool is_prefix);
Bound *bind_assignment(Binder *binder, Node *node);
Bound *bind_coalesce(Binder *binder, Node *node);
Bound *make_equality(Binder *binder, Bound *a, Bound *b, Span span); /* a == b as the operator would */
Bound *string_concat(Binder *binder, Bound **parts, uint32_t count, Span span);
Bound *logical_not(Binder *binder, Bound *value);

const char *readonly_reason(const Local *local);

/* --- check_string.c
 * ------------------------------------------------------------------------------------------------------- */
Bound *bind_interpolated(Binder *binder, Node *node);
Bound *concat_of(Binder *binder, Bound *binary, Span span);
/* An operand of string + as a string; NULL: it adds nothing (null). */
Bound *operand_to_string(Binder *binder, Bound *value);

/* --- check_lambda.c
 * -------------------------------------------------------------------------------------------------------- */
Bound *bind_lambda_unbound(Binder *binder, Node *node);
/* Binds for a delegate type. NULL (quiet) when it does not fit. */
Bound *convert_lambda(Binder *binder, Bound *lambda, Type *delegate, bool quiet);
/* Return type that the body infers when parameters have these types; NULL: none or errors. */
Type *lambda_return_type(Binder *binder, Bound *lambda, Type **parameter_types, uint32_t count, bool *is_void,
                         bool *has_errors);
/* The parameters as a method would have them; all types are written. */
RefKind lambda_ref_kind(const Node *parameter);
Parameter *lambda_parameters(Binder *binder, Bound *lambda);
uint32_t lambda_parameter_count(Bound *lambda, bool *explicit_types, bool *any_count);
Bound *method_group_to_delegate(Binder *binder, Bound *group, Type *delegate, Span span, bool quiet);
void declare_local_function(Binder *binder, Node *node);
void bind_local_function_body(Binder *binder, Function *function, Node *node);
bool is_async_return(World *world, Type *type); /* void, a task or an async stream */
Function *function_new(Binder *binder, FunctionKind kind, Span span);
void function_set_async(Binder *binder, Function *function, Node *node, NodeList *attributes);
void note_too_complex(Binder *binder, Span span); /* the trials have become too many */
void note_capture(Binder *binder, Local *local);
void note_this(Binder *binder);
typedef struct ReturnCollector {
    Bound **values;
    uint32_t count, capacity;
    bool saw_void, saw_value;
} ReturnCollector;

/* --- check_statement.c
 * ------------------------------------------------------------------------------------------------------ */
Bound *bind_statement(Binder *binder, Node *node);
Bound *bind_block(Binder *binder, Node *node);
Bound *bind_embedded(Binder *binder, Node *node);
void bind_statements(Binder *binder, NodeList *list, Bound *block);
Scope *push_scope(Binder *binder, Bound *node);
void pop_scope(Binder *binder);
Local *declare_local(Binder *binder, Name name, Type *type, Span span);
Local *declare_block_local(Binder *binder, Name name, Type *type, Span span); /* never a submission's variable */
Bound *new_statement(Binder *binder, BoundKind kind, Span span);
Bound *expression_statement(Binder *binder, Bound *expression);
void list_add(Binder *binder, BoundList *list, Bound *node);
Bound *bind_function_body(Binder *binder, Function *function, Node *body, bool is_expression, NodeList *statements);
Local *lookup_local(Binder *binder, Name name, Function **function);
bool is_declared_later(Binder *binder, Name name);
void bind_statements_into(Binder *binder, NodeList *list, Bound *block);
Bound *bind_array_initializer(Binder *binder, Node *initializer, Type *type);
Bound *empty_new_array(Binder *binder, Type *type, Span span);
bool dispose_call_exists(Binder *binder, Type *type);

/* --- check_method.c
 * ------------------------------------------------------------------------------------------------------- */
/* What was declared in world->global itself, and the bodies; then chooses the entry point. False: errors.
 * `needs_entry`: that there is none is an error. */
bool check_program(World *world, bool needs_entry);
/* The bodies of a type's methods and of the types in it; of all types of a namespace and in it. */
void check_bodies_of(World *world, TypeDefinition *definition);
void check_bodies(World *world, Namespace *space);
/* The outermost scope of a method's body, with its parameters; after binder_init. */
Function *binder_enter_method(Binder *binder, Method *method);
/* A method that calls `main` and waits for the task it returns. */
Method *make_waiting_entry(World *world, Method *main);

/* --- check_pattern.c, check_switch.c
 * ------------------------------------------------------------------------------------------------- */
/* A bool expression that tests `input` (a LOCAL, read as often as needed) and assigns the pattern's variables. */
Bound *bind_pattern(Binder *binder, Node *pattern, Bound *input, Span span);
Bound *bind_is(Binder *binder, Node *node);
Bound *bind_switch_expression(Binder *binder, Node *node, Type *target);
/* A switch expression that got its natural type; whether its arms would also convert to another one. */
bool is_switch_value(const Bound *value);
bool switch_arms_convert(Binder *binder, Bound *value, Type *to);
Bound *bind_switch_statement(Binder *binder, Node *node);
Bound *bind_with(Binder *binder, Node *node);

/* --- check_span.c: stackalloc and the rules of ref structs
 * --------------------------------------------------------------------------- */
Bound *bind_stackalloc(Binder *binder, Node *node);
/* A Span<T> or ReadOnlySpan<T> of these elements in memory of the frame (collection expressions). */
Bound *span_of_items(Binder *binder, Type *span_type, NodeList *items, Span span);
/* "text"u8 */
Bound *utf8_span(Binder *binder, const Literal *literal, Span span);
bool is_span(const Type *type);
/* A nested function uses a variable that must stay in its frame. */
void report_stack_capture(Binder *binder, const Local *local, Span span);
/* Whether a value of a ref struct may refer to this very frame; `culprit` (or NULL) is set to the local or the
 * stackalloc that does. */
bool is_bound_to_frame(const Bound *value, const Bound **culprit);
/* The value leaves the method, or goes into a variable that may: reported if it must not. */
void check_frame_escape(Binder *binder, Bound *value);
/* A local of that type in an async method: refused as C# 12 does. */
void check_async_local(Binder *binder, const Type *type, Span span);

/* --- check_grid.c: arrays of more than one dimension
 * ---------------------------------------------------------------------------------- */
Bound *bind_grid_creation(Binder *binder, Node *node);
Bound *grid_element(Binder *binder, Bound *grid, Bound **indices, uint32_t count, Span span);
/* `known`: the lengths that were written (-1: not), or NULL. */
Bound *grid_of_initializer(Binder *binder, Type *type, Node *initializer, const int64_t *known);

/* --- check_delegate.c: delegate types of lambdas
 * -------------------------------------------------------------------------------------- */
Type *anonymous_delegate(World *world, const Parameter *parameters, uint32_t count, Type *returned);

/* --- check_query.c: query expressions
 * ----------------------------------------------------------------------------------------------- */
Bound *bind_query(Binder *binder, Node *node);

/* --- check_flow.c: reachability, definite assignment, missing returns
 * ----------------------------------------------------------- */
void check_flow(Binder *binder, Function *function);

/* --- check_record.c: bodies the compiler writes
 * ---------------------------------------------------------------------------------- */
bool bind_synthesized(Binder *binder, Method *method, Function *function);
void declare_record_members(World *world, TypeDefinition *definition);

/* Assignments of field initialisers in declaration order (check_record.c). */
Bound *bind_field_initializers(Binder *binder, TypeDefinition *definition, bool is_static);
Type *anonymous_type(World *world, Name *names, Type **types, uint32_t count);
Bound *bind_goto_case(Binder *binder, Node *node);
void binder_init(Binder *binder, World *world, TypeDefinition *definition, Method *method);
Bound *bind_base_constructor_call(Binder *binder, Type *type, NodeList *arguments, Span span);
void set_async_types(Binder *binder, Function *function, Type *return_type, Type *builder_override, Span span);

/* --- syntax helpers
 * ----------------------------------------------------------------------------------------------------------------- */
bool syntax_contains_await(Node *node); /* not inside nested functions */
bool syntax_contains_yield(Node *node);
bool syntax_contains_return_value(Node *node);
Node *skip_parentheses(Node *node);

#define ERROR_AT(binder, span_, ...) report((binder)->diagnostics, (span_), __VA_ARGS__)

/* --- shared by check_value.c, check_member.c, check_call.c and check_expression.c only --- */
Bound *type_expression(Binder *binder, Type *type, Node *node);
Bound *access_found(Binder *binder, Found *found, Bound *receiver, Name name, Node *node, Span span);
Bound *bind_name(Binder *binder, Node *node);
Bound *member_of_value(Binder *binder, Bound *receiver, Name name, Node *node, Span span, bool for_call);
Bound *member_of_namespace(Binder *binder, Namespace *space, Node *node, Span whole);
Bound *bind_left(Binder *binder, Node *node);
Bound *bind_member(Binder *binder, Node *node, bool for_call);
Bound *bind_ref_operand(Binder *binder, Node *node, RefKind kind);
Bound *bind_call(Binder *binder, Node *node);
Bound *bind_index(Binder *binder, Node *node);

#endif
