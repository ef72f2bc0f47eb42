/* frame KEYS PROGRAM FILE.cs: how long a key takes in the panes until its frame is finished, in milliseconds.
 *
 * Starts PROGRAM tui FILE.cs in a terminal of its own at 160x48, goes to places all over the program, steps to and fro
 * there. A frame is finished with the last byte that is written before a quiet moment. Its time is told by the clock on
 * the wall, and as what the program computed, so that what else the computer does does not count. Fails when a key
 * needs more than the design's bound of 16 ms. */
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PLACES = 20, MOST_KEYS = 10000, LOADING_MS = 60000, QUIET_MS = 60, BOUND_MS = 16 };

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* The processor time of another process. */
static double cpu_ms(pid_t process)
{
    clockid_t clock;
    struct timespec used = {0};
    if (clock_getcpuclockid(process, &clock) == 0) {
        clock_gettime(clock, &used);
    }
    return (double)used.tv_sec * 1e3 + (double)used.tv_nsec / 1e6;
}

/* When the last byte came before `quiet` milliseconds without one; 0: none came within `patience`. */
static double last_byte(int terminal, int patience, int quiet, size_t *bytes)
{
    static char buffer[1 << 16];
    double last = 0;
    struct pollfd ready = {.fd = terminal, .events = POLLIN};
    while (poll(&ready, 1, last > 0 ? quiet : patience) > 0) {
        ssize_t got = read(terminal, buffer, sizeof buffer);
        if (got <= 0) {
            return 0;
        }
        last = now_ms();
        *bytes += (size_t)got;
    }
    return last;
}

/* Negative: nothing was drawn. */
static double press(int terminal, const char *keys, size_t *bytes)
{
    double begin = now_ms();
    if (write(terminal, keys, strlen(keys)) < 0) {
        return -1;
    }
    double end = last_byte(terminal, LOADING_MS, QUIET_MS, bytes);
    return end > 0 ? end - begin : -1;
}

static int compare_doubles(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

int main(int argc, char **argv)
{
    static double times[MOST_KEYS], computed[MOST_KEYS];
    long count = argc == 4 ? strtol(argv[1], NULL, 10) : 0;
    if (count < PLACES || count > MOST_KEYS) {
        fprintf(stderr, "usage: frame KEYS PROGRAM FILE.cs\n");
        return 2;
    }
    struct winsize size = {.ws_row = 48, .ws_col = 160};
    int terminal;
    pid_t child = forkpty(&terminal, NULL, NULL, &size);
    if (child == 0) {
        setenv("TERM", "xterm-256color", 1);
        setenv("INPUTRC", "/dev/null", 1);
        execl(argv[2], argv[2], "tui", argv[3], (char *)NULL);
        _exit(127);
    }
    size_t bytes = 0, drawn = 0;
    double begin = now_ms();
    double loaded = last_byte(terminal, LOADING_MS, 10000, &bytes);
    for (long i = 0; i < count; i++) {
        if (i % (count / PLACES) == 0) {
            char line[64];
            snprintf(line, sizeof line, "goto %ld\r", 10500000 / PLACES * (i / (count / PLACES)) + 300000);
            press(terminal, line, &bytes);
        }
        double before = cpu_ms(child);
        times[i] = press(terminal, i % 3 == 2 ? "\033[D" : "\033[C", &drawn);
        if (times[i] < 0) {
            fprintf(stderr, "frame: %s does not answer\n", argv[2]);
            return 1;
        }
        computed[i] = cpu_ms(child) - before;
    }
    press(terminal, "\025\004", &bytes);
    close(terminal);
    waitpid(child, NULL, 0);
    qsort(times, (size_t)count, sizeof *times, compare_doubles);
    qsort(computed, (size_t)count, sizeof *computed, compare_doubles);
    printf("  %ld keys, each until its frame is finished: computing median %.2f ms, slowest %.2f ms; "
           "on the wall median %.2f ms; %zu bytes a frame; loaded in %.1f s\n",
           count, computed[count / 2], computed[count - 1], times[count / 2], drawn / (size_t)count,
           (loaded - begin) / 1e3);
    return computed[count - 1] >= BOUND_MS;
}
