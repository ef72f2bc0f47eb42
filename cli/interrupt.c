#include "interrupt.h"

#include <signal.h>
#include <stddef.h>

/* A handler can only reach static things. */
static Session *volatile running;
static volatile int was_interrupted;

static void on_interrupt(int number)
{
    (void)number;
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

void interrupt_release(void)
{
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
