/* Findings as SARIF 2.1.0, the format that code scanning services read: one log for all programs of a check. */
#ifndef AWAITLAB_CLI_VIEW_SARIF_H
#define AWAITLAB_CLI_VIEW_SARIF_H

#include <stdio.h>

#include "sim.h"

typedef struct Sarif {
    void *results;   /* the tree that grows */
    void *artifacts; /* the files that were checked */
} Sarif;

void sarif_begin(Sarif *sarif);
void sarif_add_file(Sarif *sarif, const char *file);
void sarif_add(Sarif *sarif, const SessionFinding *finding, const char *file);
/* Writes the log and forgets it. */
void sarif_end(Sarif *sarif, FILE *out);
void sarif_drop(Sarif *sarif); /* forgets it */

#endif
