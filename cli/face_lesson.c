/* A lesson in the panes. repl_lesson.c plays it; this shows its text, its program, and what must stay hidden. */
#include <stdlib.h>
#include <string.h>

#include "face.h"
#include "repl_lesson.h"

PaneText face_cut(const char *text, char **copy, const char ***lines)
{
    uint32_t count = 1;
    for (const char *at = text; *at; at++) {
        count += *at == '\n';
    }
    free(*copy);
    free(*lines);
    *copy = strdup(text);
    *lines = calloc(count, sizeof **lines);
    count = 0;
    for (char *line = *copy; *lines && line && *line;) {
        char *end = strchr(line, '\n');
        (*lines)[count++] = line;
        if (end) {
            *end = 0;
        }
        line = end ? end + 1 : NULL;
    }
    return (PaneText){*lines, count};
}

void face_fill_lesson(Face *face)
{
    Screen *screen = &face->screen;
    LessonPlayer *player = repl_lesson_player(face->repl);
    screen->facts.lesson = screen->facts.program = (PaneText){0};
    screen->facts.program_name = "";
    screen->check = NULL;
    if (!player) {
        return;
    }
    PlayerView view = player_view(player);
    const char *text;
    const LessonBlock *program = player_program(player, &text);
    screen->facts.lesson = face_cut(view.text ? view.text : "", &face->lesson_text, &face->lesson_lines);
    if (program && text) {
        screen->facts.program = face_cut(text, &face->program_text, &face->program_lines);
        screen->facts.program_name = program->values[KEY_ID] ? program->values[KEY_ID] : "";
    }
    if (view.is_predicting) { /* the machine might tell the answer */
        screen->session = NULL;
        screen->facts.hides_future = true;
    }
    snprintf(face->lesson_head, sizeof face->lesson_head, "Lesson %zu/%zu  %s  screen %u of %u%s", view.number,
             view.count, view.title, view.screen_number, view.screen_count,
             view.is_predicting ? "  predict before it runs" : "");
    screen->check = face->lesson_head;
}

LessonPlace face_lesson_place(const Face *face)
{
    LessonPlayer *player = repl_lesson_player(face->repl);
    PlayerView view = player ? player_view(player) : (PlayerView){0};
    return (LessonPlace){view.text ? strlen(view.text) : 0, view.screen_number};
}

/* Another screen of the lesson begins at its own top. */
void face_follow_lesson(Face *face, LessonPlace before)
{
    LessonPlayer *player = repl_lesson_player(face->repl);
    if (!player) {
        return;
    }
    PlayerView view = player_view(player);
    bool is_same = view.screen_number == before.screen && view.text && strlen(view.text) > before.length;
    uint64_t rows = 0;
    for (size_t i = 0; is_same && i < before.length; i++) {
        rows += view.text[i] == '\n';
    }
    if (is_same || view.screen_number != before.screen) {
        face->screen.panes[PANE_LESSON].scroll = rows;
    }
    if (!view.is_predicting) {
        repl_lesson_load(face->repl);
    }
}
