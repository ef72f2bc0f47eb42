/* A course: a folder with course.md and lesson files, or the one that is built in.
 *
 * course.md has front matter (id, title), words of welcome, a list of links to the lessons in their order, and words of
 * farewell. */
#ifndef AWAITLAB_CLI_LESSON_COURSE_H
#define AWAITLAB_CLI_LESSON_COURSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A file of the course that is built in (made by tools/embed.c). */
typedef struct LessonText {
    const char *name, *text;
    size_t length;
} LessonText;
extern const LessonText lesson_texts[];
extern const size_t lesson_text_count;

typedef struct CourseLesson {
    char *path;  /* for messages */
    char *name;  /* the file's, without folder and ".md" and a number in front: "await-once" */
    char *title; /* as course.md calls it */
    char *text;  /* NULL: the file could not be read */
    size_t length;
    uint32_t line; /* in course.md */
} CourseLesson;

typedef struct Course {
    char *folder;                   /* NULL: the built-in one */
    char *text;                     /* of course.md */
    const char *welcome, *farewell; /* CommonMark, not terminated */
    size_t welcome_length, farewell_length;
    CourseLesson *lessons;
    size_t count;
    uint32_t problems; /* told on the stream that course_open was given */
} Course;

/* `folder` NULL: the built-in course. A path of a single lesson file makes a course of one. What is wrong goes to
 * `messages` as file:line messages and is counted in course->problems. False: there is no course to be had. */
bool course_open(Course *course, const char *folder, FILE *messages);
void course_close(Course *course);

/* The lesson called `word`: its number from 1, its name, or the beginning of exactly one name. -1: there is none. */
long course_find(const Course *course, const char *word);

#endif
