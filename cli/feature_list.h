/* `awaitlab features`: what of C# and its library is supported. */
#ifndef AWAITLAB_CLI_FEATURE_LIST_H
#define AWAITLAB_CLI_FEATURE_LIST_H

#include "options.h"

/* Prints the list as text or as JSON lines; the exit code. */
int print_features(const Options *options);

#endif
