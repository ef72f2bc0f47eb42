#include "lang/features.h"

const LanguageFeature language_features[] = {
#define FEATURE(node, group, what, example) {NODE_##node, group, what, example},
#include "lang/feature.def"
#undef FEATURE
};
const uint32_t language_feature_count = sizeof language_features / sizeof *language_features;

const RefusedFeature refused_features[REFUSAL_COUNT] = {
#define REFUSED(id, what, instead, example) {what, instead, example},
#include "lang/refused.def"
#undef REFUSED
};

const MissingType missing_types[] = {
#define DOTNET_TYPE(space, name) {space, name},
#include "lang/dotnet_type.def"
#undef DOTNET_TYPE
};
const uint32_t missing_type_count = sizeof missing_types / sizeof *missing_types;

void report_refused(DiagnosticList *diagnostics, Span span, Refusal refusal)
{
    report(diagnostics, span, ERROR_UNSUPPORTED, refused_features[refusal].what, refused_features[refusal].instead);
}
