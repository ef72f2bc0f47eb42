/* Reading the command line by the list in option.def.
 *
 * Two choices need a word. `--lowered METHOD` may do without METHOD: the argument after it is a method if there is a
 * program besides (a file or -e), else it is the program. And the first `--` without a program before it only says that
 * the next argument is a file whatever it looks like; one after the program starts the program's own arguments. */
#include "options.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef enum ValueKind { NO_VALUE, A_VALUE, MAYBE_VALUE } ValueKind;

typedef enum OptionId {
#define OPTION(id, letter, name, value_name, value, sentence) OPTION_##id,
#include "option.def"
    OPTION_COUNT
} OptionId;

typedef struct OptionRow {
    char letter;
    const char *name, *value_name;
    ValueKind value;
    const char *sentence;
} OptionRow;

static const OptionRow option_rows[] = {
#define OPTION(id, letter, name, value_name, value, sentence) {letter, name, value_name, value, sentence},
#include "option.def"
};

typedef struct CommandRow {
    Command command;
    const char *name, *arguments, *sentence;
} CommandRow;

static const CommandRow command_rows[] = {
#define COMMAND(id, name, arguments, sentence) {COMMAND_##id, name, arguments, sentence},
#include "option.def"
};

enum { COMMAND_ROWS = sizeof command_rows / sizeof *command_rows, DEFAULT_TIMEOUT = 60 };

/* Reading in progress. */
typedef struct Reader {
    Options *options;
    char **at, **end;
    const char *after_lowered; /* the plain argument right after a bare --lowered; else NULL */
    bool lowered_is_bare;      /* --lowered was the argument before this one */
} Reader;

/* ---- suggestions ---------------------------------------------------------------------------------------------------
 */

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

/* Keeps the nearer one of `best` and `candidate`; what is as far as half of the word is no help. */
static const char *nearer(const char *word, const char *best, const char *candidate)
{
    size_t reach = candidate ? distance(word, candidate) : 0;
    if (!candidate || reach > strlen(word) / 2 || reach > 4) {
        return best;
    }
    return !best || reach < distance(word, best) ? candidate : best;
}

static void complain_about_option(const char *argument, size_t length)
{
    char word[32] = "";
    const char *best = NULL;
    if (length > 2 && length - 2 < sizeof word) {
        memcpy(word, argument + 2, length - 2);
    }
    for (int i = 0; i < OPTION_COUNT && *word; i++) {
        best = nearer(word, best, option_rows[i].name);
    }
    fprintf(stderr, "awaitlab: unknown option %.*s", (int)(length < 200 ? length : 200), argument);
    if (best) {
        fprintf(stderr, "; did you mean --%s?\n", best);
    } else {
        fprintf(stderr, "; `awaitlab help run` lists the options\n");
    }
}

static void complain_about_command(const char *word)
{
    const char *best = NULL;
    for (size_t i = 0; i < COMMAND_ROWS; i++) {
        best = nearer(word, best, command_rows[i].name);
    }
    size_t length = strlen(word);
    bool is_file = strcmp(word, "-") == 0 || (length > 3 && strcmp(word + length - 3, ".cs") == 0);
    fprintf(stderr, "awaitlab: unknown command '%.200s'", word);
    if (is_file) {
        fprintf(stderr, "; did you mean `awaitlab run %.200s`?\n", word);
    } else if (best) {
        fprintf(stderr, "; did you mean '%s'?\n", best);
    } else {
        fprintf(stderr, "; `awaitlab --help` lists the commands\n");
    }
}

/* ---- values ------------------------------------------------------------------------------------------------------ */

static bool complain_about_value(OptionId id, const char *value, const char *wanted)
{
    fprintf(stderr, "awaitlab: --%s needs %s, not '%.200s'\n", option_rows[id].name, wanted, value);
    return false;
}

/* Digits only: no sign, no space, no overflow. Returns what follows them, NULL if there are none. */
static const char *read_digits(const char *text, uint64_t *number)
{
    *number = 0;
    if (!isdigit((unsigned char)*text)) {
        return NULL;
    }
    for (; isdigit((unsigned char)*text); text++) {
        uint64_t digit = (uint64_t)(*text - '0');
        if (*number > (UINT64_MAX - digit) / 10) {
            return NULL;
        }
        *number = *number * 10 + digit;
    }
    return text;
}

static bool read_number(OptionId id, const char *value, uint64_t *number)
{
    const char *rest = read_digits(value, number);
    return (rest && !*rest) || complain_about_value(id, value, "a number");
}

static bool read_bytes(OptionId id, const char *value, uint64_t *bytes)
{
    static const char units[] = "KMG";
    const char *rest = read_digits(value, bytes);
    const char *unit = rest && *rest ? strchr(units, toupper((unsigned char)*rest)) : NULL;
    unsigned shift = unit ? 10 * (unsigned)(unit - units + 1) : 0;
    bool is_right = rest && !rest[unit != NULL] && *bytes <= (UINT64_C(1) << 38) >> shift;
    *bytes <<= is_right ? shift : 0;
    return (is_right && *bytes) || complain_about_value(id, value, "a number of bytes such as 64M, up to 256G");
}

/* Seconds with up to six decimals, as microseconds. */
static bool read_seconds(OptionId id, const char *value, uint64_t *microseconds)
{
    uint64_t seconds;
    const char *rest = read_digits(value, &seconds);
    if (!rest || seconds > 1000000000) {
        return complain_about_value(id, value, "a number of seconds");
    }
    *microseconds = seconds * 1000000;
    if (*rest == '.') {
        rest++;
        for (uint64_t unit = 100000; isdigit((unsigned char)*rest); unit /= 10) {
            *microseconds += (uint64_t)(*rest++ - '0') * unit;
        }
    }
    return !*rest || complain_about_value(id, value, "a number of seconds");
}

static bool read_format(OptionId id, const char *value, OutputFormat *format)
{
    *format = strcmp(value, "json") == 0 ? FORMAT_JSON : FORMAT_TEXT;
    return *format == FORMAT_JSON || strcmp(value, "text") == 0 || complain_about_value(id, value, "text or json");
}

/* -e adds up, each on a line of its own, so that a comment at the end of one does not swallow the next. */
static bool add_code(Options *options, const char *code)
{
    size_t old_length = options->code ? strlen(options->code) : 0;
    char *grown = realloc(options->code, old_length + strlen(code) + 2);
    if (!grown) {
        fprintf(stderr, "awaitlab: out of memory\n");
        return false;
    }
    options->code = grown;
    if (old_length) {
        grown[old_length++] = '\n';
    }
    memcpy(grown + old_length, code, strlen(code) + 1);
    return true;
}

/* ---- options ----------------------------------------------------------------------------------------------------- */

static bool take_option(Reader *reader, OptionId id, const char *value)
{
    Options *options = reader->options;
    switch (id) {
    case OPTION_EVAL:
        return add_code(options, value);
    case OPTION_STATS:
        options->stats = true;
        return true;
    case OPTION_TRACE:
        options->trace = true;
        return true;
    case OPTION_LOWERED:
        options->lowered = true;
        options->lowered_method = value;
        reader->lowered_is_bare = !value;
        return true;
    case OPTION_LAYOUT:
        options->layout = value;
        return true;
    case OPTION_FORMAT:
        return read_format(id, value, &options->format);
    case OPTION_ASCII:
        options->ascii = true;
        return true;
    case OPTION_MAX_STEPS:
        return read_number(id, value, &options->max_steps);
    case OPTION_MAX_HEAP:
        return read_bytes(id, value, &options->max_heap);
    case OPTION_TIMEOUT:
        return read_seconds(id, value, &options->timeout);
    case OPTION_SEED:
        return read_number(id, value, &options->seed);
    case OPTION_HELP:
        options->help_topic = options->command == COMMAND_RUN ? "run" : options->help_topic;
        options->command = COMMAND_HELP;
        return true;
    case OPTION_VERSION:
        options->command = COMMAND_VERSION;
        return true;
    case OPTION_COUNT:
        break;
    }
    return false;
}

/* The value after "=" or "-e", or the next argument. */
static bool take_with_value(Reader *reader, OptionId id, const char *attached)
{
    const OptionRow *row = &option_rows[id];
    if (row->value == NO_VALUE && attached) {
        fprintf(stderr, "awaitlab: --%s takes no value\n", row->name);
        return false;
    }
    if (row->value == A_VALUE && !attached) {
        if (reader->at == reader->end) {
            fprintf(stderr, "awaitlab: %s%s needs a value: %s\n", row->name ? "--" : "-", row->name ? row->name : "e",
                    row->value_name);
            return false;
        }
        attached = *reader->at++;
    }
    return take_option(reader, id, attached);
}

static bool take_long(Reader *reader, const char *argument)
{
    size_t length = strcspn(argument, "=");
    for (int i = 0; i < OPTION_COUNT; i++) {
        const char *name = option_rows[i].name;
        if (name && strlen(name) == length - 2 && memcmp(name, argument + 2, length - 2) == 0) {
            return take_with_value(reader, (OptionId)i, argument[length] ? argument + length + 1 : NULL);
        }
    }
    complain_about_option(argument, length);
    return false;
}

static bool take_short(Reader *reader, const char *argument)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (option_rows[i].letter && option_rows[i].letter == argument[1]) {
            return take_with_value(reader, (OptionId)i, argument[2] ? argument + 2 : NULL);
        }
    }
    complain_about_option(argument, strlen(argument));
    return false;
}

/* ---- plain arguments --------------------------------------------------------------------------------------------- */

static bool take_plain(Reader *reader, char *argument)
{
    Options *options = reader->options;
    bool was_bare = reader->lowered_is_bare;
    reader->lowered_is_bare = false;
    if (was_bare && !reader->after_lowered) {
        reader->after_lowered = argument;
        return true;
    }
    if (options->file) {
        fprintf(stderr, "awaitlab: unexpected argument '%.200s'; arguments for the program come after --\n", argument);
        return false;
    }
    options->file = argument;
    return true;
}

static bool has_program(const Reader *reader)
{
    return reader->options->file || reader->options->code;
}

static void take_rest(Reader *reader)
{
    if (!has_program(reader) && !reader->after_lowered && reader->at < reader->end) {
        reader->options->file = *reader->at++;
    }
    if (reader->at < reader->end && has_program(reader) && strcmp(*reader->at, "--") == 0 &&
        reader->options->file == reader->at[-1]) {
        reader->at++; /* run -- -file.cs -- ARG */
    }
    reader->options->arguments = (const char *const *)reader->at;
    reader->options->argument_count = (uint32_t)(reader->end - reader->at);
    reader->at = reader->end;
}

static bool take_argument(Reader *reader)
{
    char *argument = *reader->at++;
    if (strcmp(argument, "--") == 0) {
        take_rest(reader);
        return true;
    }
    if (argument[0] != '-' || argument[1] == 0) {
        return take_plain(reader, argument);
    }
    reader->lowered_is_bare = false;
    return argument[1] == '-' ? take_long(reader, argument) : take_short(reader, argument);
}

static bool settle_program(Reader *reader)
{
    Options *options = reader->options;
    if (reader->after_lowered && has_program(reader)) {
        options->lowered_method = reader->after_lowered;
    } else if (reader->after_lowered) {
        options->file = reader->after_lowered;
    }
    if (options->command != COMMAND_RUN) {
        return true;
    }
    if (options->file && options->code) {
        fprintf(stderr, "awaitlab: both a file ('%.200s') and -e: which is the program?\n", options->file);
        return false;
    }
    if (!has_program(reader) && !options->layout) {
        fprintf(stderr, "awaitlab: run what? Name a file, - for standard input, or -e CODE\n");
        return false;
    }
    return true;
}

static bool find_command(Options *options, const char *word)
{
    for (size_t i = 0; i < COMMAND_ROWS; i++) {
        if (strcmp(word, command_rows[i].name) == 0) {
            options->command = command_rows[i].command;
            return true;
        }
    }
    complain_about_command(word);
    return false;
}

bool options_parse(Options *options, int argc, char **argv)
{
    *options = (Options){.timeout = DEFAULT_TIMEOUT * UINT64_C(1000000)};
    Reader reader = {.options = options, .at = argv + 1, .end = argv + argc};
    while (options->command == COMMAND_NONE && reader.at < reader.end) {
        char *argument = *reader.at++;
        if (argument[0] != '-' || argument[1] == 0) {
            if (!find_command(options, argument)) {
                return false;
            }
        } else if (!(argument[1] == '-' ? take_long(&reader, argument) : take_short(&reader, argument))) {
            return false;
        }
    }
    if (options->command == COMMAND_HELP && reader.at < reader.end && **reader.at != '-') {
        options->help_topic = *reader.at;
    }
    while (options->command == COMMAND_RUN && reader.at < reader.end) {
        if (!take_argument(&reader)) {
            return false;
        }
    }
    return settle_program(&reader);
}

void options_free(Options *options)
{
    free(options->code);
    options->code = NULL;
}

/* ---- help -------------------------------------------------------------------------------------------------------- */

static void print_option(FILE *out, const OptionRow *row)
{
    char left[64];
    const char *open = row->value == MAYBE_VALUE ? "[" : "";
    const char *close = row->value == MAYBE_VALUE ? "]" : "";
    int length = 0;
    if (row->letter) {
        length = snprintf(left, sizeof left, "-%c%s", row->letter, row->name ? ", " : "");
    }
    if (row->name) {
        length += snprintf(left + length, sizeof left - (size_t)length, "--%s", row->name);
    }
    if (row->value_name) {
        snprintf(left + length, sizeof left - (size_t)length, " %s%s%s", open, row->value_name, close);
    }
    const char *line = row->sentence;
    for (const char *name = left; *line; name = "") {
        int size = (int)strcspn(line, "\n");
        fprintf(out, "  %-22s %.*s\n", name, size, line);
        line += size + (line[size] == '\n');
    }
}

static void print_options(FILE *out)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        print_option(out, &option_rows[i]);
    }
}

static void print_run_notes(FILE *out)
{
    fputs("\n"
          "FILE may be - for standard input. What comes after -- reaches the program as\n"
          "args. Standard output is the program's own; all that awaitlab says itself is\n"
          "on standard error, except the answers of --lowered and --layout.\n"
          "\n"
          "Exit codes: the program's own when it ends by itself (0), or\n"
          "  1 a deadlock            2 bad usage, unreadable file, output not written\n"
          "  3 compile error or unhandled exception             4 a limit was hit\n"
          "  70 fault of awaitlab    130 Ctrl-C    141 nobody reads the output any more\n",
          out);
}

static void print_examples(FILE *out)
{
    fputs("\n"
          "Examples:\n"
          "  awaitlab run --stats cache-first.cs\n"
          "  awaitlab run -e 'using System; Console.WriteLine(6 * 7);'\n"
          "  awaitlab run --layout 'ValueTask<int>'\n",
          out);
}

bool options_print_help(FILE *out, const char *topic)
{
    const CommandRow *wanted = NULL;
    for (size_t i = 0; topic && i < COMMAND_ROWS; i++) {
        wanted = strcmp(topic, command_rows[i].name) == 0 ? &command_rows[i] : wanted;
    }
    if (topic && !wanted) {
        complain_about_command(topic);
        return false;
    }
    if (!wanted) {
        fputs("awaitlab: real C# on a tiny .NET, to see what Task and ValueTask really do\n\n", out);
    }
    for (size_t i = 0; i < COMMAND_ROWS; i++) {
        if (!wanted || wanted == &command_rows[i]) {
            fprintf(out, "%-6s awaitlab %s %s\n", i == 0 || wanted ? "Usage:" : "", command_rows[i].name,
                    command_rows[i].arguments);
            fprintf(out, "           %s\n", command_rows[i].sentence);
        }
    }
    if (!wanted || wanted->command == COMMAND_RUN) {
        fputs("\nOptions:\n", out);
        print_options(out);
        print_run_notes(out);
    }
    if (!wanted) {
        print_examples(out);
    }
    return true;
}
