/* What the files of the record of a moment share (session_look*.c). Not for others. */
#ifndef AWAITLAB_SESSION_LOOK_H
#define AWAITLAB_SESSION_LOOK_H

#include "session_value.h"
#include "sim_look.h"

/* ---- variables (session_visible.c) ------------------------------------------------------------------------------- */

/* A variable of the source where it lies in memory. */
typedef struct VisibleVariable {
    const char *name;
    Type *type;    /* as declared, closed */
    uint64_t at;   /* block offset of the value */
    Ref home;      /* the object that holds it: box, closure; 0: a frame */
    Span declared; /* its name; nowhere for `this` */
    SessionVariableKind kind;
    bool is_set; /* its declaration lies behind */
} VisibleVariable;

typedef struct VisibleVariables {
    VisibleVariable *at;
    uint32_t count, capacity;
} VisibleVariables;

/* What the code of one call can name: `this`, parameters and locals, hoisted and captured ones under the names of the
 * source, inner ones first where names are hidden; in the order of their declarations. `call` must be user code. Lives
 * in `arena`; may exhaust it and the session's. */
VisibleVariables session_visible_variables(Session *session, const CallFrame *call, Arena *arena);
/* The same of a suspended method: `box` holds its machine, `position` is where it awaits. */
VisibleVariables session_suspended_variables(Session *session, Ref box, Position position, Arena *arena);
/* What was typed at a prompt has variables, too: those that the next input could name, in order of declaration. */
VisibleVariables session_typed_variables(Session *session, Arena *arena);
/* Where user code is: start of the statement, or of the call, that is in progress. */
Position session_call_position(const Session *session, const CallFrame *call);

/* The state machine inside of a box: where it lies, its type; 0: the object is no box. */
uint64_t session_machine_of(const Session *session, Ref box, const RuntimeType **type);

/* ---- one step earlier (session_look.c) --------------------------------------------------------------------------- */

/* Whether a moment one step earlier is known, so that one can speak of changes. */
bool look_has_before(const Session *session);
/* Between these two, everything that reads memory reads that of one step earlier. */
void look_enter_before(Session *session);
void look_leave_before(Session *session);
/* Text in the arena of the present look. */
Text look_text(Session *session);
const char *look_format(Session *session, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The value of a path as session_union takes it ("vt", "this.pending", "pair.Item1"), or only the arm of a ValueTask.
 * Variables of submissions are known too. False: there is no such variable here, or it is no ValueTask. */
bool look_add_path(Session *session, Text *text, const char *path, bool only_arm);
/* Where a path leads, so that it is found again at other moments: a place in an object, wherever that lies; a local of
 * a method, wherever its call lies; or (both 0) a static field. */
typedef struct LookPlace {
    TypeId type;
    uint32_t object; /* number */
    MethodId method;
    uint64_t at; /* from the object, or block offset */
} LookPlace;
bool look_place(Session *session, const char *path, LookPlace *place);
/* Its block offset at this moment; 0: it cannot be seen from here; LOOK_UNSET: its declaration has not run yet, or its
 * object is not born. */
#define LOOK_UNSET UINT64_MAX
uint64_t look_place_now(Session *session, const char *path, const LookPlace *place);
bool look_is_value_task(Session *session, TypeId type);
/* The value of a type at a block offset, in about `limit` bytes. */
const char *look_value(Session *session, TypeId type, uint64_t at, uint32_t limit);
const char *look_object_name(Session *session, Ref ref);

/* session_guard with the arena of the present look. */
bool look_guard(Session *session, void (*work)(Session *session, void *argument), void *argument);
/* The thread that runs; after the end, the one that ended the run; NULL: nobody is running. */
const LogicalThread *look_thread(const Session *session);

/* ---- the heap (session_look_heap.c) ------------------------------------------------------------------------------ */

/* All objects, and who is alive; made once per look. NULL: no memory. */
const LookHeap *look_heap(Session *session);
void look_free_heap(Session *session);
/* Living objects that .NET would count. */
void look_count_objects(Session *session, uint64_t *count, uint64_t *bytes);
/* Those that the present step has made. */
void look_count_new(Session *session, uint64_t *count, uint64_t *bytes);
/* Whether the block is as it was when the heap was looked at. */
bool look_heap_is_same(const Session *session);
/* Whether an object belongs to the program, not to the machine or the core library itself. */
bool look_is_shown(Session *session, Ref ref);
uint64_t look_object_bytes(const Session *session, Ref ref);
bool look_is_alive(Session *session, Ref ref);
/* Whether the object existed one step earlier, at the same place; and if so, whether its bytes were others. */
bool look_was_there(const Session *session, Ref ref);
bool look_is_changed(const Session *session, Ref ref);
/* The object with a number; 0: there is none. */
Ref look_numbered(const Session *session, uint32_t number);

/* ---- methods in progress (session_look_frame.c) ------------------------------------------------------------------ */

/* The method around an async Main that waits for its task: nobody has written it. */
bool look_is_waiting_entry(const RuntimeMethod *method);
/* The box that holds the machine of a MoveNext in progress; 0: it is none, or its machine is still on the stack. */
Ref look_box_of_call(const Session *session, const CallFrame *call);
/* Where the suspended method in `box` awaits; 0: unknown. */
Position look_await_position(const Session *session, Ref box);
/* "Task<int>#3", "Op#4, token 2": what a suspended method awaits; "" : unknown. */
const char *look_awaited(Session *session, Ref box);
/* The method that a box stands for: "ReadTwice"; "" : it is no box. */
const char *look_box_method(Session *session, Ref box);
/* The box that a continuation, delegate or work item will resume; 0: none. */
Ref look_box_behind(const Session *session, Ref continuation);
/* ValueTask or a ValueTask<T>. */
bool look_type_is_value_task(const Type *type);
/* The boxes that go on when a task or source completes: the first one, 0: none. */
Ref look_continuation(const Session *session, Ref awaited);

/* What a thread that is ready will go on with: "in Main at line 7", "starts", "takes Box<Read>#4, which resumes Read at
 * line 12"; "" : nothing of the user's. */
const char *look_ready_thread(Session *session, const LogicalThread *thread);

/* Tells each piece of work that the running worker of the pool could take, in the order in which it would: its name and
 * what it does. */
void look_work_in_line(Session *session, void (*tell)(void *context, const char *name, const char *what),
                       void *context);

/* ---- queues (session_look_queue.c) ------------------------------------------------------------------------------- */

typedef void LookWorkVisitor(void *context, Ref item);
/* Everything that waits in a queue of the pool. */
void look_visit_work(const Session *session, LookWorkVisitor *visit, void *context);

enum { LOOK_VALUE_LENGTH = 200 };

#endif
