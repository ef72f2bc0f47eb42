#include "lesson/lesson_file.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lesson/markdown.h"

#define BIT(key) (1u << KEY_##key)

static const struct {
    const char *role, *language;
    unsigned required, optional;
} block_rows[] = {
#define BLOCK(id, role, language, required, optional) {role, language, required, optional},
#include "lesson/block.def"
};

static const struct {
    const char *name;
    bool is_flag;
} key_rows[] = {
#define KEY(id, name, is_flag) {name, is_flag},
#include "lesson/block.def"
};

static const char *const front_names[] = {
#define FRONT(id, key) key,
#include "lesson/block.def"
};

enum { BLOCK_ROWS = sizeof block_rows / sizeof *block_rows, LONGEST_PROBLEM = 400, LONGEST_SHOWN = 40 };

/* ---- small things ------------------------------------------------------------------------------------------------ */

const char *lesson_role_name(BlockRole role)
{
    return (int)role < BLOCK_ROWS ? block_rows[role].role : role == ROLE_CONSOLE ? "console" : "listing";
}

static char *copy_text(Lesson *lesson, const char *text, size_t length)
{
    char *copy = arena_allocate(&lesson->arena, length + 1);
    memcpy(copy, text, length);
    return copy;
}

/* Adds a problem where memory has a place to jump to. */
static void note(Lesson *lesson, uint32_t line, const char *format, va_list arguments)
{
    char text[LONGEST_PROBLEM];
    vsnprintf(text, sizeof text, format, arguments);
    LessonProblem problem = {line, copy_text(lesson, text, strlen(text))};
    ARENA_PUSH(&lesson->arena, lesson->problems, lesson->problem_count, lesson->problem_capacity, problem);
    for (uint32_t i = lesson->problem_count - 1; i > 0 && lesson->problems[i - 1].line > line; i--) {
        lesson->problems[i] = lesson->problems[i - 1];
        lesson->problems[i - 1] = problem;
    }
}

__attribute__((format(printf, 3, 4))) static void complain(Lesson *lesson, uint32_t line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    note(lesson, line, format, arguments);
    va_end(arguments);
}

bool lesson_add_problem(Lesson *lesson, uint32_t line, const char *format, ...)
{
    jmp_buf place;
    va_list arguments;
    if (setjmp(place) != 0) {
        lesson->arena.exhausted = NULL;
        return false;
    }
    lesson->arena.exhausted = &place;
    va_start(arguments, format);
    note(lesson, line, format, arguments);
    va_end(arguments);
    lesson->arena.exhausted = NULL;
    return true;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

/* Letters, digits, dashes and dots: an id must survive in file names, commands and records. */
static bool is_id(const char *text)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    size_t length = strlen(text);
    return length > 0 && length <= 60 && strspn(text, allowed) == length;
}

/* ---- lines ------------------------------------------------------------------------------------------------------- */

/* The beginning of line number `line` (from 1), or the end of the text. */
static const char *line_start(const Lesson *lesson, uint32_t line)
{
    const char *at = lesson->text, *end = at + lesson->length;
    for (; line > 1 && at < end; line--) {
        const char *next = memchr(at, '\n', (size_t)(end - at));
        at = next ? next + 1 : end;
    }
    return at;
}

/* What lies from one line to another, both included. */
static const char *lines_between(const Lesson *lesson, uint32_t first, uint32_t last, size_t *length)
{
    const char *start = line_start(lesson, first);
    const char *end = line_start(lesson, last + 1);
    *length = (size_t)(end - start);
    return start;
}

/* ---- broken bytes ------------------------------------------------------------------------------------------------ */

static size_t sequence_length(const unsigned char *bytes, size_t left)
{
    size_t length = bytes[0] < 0x80   ? 1
                    : bytes[0] < 0xC2 ? 0
                    : bytes[0] < 0xE0 ? 2
                    : bytes[0] < 0xF0 ? 3
                    : bytes[0] < 0xF5 ? 4
                                      : 0;
    if (length > left) {
        return 0;
    }
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return length;
}

/* A lesson is UTF-8 text: the first byte that is not is named, and nothing else is tried. */
static bool is_text(Lesson *lesson)
{
    uint32_t line = 1;
    const unsigned char *bytes = (const unsigned char *)lesson->text;
    for (size_t i = 0; i < lesson->length;) {
        size_t length = sequence_length(bytes + i, lesson->length - i);
        bool is_control = bytes[i] < ' ' && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\t';
        if (length == 0 || is_control || bytes[i] == 0x7F) {
            complain(lesson, line, "byte 0x%02X: a lesson is UTF-8 text without control characters", bytes[i]);
            return false;
        }
        line += bytes[i] == '\n';
        i += length;
    }
    return true;
}

/* ---- front matter ------------------------------------------------------------------------------------------------ */

static void take_front_line(Lesson *lesson, uint32_t number, const char *line, size_t length)
{
    const char *colon = memchr(line, ':', length);
    if (!colon) {
        complain(lesson, number, "front matter is lines of `key: value`");
        return;
    }
    size_t name_length = (size_t)(colon - line);
    const char *value = colon + 1, *end = line + length;
    while (value < end && is_space(*value)) {
        value++;
    }
    while (end > value && (is_space(end[-1]) || end[-1] == '\r')) {
        end--;
    }
    for (uint32_t i = 0; i < FRONT_COUNT; i++) {
        if (strlen(front_names[i]) == name_length && memcmp(front_names[i], line, name_length) == 0) {
            if (lesson->front[i]) {
                complain(lesson, number, "front matter has %s twice", front_names[i]);
            }
            lesson->front[i] = copy_text(lesson, value, (size_t)(end - value));
            return;
        }
    }
    complain(lesson, number, "front matter has no key '%.*s'",
             name_length > LONGEST_SHOWN ? LONGEST_SHOWN : (int)name_length, line);
}

static void check_front(Lesson *lesson)
{
    const char *id = lesson->front[FRONT_ID], *after = lesson->front[FRONT_SOLUTION_AFTER],
               *skip = lesson->front[FRONT_SKIP];
    const char *hints = lesson->front[FRONT_HINTS];
    if (!id) {
        complain(lesson, 1, "front matter has no id");
    } else if (!is_id(id)) {
        complain(lesson, 1, "the id '%.40s' may only have letters, digits, - and _", id);
    }
    if (after && strcmp(after, "never") != 0 && (!*after || strspn(after, "0123456789") != strlen(after))) {
        complain(lesson, 1, "solution-after is a number of tries, or never");
    }
    if (skip && strcmp(skip, "no") != 0 && strcmp(skip, "yes") != 0) {
        complain(lesson, 1, "skip is yes or no");
    }
    if (hints && (!*hints || strspn(hints, "0123456789") != strlen(hints))) {
        complain(lesson, 1, "hints is a number");
    }
}

static bool is_rule(const char *line, size_t length)
{
    while (length && (is_space(line[length - 1]) || line[length - 1] == '\r' || line[length - 1] == '\n')) {
        length--;
    }
    return length == 3 && memcmp(line, "---", 3) == 0;
}

/* Reads what is between the two rules; returns the number of the first line behind it. */
static uint32_t read_front(Lesson *lesson)
{
    const char *at = lesson->text, *end = at + lesson->length;
    uint32_t number = 1;
    bool is_closed = false;
    for (; at < end && !is_closed; number++) {
        const char *next = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((next ? next : end) - at);
        bool has_rule = is_rule(at, length);
        if (number == 1 && !has_rule) {
            break;
        }
        is_closed = number > 1 && has_rule;
        if (!has_rule && strspn(at, " \t\r") < length) {
            take_front_line(lesson, number, at, length);
        }
        at = next ? next + 1 : end;
    }
    if (!is_closed) {
        complain(lesson, 1,
                 number == 1 ? "a lesson begins with front matter: a line ---, lines `key: value`, a line ---"
                             : "the front matter is never closed by a line ---");
    }
    check_front(lesson);
    return is_closed ? number : 1;
}

/* ---- the words behind an opening fence --------------------------------------------------------------------------- */

typedef struct Words {
    const char *at;
    bool is_broken; /* a quote is missing */
} Words;

/* The next word, quotes around a value taken off: for=x, type="Task<int>", run. NULL: no more. */
static char *next_word(Lesson *lesson, Words *words)
{
    while (is_space(*words->at)) {
        words->at++;
    }
    if (!*words->at) {
        return NULL;
    }
    char *word = arena_allocate(&lesson->arena, strlen(words->at) + 1);
    size_t length = 0;
    char quote = 0;
    for (; *words->at && (quote || !is_space(*words->at)); words->at++) {
        char c = *words->at;
        bool opens = !quote && (c == '"' || c == '\'') && length && word[length - 1] == '=';
        if (opens || (quote && c == quote)) {
            quote = opens ? c : 0;
        } else {
            word[length++] = c;
        }
    }
    words->is_broken |= quote != 0;
    return word;
}

static void take_key(Lesson *lesson, LessonBlock *block, char *word)
{
    char *equals = strchr(word, '=');
    unsigned allowed = block_rows[block->role].required | block_rows[block->role].optional;
    size_t length = equals ? (size_t)(equals - word) : strlen(word);
    for (uint32_t i = 0; i < KEY_COUNT; i++) {
        if (strlen(key_rows[i].name) != length || memcmp(key_rows[i].name, word, length) != 0 || !(allowed >> i & 1)) {
            continue;
        }
        if (key_rows[i].is_flag == (equals != NULL)) {
            complain(lesson, block->line, key_rows[i].is_flag ? "%s takes no value" : "%s needs a value: %s=...",
                     key_rows[i].name, key_rows[i].name);
        } else if (block->values[i]) {
            complain(lesson, block->line, "%s is given twice", key_rows[i].name);
        } else {
            block->values[i] = equals ? equals + 1 : "";
        }
        return;
    }
    complain(lesson, block->line, "unknown word '%.40s' for a %s block", word, block_rows[block->role].role);
}

static bool find_role(const char *word, BlockRole *role)
{
    for (uint32_t i = 0; i < BLOCK_ROWS; i++) {
        if (strcmp(block_rows[i].role, word) == 0) {
            *role = (BlockRole)i;
            return true;
        }
    }
    return false;
}

static void check_keys(Lesson *lesson, const LessonBlock *block)
{
    for (uint32_t i = 0; i < KEY_COUNT; i++) {
        if (block_rows[block->role].required >> i & 1 && !block->values[i]) {
            complain(lesson, block->line, "a %s block needs %s=...", block_rows[block->role].role, key_rows[i].name);
        }
    }
    const char *id = block->values[KEY_ID];
    if (id && !is_id(id)) {
        complain(lesson, block->line, "the id '%.40s' may only have letters, digits, - and _", id);
    } else if (id && lesson_block(lesson, id)) {
        complain(lesson, block->line, "the id '%s' was given before, in line %u", id, lesson_block(lesson, id)->line);
    }
}

/* The role and the keys; false: it is no block of ours to be used. */
static bool read_info(Lesson *lesson, LessonBlock *block, const char *info)
{
    Words words = {.at = info};
    char *language = next_word(lesson, &words);
    char *role = next_word(lesson, &words);
    block->role = language && strcmp(language, "console") == 0 ? ROLE_CONSOLE : ROLE_LISTING;
    if (!role) {
        return true;
    }
    if (!find_role(role, &block->role)) {
        complain(lesson, block->line,
                 "unknown word '%.40s': a block is setup, demo, exercise, solution, wrong, predict, "
                 "check, hint or show",
                 role);
        return false;
    }
    if (strcmp(language, block_rows[block->role].language) != 0) {
        complain(lesson, block->line, "a %s block is written ```%s %s", role, block_rows[block->role].language, role);
    }
    for (char *word = next_word(lesson, &words); word; word = next_word(lesson, &words)) {
        take_key(lesson, block, word);
    }
    if (words.is_broken) {
        complain(lesson, block->line, "a closing quote is missing");
    }
    check_keys(lesson, block);
    return true;
}

/* ---- fences ------------------------------------------------------------------------------------------------------ */

/* CommonMark lets the end of the file close a fence; in a lesson that is a slip that swallows the rest. */
static void check_closed(Lesson *lesson, const MarkdownPart *part)
{
    const char *open = line_start(lesson, part->first_line);
    const char *close = line_start(lesson, part->last_line);
    while (*open == ' ') {
        open++;
    }
    while (*close == ' ') {
        close++;
    }
    size_t length = strspn(open, *open == '~' ? "~" : "`");
    char sign[2] = {*open, 0};
    if (part->last_line == part->first_line || strspn(close, sign) < length) {
        complain(lesson, part->first_line, "this fence is never closed");
    }
}

/* "- [x] text -- feedback" */
static void add_option(Lesson *lesson, LessonBlock *block, uint32_t *capacity, const char *line, size_t length)
{
    const char *text = line + 5, *end = line + length;
    while (text < end && is_space(*text)) {
        text++;
    }
    const char *dashes = end;
    for (const char *at = text; at + 4 <= end; at++) {
        if (memcmp(at, " -- ", 4) == 0) {
            dashes = at;
            break;
        }
    }
    const char *feedback = dashes < end ? dashes + 4 : end;
    LessonOption option = {
        .is_right = line[3] == 'x',
        .text = copy_text(lesson, text, (size_t)(dashes - text)),
        .feedback = copy_text(lesson, feedback, (size_t)(end - feedback)),
    };
    ARENA_PUSH(&lesson->arena, block->options, block->option_count, *capacity, option);
}

static bool is_option(const char *line, size_t length)
{
    return length >= 5 && memcmp(line, "- [", 3) == 0 && (line[3] == ' ' || line[3] == 'x') && line[4] == ']';
}

/* A prediction: the question, then for a choice its options. An indented line goes on with the option above it. */
static void read_prediction(Lesson *lesson, LessonBlock *block)
{
    uint32_t right = 0, capacity = 0;
    size_t question_length = 0;
    for (const char *line = block->body; *line;) {
        size_t length = strcspn(line, "\n");
        if (is_option(line, length)) {
            size_t whole = length;
            while (line[whole] == '\n' && line[whole + 1] == ' ') {
                whole += 1 + strcspn(line + whole + 1, "\n");
            }
            add_option(lesson, block, &capacity, line, whole);
            right += line[3] == 'x';
            length = whole;
        } else if (!block->option_count) {
            question_length = (size_t)(line - block->body) + length;
        }
        line += length + (line[length] == '\n');
    }
    block->question = copy_text(lesson, block->body, question_length);
    const char *kind = block->values[KEY_KIND];
    bool is_choice = kind && strcmp(kind, "choice") == 0;
    if (is_choice && (block->option_count < 2 || right != 1)) {
        complain(lesson, block->line, "a choice has two or more options `- [ ] text`, one of them right: `- [x] text`");
    } else if (!is_choice && block->option_count) {
        complain(lesson, block->line, "options are for kind=choice; the machine computes the answer of this one");
    }
}

static LessonBlock *read_block(Lesson *lesson, const MarkdownPart *part)
{
    LessonBlock *block = ARENA_NEW(&lesson->arena, LessonBlock);
    block->line = part->first_line;
    block->last_line = part->last_line;
    block->body = copy_text(lesson, part->text, strlen(part->text));
    block->feedback = "";
    check_closed(lesson, part);
    if (!read_info(lesson, block, part->info)) {
        return NULL;
    }
    if (block->role == ROLE_PREDICT) {
        read_prediction(lesson, block);
    }
    ARENA_PUSH(&lesson->arena, lesson->blocks, lesson->block_count, lesson->block_capacity, block);
    return block;
}

/* ---- screens ----------------------------------------------------------------------------------------------------- */

static void start_screen(Lesson *lesson, const char *title, uint32_t line)
{
    LessonScreen screen = {.title = copy_text(lesson, title, strlen(title)), .line = line};
    ARENA_PUSH(&lesson->arena, lesson->screens, lesson->screen_count, lesson->screen_capacity, screen);
}

static void add_item(Lesson *lesson, LessonItem item)
{
    if (!lesson->screen_count) {
        start_screen(lesson, "", item.line);
    }
    LessonScreen *screen = &lesson->screens[lesson->screen_count - 1];
    ARENA_PUSH(&lesson->arena, screen->items, screen->count, screen->capacity, item);
}

static bool is_behind_the_scenes(BlockRole role)
{
    return role == ROLE_SOLUTION || role == ROLE_WRONG || role == ROLE_CHECK || role == ROLE_HINT;
}

typedef struct Assembly {
    Lesson *lesson;
    LessonBlock *last; /* the block right above, while only text has followed it */
} Assembly;

static void take_text(Assembly *assembly, const MarkdownPart *part)
{
    Lesson *lesson = assembly->lesson;
    LessonItem item = {.line = part->first_line};
    item.text = lines_between(lesson, part->first_line, part->last_line, &item.length);
    LessonBlock *last = assembly->last;
    if (last && last->role == ROLE_WRONG) {
        size_t old = strlen(last->feedback);
        char *text = arena_allocate(&lesson->arena, old + item.length + 3);
        snprintf(text, old + item.length + 3, "%s%s%.*s", last->feedback, old ? "\n" : "", (int)item.length, item.text);
        last->feedback = text;
    } else {
        add_item(lesson, item);
    }
}

static void take_heading(Assembly *assembly, const MarkdownPart *part)
{
    Lesson *lesson = assembly->lesson;
    assembly->last = NULL;
    if (part->level == 1) {
        lesson->title = *lesson->title ? lesson->title : copy_text(lesson, part->text, strlen(part->text));
    } else if (part->level == 2) {
        start_screen(lesson, part->text, part->first_line);
    } else {
        LessonItem item = {.line = part->first_line};
        item.text = lines_between(lesson, part->first_line, part->last_line, &item.length);
        add_item(lesson, item);
    }
}

static void take_fence(Assembly *assembly, const MarkdownPart *part)
{
    LessonBlock *block = read_block(assembly->lesson, part);
    assembly->last = block;
    if (block && !is_behind_the_scenes(block->role)) {
        add_item(assembly->lesson, (LessonItem){.block = block, .line = part->first_line});
    }
}

/* ---- what belongs together --------------------------------------------------------------------------------------- */

static void check_owner(Lesson *lesson, const LessonBlock *block)
{
    const char *owner = block->values[KEY_FOR], *of = block->values[KEY_OF];
    const LessonBlock *found = owner ? lesson_block(lesson, owner) : NULL;
    bool is_setup = block->role == ROLE_SETUP;
    if (owner && !found) {
        complain(lesson, block->line, "for=%.40s: there is no such %s", owner, is_setup ? "program" : "exercise");
    } else if (owner && !is_setup && found->role != ROLE_EXERCISE) {
        complain(lesson, block->line, "for=%.40s: that is a %s, not an exercise", owner, lesson_role_name(found->role));
    }
    found = of ? lesson_block(lesson, of) : NULL;
    if (of && (!found || (found->role != ROLE_DEMO && found->role != ROLE_EXERCISE))) {
        complain(lesson, block->line, "of=%.40s: there is no such demo or exercise", of);
    }
}

static void check_exercise(Lesson *lesson, const LessonBlock *block)
{
    const char *id = block->values[KEY_ID];
    if (block->role != ROLE_EXERCISE || !id) {
        return;
    }
    if (!lesson_block_for(lesson, ROLE_CHECK, id, 0)) {
        complain(lesson, block->line, "the exercise '%s' has no check block", id);
    }
    if (!lesson_block_for(lesson, ROLE_SOLUTION, id, 0)) {
        complain(lesson, block->line, "the exercise '%s' has no solution", id);
    }
}

static void take_part(Assembly *assembly, const MarkdownPart *part)
{
    switch (part->kind) {
    case PART_HEADING:
        take_heading(assembly, part);
        break;
    case PART_FENCE:
        take_fence(assembly, part);
        break;
    case PART_TEXT:
        take_text(assembly, part);
        break;
    }
}

/* The caller frees *page, also when memory runs out on the way. */
static void read_all(Lesson *lesson, MarkdownPage *page)
{
    uint32_t first = read_front(lesson);
    const char *body = line_start(lesson, first);
    if (!markdown_read(page, body, lesson->length - (size_t)(body - lesson->text))) {
        longjmp(*lesson->arena.exhausted, 1);
    }
    lesson->title = lesson->front[FRONT_TITLE] ? lesson->front[FRONT_TITLE] : "";
    Assembly assembly = {.lesson = lesson};
    for (size_t i = 0; i < page->count; i++) {
        MarkdownPart part = page->parts[i];
        part.first_line += first - 1;
        part.last_line += first - 1;
        take_part(&assembly, &part);
    }
    for (uint32_t i = 0; i < lesson->block_count; i++) {
        check_owner(lesson, lesson->blocks[i]);
        check_exercise(lesson, lesson->blocks[i]);
    }
    if (!lesson->screen_count) {
        complain(lesson, first, "the lesson has no screens; each begins with `## Title`");
    }
}

bool lesson_read(Lesson *lesson, const char *path, const char *text, size_t length)
{
    jmp_buf place;
    MarkdownPage page = {0};
    *lesson = (Lesson){.path = "", .text = "", .title = ""};
    arena_init(&lesson->arena, &memory_default);
    lesson->arena.exhausted = &place;
    if (setjmp(place) == 0) {
        lesson->path = copy_text(lesson, path, strlen(path));
        lesson->text = copy_text(lesson, text, length);
        lesson->length = length;
        if (is_text(lesson)) {
            read_all(lesson, &page);
        }
        lesson->arena.exhausted = NULL;
        markdown_free(&page);
        return true;
    }
    lesson->arena.exhausted = NULL;
    markdown_free(&page);
    return false;
}

void lesson_free(Lesson *lesson)
{
    arena_free(&lesson->arena);
    *lesson = (Lesson){.path = "", .text = "", .title = ""};
}

/* ---- looking things up ------------------------------------------------------------------------------------------- */

const LessonBlock *lesson_block(const Lesson *lesson, const char *id)
{
    for (uint32_t i = 0; i < lesson->block_count; i++) {
        const char *name = lesson->blocks[i]->values[KEY_ID];
        if (name && strcmp(name, id) == 0) {
            return lesson->blocks[i];
        }
    }
    return NULL;
}

const LessonBlock *lesson_block_for(const Lesson *lesson, BlockRole role, const char *id, uint32_t index)
{
    for (uint32_t i = 0; i < lesson->block_count; i++) {
        const LessonBlock *block = lesson->blocks[i];
        const char *owner = block->values[KEY_FOR];
        if (block->role == role && owner && strcmp(owner, id) == 0 && index-- == 0) {
            return block;
        }
    }
    return NULL;
}

uint32_t lesson_solution_after(const Lesson *lesson)
{
    enum { USUAL_TRIES = 3 };
    const char *after = lesson->front[FRONT_SOLUTION_AFTER];
    if (after && strcmp(after, "never") == 0) {
        return UINT32_MAX;
    }
    return after ? (uint32_t)strtoul(after, NULL, 10) : USUAL_TRIES;
}

const char *lesson_id(const Lesson *lesson)
{
    return lesson->front[FRONT_ID] ? lesson->front[FRONT_ID] : "";
}
