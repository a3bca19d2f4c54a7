#ifndef BASE_INTERRUPT_H
#define BASE_INTERRUPT_H

struct arena;

/* Removes a folder when the program is asked to end (SIGINT, SIGTERM, SIGHUP, each unless it is ignored),
 * which then ends by that signal. A thread waits for the signals, so that removing runs as any other code
 * does. */
struct interrupt;

/* From now on. The path stays the caller's and valid until the end. NULL, with errno, where no thread can be
 * started. */
struct interrupt *interrupt_begin(struct arena *arena, const char *path);

/* Signals wait until interrupt_resume or interrupt_end: what is done between is done whole, or not begun. */
void interrupt_hold(struct interrupt *interrupt);
void interrupt_resume(struct interrupt *interrupt);

/* Nothing is removed any more, and signals act as before. Held before. */
void interrupt_end(struct interrupt *interrupt);

#endif
