/* The classes that programs share: support/ *.cs, built into the generator. */
#include "generate.h"
#include "support.h"

#include <string.h>

/* Support classes ask whether operations complete on the pool with the word POOL. */
static const char *with_pool(const char *source, bool pool) {
    Builder builder = {0};
    const char *at = source;
    for (const char *found = strstr(at, "= POOL;"); found != NULL; found = strstr(at, "= POOL;")) {
        builder_add(&builder, text("%.*s= %s;", (int)(found - at), at, pool ? "true" : "false"));
        at = found + strlen("= POOL;");
    }
    builder_add(&builder, at);
    return builder_text(&builder);
}

void write_support(Generator *generator) {
    for (size_t i = 0; i < support_file_count; i++) {
        piece_add(generator->types, with_pool(support_files[i].text, generator->pool), NULL);
    }
}
