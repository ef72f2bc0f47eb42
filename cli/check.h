/* awaitlab check and awaitlab explain. */
#ifndef AWAITLAB_CLI_CHECK_H
#define AWAITLAB_CLI_CHECK_H

#include "options.h"

/* Runs each program and prints what the detector found. Returns the exit code. */
int check_files(const Options *options);

/* `topic`: a rule's code or name; NULL: all of them, a line each. Returns the exit code. */
int explain_rule(const char *topic);
/* The same for other faces: the list, and a rule's page. False: there is no such rule; *nearest is one that is called
 * nearly so, or NULL. */
void explain_list(FILE *out);
bool explain_print(FILE *out, const char *topic, const char **nearest);
/* docs/rules.md: all pages. */
void print_rules_page(void);

#endif
