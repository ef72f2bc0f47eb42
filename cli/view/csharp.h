/* C# in colours: enough of a lexer to tell words from text. */
#ifndef AWAITLAB_CLI_VIEW_CSHARP_H
#define AWAITLAB_CLI_VIEW_CSHARP_H

#include "view/pen.h"

/* What a line begins inside of. */
typedef enum CsharpState { CSHARP_CODE, CSHARP_BLOCK_COMMENT, CSHARP_VERBATIM, CSHARP_RAW } CsharpState;

/* The state behind a line that begins in `state`. */
CsharpState csharp_after(CsharpState state, const char *line, size_t length);
/* Writes a line. */
void csharp_put(Pen *pen, CsharpState state, const char *line, size_t length);

#endif
