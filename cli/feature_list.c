#include "feature_list.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sim.h"
#include "view/json.h"

enum { LINE_WIDTH = 100 };

/* Words after an indent, on as many lines as they need. */
static void print_wrapped(const char *text, int indent)
{
    int column = LINE_WIDTH; /* nothing fits on the present line */
    bool is_first = true;
    while (*text) {
        size_t length = strcspn(text, " ");
        if (column + 1 + (int)length > LINE_WIDTH) {
            printf("%s%*s", is_first ? "" : "\n", indent, "");
            column = indent;
        } else {
            fputs(" ", stdout);
            column++;
        }
        printf("%.*s", (int)length, text);
        column += (int)length;
        is_first = false;
        text += length + strspn(text + length, " ");
    }
    puts("");
}

static void print_row(const SessionFeature *row, const char *group)
{
    if (strcmp(row->group, group) != 0) {
        printf("%s%s\n", *group ? "\n" : "", row->group);
    }
    bool says_instead = row->kind == FEATURE_REFUSED && row->example;
    printf("  %s%s%s\n", row->name, says_instead ? ": " : "", says_instead ? row->detail : "");
    if (row->kind == FEATURE_TYPE && *row->detail) {
        print_wrapped(row->detail, 6);
    }
}

static void print_json(const SessionFeature *row)
{
    static const char *const kinds[] = {
        [FEATURE_LANGUAGE] = "language", [FEATURE_REFUSED] = "refused", [FEATURE_TYPE] = "type"};
    static const char *const details[] = {
        [FEATURE_LANGUAGE] = "example", [FEATURE_REFUSED] = "instead", [FEATURE_TYPE] = "members"};
    JsonField fields[] = {{"record", kinds[row->kind], 0},
                          {"group", row->group, 0},
                          {"name", row->name, 0},
                          {details[row->kind], row->detail, 0},
                          {"example", row->example, 0}};
    char *line = json_record_text(fields, row->example ? 5 : 4);
    if (line) {
        puts(line);
    }
    free(line);
}

/* Whether the row has the word somewhere, in whatever case. */
static bool mentions(const SessionFeature *row, const char *word)
{
    const char *const texts[] = {row->group, row->name, row->kind == FEATURE_TYPE ? row->detail : ""};
    size_t length = word ? strlen(word) : 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts && length; i++) {
        for (const char *at = texts[i]; *at; at++) {
            if (strncasecmp(at, word, length) == 0) {
                return true;
            }
        }
    }
    return length == 0;
}

int print_features(const Options *options)
{
    Session *session = session_open(NULL);
    const SessionFeature *rows = NULL;
    uint32_t count = session ? session_features(session, &rows) : 0;
    const char *group = "";
    for (uint32_t i = 0; i < count; i++) {
        if (!mentions(&rows[i], options->help_topic)) {
            continue;
        }
        if (options->format == FORMAT_JSON) {
            print_json(&rows[i]);
        } else {
            print_row(&rows[i], group);
        }
        group = rows[i].group;
    }
    session_close(session);
    if (!count) {
        fputs("awaitlab: there is no memory left\n", stderr);
    }
    return count ? EXIT_DONE : EXIT_INTERNAL;
}
