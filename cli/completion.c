/* Completion scripts for shells, made from option.def: `awaitlab completion bash`. They name words and files only; what
 * can be typed at the prompt is the prompt's own matter. */
#include <string.h>

#include "manual.h"
#include "options.h"
#include "sim.h"

/* What may follow an option, for the shells. */
static bool is_file_option(const OptionRow *row)
{
    return row->value_name && strcmp(row->value_name, "FILE") == 0;
}

static const char *option_words(const OptionRow *row)
{
    bool is_when = row->value_name && strcmp(row->value_name, "WHEN") == 0;
    bool is_format = row->value_name && strcmp(row->value_name, "FORMAT") == 0;
    return is_when ? "auto always never" : is_format ? "text json gnu sarif" : "";
}

/* The names of the rules; valid until the next call. */
static const char *rule_words(void)
{
    static char words[1024];
    size_t length = 0;
    for (uint32_t i = 0; i < session_rule_count() && length < sizeof words; i++) {
        length += (size_t)snprintf(words + length, sizeof words - length, "%s%s", i ? " " : "", session_rule(i).slug);
    }
    return words;
}

static const char *command_words(const CommandLineRow *row)
{
    switch (row->completion) {
    case COMPLETE_SHELL:
        return "bash zsh fish";
    case COMPLETE_MANUAL:
        return "man commands rules";
    case COMPLETE_RULE:
        return rule_words();
    case COMPLETE_FILE:
    case COMPLETE_WORD:
    case COMPLETE_NOTHING:
        break;
    }
    return "";
}

static void print_command_names(const char *separator)
{
    for (uint32_t i = 0; i < command_line_row_count; i++) {
        printf("%s%s", i ? separator : "", command_line_rows[i].name);
    }
}

static void print_option_names(Command command)
{
    const char *separator = "";
    for (uint32_t i = 0; i < option_row_count; i++) {
        const OptionRow *row = &option_rows[i];
        if (row->sentence && option_is_known_to(row, command)) {
            if (row->letter) {
                printf("%s-%c", separator, row->letter);
                separator = " ";
            }
            if (row->name) {
                printf("%s--%s", separator, row->name);
                separator = " ";
            }
        }
    }
}

/* ---- bash -------------------------------------------------------------------------------------------------------- */

/* "-e|--eval)": the pattern of a case. */
static void print_pattern(const OptionRow *row)
{
    char letter[3] = {'-', row->letter, 0};
    printf("    %s%s%s%s)\n", row->letter ? letter : "", row->letter && row->name ? "|" : "", row->name ? "--" : "",
           row->name ? row->name : "");
}

static void print_bash_values(void)
{
    for (uint32_t i = 0; i < option_row_count; i++) {
        const OptionRow *row = &option_rows[i];
        if (row->value != A_VALUE) {
            continue;
        }
        print_pattern(row);
        if (is_file_option(row)) {
            fputs("        COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n", stdout);
        } else if (*option_words(row)) {
            printf("        COMPREPLY=($(compgen -W '%s' -- \"$word\")); return ;;\n", option_words(row));
        } else {
            fputs("        return ;;\n", stdout);
        }
    }
}

static void print_bash_commands(void)
{
    for (uint32_t i = 0; i < command_line_row_count; i++) {
        const CommandLineRow *row = &command_line_rows[i];
        printf("    %s)\n        options='", row->name);
        print_option_names(row->command);
        fputs("'\n        words='", stdout);
        if (row->completion == COMPLETE_WORD) {
            print_command_names(" ");
        } else {
            fputs(command_words(row), stdout);
        }
        printf("'\n        files=%s ;;\n", row->completion == COMPLETE_FILE ? "yes" : "");
    }
}

static void print_bash(void)
{
    fputs("# bash completion for awaitlab; printed by `awaitlab completion bash`\n"
          "_awaitlab() {\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= options words files i\n"
          "    COMPREPLY=()\n"
          "    [ \"$word\" = = ] && word= # --color=\n"
          "    [ \"$before\" = = ] && [ \"$COMP_CWORD\" -gt 1 ] && before=${COMP_WORDS[COMP_CWORD-2]}\n"
          "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
          "        case ${COMP_WORDS[i]} in\n"
          "        ",
          stdout);
    print_command_names("|");
    fputs(") command=${COMP_WORDS[i]}; break ;;\n"
          "        esac\n"
          "    done\n"
          "    case $before in\n",
          stdout);
    print_bash_values();
    fputs("    esac\n"
          "    case $command in\n",
          stdout);
    print_bash_commands();
    fputs("    *)\n        options='", stdout);
    print_option_names(COMMAND_NONE);
    fputs("'\n        words='", stdout);
    print_command_names(" ");
    fputs("'\n        files=yes ;;\n"
          "    esac\n"
          "    case $word in\n"
          "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n"
          "    *)\n"
          "        COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
          "        [ -z \"$files\" ] || COMPREPLY+=($(compgen -f -- \"$word\")) ;;\n"
          "    esac\n"
          "}\n"
          "complete -o filenames -o bashdefault -F _awaitlab awaitlab\n",
          stdout);
}

/* ---- zsh --------------------------------------------------------------------------------------------------------- */

/* The first line of a sentence, with what would end a zsh specification taken out. */
static void print_zsh_sentence(const char *sentence)
{
    for (; *sentence && *sentence != '\n'; sentence++) {
        if (*sentence == '\'') {
            fputs("'\\''", stdout);
        } else {
            fputs(strchr("[]:\\", *sentence) ? "\\" : "", stdout);
            fputc(*sentence, stdout);
        }
    }
}

static void print_zsh_option(const OptionRow *row, const char *name, const char *attached)
{
    printf("            '%s%s[", name, row->value == A_VALUE ? attached : "");
    print_zsh_sentence(row->sentence);
    fputs("]", stdout);
    if (row->value == A_VALUE) {
        printf(":%s:%s%s%s%s", row->value_name, is_file_option(row) ? "_files" : "", *option_words(row) ? "(" : "",
               option_words(row), *option_words(row) ? ")" : "");
    }
    fputs("' \\\n", stdout);
}

static void print_zsh_options(Command command)
{
    for (uint32_t i = 0; i < option_row_count; i++) {
        const OptionRow *row = &option_rows[i];
        char name[64];
        if (!row->sentence || !option_is_known_to(row, command)) {
            continue;
        }
        if (row->letter) {
            snprintf(name, sizeof name, "-%c", row->letter);
            print_zsh_option(row, name, "+");
        }
        if (row->name) {
            snprintf(name, sizeof name, "--%s", row->name);
            print_zsh_option(row, name, "=");
        }
    }
}

static void print_zsh_command(const CommandLineRow *row)
{
    printf("    %s)\n        _arguments \\\n", row->name);
    print_zsh_options(row->command);
    if (row->completion == COMPLETE_FILE) {
        fputs("            '*:file:_files'", stdout);
    } else {
        fputs("            '1:word:(", stdout);
        if (row->completion == COMPLETE_WORD) {
            print_command_names(" ");
        } else {
            fputs(command_words(row), stdout);
        }
        fputs(")'", stdout);
    }
    fputs(" ;;\n", stdout);
}

static void print_zsh(void)
{
    fputs("#compdef awaitlab\n"
          "# zsh completion for awaitlab; printed by `awaitlab completion zsh`\n"
          "_awaitlab() {\n"
          "    local -a commands\n"
          "    commands=(\n",
          stdout);
    for (uint32_t i = 0; i < command_line_row_count; i++) {
        printf("        '%s:", command_line_rows[i].name);
        print_zsh_sentence(command_line_rows[i].sentence);
        fputs("'\n", stdout);
    }
    fputs("    )\n"
          "    case ${words[2]} in\n",
          stdout);
    for (uint32_t i = 0; i < command_line_row_count; i++) {
        print_zsh_command(&command_line_rows[i]);
    }
    fputs("    *)\n"
          "        (( CURRENT == 2 )) && _describe command commands\n"
          "        _arguments \\\n",
          stdout);
    print_zsh_options(COMMAND_NONE);
    fputs("            '*:file:_files' ;;\n"
          "    esac\n"
          "}\n"
          "compdef _awaitlab awaitlab\n",
          stdout);
}

/* ---- fish -------------------------------------------------------------------------------------------------------- */

static void print_fish_sentence(const char *sentence)
{
    fputc('\'', stdout);
    for (; *sentence && *sentence != '\n'; sentence++) {
        fputs(*sentence == '\'' || *sentence == '\\' ? "\\" : "", stdout);
        fputc(*sentence, stdout);
    }
    fputc('\'', stdout);
}

static void print_fish_option(const OptionRow *row, const char *condition, const char *of)
{
    printf("complete -c awaitlab -n '%s%s%s'", condition, *of ? " " : "", of);
    if (row->letter) {
        printf(" -s %c", row->letter);
    }
    if (row->name) {
        printf(" -l %s", row->name);
    }
    if (row->value == A_VALUE) {
        fputs(is_file_option(row) ? " -r -F" : " -x", stdout);
    }
    if (*option_words(row)) {
        printf(" -a '%s'", option_words(row));
    }
    fputs(" -d ", stdout);
    print_fish_sentence(row->sentence);
    fputc('\n', stdout);
}

static void print_fish_options(Command command, const char *condition, const char *of)
{
    for (uint32_t i = 0; i < option_row_count; i++) {
        if (option_rows[i].sentence && option_is_known_to(&option_rows[i], command)) {
            print_fish_option(&option_rows[i], condition, of);
        }
    }
}

static void print_fish(void)
{
    fputs("# fish completion for awaitlab; printed by `awaitlab completion fish`\n", stdout);
    for (uint32_t i = 0; i < command_line_row_count; i++) {
        const CommandLineRow *row = &command_line_rows[i];
        printf("complete -c awaitlab -n __fish_use_subcommand -a %s -d ", row->name);
        print_fish_sentence(row->sentence);
        fputc('\n', stdout);
        print_fish_options(row->command, "__fish_seen_subcommand_from", row->name);
        if (*command_words(row)) {
            printf("complete -c awaitlab -f -n '__fish_seen_subcommand_from %s' -a '%s'\n", row->name,
                   command_words(row));
        }
    }
    print_fish_options(COMMAND_NONE, "__fish_use_subcommand", "");
}

/* ---- choosing ---------------------------------------------------------------------------------------------------- */

int print_completion(const char *shell)
{
    static const struct {
        const char *name;
        void (*print)(void);
    } shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};
    for (size_t i = 0; shell && i < sizeof shells / sizeof *shells; i++) {
        if (strcmp(shell, shells[i].name) == 0) {
            shells[i].print();
            return EXIT_DONE;
        }
    }
    fprintf(stderr, "awaitlab: completion needs bash, zsh or fish%s%s%s\n", shell ? ", not '" : "", shell ? shell : "",
            shell ? "'" : "");
    return EXIT_USAGE;
}
