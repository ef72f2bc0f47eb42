/* What of C# and of its library runs here, from the lists that the compiler works with. Part of sim.h. */
#ifndef AWAITLAB_SIM_FEATURES_H
#define AWAITLAB_SIM_FEATURES_H

#include <stdint.h>

typedef enum SessionFeatureKind {
    FEATURE_LANGUAGE, /* group "Statements", name "foreach over ...", detail: an example program */
    FEATURE_REFUSED,  /* group "Not supported", name "'dynamic'", detail: what to write instead */
    FEATURE_TYPE,     /* group "System.Threading", name "Monitor", detail: its members, "Enter, Exit" */
} SessionFeatureKind;

typedef struct SessionFeature {
    SessionFeatureKind kind;
    const char *group, *name, *detail;
    const char *example; /* REFUSED: a program with it, or NULL */
} SessionFeature;

struct Session;

/* The rows in the order in which they should be shown; they live as long as the session. 0: no memory. */
uint32_t session_features(struct Session *session, const SessionFeature **rows);

#endif
