#include "suggest.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

enum { LONGEST = 31 };

/* The next row of the table: how far the first i characters of one word are from the first k of the other. Two
 * neighbours that changed places count as one slip. */
static void fill_row(size_t rows[3][LONGEST + 1], const char *a, size_t i, const char *b, size_t length)
{
    size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
    row[0] = i;
    for (size_t k = 1; k <= length; k++) {
        row[k] = least(least(row[k - 1] + 1, above[k] + 1), above[k - 1] + (a[i - 1] != b[k - 1]));
        bool is_swapped = i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1];
        row[k] = is_swapped ? least(row[k], before[k - 2] + 1) : row[k];
    }
}

/* For words of up to 31 characters; longer ones are far from everything. */
static size_t distance(const char *a, const char *b)
{
    size_t rows[3][LONGEST + 1], height = strlen(a), length = strlen(b);
    if (height > LONGEST || length > LONGEST) {
        return LONGEST;
    }
    for (size_t k = 0; k <= length; k++) {
        rows[0][k] = k;
    }
    for (size_t i = 1; i <= height; i++) {
        fill_row(rows, a, i, b, length);
    }
    return rows[height % 3][length];
}

const char *suggest_nearer(const char *word, const char *best, const char *candidate)
{
    size_t reach = candidate ? distance(word, candidate) : 0;
    if (!candidate || reach > strlen(word) / 2 || reach > 4) {
        return best;
    }
    return !best || reach < distance(word, best) ? candidate : best;
}
