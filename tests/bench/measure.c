/* measure RUNS OUTPUT COMMAND...: runs a command RUNS times, start-up included, and prints the median wall time in
 * milliseconds, the fastest one, and the largest resident set in KiB. The command's stdout goes to the file OUTPUT.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_RUNS = 1000 };

extern char **environ;

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int compare_doubles(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* One run. Spawning instead of forking keeps this program's own pages out of the child's resident set. */
static bool run_once(char **command, const char *output, double *wall_ms, long *peak_kib)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0644);

    double start = now_ms();
    pid_t child;
    int problem = posix_spawnp(&child, command[0], &actions, NULL, command, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (problem != 0) {
        return false;
    }
    int status;
    struct rusage usage;
    if (wait4(child, &status, 0, &usage) < 0) {
        return false;
    }
    *wall_ms = now_ms() - start;
    if (usage.ru_maxrss > *peak_kib) {
        *peak_kib = usage.ru_maxrss;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int main(int argc, char **argv)
{
    long runs = argc > 3 ? strtol(argv[1], NULL, 10) : 0;
    if (runs < 1 || runs > MAX_RUNS) {
        fputs("usage: measure RUNS OUTPUT COMMAND...\n", stderr);
        return 2;
    }
    double wall_ms[MAX_RUNS];
    long peak_kib = 0;
    for (long i = 0; i < runs; i++) {
        if (!run_once(argv + 3, argv[2], &wall_ms[i], &peak_kib)) {
            fprintf(stderr, "measure: %s did not run to a successful end\n", argv[3]);
            return 1;
        }
    }
    qsort(wall_ms, (size_t)runs, sizeof wall_ms[0], compare_doubles);
    printf("%.2f %.2f %ld\n", wall_ms[runs / 2], wall_ms[0], peak_kib);
    return 0;
}
