#include "suggest.h"

#include <stddef.h>
#include <string.h>

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance, for words of up to 31 characters; longer ones are far from everything. */
static size_t distance(const char *a, const char *b)
{
    enum { LONGEST = 31 };
    size_t row[LONGEST + 1], length = strlen(b);
    if (strlen(a) > LONGEST || length > LONGEST) {
        return LONGEST;
    }
    for (size_t k = 0; k <= length; k++) {
        row[k] = k;
    }
    for (size_t i = 1; a[i - 1]; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t k = 1; k <= length; k++) {
            size_t above = row[k];
            row[k] = least(least(row[k] + 1, row[k - 1] + 1), diagonal + (a[i - 1] != b[k - 1]));
            diagonal = above;
        }
    }
    return row[length];
}

const char *suggest_nearer(const char *word, const char *best, const char *candidate)
{
    size_t reach = candidate ? distance(word, candidate) : 0;
    if (!candidate || reach > strlen(word) / 2 || reach > 4) {
        return best;
    }
    return !best || reach < distance(word, best) ? candidate : best;
}
