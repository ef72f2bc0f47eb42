/* The laboratory behind a lesson: runs its programs and answers what the lesson asks about them.
 *
 * Every program runs in a session of its own, always in the same way, so a program that was run once is not run again.
 */
#ifndef AWAITLAB_CLI_LESSON_LAB_H
#define AWAITLAB_CLI_LESSON_LAB_H

#include <stdio.h>

#include "lesson/lesson_file.h"
#include "sim.h"
#include "view/text.h"

typedef enum Measure {
#define MEASURE(id, word, program, subject, sentence) MEASURE_##id,
#include "lesson/measure.def"
    MEASURE_COUNT
} Measure;

/* A program that has run. */
typedef struct LabRun {
    const LessonBlock *block; /* whose setups it has */
    char *text;               /* of the program */
    char *name;               /* of its file: "first.cs" */
    Session *session;
    SessionGoals *goals;  /* its facts, and the checks of its exercise */
    uint32_t check_count; /* how many of the goals are the exercise's own */
    SessionOutcome outcome;
} LabRun;

typedef struct Lab {
    const Lesson *lesson;
    TextStyle style; /* of what is shown; the caller may change it */
    LabRun **runs;   /* kept ones: of demos and of the lesson's own exercises */
    size_t count, capacity;
} Lab;

/* The setup number `index` (from 0) of a program; NULL: there are not so many. */
const LessonBlock *lab_setup(const Lesson *lesson, const LessonBlock *program, uint32_t index);

void lab_init(Lab *lab, const Lesson *lesson);
void lab_free(Lab *lab);

/* Runs `text` as the program of `block` (a demo or exercise), with the setups and checks of that block. The caller
 * frees it. NULL: no memory. */
LabRun *lab_run_text(Lab *lab, const LessonBlock *block, const char *text);
/* Adds the setups of a block, and `text` as its program, to a session that somebody else runs. False: it refuses. */
bool lab_add_sources(const Lab *lab, const LessonBlock *block, const char *name, const char *text, Session *session);
void lab_run_free(LabRun *run);
/* What each step of the run was, in sentences: the same run once more. malloc'd; NULL: no memory. */
char *lab_trace(Lab *lab, const LabRun *run);
/* The run of a block's own text. NULL: no memory. */
LabRun *lab_run(Lab *lab, const LessonBlock *block);

/* The name of `word` among the measures; false: there is none. */
bool lab_find_measure(const char *word, Measure *measure);
const char *lab_measure_word(Measure measure);
bool lab_measure_is_number(Measure measure);

typedef struct LabQuestion {
    Measure measure;
    const char *of;      /* id of a program; NULL: none */
    const char *subject; /* type or name; NULL: none */
} LabQuestion;

/* The answer, malloc'd; NULL: *problem says why there is none (static or the lesson's text), NULL for no memory. */
char *lab_measure(Lab *lab, const LabQuestion *question, const char **problem);

/* Text with each {{...}} replaced by what it asks for. malloc'd. A problem is put in its place as (?problem) and, when
 * `problem` is not NULL, the first one stored there. NULL: no memory. */
char *lab_expand(Lab *lab, const char *text, size_t length, const char **problem);

/* Writes what a show block shows. False: *problem says why it cannot. */
bool lab_show(Lab *lab, const LessonBlock *show, FILE *out, const char **problem);
/* The same of a run that is at hand; nothing but what= and from=, to=, type= of `show` counts. */
bool lab_show_run(Lab *lab, LabRun *run, const LessonBlock *show, FILE *out);
/* Output, then how it ended if that was not its end. */
void lab_write_output(const LabRun *run, FILE *out);
void lab_write_diagnostics(const Lab *lab, const LabRun *run, FILE *out);

#endif
