#include "report/chart_gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/output.h"
#include "report/chart_text.h"

enum { MOST_SAID = 8192, MILLI = 1000 };

/* A program that ran: what it said on standard output and error, and how it ended. */
struct ran {
    int error;  /* errno where it could not be started */
    bool late;  /* killed */
    int status; /* as of waitpid */
    struct str said;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * MILLI + now.tv_nsec / 1000000;
}

static char *changeable(struct arena *arena, struct str text)
{
    char *copy = ARENA_NEW(arena, char, text.length + 1);
    memcpy(copy, text.at, text.length);
    return copy;
}

/* PATH and HOME as they are, a locale that writes points, and one zone for the dates of PDF files: nothing
 * else of the user's settings. */
static char **cut_environment(struct arena *arena)
{
    static const char *const kept[] = {"PATH", "HOME"};
    char **environment = ARENA_NEW(arena, char *, 5);
    size_t n = 0;
    for (size_t i = 0; i < 2; i++) {
        const char *value = getenv(kept[i]);
        if (value != NULL)
            environment[n++] = changeable(arena, str_format(arena, "%s=%s", kept[i], value));
    }
    environment[n++] = changeable(arena, STR("LC_ALL=C.UTF-8"));
    environment[n] = changeable(arena, STR("TZ=UTC"));
    return environment;
}

/* Starts the program in the folder, in a process group of its own, its output going into `write_end`. */
static int spawn(struct arena *arena, const char *folder, char **arguments, int write_end, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    sigemptyset(&none);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    int error = posix_spawn_file_actions_addchdir_np(&actions, folder);
    if (error == 0)
        error = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (error == 0)
        error = posix_spawn_file_actions_adddup2(&actions, write_end, STDOUT_FILENO);
    if (error == 0)
        error = posix_spawn_file_actions_adddup2(&actions, write_end, STDERR_FILENO);
    if (error == 0)
        error = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setsigmask(&attributes, &none);
    if (error == 0)
        error = posix_spawnp(pid, arguments[0], &actions, &attributes, arguments, cut_environment(arena));
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return error;
}

/* Reads until the other end is closed, keeping the beginning; false when the deadline came first. */
static bool read_said(struct arena *arena, int read_end, int64_t deadline, struct str *said)
{
    char *text = ARENA_NEW(arena, char, MOST_SAID), more[1024];
    *said = (struct str){text, 0};
    for (;;) {
        struct pollfd wait = {read_end, POLLIN, 0};
        int64_t left = deadline - now_ms();
        int ready = left <= 0 ? 0 : poll(&wait, 1, (int)left);
        if (ready == 0)
            return false;
        if (ready < 0 && errno == EINTR)
            continue;
        ssize_t n = ready < 0 ? -1 : read(read_end, more, sizeof more);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        size_t kept = (size_t)n < MOST_SAID - said->length ? (size_t)n : MOST_SAID - said->length;
        memcpy(text + said->length, more, kept);
        said->length += kept;
    }
}

/* Waits for the end; false when the deadline came first. */
static bool wait_for(pid_t pid, int64_t deadline, int *status)
{
    const struct timespec pause = {0, 2 * 1000000};
    for (;;) {
        pid_t ended = waitpid(pid, status, WNOHANG);
        if (ended == pid || (ended < 0 && errno != EINTR))
            return true;
        if (now_ms() >= deadline)
            return false;
        nanosleep(&pause, NULL);
    }
}

static void kill_group(pid_t pid, int *status)
{
    kill(-pid, SIGKILL);
    while (waitpid(pid, status, 0) < 0 && errno == EINTR)
        continue;
}

static struct ran run(struct arena *arena, struct str folder, char **arguments, int limit_seconds)
{
    struct ran ran = {0};
    int ends[2];
    pid_t pid;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        ran.error = errno;
        return ran;
    }
    int64_t deadline = now_ms() + (int64_t)limit_seconds * MILLI;
    ran.error = spawn(arena, str_zero_terminated(arena, folder), arguments, ends[1], &pid);
    close(ends[1]);
    if (ran.error == 0) {
        ran.late = !read_said(arena, ends[0], deadline, &ran.said) || !wait_for(pid, deadline, &ran.status);
        if (ran.late)
            kill_group(pid, &ran.status);
    }
    close(ends[0]);
    return ran;
}

/* Whether a font is installed that has all of these characters. Where nobody can tell: no. */
static bool font_has(struct arena *arena, struct str folder, struct str characters)
{
    struct str pattern = str_format(arena, ":charset=%.*s", STR_ARGS(characters));
    char program[] = "fc-list", *arguments[] = {program, changeable(arena, pattern), NULL};
    struct ran ran = run(arena, folder, arguments, 5);
    return ran.error == 0 && !ran.late && ran.status == 0 && ran.said.length > 0;
}

/* The line that says what is wrong: gnuplot's begin with the script's name, after an echo of the line. */
static struct str first_complaint(struct arena *arena, struct str said)
{
    struct str line, rest = said, first = {0};
    while (rest.length > 0) {
        if (!str_split(rest, '\n', &line, &rest)) {
            line = rest;
            rest.length = 0;
        }
        line = chart_clean(arena, line);
        if (first.length == 0 || (line.length > 0 && line.at[0] == '"' && first.at[0] != '"'))
            first = line;
    }
    return first;
}

static bool image_is_complete(const char *path)
{
    char tail[32];
    FILE *file = fopen(path, "rbe");
    if (file == NULL)
        return false;
    size_t n = 0;
    if (fseek(file, -(long)sizeof tail, SEEK_END) == 0)
        n = fread(tail, 1, sizeof tail, file);
    fclose(file);
    return memmem(tail, n, "IEND", 4) != NULL || memmem(tail, n, "</svg>", 6) != NULL ||
           memmem(tail, n, "%%EOF", 5) != NULL;
}

/* A file must not tell when it was drawn: the date of a PDF becomes 2000-01-01. False where it cannot be
 * written. A PDF without such a date in plain text stays as it is. */
static bool forget_date(struct arena *arena, const char *path)
{
    static const char key[] = "/CreationDate (D:", date[] = "20000101000000";
    struct failure failure = {0};
    struct str text;
    if (!file_read(arena, str_of(path), &text, &failure))
        return false;
    const char *found = memmem(text.at, text.length, key, sizeof key - 1);
    if (found == NULL || (size_t)(text.at + text.length - found) < sizeof key + sizeof date)
        return true;
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : pwrite(fd, date, sizeof date - 1, found + sizeof key - 1 - text.at);
    return fd >= 0 && (close(fd) == 0) & (n == (ssize_t)(sizeof date - 1));
}

/* How many images are missing or incomplete; those that are incomplete go. */
static size_t count_missing(struct arena *arena, struct str folder, const char *const *names, size_t n_names)
{
    static const char *const formats[] = {"png", "svg", "pdf"};
    enum { N_FORMATS = sizeof formats / sizeof *formats };
    size_t n_missing = 0;
    for (size_t i = 0; i < N_FORMATS * n_names; i++) {
        const char *format = formats[i % N_FORMATS];
        struct str path = path_join(arena, folder, str_format(arena, "%s.%s", names[i / N_FORMATS], format));
        bool has_date = strcmp(format, "pdf") == 0;
        if (image_is_complete(path.at) && (!has_date || forget_date(arena, path.at)))
            continue;
        unlink(path.at);
        n_missing++;
    }
    return n_missing;
}

static struct str what_is_wrong(struct arena *arena, const struct ran *ran, size_t n_missing,
                                int limit_seconds)
{
    struct str complaint = first_complaint(arena, ran->said);
    if (ran->error == ENOENT)
        return STR("charts not drawn: gnuplot is not installed (data and scripts are in charts/)");
    if (ran->error != 0)
        return str_format(arena, "charts not drawn: cannot start gnuplot: %s", strerror(ran->error));
    if (ran->late)
        return str_format(arena, "charts not drawn: gnuplot took longer than %d s", limit_seconds);
    if (complaint.length > 0)
        return str_format(arena, "gnuplot: %.*s", STR_ARGS(complaint));
    if (n_missing > 0)
        return str_format(arena, "charts not drawn: gnuplot left %zu images out and did not say why",
                          n_missing);
    return (struct str){0};
}

bool chart_draw(struct arena *arena, struct str folder, const char *const *names, size_t n_names,
                struct str characters, int limit_seconds, struct str *warning)
{
    bool lacking = characters.length > 0 && !font_has(arena, folder, characters);
    char program[] = "gnuplot", bare[] = "-d", evaluate[] = "-e", all[] = "all.gp";
    char *glyphs = changeable(arena, lacking ? STR("glyphs=0") : STR("glyphs=1"));
    char *arguments[] = {program, bare, evaluate, glyphs, all, NULL};
    struct ran ran = run(arena, folder, arguments, limit_seconds);
    size_t n_missing = count_missing(arena, folder, names, n_names);
    *warning = what_is_wrong(arena, &ran, n_missing, limit_seconds);
    if (warning->length == 0 && lacking)
        *warning = STR("no font has all the characters of the names; PNG and PDF show small boxes in "
                       "their place");
    return ran.error == 0 && !ran.late && ran.status == 0 && n_missing == 0;
}
