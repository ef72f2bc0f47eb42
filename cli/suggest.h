/* "Did you mean": the nearest of some words. */
#ifndef AWAITLAB_CLI_SUGGEST_H
#define AWAITLAB_CLI_SUGGEST_H

/* Keeps the nearer one of `best` (NULL: none yet) and `candidate` (NULL: is no word) to `word`; what differs in half of
 * the word or more is no help. */
const char *suggest_nearer(const char *word, const char *best, const char *candidate);

#endif
