/* back PROGRAM.cs: records the program, ten million steps of it by its own length, then goes back from many places and
 * in a row, and says how long the slowest single step back took and how much memory the history has. Time is that of
 * this thread, so that what else the computer does does not count. Fails when a bound of the design is missed: 16 ms,
 * 256 MiB. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "sim.h"

enum { PLACES = 200, IN_A_ROW = 50000, FAR = 5000, FAR_TIMES = 300 };

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

typedef struct Worst {
    double worst, sum;
    unsigned count;
} Worst;

static void back(Session *session, uint32_t steps, Worst *worst)
{
    double start = now_ms();
    session_travel(session, TRAVEL_STEP, true, steps);
    double took = now_ms() - start;
    worst->sum += took;
    worst->count++;
    worst->worst = took > worst->worst ? took : worst->worst;
}

static void say(const char *what, const Worst *worst)
{
    printf("  %-34s slowest %6.2f ms, mean %6.3f ms of %u\n", what, worst->worst, worst->sum / worst->count,
           worst->count);
}

static double mebibytes(const Session *session)
{
    return (double)session_history_bytes(session) / (1024 * 1024);
}

static Session *record(const char *path)
{
    FILE *file = fopen(path, "rb");
    static char text[1 << 16];
    size_t length = file ? fread(text, 1, sizeof text, file) : 0;
    Session *session = session_open(NULL);
    if (!file || !session || session_keep_history(session, 0) != SESSION_OK ||
        session_add_source(session, path, text, length) != SESSION_OK) {
        fprintf(stderr, "back: cannot run %s\n", path);
        exit(1);
    }
    fclose(file);
    double start = now_ms();
    SessionOutcome outcome = session_run(session, 0);
    double took = now_ms() - start, steps = (double)session_history_end(session);
    printf("  %.0f steps recorded in %.0f ms (%.0f ns each): %s; history %.1f MiB\n", steps, took, took * 1e6 / steps,
           session_outcome_name(outcome.kind), mebibytes(session));
    return session;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: back PROGRAM.cs\n");
        return 2;
    }
    Session *session = record(argv[1]);
    uint64_t end = session_history_end(session);
    Worst anywhere = {0}, in_a_row = {0}, far = {0};
    for (uint64_t i = 0; i < PLACES; i++) {
        session_goto(session, end - end / PLACES * i);
        back(session, 1, &anywhere);
    }
    session_goto(session, end);
    for (uint32_t i = 0; i < IN_A_ROW; i++) {
        back(session, 1, &in_a_row);
    }
    session_goto(session, end / 2);
    for (uint32_t i = 0; i < FAR_TIMES; i++) {
        back(session, FAR, &far);
    }
    say("back from 200 places", &anywhere);
    say("back in a row from the end", &in_a_row);
    say("back 5000 steps, from the middle", &far);
    double most = mebibytes(session);
    printf("  history %.1f MiB\n", most);
    session_close(session);
    return anywhere.worst >= 16 || in_a_row.worst >= 16 || most > 256;
}
