#include "base/interrupt.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"

/* gnuplot may still put files into the folder while it is emptied. */
enum { MOST_ATTEMPTS = 100 };

struct interrupt {
    pthread_t thread;
    pthread_mutex_t lock;
    sigset_t signals;
    const char *path; /* NULL: nothing is removed */
};

/* A signal that is ignored would be seen nevertheless by who waits for it. */
static sigset_t asked_to_end(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct sigaction action;
        if (sigaction(numbers[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            sigaddset(&set, numbers[i]);
    }
    return set;
}

/* Does not give the lock back: the rest of the program waits for its end where it would touch the folder. */
static void *watch(void *argument)
{
    struct interrupt *interrupt = argument;
    int number;
    while (sigwait(&interrupt->signals, &number) != 0)
        continue;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
    pthread_mutex_lock(&interrupt->lock);
    for (int i = 0; interrupt->path != NULL && i < MOST_ATTEMPTS && access(interrupt->path, F_OK) == 0; i++)
        file_remove_tree(interrupt->path);
    signal(number, SIG_DFL);
    pthread_sigmask(SIG_UNBLOCK, &interrupt->signals, NULL);
    kill(getpid(), number);
    return NULL;
}

/* Threads inherit the signals that are blocked: blocked before, they reach the watching one only. */
struct interrupt *interrupt_begin(struct arena *arena, const char *path)
{
    struct interrupt *interrupt = ARENA_NEW(arena, struct interrupt, 1);
    interrupt->path = path;
    interrupt->signals = asked_to_end();
    pthread_mutex_init(&interrupt->lock, NULL);
    pthread_sigmask(SIG_BLOCK, &interrupt->signals, NULL);
    int error = pthread_create(&interrupt->thread, NULL, watch, interrupt);
    if (error == 0)
        return interrupt;
    pthread_sigmask(SIG_UNBLOCK, &interrupt->signals, NULL);
    pthread_mutex_destroy(&interrupt->lock);
    errno = error;
    return NULL;
}

void interrupt_hold(struct interrupt *interrupt)
{
    pthread_mutex_lock(&interrupt->lock);
}

void interrupt_resume(struct interrupt *interrupt)
{
    pthread_mutex_unlock(&interrupt->lock);
}

void interrupt_end(struct interrupt *interrupt)
{
    interrupt->path = NULL;
    pthread_mutex_unlock(&interrupt->lock);
    pthread_cancel(interrupt->thread);
    pthread_join(interrupt->thread, NULL);
    pthread_mutex_destroy(&interrupt->lock);
    pthread_sigmask(SIG_UNBLOCK, &interrupt->signals, NULL);
}
