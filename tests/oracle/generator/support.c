/* The classes that programs share: support/ *.cs, built into the generator. */
#include "support.h"
#include "generate.h"

#include <ctype.h>
#include <string.h>

/* Support classes ask whether operations complete on the pool with the word POOL. */
static const char *with_pool(const char *source, bool pool)
{
    Builder builder = {0};
    const char *at = source;
    for (const char *found = strstr(at, "= POOL;"); found != NULL; found = strstr(at, "= POOL;")) {
        builder_add(&builder, text("%.*s= %s;", (int)(found - at), at, pool ? "true" : "false"));
        at = found + strlen("= POOL;");
    }
    builder_add(&builder, at);
    return builder_text(&builder);
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* Is the name that begins at `name` in the text, as a whole word? */
static bool mentions(const char *text_of_program, const char *name)
{
    size_t length = 0;
    while (is_word(name[length])) {
        length++;
    }
    const char *word = text("%.*s", (int)length, name);
    for (const char *at = strstr(text_of_program, word); at != NULL; at = strstr(at + 1, word)) {
        if ((at == text_of_program || !is_word(at[-1])) && !is_word(at[length])) {
            return true;
        }
    }
    return false;
}

/* Types are declared at the start of a line: `class Name`, `static class Name`, `record struct Name`, ... */
static bool is_needed(const char *file, const char *program)
{
    static const char *const kinds[] = {"class ", "struct ", "record ", "enum "};
    for (const char *line = file; *line != '\0'; line += strcspn(line, "\n") + 1) {
        for (size_t i = 0; i < sizeof kinds / sizeof kinds[0] && is_word(*line); i++) {
            const char *kind = strstr(line, kinds[i]);
            bool here = kind != NULL && (size_t)(kind - line) < strcspn(line, "(\n");
            if (here && mentions(program, kind + strlen(kinds[i]))) {
                return true;
            }
        }
    }
    return false;
}

const char *support_text(const Generator *generator, const char *program)
{
    bool *taken = memory_new(support_file_count * sizeof *taken);
    Builder builder = {0};
    const char *known = program;
    for (bool progress = true; progress;) {
        progress = false;
        for (size_t i = 0; i < support_file_count; i++) {
            const char *file = with_pool(support_files[i].text, generator->pool);
            if (!taken[i] && is_needed(file, known)) {
                taken[i] = progress = true;
                builder_add(&builder, file);
                known = text("%s\n%s", known, file);
            }
        }
    }
    return builder_text(&builder);
}
