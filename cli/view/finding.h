/* Findings of the detector as text that editors and people can read. */
#ifndef AWAITLAB_CLI_VIEW_FINDING_H
#define AWAITLAB_CLI_VIEW_FINDING_H

#include <stdio.h>

#include "sim.h"
#include "view/text.h"

/* "error", "warning", "note" */
const char *finding_severity(FindingSeverity severity);

/* As C# compilers write: one line "file.cs(12,19): error AL0001: ... [double-await]", with the places that explain it
 * and the fix indented below. `file` stands where a finding has no place of its own; NULL: awaitlab. */
void finding_text(FILE *out, const TextStyle *style, const SessionFinding *finding, const char *file);
/* As GNU tools write: "file.cs:12:19: error: ...". */
void finding_gnu(FILE *out, const SessionFinding *finding, const char *file);

#endif
