#include "manual.h"

#include <string.h>

#include "check.h"
#include "command.h"
#include "lineedit.h"
#include "options.h"

/* ---- the man page ------------------------------------------------------------------------------------------------ */

/* Text for roff: a dash is a minus sign there, a backslash is doubled, and a line must not begin with a dot. */
static void print_roff(const char *text)
{
    for (const char *at = text; *at; at++) {
        bool is_line_start = at == text || at[-1] == '\n';
        if (is_line_start && (*at == '.' || *at == '\'')) {
            fputs("\\&", stdout);
        }
        fputs(*at == '-' ? "\\-" : *at == '\\' ? "\\e" : "", stdout);
        if (*at != '-' && *at != '\\') {
            fputc(*at, stdout);
        }
    }
}

static void print_roff_options(Command command)
{
    char left[64];
    for (uint32_t i = 0; i < option_row_count; i++) {
        const OptionRow *row = &option_rows[i];
        if (row->sentence && option_is_known_to(row, command)) {
            option_format(row, left, sizeof left);
            fputs(".TP\n.B ", stdout);
            print_roff(left);
            fputs("\n", stdout);
            print_roff(row->sentence);
            fputs("\n", stdout);
        }
    }
}

static void print_roff_commands_of_line(void)
{
    for (uint32_t i = 0; i < command_line_row_count; i++) {
        fputs(".TP\n.B awaitlab ", stdout);
        print_roff(command_line_rows[i].name);
        fputs(" ", stdout);
        print_roff(command_line_rows[i].arguments);
        fputs("\n", stdout);
        print_roff(command_line_rows[i].sentence);
        fputs(".\n", stdout);
    }
}

static void print_roff_commands(void)
{
    for (int group = 0; group < GROUP_COUNT; group++) {
        printf(".SS %s\n", command_group_titles[group]);
        for (int i = 0; i < COMMAND_ID_COUNT; i++) {
            const CommandRow *row = &command_rows[i];
            if (row->group == (CommandGroup)group) {
                fputs(".TP\n.B ", stdout);
                print_roff(row->name);
                printf("%s%s ", *row->short_name ? ", " : "", row->short_name);
                print_roff(row->arguments);
                fputs("\n", stdout);
                print_roff(row->sentence);
                fputs(".\n", stdout);
            }
        }
    }
}

static void print_roff_exit_codes(void)
{
    for (const ExitCodeRow *row = exit_code_rows; row->meaning; row++) {
        printf(".TP\n.B %d\n", row->code);
        print_roff(row->meaning);
        fputs("\n", stdout);
    }
}

static void print_roff_functions(void)
{
    fputs("Between\n.B $if awaitlab\nand\n.B $endif\n~/.inputrc can bind keys to\n", stdout);
    for (uint32_t i = 0; i < line_edit_function_count(); i++) {
        fputs(".B ", stdout);
        print_roff(line_edit_function(i));
        fputs(i + 1 < line_edit_function_count() ? " ,\n" : " .\n", stdout);
    }
}

static void print_man_page(void)
{
    printf(".TH AWAITLAB 1 \"\" \"awaitlab %s\" \"User Commands\"\n", AWAITLAB_VERSION);
    fputs(".SH NAME\nawaitlab \\- run C# on a tiny .NET, to see what Task and ValueTask really do\n"
          ".SH SYNOPSIS\n.B awaitlab\n[\\fIoption\\fR...] [\\fIfile\\fR[@\\fIstep\\fR] [\\fIargument\\fR...]]\n.br\n"
          ".B awaitlab run\n[\\fIoption\\fR...] \\fIfile\\fR [\\-\\- \\fIargument\\fR...]\n"
          ".SH DESCRIPTION\n"
          "Without a command awaitlab is a laboratory: C# and commands are typed at a prompt, or read from a file or "
          "from\n"
          "standard input when that is no terminal. A file whose name ends in .cs or .csx is C#; any other file holds "
          "lines\n"
          "as one types them, and may begin with #!.\n"
          ".SH COMMANDS\n",
          stdout);
    print_roff_commands_of_line();
    fputs(".SH OPTIONS\n", stdout);
    print_roff_options(COMMAND_NONE);
    fputs(".SS Options of run\n", stdout);
    print_roff_options(COMMAND_RUN);
    fputs(".SH COMMANDS AT THE PROMPT\n", stdout);
    print_roff_commands();
    fputs(".SH KEYS\nAll keys are those of\n.BR readline (3).\n", stdout);
    print_roff_functions();
    fputs(".SH EXIT STATUS\n", stdout);
    print_roff_exit_codes();
    fputs(".SH ENVIRONMENT\n"
          ".TP\n.B NO_COLOR\nno colours, when it is not empty\n"
          ".TP\n.B CLICOLOR_FORCE\ncolours also where there is no terminal\n"
          ".TP\n.B NO_GRAPHICS\nboxes are drawn in ASCII\n"
          ".TP\n.B VISUAL, EDITOR\nthe editor of the command edit\n"
          ".TP\n.B XDG_STATE_HOME, XDG_CONFIG_HOME\nwhere the files below are (~/.local/state, ~/.config)\n"
          ".SH FILES\n"
          ".TP\n.I $XDG_CONFIG_HOME/awaitlab/awaitlabrc\nlines that are done before the first prompt\n"
          ".TP\n.I $XDG_STATE_HOME/awaitlab/history\nwhat was typed\n"
          ".SH SEE ALSO\n.BR dotnet (1),\n.BR readline (3)\n",
          stdout);
}

/* ---- docs/commands.md -------------------------------------------------------------------------------------------- */

/* In a table a bar would end the cell. */
static void print_cell(const char *text)
{
    for (; *text; text++) {
        fputs(*text == '|' ? "\\" : "", stdout);
        fputc(*text == '\n' ? ' ' : *text, stdout);
    }
}

static void print_code_cell(const char *name, const char *arguments)
{
    fputs("`", stdout);
    print_cell(name);
    fputs(*arguments ? " " : "", stdout);
    print_cell(arguments);
    fputs("`", stdout);
}

static void print_markdown_row(const CommandRow *row)
{
    fputs("| ", stdout);
    print_code_cell(row->name, row->arguments);
    printf(" | %s%s%s | ", *row->short_name ? "`" : "", row->short_name, *row->short_name ? "`" : "");
    print_cell(row->sentence);
    fputs(*row->notes ? ". " : "", stdout);
    print_cell(row->notes);
    fputs(" | ", stdout);
    print_code_cell(row->example, "");
    fputs(" |\n", stdout);
}

static void print_commands_page(void)
{
    fputs("# Commands at the prompt\n"
          "\n"
          "Made from `cli/command.def` by `make docs`. [repl.md](repl.md) is the guide.\n"
          "A beginning that fits only one command is enough; `help NAME` shows the same at the prompt.\n",
          stdout);
    for (int group = 0; group < GROUP_COUNT; group++) {
        printf("\n## %s\n\n| command | short | what it does | example |\n| --- | --- | --- | --- |\n",
               command_group_titles[group]);
        for (int i = 0; i < COMMAND_ID_COUNT; i++) {
            if (command_rows[i].group == (CommandGroup)group) {
                print_markdown_row(&command_rows[i]);
            }
        }
    }
}

int print_manual(const char *page)
{
    if (page && strcmp(page, "man") == 0) {
        print_man_page();
        return EXIT_DONE;
    }
    if (page && strcmp(page, "commands") == 0) {
        print_commands_page();
        return EXIT_DONE;
    }
    if (page && strcmp(page, "rules") == 0) {
        print_rules_page();
        return EXIT_DONE;
    }
    fprintf(stderr, "awaitlab: manual needs man, commands or rules%s%s%s\n", page ? ", not '" : "", page ? page : "",
            page ? "'" : "");
    return EXIT_USAGE;
}
