#include "lesson/exercise.h"

#include <stdlib.h>
#include <string.h>

ExerciseResult exercise_result(const LabRun *run)
{
    ExerciseResult result = {.total = run->check_count};
    for (uint32_t i = 0; i < result.total; i++) {
        result.passed += session_goals_verdict(run->goals, i).passed;
    }
    result.is_solved = result.total && result.passed == result.total;
    return result;
}

bool exercise_holds(LabRun *run, const char *check, const char **problem)
{
    if (!session_goals_add(run->goals, check, strlen(check), problem)) {
        return false;
    }
    return session_goals_verdict(run->goals, session_goals_count(run->goals) - 1).passed;
}

/* ---- failing for a reason ---------------------------------------------------------------------------------------- */

static bool is_code(const char *text, const char *letters)
{
    return strncmp(text, letters, 2) == 0 && strlen(text) == 6 && strspn(text + 2, "0123456789") == 4;
}

static bool has_error(const LabRun *run, const char *code)
{
    for (uint32_t i = 0; i < session_diagnostic_count(run->session); i++) {
        if (strcmp(session_diagnostic(run->session, i).code, code) == 0) {
            return true;
        }
    }
    return false;
}

static bool holds_word(LabRun *run, const char *begin, const char *word)
{
    char check[200];
    const char *problem;
    snprintf(check, sizeof check, "%s %s", begin, word);
    return exercise_holds(run, check, &problem);
}

static bool is_type_name(const char *text)
{
    return text[strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.")] == 0;
}

/* -1: it is none of the exercise's checks. */
static long find_check(const LabRun *run, const char *line)
{
    for (uint32_t i = 0; i < run->check_count; i++) {
        if (strcmp(session_goals_verdict(run->goals, i).check, line) == 0) {
            return (long)i;
        }
    }
    return -1;
}

bool exercise_fails_as(LabRun *run, const char *expect)
{
    long check = find_check(run, expect);
    if (check >= 0) {
        return run->outcome.kind != OUTCOME_ERRORS && !session_goals_verdict(run->goals, (uint32_t)check).passed;
    }
    if (is_code(expect, "CS")) {
        return run->outcome.kind == OUTCOME_ERRORS && has_error(run, expect);
    }
    if (is_code(expect, "AL")) {
        return holds_word(run, "diagnostics ==", expect);
    }
    if (strcmp(expect, "deadlocks") == 0) {
        return run->outcome.kind == OUTCOME_DEADLOCK;
    }
    return is_type_name(expect) && holds_word(run, "throws", expect);
}

/* ---- known wrong answers ----------------------------------------------------------------------------------------- */

static const char *first_error(const LabRun *run)
{
    for (uint32_t i = 0; i < session_diagnostic_count(run->session); i++) {
        SessionDiagnostic diagnostic = session_diagnostic(run->session, i);
        if (diagnostic.is_error) {
            return diagnostic.code;
        }
    }
    return "";
}

/* Two runs go wrong in the same way: they write the same, the same checks fail, and what ends them is the same. */
static bool fail_alike(const LabRun *a, const LabRun *b)
{
    uint32_t line;
    if (a->check_count != b->check_count || a->outcome.kind != b->outcome.kind) {
        return false;
    }
    for (uint32_t i = 0; i < a->check_count; i++) {
        SessionVerdict of_a = session_goals_verdict(a->goals, i), of_b = session_goals_verdict(b->goals, i);
        if (of_a.passed != of_b.passed) {
            return false;
        }
    }
    bool is_same_output = strcmp(session_goals_written(a->goals), session_goals_written(b->goals)) == 0;
    return is_same_output &&
           strcmp(session_goals_exception(a->goals, &line), session_goals_exception(b->goals, &line)) == 0 &&
           strcmp(first_error(a), first_error(b)) == 0;
}

const LessonBlock *exercise_known_wrong(Lab *lab, const LabRun *run)
{
    const char *id = run->block->values[KEY_ID];
    const LessonBlock *wrong;
    for (uint32_t i = 0; (wrong = lesson_block_for(lab->lesson, ROLE_WRONG, id, i)) != NULL; i++) {
        LabRun *known = lab_run_text(lab, run->block, wrong->body);
        bool is_alike = known && fail_alike(run, known) && exercise_fails_as(known, wrong->values[KEY_EXPECT]);
        lab_run_free(known);
        if (is_alike) {
            return wrong;
        }
    }
    return NULL;
}

/* ---- showing ----------------------------------------------------------------------------------------------------- */

void exercise_write_checks(const LabRun *run, FILE *out)
{
    for (uint32_t i = 0; i < run->check_count; i++) {
        SessionVerdict verdict = session_goals_verdict(run->goals, i);
        fprintf(out, "  %s %s\n", verdict.passed ? "[x]" : "[ ]", verdict.wanted);
        if (*verdict.now) {
            fprintf(out, "      now: %s\n", verdict.now);
        }
    }
}
