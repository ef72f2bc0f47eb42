/* help and quit. */
#include <string.h>

#include "command_internal.h"
#include "key.h"
#include "suggest.h"

static void print_subset(FILE *out)
{
    fputs("The C# that runs here is C# 12 as far as docs/language.md says: classes, structs, records, generics,\n"
          "lambdas, patterns, iterators, async and await in all forms, and of the library what async programs\n"
          "need. C# outside of it is refused with an error that names what to write instead.\n",
          out);
}

static void print_keys(FILE *out)
{
    fputs("On an empty line\n"
          "  Right, PgDn      step             Left, PgUp       back\n"
          "  Home, End        goto start, end  Enter            repeat the last step\n"
          "Everywhere\n"
          "  Tab              complete         Ctrl-R           search the history\n"
          "  Up, Down         history          Ctrl-C           drop the line, stop a run\n"
          "  Ctrl-X Ctrl-E    the line in $EDITOR               Ctrl-D  leave\n"
          "All other keys are readline's. ~/.inputrc can bind, between `$if awaitlab` and `$endif`:\n",
          out);
    for (uint32_t i = 0; i < line_edit_function_count(); i++) {
        fprintf(out, "  %s%s", line_edit_function(i), i % 3 == 2 || i + 1 == line_edit_function_count() ? "\n" : "");
    }
    fputc('\n', out);
    key_print_list(out);
}

static void print_overview(FILE *out)
{
    fputs("Type C#: statements, declarations, or an expression to see its value. What is typed\n"
          "stays. Or a command; a beginning that fits only one is enough:\n\n",
          out);
    command_print_names(out);
    fputs("\n`help NAME` tells more about one, `help all` a line about each; `help keys`,\n"
          "`help subset`. `:word` is always a command, a line with ; always C#.\n",
          out);
}

/* What `help` knows beside the commands. */
static const struct {
    const char *name;
    void (*print)(FILE *out);
} topics[] = {{"all", command_print_list}, {"keys", print_keys}, {"subset", print_subset}};

static void (*find_topic(const char *word))(FILE *out)
{
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
        if (strcmp(word, topics[i].name) == 0) {
            return topics[i].print;
        }
    }
    return *word ? NULL : print_overview;
}

static ExitCode complain_about_topic(Repl *repl, const char *word)
{
    const char *best = NULL;
    for (int i = 0; i < COMMAND_ID_COUNT; i++) {
        best = suggest_nearer(word, best, command_rows[i].name);
    }
    return command_refuse(repl, "no help about '%s'%s%s%s", word,
                          best ? "; did you mean '" : "; `help` lists the commands", best ? best : "",
                          best ? "'?" : "");
}

ExitCode command_help(Repl *repl, CommandId id, const char *word)
{
    (void)id;
    bool is_ambiguous;
    uint32_t length = (uint32_t)strlen(word);
    void (*print)(FILE * out) = find_topic(word);
    const CommandRow *row = print ? NULL : command_find(word, length);
    row = print || row ? row : command_find_beginning(word, length, &is_ambiguous);
    if (!print && !row) {
        return complain_about_topic(repl, word);
    }
    FILE *out = printer_begin(&repl->printer);
    if (out && print) {
        print(out);
    } else if (out) {
        command_print_help(out, row);
    }
    printer_end(&repl->printer, out, STREAM_OUT);
    return EXIT_DONE;
}

ExitCode command_quit(Repl *repl, CommandId id, const char *arguments)
{
    (void)id;
    (void)arguments;
    repl->is_over = true;
    return EXIT_DONE;
}
