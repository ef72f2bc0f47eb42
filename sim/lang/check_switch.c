/* The two kinds of switch (C# spec 12.11, 13.8.3): which arms can never match, switch expressions, switch statements,
 * `goto case`. The patterns in them are bound by check_pattern.c. */
#include "lang/check_pattern.h"

#include <string.h>

/* Beyond this many arms a switch expression is a balanced || instead of nested ?:, which later passes would recurse
 * into. */
enum { MOST_NESTED_ARMS = 48 };

struct SwitchScope {
    Type *type;       /* of the governing value */
    Constant *values; /* constants of case labels, with the labels of their sections */
    Label **labels;
    uint32_t count, capacity, label_capacity;
    Label *default_label;
};

/* --- which patterns can never match because of earlier ones
 * --------------------------------------------------------------------------- */

/* Tests that earlier arms decided without a `when`. */
typedef struct Handled {
    Bound **tests;
    uint32_t count, capacity;
    bool everything;
} Handled;

static bool reads_local(const Bound *value, const Local *input)
{
    while (value->kind == BOUND_CONVERT)
        value = value->a;
    return value->kind == BOUND_LOCAL && value->local == input;
}

static bool is_null_check_of(const Bound *test, const Local *input)
{
    return test->kind == BOUND_BINARY && test->op == OP_NOT_EQUAL && reads_local(test->a, input) &&
           test->b->kind == BOUND_CONSTANT && test->b->constant.kind == CONSTANT_NULL;
}

/* The constant that a test compares the whole input with. */
static const Bound *compared_constant(const Bound *test, const Local *input)
{
    const Bound *a = NULL, *b = NULL;
    if (test->kind == BOUND_BINARY && test->op == OP_EQUAL) {
        a = test->a;
        b = test->b;
    } else if (test->kind == BOUND_CALL && !test->a && test->items.count == 2 &&
               strcmp(test->method.method->name->text, "op_Equality") == 0) {
        a = test->items.at[0];
        b = test->items.at[1];
    }
    Constant constant;
    return a && reads_local(a, input) && get_constant(b, &constant) ? b : NULL;
}

static bool same_constant(const Constant *a, const Constant *b)
{
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case CONSTANT_STRING:
        return a->unit_count == b->unit_count &&
               (!a->unit_count || memcmp(a->units, b->units, a->unit_count * sizeof *a->units) == 0);
    case CONSTANT_FLOAT:
    case CONSTANT_DOUBLE:
        return a->real == b->real;
    case CONSTANT_DECIMAL:
        return memcmp(&a->decimal, &b->decimal, sizeof a->decimal) == 0;
    case CONSTANT_NULL:
    case CONSTANT_NONE:
        return true;
    default:
        return a->integer == b->integer;
    }
}

/* The whole numbers that pass a test of the input, as far as that is an interval. */
static bool interval_of(const Bound *test, const Local *input, int64_t *low, int64_t *high)
{
    const Bound *constant = compared_constant(test, input);
    Constant value;
    if (test->kind == BOUND_BINARY && test->op >= OP_LESS && test->op <= OP_GREATER_EQUAL &&
        reads_local(test->a, input))
        constant = test->b;
    if (!constant || !get_constant(constant, &value) ||
        (value.kind != CONSTANT_INTEGER && value.kind != CONSTANT_CHAR) || value.integer == INT64_MIN ||
        value.integer == INT64_MAX)
        return false;
    uint8_t op = test->kind == BOUND_BINARY ? test->op : (uint8_t)OP_EQUAL;
    *low = op == OP_LESS || op == OP_LESS_EQUAL ? INT64_MIN : op == OP_GREATER ? value.integer + 1 : value.integer;
    *high = op == OP_GREATER || op == OP_GREATER_EQUAL ? INT64_MAX : op == OP_LESS ? value.integer - 1 : value.integer;
    return true;
}

/* Whether everything that passes `test` also passed the single test `known`. */
static bool implies(World *world, const Bound *test, const Bound *known, const Local *input)
{
    const Bound *value = compared_constant(test, input), *other = compared_constant(known, input);
    Constant a, b;
    int64_t low, high, known_low, known_high;
    if (interval_of(test, input, &low, &high) && interval_of(known, input, &known_low, &known_high))
        return low >= known_low && high <= known_high;
    if (value && other && get_constant(value, &a) && get_constant(other, &b))
        return same_constant(&a, &b);
    Type *wide = known->kind == BOUND_IS && reads_local(known->a, input) ? known->type_operand
                 : is_null_check_of(known, input)                        ? input->type
                                                                         : NULL;
    if (!wide)
        return test->kind == BOUND_UNARY && known->kind == BOUND_UNARY && is_null_check_of(test->a, input) &&
               is_null_check_of(known->a, input);
    Type *narrow_type = test->kind == BOUND_IS && reads_local(test->a, input) ? test->type_operand
                        : is_null_check_of(test, input) || value              ? input->type
                                                                              : NULL;
    return narrow_type && pattern_is_upcast(world, narrow_type, wide);
}

static bool is_handled(World *world, const Handled *handled, const Bound *test, const Local *input)
{
    if (handled->everything)
        return true;
    if (test->kind == BOUND_OR_ELSE)
        return is_handled(world, handled, test->a, input) && is_handled(world, handled, test->b, input);
    if (test->kind == BOUND_AND_ALSO)
        return is_handled(world, handled, test->a, input) || is_handled(world, handled, test->b, input);
    for (uint32_t i = 0; i < handled->count; i++)
        if (implies(world, test, handled->tests[i], input))
            return true;
    return false;
}

static void add_handled(Binder *binder, Handled *handled, Bound *test)
{
    if (pattern_is_always_true(test)) {
        handled->everything = true;
    } else if (test->kind == BOUND_OR_ELSE) {
        add_handled(binder, handled, test->a);
        add_handled(binder, handled, test->b);
    } else if (test->kind == BOUND_AND_ALSO && pattern_is_always_true(test->b)) {
        add_handled(binder, handled, test->a);
    } else if (handled->count < 256) { /* comparing each with each must stay cheap */
        ARENA_PUSH(binder->arena, handled->tests, handled->count, handled->capacity, test);
    }
}

/* null and every other value together. */
static void note_exhausted(World *world, Handled *handled, const Local *input)
{
    bool null = false, rest = false, yes = false, no = false;
    for (uint32_t i = 0; i < handled->count; i++) {
        const Bound *test = handled->tests[i];
        null |= test->kind == BOUND_UNARY && test->op == OP_NOT && is_null_check_of(test->a, input);
        rest |= is_null_check_of(test, input) || (test->kind == BOUND_IS && reads_local(test->a, input) &&
                                                  pattern_is_upcast(world, input->type, test->type_operand));
        if (input->type == world->bool_type) {
            yes |= reads_local(test, input);
            no |= test->kind == BOUND_UNARY && test->op == OP_NOT && reads_local(test->a, input);
        }
    }
    handled->everything |= (null && rest) || (yes && no);
}

/* --- switch expressions
 * ------------------------------------------------------------------------------------------------------------------ */

typedef struct Arm {
    Node *node;
    Scope *scope;
    Bound *sequence; /* declares the pattern's variables */
    Bound *test;
    Bound *value;
} Arm;

static void bind_arm(Binder *binder, Node *node, Bound *input, Arm *arm, Handled *handled)
{
    arm->node = node;
    arm->sequence = bound_new(binder->world, BOUND_SEQUENCE, NULL, node->span);
    arm->scope = push_scope(binder, arm->sequence);
    arm->test = bind_pattern(binder, node->a, input, node->a->span);
    if (!is_bad(arm->test)) {
        if (is_handled(binder->world, handled, arm->test, input->local))
            ERROR_AT(binder, node->a->span, ERROR_SUBSUMED_ARM);
        Constant constant;
        Bound *when = node->b ? bind_condition(binder, node->b) : NULL;
        if (!when || (get_constant(when, &constant) && constant.integer))
            add_handled(binder, handled, arm->test);
        if (when)
            arm->test = pattern_and(binder, arm->test, when);
        note_exhausted(binder->world, handled, input->local);
    } else if (node->b) {
        bind_condition(binder, node->b);
    }
    arm->value = bind_value(binder, node->c);
    pop_scope(binder);
}

/* Roslyn calls a method that throws, which is in the stack trace too. */
static Bound *throw_unmatched(Binder *binder, Bound *input, Type *type, Span span)
{
    World *world = binder->world;
    Bound *value = convert_implicit(binder, pattern_again(binder, input), world->object_type, span);
    Bound *result = bound_new(world, BOUND_THROW_EXPRESSION, type, span);
    result->a = call_static(binder, SPECIAL_SWITCH_THROWS, "Throw", &value, 1, span);
    result->a->flags |= BOUND_COMPILER_MADE;
    return result;
}

static Bound *in_arm_scope(Arm *arm, Bound *value)
{
    if (!arm->sequence->locals.count)
        return value;
    arm->sequence->type = value->type;
    arm->sequence->a = value;
    return arm->sequence;
}

static Bound *nest_arms(Binder *binder, Arm *arms, uint32_t count, Bound *otherwise, Type *type)
{
    Bound *result = otherwise;
    for (uint32_t i = count; i-- > 0;) {
        Arm *arm = &arms[i];
        Bound *choice = arm->value;
        if (pattern_is_always_true(arm->test)) {
            BoundList effects = {0};
            LocalList none = {0};
            if (!pattern_is_true(arm->test))
                list_add(binder, &effects, arm->test);
            choice = make_sequence(binder, &none, &effects, choice, arm->node->span);
        } else {
            choice = bound_new(binder->world, BOUND_CONDITIONAL, type, arm->node->span);
            choice->a = arm->test;
            choice->b = arm->value;
            choice->c = result;
        }
        result = in_arm_scope(arm, choice);
    }
    return result;
}

static Bound *balanced_or(Binder *binder, Bound **tests, uint32_t count)
{
    if (count == 1)
        return tests[0];
    return pattern_or(binder, balanced_or(binder, tests, count / 2),
                      balanced_or(binder, tests + count / 2, count - count / 2));
}

/* (test1 && (r = value1; true)) || (test2 && ...) || throw; r */
static Bound *chain_arms(Binder *binder, Arm *arms, uint32_t count, Bound *otherwise, Type *type, Span span)
{
    World *world = binder->world;
    Bound **tests = ARENA_ARRAY(binder->arena, Bound *, count + 1);
    BoundList effects = {0};
    LocalList locals = {0};
    Local *result = local_new(world, binder->function, LOCAL_TEMP, NULL, type, span);
    ARENA_PUSH(binder->arena, locals.at, locals.count, locals.capacity, result);
    for (uint32_t i = 0; i < count; i++) {
        Bound *assign = make_assign(binder, bound_local(world, result, span), arms[i].value, arms[i].node->span);
        tests[i] = in_arm_scope(&arms[i],
                                pattern_and(binder, arms[i].test, pattern_after(binder, assign, arms[i].node->span)));
    }
    if (otherwise) {
        otherwise->type = world->bool_type;
        tests[count++] = otherwise;
    }
    list_add(binder, &effects, balanced_or(binder, tests, count));
    return make_sequence(binder, &locals, &effects, bound_local(world, result, span), span);
}

/* The value's own node, or a temp, or a broken stand-in when it has errors. */
static Let governing_value(Binder *binder, Node *node, bool *broken)
{
    Bound *value = bind_typed(binder, node);
    if (!is_bad(value) && (type_is_void(value->type) || value->type->kind == TYPE_NULL)) {
        ERROR_AT(binder, node->span, ERROR_SWITCH_VALUE);
        value = bad(binder, node->span);
    }
    *broken = is_bad(value);
    if (*broken) {
        Local *unknown =
            local_new(binder->world, binder->function, LOCAL_TEMP, NULL, binder->world->error_type, node->span);
        return (Let){.local = bound_local(binder->world, unknown, node->span)};
    }
    return pattern_let(binder, value);
}

/* What the arms were before they got a type; hangs on the result. */
typedef struct ArmValues {
    uint32_t count;
    Bound **at;
} ArmValues;

static void remember_arms(Binder *binder, Bound *result, Node *node, Bound **values)
{
    if (result->kind != BOUND_CONDITIONAL && result->kind != BOUND_SEQUENCE && result->kind != BOUND_SWITCH_UNTYPED)
        return;
    ArmValues *arms = ARENA_NEW(binder->arena, ArmValues);
    *arms = (ArmValues){node->items.count, values};
    result->syntax = node;
    result->binder_data = arms;
}

bool is_switch_value(const Bound *value)
{
    return (value->kind == BOUND_CONDITIONAL || value->kind == BOUND_SEQUENCE || value->kind == BOUND_SWITCH_UNTYPED) &&
           value->syntax && value->syntax->kind == NODE_SWITCH_EXPRESSION && value->binder_data;
}

bool switch_arms_convert(Binder *binder, Bound *value, Type *to)
{
    const ArmValues *arms = value->binder_data;
    for (uint32_t i = 0; i < arms->count; i++)
        if (!classify_conversion(binder, arms->at[i], to).is_implicit)
            return false;
    return true;
}

static Bound *untyped_switch(Binder *binder, Node *node, Bound **values, uint32_t nested_count)
{
    if (binder->function)
        binder->function->nested_count = nested_count; /* its lambdas are bound anew with the target type */
    Bound *result = bound_new(binder->world, BOUND_SWITCH_UNTYPED, NULL, node->span);
    remember_arms(binder, result, node, values);
    return result;
}

static bool convert_arms(Binder *binder, Arm *arms, uint32_t count, Type *type)
{
    bool fits = true;
    Scope *outer = binder->scope;
    for (uint32_t i = 0; i < count; i++) {
        binder->scope = arms[i].scope;
        arms[i].value = convert_implicit(binder, arms[i].value, type, arms[i].node->c->span);
        fits &= !is_bad(arms[i].value);
    }
    binder->scope = outer;
    return fits;
}

Bound *bind_switch_expression(Binder *binder, Node *node, Type *target)
{
    bool broken;
    uint32_t count = node->items.count;
    uint32_t nested_count = binder->function ? binder->function->nested_count : 0;
    Let input = governing_value(binder, node->a, &broken);
    Arm *arms = ARENA_ARRAY(binder->arena, Arm, count + 1);
    Bound **values = ARENA_ARRAY(binder->arena, Bound *, count + 1);
    Handled handled = {0};
    for (uint32_t i = 0; i < count; i++) {
        bind_arm(binder, node->items.at[i], input.local, &arms[i], &handled);
        values[i] = arms[i].value;
        broken |= is_bad(arms[i].test) || is_bad(arms[i].value);
    }
    if (broken)
        return bad(binder, node->span);
    Type *type = target ? target : best_common_type(binder, values, count);
    if (!type || type->kind == TYPE_NULL)
        return untyped_switch(binder, node, values, nested_count);
    if (!convert_arms(binder, arms, count, type))
        return bad(binder, node->span);
    Bound *otherwise = count && pattern_is_always_true(arms[count - 1].test)
                           ? NULL
                           : throw_unmatched(binder, input.local, type, node->span);
    Bound *result = count > MOST_NESTED_ARMS ? chain_arms(binder, arms, count, otherwise, type, node->span)
                                             : nest_arms(binder, arms, count, otherwise, type);
    result = pattern_let_in(binder, &input, result, node->span);
    if (!target)
        remember_arms(binder, result, node, values);
    return result;
}

/* --- switch statements ------------------------------------------------------------------------------------------- */

typedef struct Section {
    Node *node;
    Scope *scope; /* of the pattern variables */
    Label *label;
} Section;

typedef struct CaseLabel {
    Node *node;
    Section *section;
    NamedThing thing;  /* constant labels */
    bool is_constant;  /* thing.value is a constant of the governing type */
    bool is_duplicate; /* reported */
    Bound *test;
} CaseLabel;

typedef struct Switch {
    Node *node;
    Bound *block; /* everything: declares the locals */
    Bound *input;
    Section *sections;
    CaseLabel *labels;
    uint32_t label_count;
    Label *break_label;
    struct SwitchScope *scope;
} Switch;

static bool is_switch_type(World *world, Type *type)
{
    return type == world->string_type || type == world->bool_type || type == world->char_type ||
           type_is_integral(type_enum_underlying(type));
}

static bool is_constant_syntax(const Node *label)
{
    return label->a && (label->a->kind == NODE_CONSTANT_PATTERN ||
                        (label->a->kind == NODE_TYPE_PATTERN && pattern_is_name(label->a->a)));
}

static void add_constant(Binder *binder, struct SwitchScope *scope, Constant value, Label *label)
{
    uint32_t count = scope->count;
    ARENA_PUSH(binder->arena, scope->labels, count, scope->label_capacity, label);
    ARENA_PUSH(binder->arena, scope->values, scope->count, scope->capacity, value);
}

/* Constant labels: their value, converted to the governing type. */
static void resolve_label(Binder *binder, Switch *sw, CaseLabel *label)
{
    Node *syntax = label->node->a->a;
    if (pattern_is_name(syntax))
        label->thing = pattern_resolve_named(binder, syntax);
    else
        label->thing.value = bind_value(binder, syntax);
    Bound *value = label->thing.value;
    if (!value || is_bad(value) || pattern_is_null(value) || sw->input->type->kind == TYPE_ERROR)
        return;
    Type *type = type_nullable_underlying(sw->input->type);
    if (!is_switch_type(binder->world, type) || !classify_conversion(binder, value, type).is_implicit)
        return;
    Constant constant;
    value = convert_implicit(binder, value, type, syntax->span);
    if (!get_constant(value, &constant))
        return;
    label->thing.value = value;
    label->is_constant = true;
    add_constant(binder, sw->scope, constant, label->section->label);
}

static void collect_labels(Binder *binder, Switch *sw)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < sw->node->items.count; i++)
        count += sw->node->items.at[i]->extra.count;
    sw->labels = ARENA_ARRAY(binder->arena, CaseLabel, count + 1);
    sw->sections = ARENA_ARRAY(binder->arena, Section, sw->node->items.count + 1);
    for (uint32_t i = 0; i < sw->node->items.count; i++) {
        Section *section = &sw->sections[i];
        section->node = sw->node->items.at[i];
        section->label = label_new(binder->world, NULL);
        section->scope = push_scope(binder, sw->block);
        for (uint32_t j = 0; j < section->node->extra.count; j++) {
            CaseLabel *label = &sw->labels[sw->label_count++];
            label->node = section->node->extra.at[j];
            label->section = section;
            if (label->node->kind == NODE_CASE_LABEL && is_constant_syntax(label->node)) {
                resolve_label(binder, sw, label);
            } else if (label->node->kind == NODE_DEFAULT_LABEL) {
                if (sw->scope->default_label)
                    ERROR_AT(binder, label->node->span, ERROR_DUPLICATE_CASE, "default");
                sw->scope->default_label = section->label;
            }
        }
        pop_scope(binder);
    }
}

static bool all_constant(World *world, const Switch *sw)
{
    if (!is_switch_type(world, sw->input->type))
        return false;
    for (uint32_t i = 0; i < sw->label_count; i++) {
        const CaseLabel *label = &sw->labels[i];
        if (label->node->kind == NODE_CASE_LABEL && (!label->is_constant || label->node->b))
            return false;
    }
    return true;
}

static uint32_t hash_constant(const Constant *constant)
{
    if (constant->kind != CONSTANT_STRING)
        return (uint32_t)((uint64_t)constant->integer * 0x9E3779B97F4A7C15u >> 32);
    uint32_t hash = 2166136261u;
    for (uint32_t i = 0; i < constant->unit_count; i++)
        hash = (hash ^ constant->units[i]) * 16777619u;
    return hash;
}

static const char *constant_text(Binder *binder, const Bound *value)
{
    const Constant *constant = &value->constant;
    Text text;
    text_init(&text, binder->arena);
    switch (constant->kind) {
    case CONSTANT_BOOL:
        return constant->integer ? "true" : "false";
    case CONSTANT_CHAR:
        text_format(&text, "%c", (int)(constant->integer < 128 ? constant->integer : '?'));
        break;
    case CONSTANT_STRING:
        text_addc(&text, '"');
        for (uint32_t i = 0; i < constant->unit_count; i++)
            text_addc(&text, constant->units[i] < 128 ? (char)constant->units[i] : '?');
        text_addc(&text, '"');
        break;
    default:
        text_format(&text, "%lld", (long long)constant->integer);
        break;
    }
    return text.at ? text.at : "";
}

static void check_duplicate_cases(Binder *binder, Switch *sw)
{
    uint32_t size = 16;
    while (size < sw->label_count * 2)
        size *= 2;
    CaseLabel **table = ARENA_ARRAY(binder->arena, CaseLabel *, size);
    for (uint32_t i = 0; i < sw->label_count; i++) {
        CaseLabel *label = &sw->labels[i];
        if (!label->is_constant)
            continue;
        const Constant *value = &label->thing.value->constant;
        uint32_t at = hash_constant(value) & (size - 1);
        while (table[at] && !same_constant(&table[at]->thing.value->constant, value))
            at = (at + 1) & (size - 1);
        if (!table[at]) {
            table[at] = label;
        } else if (!label->node->b && !table[at]->node->b) {
            label->is_duplicate = true;
            ERROR_AT(binder, label->node->span, ERROR_DUPLICATE_CASE, constant_text(binder, label->thing.value));
        }
    }
}

static Bound *label_statement(Binder *binder, Label *label, Span span)
{
    Bound *statement = new_statement(binder, BOUND_LABEL, span);
    statement->label = label;
    statement->flags |= BOUND_COMPILER_MADE;
    return statement;
}

static Bound *goto_statement(Binder *binder, Label *label, Span span)
{
    Bound *statement = new_statement(binder, BOUND_GOTO, span);
    statement->label = label;
    statement->flags |= BOUND_COMPILER_MADE;
    return statement;
}

/* Flow analysis reports when this place can be reached (CS0163, CS8070). */
static Bound *end_of_section(Binder *binder, const Switch *sw, uint32_t index)
{
    Section *section = &sw->sections[index];
    Node *last = section->node->extra.count ? section->node->extra.at[section->node->extra.count - 1] : section->node;
    Bound *marker = new_statement(binder, BOUND_NOP, last->span);
    marker->syntax = section->node;
    marker->flags |= BOUND_COMPILER_MADE | (index + 1 == sw->node->items.count ? BOUND_CONSTANT_BRANCH : 0);
    return marker;
}

/* Locals belong to the whole switch block, pattern variables to their section: while a section is bound, its scope is
 * slipped in between the block's and the outer one. */
static void bind_sections(Binder *binder, Switch *sw, Scope *inner, Bound *body)
{
    Scope *outer = inner->parent;
    for (uint32_t i = 0; i < sw->node->items.count; i++) {
        Section *section = &sw->sections[i];
        inner->parent = section->scope;
        binder->scope = inner;
        list_add(binder, &body->items, label_statement(binder, section->label, section->node->span));
        bind_statements(binder, &section->node->items, body);
        list_add(binder, &body->items, end_of_section(binder, sw, i));
    }
    inner->parent = outer;
    binder->scope = inner;
}

static void emit_constant_switch(Binder *binder, Switch *sw, Bound *value, Bound *body)
{
    Bound *statement = new_statement(binder, BOUND_SWITCH, sw->node->span);
    statement->a = value;
    statement->b = body;
    statement->label = sw->break_label;
    statement->label2 = sw->scope->default_label;
    statement->case_count = sw->scope->count;
    statement->cases = ARENA_ARRAY(binder->arena, SwitchCase, sw->scope->count + 1);
    for (uint32_t i = 0; i < sw->scope->count; i++)
        statement->cases[i] = (SwitchCase){sw->scope->values[i], sw->scope->labels[i]};
    list_add(binder, &sw->block->items, statement);
}

/* Tests one label; the section's scope is current. */
static bool bind_case_test(Binder *binder, Switch *sw, CaseLabel *label, Handled *handled)
{
    Bound *when = NULL;
    binder->scope = label->section->scope;
    label->test = is_constant_syntax(label->node)
                      ? pattern_named_test(binder, label->thing, sw->input, label->node->a->span)
                      : bind_pattern(binder, label->node->a, sw->input, label->node->a->span);
    if (label->node->b)
        when = bind_condition(binder, label->node->b);
    if (is_bad(label->test) || (when && is_bad(when)))
        return false;
    Constant constant;
    if (!label->is_duplicate && is_handled(binder->world, handled, label->test, sw->input->local))
        ERROR_AT(binder, label->node->a->span, ERROR_SUBSUMED_PATTERN);
    if (!when || (get_constant(when, &constant) && constant.integer))
        add_handled(binder, handled, label->test);
    note_exhausted(binder->world, handled, sw->input->local);
    if (when)
        label->test = pattern_and(binder, label->test, when);
    return true;
}

static void emit_pattern_switch(Binder *binder, Switch *sw, Scope *inner, Bound *body)
{
    Handled handled = {0};
    BoundList *out = &sw->block->items;
    for (uint32_t i = 0; i < sw->label_count; i++) {
        CaseLabel *label = &sw->labels[i];
        if (label->node->kind != NODE_CASE_LABEL || !bind_case_test(binder, sw, label, &handled))
            continue;
        Bound *test = new_statement(binder, BOUND_IF, label->node->span);
        test->flags |= BOUND_COMPILER_MADE;
        test->a = label->test;
        test->b = goto_statement(binder, label->section->label, label->node->span);
        list_add(binder, out, test);
    }
    binder->scope = inner;
    Bound *otherwise =
        goto_statement(binder, sw->scope->default_label ? sw->scope->default_label : sw->break_label, sw->node->span);
    if (handled.everything)
        otherwise->flags |= BOUND_CONSTANT_BRANCH; /* never taken: flow analysis need not follow it */
    list_add(binder, out, otherwise);
    list_add(binder, out, body);
    list_add(binder, out, label_statement(binder, sw->break_label, (Span){sw->node->span.end, sw->node->span.end}));
}

Bound *bind_switch_statement(Binder *binder, Node *node)
{
    World *world = binder->world;
    bool broken;
    Switch sw = {.node = node, .block = new_statement(binder, BOUND_BLOCK, node->span)};
    sw.scope = ARENA_NEW(binder->arena, struct SwitchScope);
    sw.break_label = label_new(world, NULL);
    Let input = governing_value(binder, node->a, &broken);
    sw.input = input.local;
    sw.scope->type = sw.input->type;
    collect_labels(binder, &sw);
    check_duplicate_cases(binder, &sw);
    Scope *inner = push_scope(binder, sw.block);
    inner->break_label = sw.break_label;
    inner->switch_scope = sw.scope;
    Bound *body = new_statement(binder, BOUND_BLOCK, node->span);
    body->flags |= BOUND_COMPILER_MADE;
    Bound *value = sw.input;
    if (all_constant(world, &sw)) {
        if (input.effects.count)
            value = input.effects.at[0]->b; /* evaluated once anyway */
        emit_constant_switch(binder, &sw, value, body);
    } else {
        for (uint32_t i = 0; i < input.locals.count; i++) {
            input.locals.at[i]->scope = sw.block;
            ARENA_PUSH(binder->arena, sw.block->locals.at, sw.block->locals.count, sw.block->locals.capacity,
                       input.locals.at[i]);
        }
        for (uint32_t i = 0; i < input.effects.count; i++)
            list_add(binder, &sw.block->items, expression_statement(binder, input.effects.at[i]));
        emit_pattern_switch(binder, &sw, inner, body);
    }
    bind_sections(binder, &sw, inner, body);
    pop_scope(binder);
    return sw.block;
}

/* --- goto case --------------------------------------------------------------------------------------------------- */

static struct SwitchScope *enclosing_switch(Binder *binder)
{
    for (Scope *scope = binder->scope; scope && scope->function == binder->function; scope = scope->parent)
        if (scope->switch_scope)
            return scope->switch_scope;
    return NULL;
}

static const char *source_text(Binder *binder, Span span)
{
    SourceFile *file = source_file_at(binder->world->sources, span.start);
    if (!file || span.end <= span.start || span.end > file->base + file->length)
        return "";
    return arena_format(binder->arena, "%.*s", (int)(span.end - span.start), file->text + (span.start - file->base));
}

Bound *bind_goto_case(Binder *binder, Node *node)
{
    struct SwitchScope *scope = enclosing_switch(binder);
    Label *label = NULL;
    if (!scope) {
        ERROR_AT(binder, node->span, ERROR_GOTO_CASE_OUTSIDE);
        return new_statement(binder, BOUND_NOP, node->span);
    }
    if (!node->a) {
        label = scope->default_label;
        if (!label)
            ERROR_AT(binder, node->span, ERROR_LABEL_NOT_FOUND, "default:");
    } else {
        Bound *value = bind_converted(binder, node->a, type_nullable_underlying(scope->type));
        Constant constant;
        if (!is_bad(value) && !get_constant(value, &constant)) {
            ERROR_AT(binder, node->a->span, ERROR_CONSTANT_VALUE_EXPECTED);
        } else if (!is_bad(value)) {
            for (uint32_t i = 0; i < scope->count && !label; i++)
                if (same_constant(&scope->values[i], &constant))
                    label = scope->labels[i];
            if (!label)
                ERROR_AT(binder, node->span, ERROR_LABEL_NOT_FOUND,
                         arena_format(binder->arena, "case %s:", source_text(binder, node->a->span)));
        }
    }
    if (!label)
        return new_statement(binder, BOUND_NOP, node->span);
    Bound *statement = new_statement(binder, BOUND_GOTO, node->span);
    statement->label = label;
    return statement;
}
