#include "watch.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/wait.h>
#include <unistd.h>

#include "interrupt.h"
#include "run.h"

/* ---- noticing ---------------------------------------------------------------------------------------------------- */

/* Editors write a new file and give it the old name, so it is the folder that is watched, for that name. */
static int watch_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = !slash ? strdup(".") : slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
    int notify = folder ? inotify_init1(IN_CLOEXEC) : -1;
    if (notify >= 0 && inotify_add_watch(notify, folder, IN_CLOSE_WRITE | IN_MOVED_TO | IN_ONLYDIR) < 0) {
        int reason = errno;
        close(notify);
        errno = reason;
        notify = -1;
    }
    free(folder);
    return notify;
}

static bool is_about(const char *bytes, ssize_t length, const char *name)
{
    for (ssize_t at = 0; at < length;) {
        const struct inotify_event *event = (const struct inotify_event *)(const void *)(bytes + at);
        if (event->len && strcmp(event->name, name) == 0) {
            return true;
        }
        at += (ssize_t)(sizeof *event + event->len);
    }
    return false;
}

/* One save is often several events: all that are there already are one. */
static bool read_events(int notify, const char *name)
{
    enum { MILLISECONDS = 20 };
    _Alignas(struct inotify_event) char bytes[16 * 1024];
    struct pollfd wanted = {.fd = notify, .events = POLLIN};
    bool is_ours = false;
    do {
        ssize_t length = read(notify, bytes, sizeof bytes);
        is_ours = is_about(bytes, length, name) || is_ours;
    } while (poll(&wanted, 1, is_ours ? MILLISECONDS : 0) > 0);
    return is_ours;
}

bool watch_saves(const char *path, const volatile int *was_interrupted, bool (*changed)(void *context), void *context)
{
    const char *slash = strrchr(path, '/');
    int notify = watch_folder(path);
    if (notify < 0) {
        return false;
    }
    struct pollfd wanted = {.fd = notify, .events = POLLIN};
    bool goes_on = changed(context); /* a save that comes meanwhile is noticed */
    while (goes_on && !*was_interrupted) {
        int ready = poll(&wanted, 1, -1);
        goes_on = ready >= 0 || errno == EINTR;
        if (ready > 0 && read_events(notify, slash ? slash + 1 : path)) {
            goes_on = changed(context);
        }
    }
    close(notify);
    return true;
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

/* In a process of its own, so that whatever happens to it, watching goes on. */
static bool run_once(void *context)
{
    const Options *options = context;
    int status = 0;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        int exit_code = run_batch(options);
        fflush(NULL);
        _exit(exit_code);
    }
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (child < 0) {
        fprintf(stderr, "awaitlab: cannot run: %s\n", strerror(errno));
    } else if (WIFSIGNALED(status)) {
        fprintf(stderr, "awaitlab: the run was ended by signal %d\n", WTERMSIG(status));
    }
    bool was_interrupted = WIFEXITED(status) && WEXITSTATUS(status) == EXIT_INTERRUPTED;
    if (was_interrupted) { /* this Ctrl-C was for the program */
        interrupt_take();
    }
    fprintf(stderr, "-- watching %s; Ctrl-C ends\n", options->file);
    return child >= 0;
}

int watch_file(const Options *options)
{
    if (access(options->file, R_OK) != 0) {
        fprintf(stderr, "awaitlab: cannot read %s: %s\n", options->file, strerror(errno));
        return EXIT_USAGE;
    }
    interrupt_catch();
    Options copy = *options;
    if (!watch_saves(options->file, interrupt_flag(), run_once, &copy)) {
        fprintf(stderr, "awaitlab: cannot watch %s: %s\n", options->file, strerror(errno));
        return EXIT_USAGE;
    }
    return interrupt_take() ? EXIT_INTERRUPTED : EXIT_INTERNAL;
}
