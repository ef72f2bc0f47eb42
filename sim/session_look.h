/* What the files of the record of a moment share (session_look*.c). Not for others. */
#ifndef AWAITLAB_SESSION_LOOK_H
#define AWAITLAB_SESSION_LOOK_H

#include "session_value.h"
#include "sim_look.h"

/* ---- variables (session_visible.c) ------------------------------------------------------------------------------- */

/* A variable of the source where it lies in memory. */
typedef struct VisibleVariable {
    const char *name;
    Type *type;         /* as declared, closed */
    uint64_t at;        /* block offset of the value */
    Ref home;           /* the object that holds it: box, closure; 0: a frame */
    Span declared;      /* its name; nowhere for `this` */
    SessionVariableKind kind;
    bool is_set;        /* its declaration lies behind */
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
/* The value of a type at a block offset, in about `limit` bytes. */
const char *look_value(Session *session, TypeId type, uint64_t at, uint32_t limit);
const char *look_object_name(Session *session, Ref ref);

enum { LOOK_VALUE_LENGTH = 200 };

#endif
