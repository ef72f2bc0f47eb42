/* A lesson: one CommonMark file with front matter, screens (`##`) and fenced blocks that have a role.
 *
 * Reading never stops at a problem: all of them are in the lesson, with their lines, and what can be used of the rest
 * is there too. A lesson with problems may be shown to its author, never to a learner. */
#ifndef AWAITLAB_CLI_LESSON_FILE_H
#define AWAITLAB_CLI_LESSON_FILE_H

#include "sim.h"

typedef enum BlockRole {
#define BLOCK(id, role, language, required, optional) ROLE_##id,
#include "lesson/block.def"
    ROLE_CONSOLE, /* ```console: what a session with awaitlab looks like */
    ROLE_LISTING, /* a fence without a role: shown as it is */
} BlockRole;

typedef enum BlockKey {
#define KEY(id, name, is_flag) KEY_##id,
#include "lesson/block.def"
    KEY_COUNT
} BlockKey;

typedef enum FrontKey {
#define FRONT(id, key) FRONT_##id,
#include "lesson/block.def"
    FRONT_COUNT
} FrontKey;

/* An option of a prediction. */
typedef struct LessonOption {
    bool is_right;
    const char *text;
    const char *feedback; /* "" when there is none */
} LessonOption;

typedef struct LessonBlock {
    BlockRole role;
    uint32_t line;                 /* of the opening fence */
    uint32_t last_line;            /* of the closing one */
    const char *values[KEY_COUNT]; /* NULL: not given; flags: "" */
    const char *body;
    const char *question;  /* PREDICT: the body in front of the options; else NULL */
    LessonOption *options; /* PREDICT kind=choice */
    uint32_t option_count;
    const char *feedback; /* WRONG: CommonMark of the text below it; "" when there is none */
} LessonBlock;

typedef struct LessonItem {
    const LessonBlock *block; /* NULL: text */
    const char *text;         /* CommonMark, not terminated */
    size_t length;
    uint32_t line;
} LessonItem;

typedef struct LessonScreen {
    const char *title;
    uint32_t line;
    LessonItem *items;
    uint32_t count, capacity;
} LessonScreen;

typedef struct LessonProblem {
    uint32_t line;
    const char *text;
} LessonProblem;

typedef struct Lesson {
    Arena arena; /* of everything in it */
    const char *path;
    const char *text;
    size_t length;
    const char *front[FRONT_COUNT]; /* NULL: not given */
    const char *title;              /* of the front matter, else of the `#` heading, else "" */
    LessonScreen *screens;
    uint32_t screen_count, screen_capacity;
    LessonBlock **blocks; /* all of them, in order */
    uint32_t block_count, block_capacity;
    LessonProblem *problems; /* by line */
    uint32_t problem_count, problem_capacity;
} Lesson;

/* Reads a lesson; `path` is for messages; text and path are copied. False: no memory (free it all the same). */
bool lesson_read(Lesson *lesson, const char *path, const char *text, size_t length);
void lesson_free(Lesson *lesson);

/* Notes a problem; for those who check more than the form. False: no memory. */
bool lesson_add_problem(Lesson *lesson, uint32_t line, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The block called `id`; NULL: there is none. */
const LessonBlock *lesson_block(const Lesson *lesson, const char *id);
/* The block number `index` (from 0) of a role that belongs to the exercise `id`; NULL: there are not so many. */
const LessonBlock *lesson_block_for(const Lesson *lesson, BlockRole role, const char *id, uint32_t index);
/* Tries after which the solution may be seen unsolved; UINT32_MAX: never. */
uint32_t lesson_solution_after(const Lesson *lesson);
const char *lesson_id(const Lesson *lesson);

/* "demo", "exercise": how a lesson calls the role. */
const char *lesson_role_name(BlockRole role);

#endif
