/* keys RUNS PROGRAM: how long a person waits at the prompt, in milliseconds (the median of RUNS).
 *
 * Starts PROGRAM in a terminal of its own and measures
 *   prompt      from starting it to the prompt
 *   line        from Enter behind a first declaration to the next prompt
 *   completion  from Tab to the list of members of a string */
#include <poll.h>
#include <pty.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_RUNS = 1000, PATIENCE_MS = 10000 };

typedef struct Terminal {
    int keys;
    pid_t child;
    char screen[256 * 1024]; /* all that was written since the last key */
    size_t length;
} Terminal;

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static bool start(Terminal *terminal, char *program)
{
    struct winsize size = {.ws_row = 50, .ws_col = 120};
    terminal->length = 0;
    terminal->child = forkpty(&terminal->keys, NULL, NULL, &size);
    if (terminal->child == 0) {
        setenv("TERM", "xterm", 1);
        setenv("INPUTRC", "/dev/null", 1);
        execl(program, program, "-n", (char *)NULL);
        _exit(127);
    }
    return terminal->child > 0;
}

/* Reads until `text` has come. */
static bool wait_for(Terminal *terminal, const char *text)
{
    double limit = now_ms() + PATIENCE_MS;
    while (now_ms() < limit && terminal->length + 1 < sizeof terminal->screen) {
        struct pollfd ready = {.fd = terminal->keys, .events = POLLIN};
        if (poll(&ready, 1, PATIENCE_MS) <= 0) {
            return false;
        }
        ssize_t got =
            read(terminal->keys, terminal->screen + terminal->length, sizeof terminal->screen - 1 - terminal->length);
        if (got <= 0) {
            return false;
        }
        terminal->length += (size_t)got;
        terminal->screen[terminal->length] = 0;
        if (memmem(terminal->screen, terminal->length, text, strlen(text))) {
            return true;
        }
    }
    return false;
}

/* Types keys and waits for what they bring; the time from the last key on. Negative: it never came. */
static double press(Terminal *terminal, const char *keys, const char *answer)
{
    terminal->length = 0;
    double begin = now_ms();
    if (write(terminal->keys, keys, strlen(keys)) < 0 || !wait_for(terminal, answer)) {
        return -1;
    }
    return now_ms() - begin;
}

static int compare_doubles(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(double *times, long count)
{
    qsort(times, (size_t)count, sizeof *times, compare_doubles);
    return times[count / 2];
}

typedef struct Times {
    double prompt[MOST_RUNS], line[MOST_RUNS], completion[MOST_RUNS];
} Times;

/* False: it did not answer. */
static bool run_once(char *program, Times *times, long run)
{
    static Terminal terminal;
    double begin = now_ms();
    if (!start(&terminal, program) || !wait_for(&terminal, "al> ")) {
        return false;
    }
    times->prompt[run] = now_ms() - begin;
    times->line[run] = press(&terminal, "var text = \"abc\";\r", "al> ");
    bool is_typed = press(&terminal, "text.", "text.") >= 0;
    times->completion[run] = is_typed ? press(&terminal, "\t\t", "ToUpper") : -1;
    bool is_done = press(&terminal, "\025quit\r", "quit") >= 0;
    close(terminal.keys);
    waitpid(terminal.child, NULL, 0);
    return is_done && times->line[run] >= 0 && times->completion[run] >= 0;
}

int main(int argc, char **argv)
{
    static Times times;
    long runs = argc > 2 ? strtol(argv[1], NULL, 10) : 0;
    if (runs < 1 || runs > MOST_RUNS) {
        fprintf(stderr, "usage: keys RUNS PROGRAM\n");
        return 2;
    }
    for (long i = 0; i < runs; i++) {
        if (!run_once(argv[2], &times, i)) {
            fprintf(stderr, "keys: %s does not answer\n", argv[2]);
            return 1;
        }
    }
    printf("prompt %.2f ms, first line %.2f ms, completion of members %.2f ms\n", median(times.prompt, runs),
           median(times.line, runs), median(times.completion, runs));
    return 0;
}
