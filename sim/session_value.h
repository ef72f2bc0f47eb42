/* Values in words, read from the machine's memory: nothing of the program runs for it. Shared by the files of the
 * session that show things; not for others. */
#ifndef AWAITLAB_SESSION_VALUE_H
#define AWAITLAB_SESSION_VALUE_H

#include "session_internal.h"

/* Adds the value of type `type` that lies at block offset `at`, as C# Interactive shows it: 42, "text", 'c', 1.5m,
 * null, Point { X = 1, Y = 2 }, int[3] { 1, 2, 3 }, Task<int>#4 (completed: 7), ValueTask<int> [SOURCE Op#3 token 4].
 * Depth and length are limited; what is left out is "...". May exhaust the arena of `text`, so call it under
 * session_guard. */
void session_add_value(Session *session, Text *text, TypeId type, uint64_t at);
/* The same in about `limit` bytes: objects inside of objects are shown by name only. */
void session_add_short_value(Session *session, Text *text, TypeId type, uint64_t at, uint32_t limit);
/* An object as a variable of type object would show it; 0: null. */
void session_add_reference(Session *session, Text *text, Ref ref, uint32_t limit);
/* The same with the fields of the object, in about `limit` bytes. */
void session_add_contents(Session *session, Text *text, Ref ref, uint32_t limit);
/* The value of an instance field; `at`: where the fields start. */
void session_add_field_value(Session *session, Text *text, const RuntimeField *field, uint64_t at, uint32_t limit);
/* "Task<int>#3", "thread 2": the object's name; 0: "null". (session_event.c) */
void session_add_object_name(Session *session, Text *text, Ref ref);
/* "ReadTwice", "Repository.Get", "lambda in Main": a method as its author calls it. */
void session_add_method(Session *session, Text *text, MethodId method);
/* The same of a bare name: "<Main>g__Local|0_1" is Local, "<Main>b__0_1" is lambda. */
void session_add_own_method_name(Text *text, const char *name);
/* "field", "Name" for the backing field of a property, "a" for a hoisted local <a>5__2: as the source calls it. */
void session_add_field_name(Text *text, const char *name);
/* A string literal with escapes; more than `limit` units are left out. */
void session_add_literal(Text *text, const uint16_t *units, uint32_t count, uint32_t limit);

/* ---- finding one's way in memory --------------------------------------------------------------------------------- */

/* Whether the type is `full_name`, whatever its type arguments: "System.Threading.Tasks.ValueTask`1". */
bool value_is(const RuntimeType *type, const char *full_name);
/* The type itself or the base class called `full_name`; NULL: it does not derive from it. */
const RuntimeType *value_base(const Session *session, const RuntimeType *type, const char *full_name);
/* The instance field called `name`, also an inherited one; NULL: there is none. */
const RuntimeField *value_field(const RuntimeType *type, const char *name);
/* What a reference field of an object holds; 0: null, no such field, or no object. */
Ref value_follow(const Session *session, Ref ref, const char *field);
/* An integer field of an object; 0 where there is none. */
int64_t value_number(const Session *session, Ref ref, const char *field);
/* The integer of `shape` at a block offset. */
int64_t value_read(const Session *session, Shape shape, uint64_t at);
/* Where the first ManualResetValueTaskSourceCore inside an object lies; 0: it has none. *type: of the core. */
uint64_t value_core(const Session *session, Ref source, const RuntimeType **type);
/* The heap object that holds the byte at a block offset; 0: it lies elsewhere. */
Ref session_holder(const Session *session, uint64_t at);
/* The version (or id) that a value task source compares tokens with. False: it keeps none that we know. */
bool value_version(const Session *session, Ref source, int16_t *version);

/* ---- tasks ------------------------------------------------------------------------------------------------------- */

typedef enum TaskState {
    TASK_CREATED,
    TASK_PENDING, /* a promise: somebody will complete it */
    TASK_SCHEDULED,
    TASK_RUNNING,
    TASK_COMPLETED,
    TASK_CANCELED,
    TASK_FAULTED,
} TaskState;

bool value_is_task(const Session *session, Ref ref);
TaskState value_task_state(const Session *session, Ref task);
/* The exception of a faulted task, or 0. */
Ref value_task_exception(const Session *session, Ref task);

#endif
