#include "time/recording.h"

#include <string.h>

static const char first_line[] = "awaitlab recording 1";
static const char *const schedule_names[] = {"first", "last", "random", "ask"};

enum { MOST_ROWS = 1 << 20 };

/* ---- lines and words --------------------------------------------------------------------------------------------- */

typedef struct Reader {
    Arena *arena;
    const char *next, *end;    /* what has not been read */
    const char *at, *line_end; /* the rest of the present line */
    uint32_t line;
    RecordingError *error;
    bool failed;
} Reader;

static bool fail(Reader *reader, const char *message)
{
    if (!reader->failed) {
        reader->failed = true;
        *reader->error = (RecordingError){reader->line, message};
    }
    return false;
}

/* False: there is no further line. */
static bool next_line(Reader *reader)
{
    if (reader->failed || reader->next == reader->end) {
        return false;
    }
    const char *newline = memchr(reader->next, '\n', (size_t)(reader->end - reader->next));
    reader->line++;
    if (!newline) {
        return fail(reader, "the line does not end with a line feed");
    }
    reader->at = reader->next;
    reader->line_end = newline;
    reader->next = newline + 1;
    return true;
}

static bool is_at_end(const Reader *reader)
{
    return reader->at == reader->line_end;
}

static bool expect_end(Reader *reader)
{
    return is_at_end(reader) || fail(reader, "there is something behind what belongs on this line");
}

/* Takes a word, and the one space in front of it unless the line begins with it. */
static bool take_word(Reader *reader, const char *word)
{
    size_t length = strlen(word), left = (size_t)(reader->line_end - reader->at);
    if (left < length || memcmp(reader->at, word, length) != 0) {
        return false;
    }
    if (left > length && reader->at[length] != ' ') {
        return false;
    }
    reader->at += length;
    return true;
}

static bool take_space(Reader *reader)
{
    if (is_at_end(reader) || *reader->at != ' ') {
        return fail(reader, "something is missing on this line");
    }
    reader->at++;
    return true;
}

static bool take_number(Reader *reader, uint64_t *number)
{
    const char *start = reader->at;
    *number = 0;
    while (!is_at_end(reader) && *reader->at >= '0' && *reader->at <= '9') {
        uint64_t digit = (uint64_t)(*reader->at - '0');
        if (*number > (UINT64_MAX - digit) / 10) {
            return fail(reader, "the number is too large");
        }
        *number = *number * 10 + digit;
        reader->at++;
    }
    if (reader->at == start || (*start == '0' && reader->at > start + 1)) {
        return fail(reader, "a number is wanted here");
    }
    return true;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool take_hash(Reader *reader, uint64_t *hash)
{
    *hash = 0;
    for (int i = 0; i < 16; i++) {
        int digit = is_at_end(reader) ? -1 : hex_digit(*reader->at);
        if (digit < 0) {
            return fail(reader, "sixteen hexadecimal digits are wanted here");
        }
        *hash = *hash << 4 | (uint64_t)digit;
        reader->at++;
    }
    return true;
}

/* One character of a string, behind a backslash. */
static bool take_escape(Reader *reader, char *out)
{
    if (is_at_end(reader)) {
        return fail(reader, "the text has no closing quote");
    }
    char c = *reader->at++;
    if (c == '\\' || c == '"') {
        *out = c;
        return true;
    }
    int high = c == 'x' && reader->line_end - reader->at >= 2 ? hex_digit(reader->at[0]) : -1;
    int low = high >= 0 ? hex_digit(reader->at[1]) : -1;
    if (low < 0) {
        return fail(reader, "after a backslash comes a backslash, a quote, or x and two hexadecimal digits");
    }
    reader->at += 2;
    *out = (char)(high << 4 | low);
    return true;
}

/* "text". *length NULL: it may hold no zero byte. */
static bool take_string(Reader *reader, const char **text, size_t *length)
{
    if (is_at_end(reader) || *reader->at != '"') {
        return fail(reader, "a text in quotes is wanted here");
    }
    reader->at++;
    char *copy = arena_allocate(reader->arena, (size_t)(reader->line_end - reader->at) + 1);
    size_t count = 0;
    while (!is_at_end(reader) && *reader->at != '"') {
        char c = *reader->at++;
        if ((unsigned char)c < ' ' || c == 0x7f) {
            return fail(reader, "control characters are written as \\x and two hexadecimal digits");
        }
        if (c == '\\' && !take_escape(reader, &c)) {
            return false;
        }
        if (!c && !length) {
            return fail(reader, "a zero byte cannot be part of this");
        }
        copy[count++] = c;
    }
    if (is_at_end(reader)) {
        return fail(reader, "the text has no closing quote");
    }
    reader->at++;
    copy[count] = 0;
    *text = copy;
    if (length) {
        *length = count;
    }
    return true;
}

/* How many bytes the lines of a block have between them. */
static size_t measure_block(const Reader *reader)
{
    size_t count = 0;
    for (const char *at = reader->next; at < reader->end && (*at == '|' || *at == ':');) {
        const char *newline = memchr(at, '\n', (size_t)(reader->end - at));
        if (!newline) {
            break;
        }
        count += (size_t)(newline - at);
        if (*at == ':') {
            break;
        }
        at = newline + 1;
    }
    return count;
}

/* The lines that follow: "|" and a line of the text, or ":" and a last one that has no line feed. */
static bool take_block(Reader *reader, RecordedText *text)
{
    char *copy = arena_allocate(reader->arena, measure_block(reader) + 1);
    size_t count = 0;
    bool is_open = true;
    while (is_open && reader->next < reader->end && (*reader->next == '|' || *reader->next == ':')) {
        if (!next_line(reader)) {
            return false;
        }
        is_open = *reader->at == '|';
        size_t length = (size_t)(reader->line_end - reader->at) - !is_open;
        memcpy(copy + count, reader->at + 1, length);
        count += length;
    }
    text->text = copy;
    text->length = count;
    return true;
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static bool read_schedule(Reader *reader, RecordedSchedule *schedule, uint64_t *seed)
{
    *seed = 0;
    for (uint32_t i = 0; i < sizeof schedule_names / sizeof schedule_names[0]; i++) {
        if (take_word(reader, schedule_names[i])) {
            *schedule = (RecordedSchedule)i;
            return i != RECORDED_RANDOM || (take_space(reader) && take_number(reader, seed));
        }
    }
    return fail(reader, "first, last, random and a seed, or ask is wanted here");
}

static bool read_source(Reader *reader, Recording *recording)
{
    RecordedText source = {.line = reader->line};
    if (recording->is_interactive) {
        return fail(reader, "a recording of kind prompt has no sources: what was typed is an input");
    }
    if (!take_space(reader) || !take_string(reader, &source.name, NULL) || !expect_end(reader) ||
        !take_block(reader, &source)) {
        return false;
    }
    ARENA_PUSH(reader->arena, recording->sources, recording->source_count, recording->source_capacity, source);
    return true;
}

static bool read_argument(Reader *reader, Recording *recording)
{
    const char *argument;
    if (!take_space(reader) || !take_string(reader, &argument, NULL) || !expect_end(reader)) {
        return false;
    }
    ARENA_PUSH(reader->arena, recording->arguments, recording->argument_count, recording->argument_capacity, argument);
    return true;
}

static bool read_line_row(Reader *reader, Recording *recording)
{
    RecordedText line = {.name = "", .line = reader->line};
    if (!take_space(reader)) {
        return false;
    }
    bool is_end = take_word(reader, "end");
    if ((!is_end && !take_string(reader, &line.text, &line.length)) || !expect_end(reader)) {
        return false;
    }
    ARENA_PUSH(reader->arena, recording->lines, recording->line_count, recording->line_capacity, line);
    return true;
}

static bool read_mark(Reader *reader, Recording *recording)
{
    RecordedMark mark;
    if (!take_space(reader) || !take_string(reader, &mark.name, NULL) || !take_space(reader) ||
        !take_number(reader, &mark.position) || !expect_end(reader)) {
        return false;
    }
    ARENA_PUSH(reader->arena, recording->marks, recording->mark_count, recording->mark_capacity, mark);
    return true;
}

static bool read_what(Reader *reader, const Recording *recording, RecordedInput *input)
{
    bool is_submit = take_word(reader, "submit");
    if (is_submit || take_word(reader, "load")) {
        input->kind = is_submit ? RECORDED_SUBMIT : RECORDED_LOAD;
        if (!recording->is_interactive) {
            return fail(reader, "only a recording of kind prompt has C# that was typed");
        }
        return take_space(reader) && take_string(reader, &input->text.name, NULL) && expect_end(reader) &&
               take_block(reader, &input->text);
    }
    bool is_thread = take_word(reader, "choose");
    if (is_thread || take_word(reader, "take")) {
        uint64_t number = 0;
        input->kind = is_thread ? RECORDED_CHOICE : RECORDED_WORK;
        if (!take_space(reader) || !take_number(reader, &number) || !expect_end(reader)) {
            return false;
        }
        input->number = number < UINT32_MAX ? (uint32_t)number : 0;
        return input->number || fail(reader, "what is chosen has a number from 1 on");
    }
    if (take_word(reader, "schedule")) {
        input->kind = RECORDED_SCHEDULE;
        return take_space(reader) && read_schedule(reader, &input->schedule, &input->seed) && expect_end(reader);
    }
    return fail(reader, "submit, load, choose, take or schedule is wanted here");
}

static bool read_input(Reader *reader, Recording *recording)
{
    RecordedInput input = {.text.line = reader->line};
    if (!take_space(reader) || !take_number(reader, &input.step) || !take_space(reader)) {
        return false;
    }
    if (take_word(reader, "rest")) {
        input.rests = true;
        if (!take_space(reader)) {
            return false;
        }
    } else if (take_word(reader, "at")) {
        if (!take_space(reader) || !take_number(reader, &input.instructions) || !take_space(reader)) {
            return false;
        }
    }
    if (recording->input_count && recording->inputs[recording->input_count - 1].step > input.step) {
        return fail(reader, "inputs come in the order of their steps");
    }
    if (!read_what(reader, recording, &input)) {
        return false;
    }
    ARENA_PUSH(reader->arena, recording->inputs, recording->input_count, recording->input_capacity, input);
    return true;
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

/* A line that must be there: its first word. */
static bool begin_row(Reader *reader, const char *word)
{
    if (!next_line(reader)) {
        return fail(reader, "the recording ends too early");
    }
    return take_word(reader, word) || fail(reader, "another line is wanted here: see docs/recording.md for the order");
}

static bool read_head(Reader *reader, Recording *recording)
{
    if (!next_line(reader) || !take_word(reader, first_line) || !expect_end(reader)) {
        reader->failed = false;
        reader->line = 1;
        return fail(reader, "this is no recording: it begins with \"awaitlab recording 1\"");
    }
    if (!begin_row(reader, "kind") || !take_space(reader)) {
        return false;
    }
    recording->is_interactive = take_word(reader, "prompt");
    if (!recording->is_interactive && !take_word(reader, "program")) {
        return fail(reader, "program or prompt is wanted here");
    }
    return expect_end(reader) && begin_row(reader, "seed") && take_space(reader) &&
           take_number(reader, &recording->seed) && expect_end(reader) && begin_row(reader, "schedule") &&
           take_space(reader) && read_schedule(reader, &recording->schedule, &recording->schedule_seed) &&
           expect_end(reader);
}

static bool read_end(Reader *reader, Recording *recording)
{
    if (!take_space(reader) || !take_number(reader, &recording->steps) || !take_space(reader)) {
        return false;
    }
    recording->rests = take_word(reader, "rest");
    if (recording->rests && !take_space(reader)) {
        return false;
    }
    if (!take_hash(reader, &recording->hash) || !expect_end(reader) || !begin_row(reader, "position") ||
        !take_space(reader) || !take_number(reader, &recording->position) || !expect_end(reader)) {
        return false;
    }
    if (recording->position > recording->steps) {
        return fail(reader, "the position lies behind the last step");
    }
    if (!begin_row(reader, "end") || !expect_end(reader)) {
        return false;
    }
    return reader->next == reader->end || (next_line(reader), fail(reader, "there is something behind the end"));
}

/* What may come in any number, in this order. */
static bool read_rows(Reader *reader, Recording *recording)
{
    static const struct {
        const char *word;
        bool (*read)(Reader *reader, Recording *recording);
    } rows[] = {
        {"source", read_source}, {"argument", read_argument}, {"line", read_line_row},
        {"input", read_input},   {"mark", read_mark},
    };
    uint32_t stage = 0;
    for (uint32_t count = 0; count < MOST_ROWS; count++) {
        if (!next_line(reader)) {
            return fail(reader, "the recording ends too early");
        }
        if (take_word(reader, "steps")) {
            return true;
        }
        while (stage < sizeof rows / sizeof rows[0] && !take_word(reader, rows[stage].word)) {
            stage++;
        }
        if (stage == sizeof rows / sizeof rows[0]) {
            return fail(reader, "another line is wanted here: see docs/recording.md for the order");
        }
        if (!rows[stage].read(reader, recording)) {
            return false;
        }
    }
    return fail(reader, "there are too many lines");
}

bool recording_read(Arena *arena, const char *bytes, size_t length, Recording *recording, RecordingError *error)
{
    Reader reader = {.arena = arena, .next = bytes, .end = bytes + length, .error = error};
    *recording = (Recording){.sources = NULL};
    *error = (RecordingError){0, ""};
    if (!read_head(&reader, recording) || !read_rows(&reader, recording) || !read_end(&reader, recording)) {
        return false;
    }
    if (!recording->is_interactive && !recording->source_count) {
        return fail(&reader, "there is no source");
    }
    return true;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

static void write_string(Text *text, const char *bytes, size_t length)
{
    text_addc(text, '"');
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c < ' ' || c == 0x7f) {
            text_format(text, "\\x%02x", c);
            continue;
        }
        if (c == '"' || c == '\\') {
            text_addc(text, '\\');
        }
        text_addc(text, (char)c);
    }
    text_addc(text, '"');
}

static void write_block(Text *text, const RecordedText *block)
{
    const char *at = block->text, *end = block->text + block->length;
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        text_addc(text, newline ? '|' : ':');
        text_add(text, at, (size_t)((newline ? newline : end) - at));
        text_addc(text, '\n');
        at = newline ? newline + 1 : end;
    }
}

static void write_schedule(Text *text, RecordedSchedule schedule, uint64_t seed)
{
    text_adds(text, schedule_names[schedule]);
    if (schedule == RECORDED_RANDOM) {
        text_format(text, " %llu", (unsigned long long)seed);
    }
    text_addc(text, '\n');
}

static void write_input(Text *text, const RecordedInput *input)
{
    text_format(text, "input %llu ", (unsigned long long)input->step);
    if (input->rests) {
        text_adds(text, "rest ");
    } else if (input->instructions) {
        text_format(text, "at %llu ", (unsigned long long)input->instructions);
    }
    switch (input->kind) {
    case RECORDED_SUBMIT:
    case RECORDED_LOAD:
        text_adds(text, input->kind == RECORDED_SUBMIT ? "submit " : "load ");
        write_string(text, input->text.name, strlen(input->text.name));
        text_addc(text, '\n');
        write_block(text, &input->text);
        break;
    case RECORDED_CHOICE:
    case RECORDED_WORK:
        text_format(text, "%s %u\n", input->kind == RECORDED_CHOICE ? "choose" : "take", input->number);
        break;
    case RECORDED_SCHEDULE:
        text_adds(text, "schedule ");
        write_schedule(text, input->schedule, input->seed);
        break;
    }
}

static void write_named(Text *text, const char *word, const char *name, size_t length)
{
    text_adds(text, word);
    write_string(text, name, length);
}

void recording_write(Text *text, const Recording *recording)
{
    text_format(text, "%s\nkind %s\nseed %llu\nschedule ", first_line, recording->is_interactive ? "prompt" : "program",
                (unsigned long long)recording->seed);
    write_schedule(text, recording->schedule, recording->schedule_seed);
    for (uint32_t i = 0; i < recording->source_count; i++) {
        write_named(text, "source ", recording->sources[i].name, strlen(recording->sources[i].name));
        text_addc(text, '\n');
        write_block(text, &recording->sources[i]);
    }
    for (uint32_t i = 0; i < recording->argument_count; i++) {
        write_named(text, "argument ", recording->arguments[i], strlen(recording->arguments[i]));
        text_addc(text, '\n');
    }
    for (uint32_t i = 0; i < recording->line_count; i++) {
        if (recording->lines[i].text) {
            write_named(text, "line ", recording->lines[i].text, recording->lines[i].length);
            text_addc(text, '\n');
        } else {
            text_adds(text, "line end\n");
        }
    }
    for (uint32_t i = 0; i < recording->input_count; i++) {
        write_input(text, &recording->inputs[i]);
    }
    for (uint32_t i = 0; i < recording->mark_count; i++) {
        write_named(text, "mark ", recording->marks[i].name, strlen(recording->marks[i].name));
        text_format(text, " %llu\n", (unsigned long long)recording->marks[i].position);
    }
    text_format(text, "steps %llu %s%016llx\nposition %llu\nend\n", (unsigned long long)recording->steps,
                recording->rests ? "rest " : "", (unsigned long long)recording->hash,
                (unsigned long long)recording->position);
}
