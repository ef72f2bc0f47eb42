#include "lesson/player_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- commands
 * -------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *name, *short_name, *arguments;
    void (*function)(LessonPlayer *player, const char *arguments);
    const char *sentence;
} commands[] = {
#define PLAYER_COMMAND(name, short_name, arguments, function, sentence)                                                \
    {name, short_name, arguments, function, sentence},
#include "lesson/player_command.def"
#undef PLAYER_COMMAND
};

enum { COMMANDS = sizeof commands / sizeof *commands };

void player_do_help(LessonPlayer *player, const char *arguments)
{
    (void)arguments;
    for (size_t i = 0; i < COMMANDS; i++) {
        char left[40];
        snprintf(left, sizeof left, "%s%s%s%s%s", commands[i].name, *commands[i].short_name ? ", " : "",
                 commands[i].short_name, *commands[i].arguments ? " " : "", commands[i].arguments);
        fprintf(player->out, "  %-31s %s\n", left, commands[i].sentence);
    }
    fputs("The laboratory's own commands work, too, on the program of this screen:\n"
          "step, back, goto 14, print x, where, and C#. `:help` lists them; `:next`\n"
          "steps where `next` turns the page. `play` leaves the lesson for a while.\n",
          player->out);
}

const char *player_word(uint32_t index)
{
    return index < COMMANDS ? commands[index].name : NULL;
}

/* The command that a line begins with; -1: none. */
static long find_command(const char *line, const char **arguments)
{
    size_t length = strcspn(line, " \t");
    *arguments = line + length + strspn(line + length, " \t");
    for (size_t i = 0; i < COMMANDS; i++) {
        bool is_name = strlen(commands[i].name) == length && memcmp(commands[i].name, line, length) == 0;
        bool is_short = strlen(commands[i].short_name) == length && memcmp(commands[i].short_name, line, length) == 0;
        if (is_name || (length && is_short)) {
            return (long)i;
        }
    }
    return -1;
}

static bool works_without_lesson(long command)
{
    const char *name = commands[command].name;
    return strcmp(name, "lesson") == 0 || strcmp(name, "progress") == 0 || strcmp(name, "help") == 0 ||
           strcmp(name, "quit") == 0;
}

/* What a line is: a command (its number), text for something that waits for it, or nothing of ours. */
typedef enum LineUse { USE_NOTHING, USE_COMMAND, USE_TEXT } LineUse;

static LineUse use_of(const LessonPlayer *player, const char *line, long *command, const char **arguments)
{
    *arguments = "";
    *command = *line ? find_command(line, arguments) : 0; /* Enter goes on */
    if (player->is_writing) {
        return USE_TEXT;
    }
    bool is_elsewhere = *line == ':' || strcmp(line, "play") == 0; /* for who holds the player */
    if (player->question && *command < 0 && !is_elsewhere) {       /* a bare answer is an answer */
        return USE_TEXT;
    }
    bool has_lesson = player->is_open || (*command >= 0 && works_without_lesson(*command));
    return *command >= 0 && has_lesson ? USE_COMMAND : USE_NOTHING;
}

bool player_wants(const LessonPlayer *player, const char *line)
{
    long command;
    const char *arguments;
    return use_of(player, line + strspn(line, " \t"), &command, &arguments) != USE_NOTHING;
}

static bool obey(LessonPlayer *player, const char *line)
{
    long command;
    const char *arguments;
    const char *start = line + strspn(line, " \t");
    switch (use_of(player, start, &command, &arguments)) {
    case USE_NOTHING:
        return false;
    case USE_COMMAND:
        commands[command].function(player, arguments);
        return true;
    case USE_TEXT:
        break;
    }
    if (player->is_writing) {
        player_take_written(player, line);
    } else {
        player_do_predict(player, start);
    }
    return true;
}

/* What a screen says is kept for the view beside being written. */
static void keep_view(LessonPlayer *player, const char *text, size_t length)
{
    char *grown = realloc(player->view, player->view_length + length + 1);
    if (grown) {
        memcpy(grown + player->view_length, text, length);
        player->view = grown;
        player->view_length += length;
        player->view[player->view_length] = 0;
    }
}

/* Runs `work` with an output that is both kept and passed on. */
static bool with_output(LessonPlayer *player, FILE *out, bool (*work)(LessonPlayer *player, const void *argument),
                        const void *argument)
{
    char *said = NULL;
    size_t length = 0;
    FILE *outer = player->out;
    player->out = open_memstream(&said, &length);
    if (!player->out) {
        player->out = outer;
        return false;
    }
    bool is_done = work(player, argument);
    fclose(player->out);
    player->out = outer;
    if (said) {
        fwrite(said, 1, length, out);
        keep_view(player, said, length);
    }
    free(said);
    return is_done;
}

static bool take(LessonPlayer *player, const void *line)
{
    return obey(player, line);
}

bool player_take(LessonPlayer *player, const char *line, FILE *out)
{
    bool is_direct = strncmp(line, "watch", 5) == 0; /* speaks while it waits */
    if (is_direct) {
        player->out = out;
        return obey(player, line);
    }
    return with_output(player, out, take, line);
}

const char *player_prompt(LessonPlayer *player)
{
    if (player->is_writing) {
        return "write> ";
    }
    if (player->question) {
        return "predict> ";
    }
    if (player->is_open) {
        snprintf(player->prompt, sizeof player->prompt, "lesson %zu> ", player->number + 1);
        return player->prompt;
    }
    return "lesson> ";
}

bool player_is_over(const LessonPlayer *player)
{
    return player->is_over;
}

/* ---- life
 * ------------------------------------------------------------------------------------------------------------ */

LessonPlayer *player_open(const Course *course, Progress *progress, const LessonHands *hands)
{
    LessonPlayer *player = calloc(1, sizeof *player);
    if (player) {
        player->course = course;
        player->progress = progress;
        player->hands = hands;
        player->out = stdout;
    }
    return player;
}

void player_close(LessonPlayer *player)
{
    if (player) {
        player_close_lesson(player);
        free(player->written);
        free(player->view);
        free(player);
    }
}

static bool load_lesson(LessonPlayer *player, const CourseLesson *entry)
{
    if (!entry->text || !lesson_read(&player->lesson, entry->path, entry->text, entry->length)) {
        fprintf(player->out, "Lesson %s cannot be read.\n", entry->name);
        return false;
    }
    if (player->lesson.problem_count) {
        fprintf(
            player->out,
            "This lesson has mistakes in its file; `awaitlab lesson check` lists them. The first:\n%s:%u: error: %s\n",
            entry->path, player->lesson.problems[0].line, player->lesson.problems[0].text);
        lesson_free(&player->lesson);
        return false;
    }
    return true;
}

static bool start_lesson(LessonPlayer *player, const void *argument)
{
    size_t number = *(const size_t *)argument;
    player_close_lesson(player);
    if (!load_lesson(player, &player->course->lessons[number])) {
        return false;
    }
    player->is_open = true;
    player->number = number;
    lab_init(&player->lab, &player->lesson);
    player->lab.style.width = player_width(player);
    LessonState state = progress_lesson(player->progress, lesson_id(&player->lesson));
    bool goes_on = state.is_started && !state.is_done && state.screen > 0 && state.screen < player->lesson.screen_count;
    fprintf(player->out, "Lesson %zu of %zu: %s%s%s%s\n", number + 1, player->course->count, player->lesson.title,
            player->lesson.front[FRONT_TIME] ? " (" : "",
            player->lesson.front[FRONT_TIME] ? player->lesson.front[FRONT_TIME] : "",
            player->lesson.front[FRONT_TIME] ? ")" : "");
    if (goes_on) {
        fprintf(player->out, "You stopped at screen %u; `prev` goes back.\n", state.screen + 1);
    }
    player_start_screen(player, goes_on ? state.screen : 0);
    return true;
}

bool player_start(LessonPlayer *player, size_t number, FILE *out)
{
    if (player->out == out) { /* from within a command */
        return start_lesson(player, &number);
    }
    return with_output(player, out, start_lesson, &number);
}

PlayerView player_view(LessonPlayer *player)
{
    PlayerView view = {
        .title = "", .screen = "", .text = player->view ? player->view : "", .count = player->course->count};
    if (player->is_open) {
        view.title = player->lesson.title;
        view.screen = player_current_screen(player)->title;
        view.number = player->number + 1;
        view.screen_number = player->screen + 1;
        view.screen_count = player->lesson.screen_count;
        view.program = player->exercise ? player->answer.text : NULL;
        view.is_predicting = player->question != NULL;
    }
    return view;
}

const LessonBlock *player_program(const LessonPlayer *player, const char **text)
{
    *text = player->exercise ? player->answer.text : player->shown ? player->shown->body : NULL;
    return player->exercise ? player->exercise : player->shown;
}

const LessonBlock *player_setup(const LessonPlayer *player, uint32_t index)
{
    const char *text;
    const LessonBlock *program = player_program(player, &text);
    return program ? lab_setup(&player->lesson, program, index) : NULL;
}
