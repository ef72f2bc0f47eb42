/* awaitlab explain: the pages of the rules, as they are or as one document. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "check.h"
#include "sim.h"
#include "suggest.h"

void explain_list(FILE *out)
{
    for (uint32_t i = 0; i < session_rule_count(); i++) {
        SessionRule rule = session_rule(i);
        fprintf(out, "%s  %-28s  %s\n", rule.code, rule.slug, rule.title);
    }
}

/* Links within the document mean nothing on a terminal: "[stale-token](#al0003-stale-token)" becomes "stale-token". */
static void print_without_links(FILE *out, const char *text)
{
    while (*text) {
        const char *close = *text == '[' ? strstr(text, "](#") : NULL;
        const char *end = close ? strchr(close, ')') : NULL;
        if (close && end && !memchr(text, '\n', (size_t)(close - text))) {
            fprintf(out, "%.*s", (int)(close - text - 1), text + 1);
            text = end + 1;
        } else {
            fputc(*text++, out);
        }
    }
}

bool explain_print(FILE *out, const char *topic, const char **nearest)
{
    *nearest = NULL;
    for (uint32_t i = 0; i < session_rule_count(); i++) {
        SessionRule rule = session_rule(i);
        if (strcasecmp(topic, rule.code) == 0 || strcmp(topic, rule.slug) == 0) {
            fprintf(out, "# %s %s: %s\n\n", rule.code, rule.slug, rule.title);
            print_without_links(out, rule.page);
            return true;
        }
        *nearest = suggest_nearer(topic, *nearest, rule.slug);
    }
    return false;
}

int explain_rule(const char *topic)
{
    const char *nearest;
    if (!topic) {
        explain_list(stdout);
        return EXIT_DONE;
    }
    if (explain_print(stdout, topic, &nearest)) {
        return EXIT_DONE;
    }
    fprintf(stderr, "awaitlab: there is no rule '%.100s'%s%s%s; `awaitlab explain` lists them\n", topic,
            nearest ? "; did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
    return EXIT_USAGE;
}

/* A page as a chapter: its headings are one level lower. */
static void print_chapter(const SessionRule *rule)
{
    bool is_code = false;
    printf("\n## %s %s\n\n%c%s.\n\n", rule->code, rule->slug, rule->title[0] & ~0x20, rule->title + 1);
    for (const char *line = rule->page; *line;) {
        size_t length = strcspn(line, "\n");
        is_code = strncmp(line, "```", 3) == 0 ? !is_code : is_code;
        printf("%s%.*s\n", !is_code && line[0] == '#' ? "#" : "", (int)length, line);
        line += length + (line[length] == '\n');
    }
}

void print_rules_page(void)
{
    fputs("# The rules of `awaitlab check`\n"
          "\n"
          "`awaitlab check FILE.cs` runs the program and reports each misuse of `Task` and `ValueTask` that happened, "
          "with both\n"
          "places, what .NET 10 does in that very case, and the fix. It says nothing about paths that the run did not "
          "take, and\n"
          "nothing about correct programs.\n"
          "\n"
          "An *error* is what throws, corrupts, crashes or hangs in .NET; a *warning* is what works by luck; a *note* "
          "is advice\n"
          "and leaves the exit code 0, unless `--strict` is given.\n"
          "\n"
          "This page is made from the pages that `awaitlab explain` shows; their programs are run by the tests.\n"
          "\n"
          "| code | name | what is reported |\n"
          "| --- | --- | --- |\n",
          stdout);
    for (uint32_t i = 0; i < session_rule_count(); i++) {
        SessionRule rule = session_rule(i);
        printf("| %s | [%s](#al%s-%s) | %s |\n", rule.code, rule.slug, rule.code + 2, rule.slug, rule.title);
    }
    for (uint32_t i = 0; i < session_rule_count(); i++) {
        SessionRule rule = session_rule(i);
        print_chapter(&rule);
    }
}
