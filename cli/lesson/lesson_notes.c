#include "lesson/lesson_notes.h"

#include <stdlib.h>
#include <string.h>

#include "lesson/answer_file.h"
#include "lesson/exercise.h"

static void write_expanded(Lab *lab, const char *text, size_t length, FILE *out)
{
    char *expanded = lab_expand(lab, text, length, NULL);
    fprintf(out, "%s\n", expanded ? expanded : "");
    free(expanded);
}

static void write_code(const char *language, const char *text, FILE *out)
{
    bool has_end = !*text || text[strlen(text) - 1] == '\n';
    fprintf(out, "```%s\n%s%s```\n\n", language, text, has_end ? "" : "\n");
}

static void write_listing(Lab *lab, const LessonBlock *block, FILE *out)
{
    char *expanded = lab_expand(lab, block->body, strlen(block->body), NULL);
    write_code("text", expanded ? expanded : block->body, out);
    free(expanded);
}

static void write_show(Lab *lab, const LessonBlock *block, FILE *out)
{
    const char *problem;
    fputs("```text\n", out);
    lab_show(lab, block, out, &problem);
    fputs("```\n\n", out);
}

static void write_prediction(const Lesson *lesson, Lab *lab, const Progress *progress, const LessonBlock *block,
                             FILE *out)
{
    const ProgressRecord *record = progress_prediction(progress, lesson_id(lesson), block->values[KEY_ID]);
    write_expanded(lab, block->question, strlen(block->question), out);
    for (uint32_t i = 0; i < block->option_count; i++) {
        char *text = lab_expand(lab, block->options[i].text, strlen(block->options[i].text), NULL);
        fprintf(out, "- [%s] %s\n", record && block->options[i].is_right ? "x" : " ", text ? text : "");
        free(text);
    }
    if (record && *record->answer) {
        fprintf(out, "\nI said: %s. %s\n\n", record->answer, record->ok ? "That was right." : "That was not so.");
    } else {
        fputs("\nI have not answered this.\n\n", out);
    }
}

static void write_checks(Lab *lab, const LessonBlock *block, const char *text, FILE *out)
{
    LabRun *run = lab_run_text(lab, block, text);
    for (uint32_t i = 0; run && i < run->check_count; i++) {
        SessionVerdict verdict = session_goals_verdict(run->goals, i);
        fprintf(out, "- [%s] %s%s%s\n", verdict.passed ? "x" : " ", verdict.wanted, *verdict.now ? "; now: " : "",
                verdict.now);
    }
    fputc('\n', out);
    lab_run_free(run);
}

static void write_exercise(const Lesson *lesson, Lab *lab, const Progress *progress, const LessonBlock *block,
                           FILE *out)
{
    AnswerFile answer;
    const char *id = block->values[KEY_ID];
    ExerciseState state = progress_exercise(progress, lesson_id(lesson), id);
    if (!answer_open(&answer, lesson_id(lesson), id, block->body)) {
        return;
    }
    bool is_own = strcmp(answer.text, block->body) != 0;
    fprintf(out, "**Exercise %s**, %s, tries: %u, hints: %u\n\n", id, is_own ? "my program" : "as it was given",
            state.tries, state.hints);
    write_code("csharp", answer.text, out);
    write_checks(lab, block, answer.text, out);
    answer_close(&answer);
}

static void write_block(const Lesson *lesson, Lab *lab, const Progress *progress, const LessonBlock *block, FILE *out)
{
    switch (block->role) {
    case ROLE_PREDICT:
        write_prediction(lesson, lab, progress, block, out);
        break;
    case ROLE_EXERCISE:
        write_exercise(lesson, lab, progress, block, out);
        break;
    case ROLE_SHOW:
        write_show(lab, block, out);
        break;
    case ROLE_SETUP:
    case ROLE_DEMO:
        write_code("csharp", block->body, out);
        break;
    case ROLE_CONSOLE:
    case ROLE_LISTING:
        write_listing(lab, block, out);
        break;
    case ROLE_SOLUTION:
    case ROLE_WRONG:
    case ROLE_CHECK:
    case ROLE_HINT:
        break;
    }
}

void lesson_notes_write(const Lesson *lesson, Lab *lab, const Progress *progress, FILE *out)
{
    fprintf(out, "# %s\n\n", lesson->title);
    for (uint32_t i = 0; i < lesson->screen_count; i++) {
        const LessonScreen *screen = &lesson->screens[i];
        fprintf(out, "## %s\n\n", screen->title);
        for (uint32_t k = 0; k < screen->count; k++) {
            const LessonItem *item = &screen->items[k];
            if (item->block) {
                write_block(lesson, lab, progress, item->block, out);
            } else {
                write_expanded(lab, item->text, item->length, out);
            }
        }
    }
}
