#include "interrupt.h"

#include <signal.h>
#include <stddef.h>
#include <sys/time.h>

/* A handler can only reach static things. */
static Session *volatile running;
static volatile int was_interrupted;
static volatile sig_atomic_t is_late;

static void on_interrupt(int number)
{
    is_late |= number == SIGALRM;
    was_interrupted = 1;
    if (running) {
        session_stop(running);
    }
}

/* Without SA_RESTART: waiting for a key ends when Ctrl-C comes. */
void interrupt_catch(void)
{
    struct sigaction action = {.sa_handler = on_interrupt};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
}

void interrupt_limit(uint64_t microseconds)
{
    struct sigaction action = {.sa_handler = on_interrupt};
    sigemptyset(&action.sa_mask);
    sigaction(SIGALRM, &action, NULL);
    struct itimerval timer = {
        .it_value = {.tv_sec = (time_t)(microseconds / 1000000), .tv_usec = (suseconds_t)(microseconds % 1000000)}};
    setitimer(ITIMER_REAL, &timer, NULL);
}

bool interrupt_is_late(void)
{
    return is_late != 0;
}

void interrupt_release(void)
{
    struct itimerval never = {0};
    setitimer(ITIMER_REAL, &never, NULL);
    signal(SIGALRM, SIG_DFL);
    signal(SIGINT, SIG_DFL);
}

void interrupt_aim(Session *session)
{
    running = session;
}

const volatile int *interrupt_flag(void)
{
    return &was_interrupted;
}

bool interrupt_take(void)
{
    bool was = was_interrupted != 0;
    was_interrupted = 0;
    return was;
}
