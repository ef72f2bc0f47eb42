/* A recording as text: what makes a run again, and where one was in it. docs/recording.md describes it for people.
 *
 *     awaitlab recording 1
 *     kind program
 *     seed 0
 *     schedule first
 *     source "hello.cs"
 *     |Console.WriteLine(1);
 *     input 3 choose 2
 *     steps 12 2f9c11d4a0b35e77
 *     position 5
 *     end */
#ifndef AWAITLAB_TIME_RECORDING_H
#define AWAITLAB_TIME_RECORDING_H

#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum RecordedInputKind {
    RECORDED_SUBMIT,
    RECORDED_LOAD,
    RECORDED_CHOICE,
    RECORDED_WORK,
    RECORDED_SCHEDULE
} RecordedInputKind;

typedef enum RecordedSchedule { RECORDED_FIRST, RECORDED_LAST, RECORDED_RANDOM, RECORDED_ASK } RecordedSchedule;

/* Bytes with a name; a source, or C# that was typed. Not terminated. */
typedef struct RecordedText {
    const char *name, *text;
    size_t length;
    uint32_t line; /* of the recording */
} RecordedText;

typedef struct RecordedInput {
    RecordedInputKind kind;
    uint64_t step;
    bool rests;
    uint64_t instructions; /* 0: it was given right behind an event, or at rest */
    RecordedText text;     /* SUBMIT, LOAD; else only its line */
    uint32_t number;       /* CHOICE: of the thread; WORK: of the place in line */
    RecordedSchedule schedule;
    uint64_t seed; /* of RECORDED_RANDOM */
} RecordedInput;

typedef struct RecordedMark {
    const char *name;
    uint64_t position;
} RecordedMark;

typedef struct Recording {
    bool is_interactive;
    uint64_t seed;
    RecordedSchedule schedule;
    uint64_t schedule_seed;
    RecordedText *sources;
    uint32_t source_count, source_capacity;
    const char **arguments;
    uint32_t argument_count, argument_capacity;
    RecordedInput *inputs; /* by step */
    uint32_t input_count, input_capacity;
    RecordedText *lines; /* that were read from the input; text NULL: its end */
    uint32_t line_count, line_capacity;
    RecordedMark *marks;
    uint32_t mark_count, mark_capacity;
    uint64_t steps; /* that were recorded */
    bool rests;     /* the machine rested behind the last one */
    uint64_t hash;  /* of the kinds of those events */
    uint64_t position;
} Recording;

typedef struct RecordingError {
    uint32_t line;       /* from 1; 0: about the recording as a whole */
    const char *message; /* a string constant */
} RecordingError;

/* Reads a recording; strict: whatever is not exactly as described is an error. Texts point into `bytes` or `arena`. May
 * exhaust the arena. */
bool recording_read(Arena *arena, const char *bytes, size_t length, Recording *recording, RecordingError *error);
/* Adds a recording as text. May exhaust the arena of `text`. */
void recording_write(Text *text, const Recording *recording);

#endif
