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
#include <unistd.h>

#include "suggest.h"

typedef enum OptionId {
#define OPTION(id, letter, name, value_name, value, faces, sentence) OPTION_##id,
#include "option.def"
    OPTION_COUNT
} OptionId;

const OptionRow option_rows[] = {
#define OPTION(id, letter, name, value_name, value, faces, sentence) {letter, name, value_name, value, faces, sentence},
#include "option.def"
};
const uint32_t option_row_count = OPTION_COUNT;

const CommandLineRow command_line_rows[] = {
#define COMMAND(id, name, arguments, completion, sentence) {COMMAND_##id, name, arguments, completion, sentence},
#include "option.def"
};
const uint32_t command_line_row_count = sizeof command_line_rows / sizeof *command_line_rows;

enum { DEFAULT_TIMEOUT = 60 };

/* Reading in progress. */
typedef struct Reader {
    Options *options;
    char **at, **end;
    uint64_t given;            /* options seen so far, one bit each */
    const char *after_lowered; /* the plain argument right after a bare --lowered; else NULL */
    bool lowered_is_bare;      /* --lowered was the argument before this one */
} Reader;

_Static_assert(OPTION_COUNT <= 64, "Reader.given has a bit for each option");

/* ---- complaints -------------------------------------------------------------------------------------------------- */

bool option_is_known_to(const OptionRow *row, Command command)
{
    return (row->faces >> command & 1) != 0;
}

static void complain_about_option(const char *argument, size_t length)
{
    char word[32] = "";
    const char *best = NULL;
    if (length > 2 && length - 2 < sizeof word) {
        memcpy(word, argument + 2, length - 2);
    }
    for (int i = 0; i < OPTION_COUNT && *word; i++) {
        best = suggest_nearer(word, best, option_rows[i].sentence ? option_rows[i].name : NULL);
    }
    fprintf(stderr, "awaitlab: unknown option %.*s", (int)(length < 200 ? length : 200), argument);
    if (best) {
        fprintf(stderr, "; did you mean --%s?\n", best);
    } else {
        fprintf(stderr, "; `awaitlab help` lists the options\n");
    }
}

void options_complain_about_command(const char *word)
{
    const char *best = NULL;
    for (uint32_t i = 0; i < command_line_row_count; i++) {
        best = suggest_nearer(word, best, command_line_rows[i].name);
    }
    fprintf(stderr, "awaitlab: unknown command '%.200s', and no such file", word);
    if (best) {
        fprintf(stderr, "; did you mean '%s'?\n", best);
    } else {
        fprintf(stderr, "; `awaitlab --help` lists the commands\n");
    }
}

static const char *command_name(Command command)
{
    for (uint32_t i = 0; i < command_line_row_count; i++) {
        if (command_line_rows[i].command == command) {
            return command_line_rows[i].name;
        }
    }
    return NULL;
}

/* "awaitlab: --stats is no option of awaitlab; it is one of awaitlab run" */
static bool complain_about_face(const OptionRow *row, Command command)
{
    const char *name = command_name(command);
    const char *other = NULL;
    for (uint32_t i = 0; i < command_line_row_count && !other; i++) {
        other = option_is_known_to(row, command_line_rows[i].command) ? command_line_rows[i].name : NULL;
    }
    char text[64];
    option_format(row, text, sizeof text);
    fprintf(stderr, "awaitlab: %s is no option of awaitlab%s%s; it is one of awaitlab", text, name ? " " : "",
            name ? name : "");
    fprintf(stderr, "%s%s\n", other ? " " : "", other ? other : "");
    return false;
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

static bool read_format(OptionId id, const char *value, bool is_check, OutputFormat *format)
{
    static const char *const words[] = {
        [FORMAT_TEXT] = "text", [FORMAT_JSON] = "json", [FORMAT_GNU] = "gnu", [FORMAT_SARIF] = "sarif"};
    for (uint32_t i = 0; i < sizeof words / sizeof *words; i++) {
        bool is_known = is_check || i == FORMAT_TEXT || i == FORMAT_JSON;
        if (is_known && strcmp(value, words[i]) == 0) {
            *format = (OutputFormat)i;
            return true;
        }
    }
    return complain_about_value(id, value, is_check ? "text, json, gnu or sarif" : "text or json");
}

static bool read_color(OptionId id, const char *value, ColorWhen *when)
{
    static const char *const words[] = {[COLOR_AUTO] = "auto", [COLOR_ALWAYS] = "always", [COLOR_NEVER] = "never"};
    for (uint32_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(value, words[i]) == 0) {
            *when = (ColorWhen)i;
            return true;
        }
    }
    return complain_about_value(id, value, "auto, always or never");
}

/* A number of columns or lines. */
static bool read_extent(OptionId id, const char *value, bool is_screen, uint32_t *extent)
{
    enum { SMALLEST_TEXT = 20, SMALLEST_SCREEN = 1, LARGEST = 10000 };
    uint64_t number, smallest = is_screen ? SMALLEST_SCREEN : SMALLEST_TEXT;
    const char *rest = read_digits(value, &number);
    if (!rest || *rest || number < smallest || number > LARGEST) {
        return complain_about_value(id, value, is_screen ? "a number from 1 to 10000" : "a number from 20 to 10000");
    }
    *extent = (uint32_t)number;
    return true;
}

static bool complain_about_memory(void)
{
    fprintf(stderr, "awaitlab: out of memory\n");
    return false;
}

/* One thing after the other, in the order given. */
static bool add_input(Options *options, bool is_file, const char *text)
{
    OptionInput *grown = realloc(options->inputs, (options->input_count + 1) * sizeof *grown);
    if (!grown) {
        return complain_about_memory();
    }
    options->inputs = grown;
    grown[options->input_count++] = (OptionInput){is_file, text};
    return true;
}

/* -e adds up, each on a line of its own, so that a comment at the end of one does not swallow the next. */
static bool add_code(Options *options, const char *code)
{
    size_t old_length = options->code ? strlen(options->code) : 0;
    char *grown = realloc(options->code, old_length + strlen(code) + 2);
    if (!grown) {
        return complain_about_memory();
    }
    options->code = grown;
    if (old_length) {
        grown[old_length++] = '\n';
    }
    memcpy(grown + old_length, code, strlen(code) + 1);
    return true;
}

static bool add_file(Options *options, const char *file)
{
    const char **grown = realloc(options->files, (options->file_count + 1) * sizeof *grown);
    if (!grown) {
        return complain_about_memory();
    }
    options->files = grown;
    grown[options->file_count++] = file;
    options->file = grown[0];
    return true;
}

/* ---- options ----------------------------------------------------------------------------------------------------- */

static bool take_option(Reader *reader, OptionId id, const char *value)
{
    Options *options = reader->options;
    reader->given |= UINT64_C(1) << id;
    switch (id) {
    case OPTION_EVAL:
    case OPTION_EVAL_ALIAS:
        return add_input(options, false, value) && add_code(options, value);
    case OPTION_EXECUTE:
        return add_input(options, true, value);
    case OPTION_INTERACTIVE:
        options->interactive = true;
        return true;
    case OPTION_BATCH:
        options->batch = true;
        return true;
    case OPTION_KEEP_GOING:
        options->keep_going = true;
        return true;
    case OPTION_NO_RC:
        options->no_rc = true;
        return true;
    case OPTION_LESSON:
        options->lesson = value;
        return true;
    case OPTION_PRESENT:
        options->present = true;
        return true;
    case OPTION_THEME:
        options->theme = value;
        return true;
    case OPTION_SVG:
        options->svg = value;
        return true;
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
        return read_format(id, value, options->command == COMMAND_CHECK, &options->format);
    case OPTION_STRICT:
        options->strict = true;
        return true;
    case OPTION_NO_FINDINGS:
        options->no_findings = true;
        return true;
    case OPTION_PLAIN:
        options->plain = true;
        return true;
    case OPTION_ASCII:
        options->ascii = true;
        return true;
    case OPTION_COLOR:
    case OPTION_COLOUR:
        return read_color(id, value, &options->color);
    case OPTION_WIDTH:
        return read_extent(id, value, options->command == COMMAND_SCREEN, &options->width);
    case OPTION_HEIGHT:
        return read_extent(id, value, options->command == COMMAND_SCREEN, &options->height);
    case OPTION_MAX_STEPS:
        return read_number(id, value, &options->max_steps);
    case OPTION_MAX_HEAP:
        return read_bytes(id, value, &options->max_heap);
    case OPTION_TIMEOUT:
        return read_seconds(id, value, &options->timeout);
    case OPTION_SEED:
        return read_number(id, value, &options->seed);
    case OPTION_HELP:
        options->help_topic = command_name(options->command);
        options->command = COMMAND_HELP;
        return true;
    case OPTION_FEATURES:
        options->command = COMMAND_FEATURES;
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
    if (options->command == COMMAND_CHECK) {
        return add_file(options, argument);
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
    reader->lowered_is_bare = false;
    if (!has_program(reader) && !reader->after_lowered && reader->at < reader->end) {
        take_plain(reader, *reader->at++);
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

/* What `run` and `watch` run. */
static bool settle_program(Reader *reader)
{
    Options *options = reader->options;
    if (reader->after_lowered && has_program(reader)) {
        options->lowered_method = reader->after_lowered;
    } else if (reader->after_lowered) {
        options->file = reader->after_lowered;
    }
    if (options->command == COMMAND_WATCH && (!options->file || options->code || strcmp(options->file, "-") == 0)) {
        fprintf(stderr, "awaitlab: watch what? Name a file\n");
        return false;
    }
    if (options->file && options->code) {
        fprintf(stderr, "awaitlab: both a file ('%.200s') and -e: which is the program?\n", options->file);
        return false;
    }
    if (!has_program(reader) && !options->layout) {
        fprintf(stderr, "awaitlab: %s what? Name a file, - for standard input, or -e CODE\n",
                command_name(options->command));
        return false;
    }
    return true;
}

static bool settle_faces(const Reader *reader)
{
    const Options *options = reader->options;
    if (options->command == COMMAND_HELP || options->command == COMMAND_VERSION) {
        return true;
    }
    for (int i = 0; i < OPTION_COUNT; i++) {
        if ((reader->given >> i & 1) && !option_is_known_to(&option_rows[i], options->command)) {
            return complain_about_face(&option_rows[i], options->command);
        }
    }
    return true;
}

/* ---- the whole line ---------------------------------------------------------------------------------------------- */

static bool take_command(Options *options, const char *word)
{
    for (uint32_t i = 0; i < command_line_row_count; i++) {
        if (strcmp(word, command_line_rows[i].name) == 0) {
            options->command = command_line_rows[i].command;
            return true;
        }
    }
    return false;
}

/* FILE@STEP names a moment, FILE a file; "-" is standard input. */
static bool is_file(const char *word)
{
    return strcmp(word, "-") == 0 || strpbrk(word, "./@") || access(word, F_OK) == 0;
}

/* The laboratory's own script, with all that follows as its arguments. */
static bool take_script(Reader *reader, const char *word)
{
    if (!is_file(word)) {
        options_complain_about_command(word);
        return false;
    }
    reader->options->file = word;
    reader->at += reader->at < reader->end && strcmp(*reader->at, "--") == 0;
    reader->options->arguments = (const char *const *)reader->at;
    reader->options->argument_count = (uint32_t)(reader->end - reader->at);
    reader->at = reader->end;
    return true;
}

/* Options up to the first word, which is a command or a script. */
static bool take_beginning(Reader *reader)
{
    Options *options = reader->options;
    while (options->command == COMMAND_NONE && reader->at < reader->end) {
        char *argument = *reader->at++;
        if (strcmp(argument, "--") == 0) {
            return reader->at == reader->end || take_script(reader, *reader->at++);
        }
        if (argument[0] != '-' || argument[1] == 0) {
            return take_command(options, argument) || take_script(reader, argument);
        }
        if (!(argument[1] == '-' ? take_long(reader, argument) : take_short(reader, argument))) {
            return false;
        }
    }
    return true;
}

/* `help WORD`, `completion bash`: one word at most. */
static bool take_word(Reader *reader)
{
    Options *options = reader->options;
    while (reader->at < reader->end) {
        if (**reader->at == '-') {
            if (!take_argument(reader)) {
                return false;
            }
        } else if (!options->help_topic) {
            options->help_topic = *reader->at++;
        } else {
            fprintf(stderr, "awaitlab: unexpected argument '%.200s'\n", *reader->at);
            return false;
        }
    }
    return true;
}

static bool take_program(Reader *reader)
{
    while (reader->at < reader->end) {
        if (!take_argument(reader)) {
            return false;
        }
    }
    return reader->options->command == COMMAND_HELP || reader->options->command == COMMAND_VERSION ||
           settle_program(reader);
}

/* The panes need no program: one can be typed. */
static bool take_screen(Reader *reader)
{
    while (reader->at < reader->end) {
        if (!take_argument(reader)) {
            return false;
        }
    }
    return true;
}

/* Lessons, and what belongs to them, read their arguments themselves (lesson/lesson.c); --help is for all. */
static void take_all(Reader *reader)
{
    Options *options = reader->options;
    options->arguments = (const char *const *)reader->at;
    options->argument_count = (uint32_t)(reader->end - reader->at);
    for (; reader->at < reader->end; reader->at++) {
        if (strcmp(*reader->at, "--help") == 0 || strcmp(*reader->at, "-h") == 0) {
            options->help_topic = command_name(options->command);
            options->command = COMMAND_HELP;
        }
    }
}

bool options_parse(Options *options, int argc, char **argv)
{
    *options = (Options){.timeout = DEFAULT_TIMEOUT * UINT64_C(1000000)};
    Reader reader = {.options = options, .at = argv + 1, .end = argv + argc};
    if (!take_beginning(&reader)) {
        return false;
    }
    switch (options->command) {
    case COMMAND_LESSON:
    case COMMAND_SUBMIT:
    case COMMAND_GRADE:
    case COMMAND_NOTES:
        take_all(&reader);
        break;
    case COMMAND_RUN:
    case COMMAND_WATCH:
    case COMMAND_CHECK:
        return take_program(&reader) && settle_faces(&reader);
    case COMMAND_TUI:
    case COMMAND_SCREEN:
        return take_screen(&reader) && settle_faces(&reader);
    case COMMAND_COMPLETION:
    case COMMAND_MANUAL:
    case COMMAND_EXPLAIN:
    case COMMAND_FEATURES:
    case COMMAND_HELP:
        return take_word(&reader);
    case COMMAND_NONE: /* a person may think for as long as they like */
        options->timeout = reader.given >> OPTION_TIMEOUT & 1 ? options->timeout : 0;
        return settle_faces(&reader);
    case COMMAND_VERSION:
        break;
    }
    return true;
}

void options_free(Options *options)
{
    free(options->code);
    free(options->inputs);
    free(options->files);
    options->files = NULL;
    options->code = NULL;
    options->inputs = NULL;
}
