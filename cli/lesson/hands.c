#include "lesson/hands.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/wait.h>
#include <unistd.h>

static bool edit(void *context, const char *path)
{
    (void)context;
    const char *editor = getenv("VISUAL");
    editor = editor && *editor ? editor : getenv("EDITOR");
    if (!editor || !*editor) {
        return false;
    }
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        setenv("AWAITLAB_EDITOR", editor, 1);
        execlp("sh", "sh", "-c", "exec $AWAITLAB_EDITOR \"$0\"", path, (char *)NULL);
        _exit(127);
    }
    int status = 0;
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) != 127;
}

/* Whether one of the events is about the file called `name`. */
static bool is_about(const char *events, ssize_t length, const char *name)
{
    for (ssize_t at = 0; at < length;) {
        struct inotify_event event;
        memcpy(&event, events + at, sizeof event);
        if (event.len && strcmp(events + at + (ssize_t)sizeof event, name) == 0) {
            return true;
        }
        at += (ssize_t)sizeof event + (ssize_t)event.len;
    }
    return false;
}

static void drop_line(void)
{
    for (int byte = getchar(); byte != '\n' && byte != EOF; byte = getchar()) {
    }
}

/* Until the file is saved (true) or Enter is typed. */
static bool wait_here(int notify, const char *name)
{
    struct pollfd files[] = {{.fd = notify, .events = POLLIN}, {.fd = STDIN_FILENO, .events = POLLIN}};
    for (;;) {
        char events[4096];
        if (poll(files, 2, -1) < 0 || files[1].revents) {
            if (files[1].revents) {
                drop_line();
            }
            return false;
        }
        ssize_t length = read(notify, events, sizeof events);
        if (length <= 0 || is_about(events, length, name)) {
            return length > 0;
        }
    }
}

/* Editors save in two ways: they write the file, or they put a new one in its place. So the folder is watched. */
static bool wait_for_change(void *context, const char *path)
{
    (void)context;
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, (size_t)(slash - path)) : strdup(".");
    int notify = inotify_init1(IN_CLOEXEC);
    bool is_ready = folder && notify >= 0 && inotify_add_watch(notify, folder, IN_CLOSE_WRITE | IN_MOVED_TO) >= 0;
    bool is_changed = is_ready && wait_here(notify, slash ? slash + 1 : path);
    if (notify >= 0) {
        close(notify);
    }
    free(folder);
    return is_changed;
}

LessonHands lesson_hands(bool terminal, int width)
{
    return (LessonHands){
        .edit = terminal ? edit : NULL, .wait_for_change = terminal ? wait_for_change : NULL, .width = width};
}
