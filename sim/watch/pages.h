/* The pages about the rules, built into the program (tools/embed.c): pages/SLUG.md for each row of rule.def. */
#ifndef AWAITLAB_WATCH_PAGES_H
#define AWAITLAB_WATCH_PAGES_H

#include <stddef.h>

typedef struct {
    const char *name; /* "double-await.md" */
    const char *text; /* Markdown: why, "## Wrong" and "## Right" with a program each, "## What .NET 10 does" */
    size_t length;
} RulePage;

extern const RulePage rule_pages[]; /* sorted by name */
extern const size_t rule_page_count;

#endif
