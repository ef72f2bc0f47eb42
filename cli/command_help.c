/* help and quit. */
#include <string.h>

#include "command_internal.h"
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
}

static void print_overview(FILE *out)
{
    fputs("Type C#: statements, declarations, or an expression to see its value. What is typed stays.\n"
          "Or a command; `help WORD` tells more, and a beginning that fits only one is enough.\n\n",
          out);
    command_print_list(out);
    fputs("\n`:word` is always a command, a line with ; always C#. `help keys`, `help subset`.\n", out);
}

static ExitCode complain_about_topic(Repl *repl, const char *word)
{
    const char *best = NULL;
    for (int i = 0; i < COMMAND_ID_COUNT; i++) {
        best = suggest_nearer(word, best, command_rows[i].name);
    }
    return command_refuse(repl, "no help about '%s'%s%s%s", word, best ? "; did you mean '" : "; `help` lists the commands",
                          best ? best : "", best ? "'?" : "");
}

ExitCode command_help(Repl *repl, CommandId id, const char *word)
{
    (void)id;
    bool is_ambiguous;
    uint32_t length = (uint32_t)strlen(word);
    const CommandRow *row = *word ? command_find(word, length) : NULL;
    row = row || !*word ? row : command_find_beginning(word, length, &is_ambiguous);
    bool is_keys = strcmp(word, "keys") == 0, is_subset = strcmp(word, "subset") == 0;
    if (*word && !row && !is_keys && !is_subset) {
        return complain_about_topic(repl, word);
    }
    FILE *out = printer_begin(&repl->printer);
    if (out && row) {
        command_print_help(out, row);
    } else if (out && is_keys) {
        print_keys(out);
    } else if (out && is_subset) {
        print_subset(out);
    } else if (out) {
        print_overview(out);
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
