/* Top-level statements that lead one object of the library through a random life, every step printed or measured. */
#include "generate.h"

typedef struct Row Row;
struct Row {
    const char *family; /* NULL: an operation of the family above */
    const char *pattern;
    bool measured; /* bytes may be asked for: of a family, of an operation */
};

static const Row rows[] = {
#define FAMILY(name, declaration, measured) {name, declaration, measured},
#define OPERATION(pattern) {NULL, pattern, true},
#define UNMEASURED(pattern) {NULL, pattern, false},
#include "operation.def"
#undef FAMILY
#undef OPERATION
#undef UNMEASURED
};
enum { ROW_COUNT = sizeof rows / sizeof rows[0], MIN_STEPS = 5, MORE_STEPS = 14, MEASURED_PERCENT = 25 };

/* The pattern with the object's name for @. In a verbatim string @ stands before a quote and stays. */
static const char *named(const char *pattern, const char *name)
{
    Builder builder = {0};
    for (const char *at = pattern; *at != '\0'; at++) {
        if (*at == '@' && at[1] != '"') {
            builder_add(&builder, name);
        } else {
            builder_add_char(&builder, *at);
        }
    }
    return builder_text(&builder);
}

static int family_row(Generator *generator)
{
    uint32_t families = 0;
    for (int i = 0; i < ROW_COUNT; i++) {
        families += rows[i].family != NULL;
    }
    uint32_t chosen = random_below(generator, families);
    for (int i = 0; i < ROW_COUNT; i++) {
        if (rows[i].family != NULL && chosen-- == 0) {
            return i;
        }
    }
    return 0;
}

void write_scenario(Generator *generator)
{
    int family = family_row(generator);
    int end = family + 1;
    while (end < ROW_COUNT && rows[end].family == NULL) {
        end++;
    }
    feature(generator, text("library, %s", rows[family].family));
    const char *name = text("o%d", next_number(generator));
    Piece *block = piece_add(generator->main, "{", "}");
    piece_line(block, named(rows[family].pattern, name));
    uint32_t steps = MIN_STEPS + random_below(generator, MORE_STEPS);
    for (uint32_t i = 0; i < steps; i++) {
        int row = family + 1 + (int)random_below(generator, (uint32_t)(end - family - 1));
        bool measured = rows[family].measured && rows[row].measured && random_chance(generator, MEASURED_PERCENT);
        generator->measured = measured;
        const char *filled = fill(generator, named(rows[row].pattern, name), TYPE_INT, 1);
        if (measured) {
            feature(generator, "bytes of library calls");
        }
        piece_line(block,
                   text("Print.%s(\"%d\", () => %s);", measured ? "Bytes" : "Do", next_number(generator), filled));
    }
}
