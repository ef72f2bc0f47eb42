#include "notes.h"

#include <stdlib.h>
#include <string.h>

static Note *find(const Notes *notes, const char *name)
{
    for (uint32_t i = 0; i < notes->count; i++) {
        if (strcmp(notes->at[i].name, name) == 0) {
            return &notes->at[i];
        }
    }
    return NULL;
}

static bool add(Notes *notes, const char *name, char *text)
{
    Note *grown = realloc(notes->at, (notes->count + 1) * sizeof *grown);
    char *copy = grown ? strdup(name) : NULL;
    notes->at = grown ? grown : notes->at;
    if (!copy) {
        return false;
    }
    grown[notes->count++] = (Note){copy, text};
    return true;
}

bool notes_set(Notes *notes, const char *name, const char *text)
{
    char *copy = strdup(text);
    Note *note = find(notes, name);
    if (note && copy) {
        free(note->text);
        note->text = copy;
        return true;
    }
    bool done = copy && add(notes, name, copy);
    if (!done) {
        free(copy);
    }
    return done;
}

const char *notes_find(const Notes *notes, const char *name)
{
    const Note *note = find(notes, name);
    return note ? note->text : "";
}

void notes_free(Notes *notes)
{
    for (uint32_t i = 0; i < notes->count; i++) {
        free(notes->at[i].name);
        free(notes->at[i].text);
    }
    free(notes->at);
    *notes = (Notes){0};
}
