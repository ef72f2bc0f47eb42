/* awaitlab check and awaitlab explain. */
#ifndef AWAITLAB_CLI_CHECK_H
#define AWAITLAB_CLI_CHECK_H

#include "options.h"

/* Runs each program and prints what the detector found. Returns the exit code. */
int check_files(const Options *options);

#endif
