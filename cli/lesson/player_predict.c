/* Predictions: a choice, or something that the machine measures. */
#include "lesson/player_internal.h"

#include <stdlib.h>
#include <string.h>

/* The option that an answer names, by number or by its words; -1: none. */
static long find_option(const LessonBlock *block, const char *answer)
{
    char *end;
    unsigned long number = strtoul(answer, &end, 10);
    if (end > answer && !*end && number >= 1 && number <= block->option_count) {
        return (long)number - 1;
    }
    for (uint32_t i = 0; i < block->option_count; i++) {
        if (strcasecmp(block->options[i].text, answer) == 0) {
            return (long)i;
        }
    }
    return -1;
}

uint32_t player_right_option(const LessonBlock *block)
{
    uint32_t i = 0;
    while (i + 1 < block->option_count && !block->options[i].is_right) {
        i++;
    }
    return i;
}

/* What the machine says to a measured question; malloc'd. */
char *player_right_answer(LessonPlayer *player, const LessonBlock *block)
{
    LabQuestion question = {.of = block->values[KEY_OF]};
    const char *problem;
    question.subject = block->values[KEY_TYPE] ? block->values[KEY_TYPE] : block->values[KEY_NAME];
    bool is_known = lab_find_measure(block->values[KEY_KIND], &question.measure);
    return is_known ? lab_measure(&player->lab, &question, &problem) : NULL;
}

/* The next character that counts: spaces and line ends do not, nor does a unit behind a number. */
static const char *skip_blank(const char *text)
{
    return text + strspn(text, " \t\n\",;|");
}

static bool same_answer(const char *given, const char *right, bool is_number)
{
    if (is_number) {
        char *end;
        unsigned long long number = strtoull(given, &end, 10);
        bool has_unit = strcmp(end, "") == 0 || strspn(end, " BbytesobjctmlinkMSU") == strlen(end);
        return end > given && has_unit && number == strtoull(right, NULL, 10);
    }
    for (given = skip_blank(given), right = skip_blank(right); *given && *right;
         given = skip_blank(given + 1), right = skip_blank(right + 1)) {
        if (*given != *right && (*given | 0x20) != (*right | 0x20)) {
            return false;
        }
    }
    return !*given && !*right;
}

void player_say_option_feedback(LessonPlayer *player, const LessonOption *option)
{
    if (*option->feedback) {
        player_say_markdown(player, option->feedback, strlen(option->feedback));
    }
}

static bool settle_choice(LessonPlayer *player, const LessonBlock *block, const char *answer)
{
    long chosen = find_option(block, answer);
    if (chosen < 0) {
        fprintf(player->out, "Type a number from 1 to %u.\n", block->option_count);
        return false;
    }
    const LessonOption *option = &block->options[chosen];
    fprintf(player->out, "Recorded: %ld. %s\n", chosen + 1, option->is_right ? "Right." : "Not so.");
    player_say_option_feedback(player, option);
    if (!option->is_right) {
        uint32_t right = player_right_option(block);
        char *text = player_expand(player, block->options[right].text);
        fprintf(player->out, "Right is %u: %s", right + 1, text ? text : "\n");
        player_say_option_feedback(player, &block->options[right]);
        free(text);
    }
    player_note(player, PROGRESS_PREDICTION, block, option->text, chosen + 1, option->is_right);
    return true;
}

static bool settle_measure(LessonPlayer *player, const LessonBlock *block, const char *answer)
{
    char *right = player_right_answer(player, block);
    Measure measure;
    bool is_number = lab_find_measure(block->values[KEY_KIND], &measure) && lab_measure_is_number(measure);
    if (is_number && !strpbrk(answer, "0123456789")) {
        fputs("Type a number.\n", player->out);
        free(right);
        return false;
    }
    bool is_right = right && same_answer(answer, right, is_number);
    fprintf(player->out, "Recorded: %s. %s The machine says: %s\n", answer, is_right ? "Right." : "Not so.",
            right ? right : "nothing");
    player_note(player, PROGRESS_PREDICTION, block, answer, 0, is_right);
    free(right);
    return true;
}

void player_say_old_prediction(LessonPlayer *player, const LessonBlock *block)
{
    const ProgressRecord *record =
        progress_prediction(player->progress, lesson_id(&player->lesson), block->values[KEY_ID]);
    if (!*record->answer) {
        fputs("(You left this question out.)\n", player->out);
        return;
    }
    fprintf(player->out, "(You said: %s. %s)\n", record->answer, record->ok ? "That was right." : "That was not so.");
    if (player_is_choice(block)) {
        player_say_option_feedback(player, &block->options[player_right_option(block)]);
    }
}

void player_do_predict(LessonPlayer *player, const char *arguments)
{
    const LessonBlock *block = player->question;
    if (!block) {
        fputs("No question is open just now. `next` goes on.\n", player->out);
        return;
    }
    if (!*arguments) {
        player_say_question(player, block);
        return;
    }
    if (player_is_choice(block) ? settle_choice(player, block, arguments) : settle_measure(player, block, arguments)) {
        player->question = NULL;
        player_go_on(player);
    }
}
