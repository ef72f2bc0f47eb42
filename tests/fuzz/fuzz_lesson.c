/* Fuzz target: any bytes as a lesson file, its texts as pages to be shown, its check lines as goals. Nothing is run. */
#include "lesson/lesson_file.h"
#include "lesson/markdown.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void show(const char *text, size_t length)
{
    char *plain = markdown_plain(text, length, 78);
    if (plain) {
        markdown_columns(plain, strlen(plain));
    }
    free(plain);
}

static void read_checks(const char *body)
{
    SessionGoals *goals = session_goals_open(NULL);
    while (goals && *body) {
        const char *problem;
        size_t length = strcspn(body, "\n");
        session_goals_add(goals, body, length, &problem);
        body += length + (body[length] == '\n');
    }
    session_goals_close(goals);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Lesson lesson;
    if (lesson_read(&lesson, "fuzz.md", (const char *)data, size)) {
        for (uint32_t i = 0; i < lesson.screen_count; i++) {
            for (uint32_t k = 0; k < lesson.screens[i].count; k++) {
                const LessonItem *item = &lesson.screens[i].items[k];
                show(item->block ? item->block->body : item->text,
                     item->block ? strlen(item->block->body) : item->length);
            }
        }
        for (uint32_t i = 0; i < lesson.block_count; i++) {
            show(lesson.blocks[i]->feedback, strlen(lesson.blocks[i]->feedback));
            if (lesson.blocks[i]->role == ROLE_CHECK) {
                read_checks(lesson.blocks[i]->body);
            }
        }
    }
    lesson_free(&lesson);
    return 0;
}
