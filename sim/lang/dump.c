#include "lang/dump.h"

#include <string.h>

enum { DEEPEST_DUMP = 2000 };

static const char *const kind_names[] = {
#define NODE(name, text) #name,
#include "lang/ast.def"
#undef NODE
};

static const struct {
    uint32_t flag;
    const char *text;
} flag_names[] = {
    {FLAG_STATIC, "static"},
    {FLAG_GLOBAL, "global"},
    {FLAG_CONST, "const"},
    {FLAG_USING, "using"},
    {FLAG_AWAIT, "await"},
    {FLAG_ASYNC, "async"},
    {FLAG_EVENT, "event"},
    {FLAG_INDEXER, "indexer"},
    {FLAG_RECORD_STRUCT, "record-struct"},
    {FLAG_FILE_SCOPED, "file-scoped"},
    {FLAG_HAS_ARGUMENTS, "arguments"},
    {FLAG_POSITIONAL, "positional"},
    {FLAG_PROPERTY, "property"},
    {FLAG_CHECKED, "checked"},
    {FLAG_UNCHECKED, "unchecked"},
    {FLAG_READONLY, "readonly"},
    {FLAG_DELEGATE, "delegate"},
    {FLAG_EXPRESSION_BODY, "arrow"},
    {FLAG_ERROR, "error"},
    {FLAG_RECORD, "record"},
};

static const char *const modifier_names[] = {
    "public", "private", "protected", "internal", "static", "readonly", "const",  "virtual",  "override", "abstract",
    "sealed", "async",   "extern",    "partial",  "new",    "volatile", "unsafe", "required", "ref",      "file",
};

static void dump_units(Text *text, const Literal *literal)
{
    text_addc(text, '"');
    for (uint32_t i = 0; i < literal->unit_count; i++) {
        uint16_t unit = literal->units[i];
        if (unit >= 32 && unit < 127 && unit != '"' && unit != '\\')
            text_addc(text, (char)unit);
        else
            text_format(text, "\\u%04x", (unsigned)unit);
    }
    text_addc(text, '"');
}

static void dump_literal(Text *text, const Literal *literal)
{
    static const char *const kinds[] = {"null",  "true",   "false",   "int",  "uint",   "long", "ulong",
                                        "float", "double", "decimal", "char", "string", "utf8"};
    text_adds(text, kinds[literal->kind]);
    switch (literal->kind) {
    case LITERAL_INT:
    case LITERAL_UINT:
    case LITERAL_LONG:
    case LITERAL_ULONG:
    case LITERAL_CHAR:
        text_format(text, " %llu", (unsigned long long)literal->integer);
        break;
    case LITERAL_FLOAT:
    case LITERAL_DOUBLE: {
        uint64_t bits;
        memcpy(&bits, &literal->real, sizeof bits);
        text_format(text, " %016llx", (unsigned long long)bits);
        break;
    }
    case LITERAL_DECIMAL:
        text_format(text, " %x %x %llx", (unsigned)literal->decimal.flags, (unsigned)literal->decimal.hi,
                    (unsigned long long)literal->decimal.lo);
        break;
    case LITERAL_STRING:
    case LITERAL_UTF8_STRING:
        text_addc(text, ' ');
        dump_units(text, literal);
        break;
    default:
        break;
    }
}

static void dump_head(Text *text, const Node *node)
{
    text_adds(text, kind_names[node->kind]);
    if (node->name)
        text_format(text, " %s", node->name->text);
    if (node->token)
        text_format(text, " '%s'", token_text((TokenKind)node->token));
    if (node->number)
        text_format(text, " rank=%u", (unsigned)node->number);
    for (size_t i = 0; i < sizeof flag_names / sizeof flag_names[0]; i++)
        if (node->flags & flag_names[i].flag)
            text_format(text, " #%s", flag_names[i].text);
    for (size_t i = 0; node->decl && i < sizeof modifier_names / sizeof modifier_names[0]; i++)
        if (node->decl->modifiers & (1u << i))
            text_format(text, " %s", modifier_names[i]);
    if (node->decl && node->decl->members_skipped)
        text_adds(text, " (members skipped)");
    if (node->decl && node->decl->has_body && !node->decl->body)
        text_adds(text, " (body skipped)");
    if (node->literal) {
        text_addc(text, ' ');
        dump_literal(text, node->literal);
    }
}

static void dump_at(Text *text, const Node *node, const char *slot, unsigned depth);

static void dump_list(Text *text, const NodeList *list, const char *slot, unsigned depth)
{
    for (uint32_t i = 0; i < list->count; i++)
        dump_at(text, list->at[i], slot, depth);
}

static void dump_at(Text *text, const Node *node, const char *slot, unsigned depth)
{
    for (unsigned i = 0; i < depth && i < 200; i++)
        text_adds(text, "  ");
    text_adds(text, slot);
    if (!node) {
        text_adds(text, "-\n");
        return;
    }
    dump_head(text, node);
    text_addc(text, '\n');
    if (depth > DEEPEST_DUMP)
        return;
    const Node *children[] = {node->a, node->b, node->c, node->d};
    static const char *const slots[] = {"a: ", "b: ", "c: ", "d: "};
    if (node->decl)
        dump_list(text, &node->decl->attributes, "attribute: ", depth + 1);
    for (size_t i = 0; i < 4; i++)
        if (children[i])
            dump_at(text, children[i], slots[i], depth + 1);
    if (node->decl) {
        dump_list(text, &node->decl->type_parameters, "type parameter: ", depth + 1);
        dump_list(text, &node->decl->bases, "base: ", depth + 1);
        dump_list(text, &node->decl->parameters, "parameter: ", depth + 1);
        dump_list(text, &node->decl->constraints, "where: ", depth + 1);
    }
    dump_list(text, &node->extra, "extra: ", depth + 1);
    dump_list(text, &node->items, "", depth + 1);
    if (node->decl && node->decl->body)
        dump_at(text, node->decl->body, "body: ", depth + 1);
}

void dump_tree(Text *text, const Node *node)
{
    dump_at(text, node, "", 0);
}

static void line_at(Text *text, const Node *node, unsigned depth);

static void line_list(Text *text, const NodeList *list, unsigned depth)
{
    for (uint32_t i = 0; i < list->count; i++) {
        text_addc(text, ' ');
        line_at(text, list->at[i], depth);
    }
}

static void line_at(Text *text, const Node *node, unsigned depth)
{
    if (!node || depth > DEEPEST_DUMP) {
        text_addc(text, '-');
        return;
    }
    if (node->kind == NODE_NAME) {
        text_adds(text, node->name ? node->name->text : "?");
        return;
    }
    if (node->kind == NODE_LITERAL && node->literal) {
        dump_literal(text, node->literal);
        return;
    }
    text_addc(text, '(');
    dump_head(text, node);
    const Node *children[] = {node->a, node->b, node->c, node->d};
    for (size_t i = 0; i < 4; i++) {
        if (!children[i])
            continue;
        text_addc(text, ' ');
        line_at(text, children[i], depth + 1);
    }
    if (node->decl) {
        line_list(text, &node->decl->type_parameters, depth + 1);
        line_list(text, &node->decl->bases, depth + 1);
        line_list(text, &node->decl->parameters, depth + 1);
        line_list(text, &node->decl->constraints, depth + 1);
    }
    line_list(text, &node->extra, depth + 1);
    line_list(text, &node->items, depth + 1);
    if (node->decl && node->decl->body) {
        text_adds(text, " => ");
        line_at(text, node->decl->body, depth + 1);
    }
    text_addc(text, ')');
}

void dump_line(Text *text, const Node *node)
{
    line_at(text, node, 0);
}
