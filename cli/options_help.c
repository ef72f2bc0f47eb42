/* `awaitlab --help` and `awaitlab help COMMAND`, from the list in option.def. */
#include <string.h>

#include "options.h"

const ExitCodeRow exit_code_rows[] = {
    {EXIT_DONE, "done (run: or the code the program ends with)"},
    {EXIT_FINDINGS, "findings: a misuse, a failed check, a deadlock"},
    {EXIT_USAGE, "bad usage, unreadable file, output not written"},
    {EXIT_PROGRAM, "compile error or unhandled exception"},
    {EXIT_LIMIT, "a limit was hit (--max-steps, --max-heap, --timeout)"},
    {EXIT_INTERNAL, "a fault of awaitlab"},
    {EXIT_INTERRUPTED, "Ctrl-C"},
    {EXIT_NO_READER, "nobody reads the output any more"},
    {0, NULL},
};

void option_format(const OptionRow *row, char *text, size_t size)
{
    bool may_lack = row->value == MAYBE_VALUE;
    snprintf(text, size, "%s%c%s%s%s%s%s%s%s", row->letter ? "-" : "", row->letter ? row->letter : ' ',
             row->letter && row->name ? ", " : "", row->name ? "--" : "", row->name ? row->name : "",
             row->value_name ? " " : "", may_lack ? "[" : "", row->value_name ? row->value_name : "",
             may_lack ? "]" : "");
    if (!row->letter) {
        memmove(text, text + 1, strlen(text));
    }
}

static void print_option(FILE *out, const OptionRow *row)
{
    char left[64];
    option_format(row, left, sizeof left);
    const char *line = row->sentence;
    for (const char *name = left; *line; name = "") {
        int size = (int)strcspn(line, "\n");
        fprintf(out, "  %-22s %.*s\n", name, size, line);
        line += size + (line[size] == '\n');
    }
}

static void print_options(FILE *out, Command command)
{
    fputs("\nOptions:\n", out);
    for (uint32_t i = 0; i < option_row_count; i++) {
        if (option_rows[i].sentence && option_is_known_to(&option_rows[i], command)) {
            print_option(out, &option_rows[i]);
        }
    }
}

static void print_exit_codes(FILE *out)
{
    fputs("\nExit codes:\n", out);
    for (const ExitCodeRow *row = exit_code_rows; row->meaning; row++) {
        fprintf(out, "  %3d  %s\n", row->code, row->meaning);
    }
}

static void print_run_notes(FILE *out)
{
    fputs("\n"
          "FILE may be - for standard input. What comes after -- reaches the program as\n"
          "args. Standard output is the program's own; all that awaitlab says itself is\n"
          "on standard error, except the answers of --lowered and --layout.\n",
          out);
}

static void print_check_notes(FILE *out)
{
    fputs("\n"
          "Each FILE is a program of its own. Its output is dropped; what check has found is\n"
          "on standard output, one line for each finding, with notes below it. Warnings are\n"
          "about what works by luck; errors about what throws, corrupts, crashes or hangs.\n"
          "`awaitlab explain double-await` tells more about a rule.\n",
          out);
}

static void print_row(FILE *out, const char *label, const CommandLineRow *row)
{
    fprintf(out, "%-6s awaitlab %s %s\n", label, row->name, row->arguments);
    fprintf(out, "           %s\n", row->sentence);
}

static void print_overview(FILE *out)
{
    fputs("awaitlab: real C# on a tiny .NET, to see what Task and ValueTask really do\n"
          "\n"
          "Usage: awaitlab [OPTION...] [FILE[@STEP] [ARG...]]\n"
          "           the laboratory: C# and commands typed at a prompt, or read from FILE\n",
          out);
    for (uint32_t i = 0; i < command_line_row_count; i++) {
        print_row(out, "", &command_line_rows[i]);
    }
    print_options(out, COMMAND_NONE);
    fputs("\n"
          "FILE is a C# program (.cs, .csx); a file of any other name, and - for standard\n"
          "input, holds lines as one types them. With @STEP the laboratory opens at that\n"
          "moment of the run. `awaitlab help run` has the options of run.\n",
          out);
    print_exit_codes(out);
    fputs("\n"
          "Examples:\n"
          "  awaitlab\n"
          "  awaitlab -e 'await Task.FromResult(6) * 7'\n"
          "  awaitlab run --stats cache-first.cs\n"
          "  awaitlab run --layout 'ValueTask<int>'\n",
          out);
}

bool options_print_help(FILE *out, const char *topic)
{
    if (!topic) {
        print_overview(out);
        return true;
    }
    for (uint32_t i = 0; i < command_line_row_count; i++) {
        const CommandLineRow *row = &command_line_rows[i];
        if (strcmp(topic, row->name) == 0) {
            print_row(out, "Usage:", row);
            print_options(out, row->command);
            if (row->command == COMMAND_RUN || row->command == COMMAND_WATCH) {
                print_run_notes(out);
            }
            if (row->command == COMMAND_CHECK) {
                print_check_notes(out);
            }
            if (row->command != COMMAND_HELP && row->command != COMMAND_EXPLAIN) {
                print_exit_codes(out);
            }
            return true;
        }
    }
    options_complain_about_command(topic);
    return false;
}
