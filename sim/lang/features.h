/* What of C# runs and what does not: the lists feature.def and refused.def. */
#ifndef AWAITLAB_LANG_FEATURES_H
#define AWAITLAB_LANG_FEATURES_H

#include "lang/ast.h"

typedef struct LanguageFeature {
    NodeKind node;       /* that stands for it in the tree */
    const char *group;   /* "Statements" */
    const char *what;    /* "foreach over anything that enumerates" */
    const char *example; /* a whole program */
} LanguageFeature;

extern const LanguageFeature language_features[];
extern const uint32_t language_feature_count;

typedef enum Refusal {
#define REFUSED(id, what, instead, example) REFUSED_##id,
#include "lang/refused.def"
#undef REFUSED
    REFUSAL_COUNT
} Refusal;

typedef struct RefusedFeature {
    const char *what, *instead;
    const char *example; /* NULL: too long to be shown */
} RefusedFeature;

extern const RefusedFeature refused_features[REFUSAL_COUNT];

/* Types of .NET that the library may lack (dotnet_type.def). */
typedef struct MissingType {
    const char *space, *name;
} MissingType;

extern const MissingType missing_types[];
extern const uint32_t missing_type_count;

/* AL9001 for one of them. */
void report_refused(DiagnosticList *diagnostics, Span span, Refusal refusal);

#endif
