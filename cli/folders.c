#include "folders.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* "PARENT/CHILD"; malloc'd. */
static char *join(const char *parent, const char *child)
{
    size_t size = strlen(parent) + strlen(child) + 2;
    char *path = malloc(size);
    if (path) {
        snprintf(path, size, "%s/%s", parent, child);
    }
    return path;
}

/* The specification: a relative path in the variable is no path. */
static char *base_folder(const char *variable, const char *below_home)
{
    const char *value = getenv(variable);
    const char *home = getenv("HOME");
    if (value && *value == '/') {
        return strdup(value);
    }
    return home && *home ? join(home, below_home) : NULL;
}

static void make_folders(char *path)
{
    for (char *at = strchr(path + 1, '/'); at; at = strchr(at + 1, '/')) {
        *at = 0;
        mkdir(path, 0700);
        *at = '/';
    }
}

static char *file_below(char *folder, const char *name)
{
    char *ours = folder ? join(folder, "awaitlab") : NULL;
    char *path = ours ? join(ours, name) : NULL;
    free(ours);
    free(folder);
    return path;
}

char *folder_state_file(const char *name, bool makes_folder)
{
    char *path = file_below(base_folder("XDG_STATE_HOME", ".local/state"), name);
    if (path && makes_folder) {
        make_folders(path);
    }
    return path;
}

char *folder_config_file(const char *name)
{
    return file_below(base_folder("XDG_CONFIG_HOME", ".config"), name);
}
