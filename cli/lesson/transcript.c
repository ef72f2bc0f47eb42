#include "lesson/transcript.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "repl.h"

static const char prompt[] = "al> ", more[] = "..> ";
enum { PROMPT_LENGTH = sizeof prompt - 1, WIDTH = 78 };

static void take_answer(void *context, int stream, const char *bytes, size_t length)
{
    (void)stream;
    fwrite(bytes, 1, length, context);
}

/* The lines of one input, from a prompt on; *length of the transcript they take. malloc'd. */
static char *read_input(const char *text, size_t *length)
{
    char *input = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&input, &size);
    *length = 0;
    while (out) {
        size_t line = strcspn(text + *length, "\n");
        bool is_first = *length == 0;
        fprintf(out, "%s%.*s", is_first ? "" : "\n", (int)(line - PROMPT_LENGTH), text + *length + PROMPT_LENGTH);
        *length += line + (text[*length + line] == '\n');
        if (strncmp(text + *length, more, PROMPT_LENGTH) != 0) {
            break;
        }
    }
    return out && fclose(out) == 0 ? input : NULL;
}

static bool starts_input(const char *text)
{
    return strncmp(text, prompt, PROMPT_LENGTH) == 0;
}

/* Behind the answer that the transcript gives. */
static const char *skip_answer(const char *text)
{
    while (*text && !starts_input(text)) {
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    return text;
}

static bool play(Repl *repl, const char *text, FILE *out)
{
    const char *first = skip_answer(text);
    fwrite(text, 1, (size_t)(first - text), out);
    for (text = first; *text; text = skip_answer(text)) {
        size_t length;
        char *input = read_input(text, &length);
        if (!input) {
            return false;
        }
        fwrite(text, 1, length, out);
        repl_do(repl, input);
        printer_finish_line(&repl->printer);
        free(input);
        text += length;
    }
    return true;
}

char *transcript_play(const char *text)
{
    char *result = NULL;
    size_t size = 0;
    Options options = {.no_rc = true, .plain = true, .ascii = true, .color = COLOR_NEVER, .width = WIDTH};
    Repl *repl = repl_open(&options);
    FILE *out = repl ? open_memstream(&result, &size) : NULL;
    bool is_done = false;
    if (out) {
        repl->printer.sink = take_answer;
        repl->printer.context = out;
        is_done = play(repl, text, out);
        is_done &= fclose(out) == 0;
    }
    repl_close(repl);
    if (!is_done) {
        free(result);
        return NULL;
    }
    return result;
}
