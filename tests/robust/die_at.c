/* Preloaded into the program: SIGKILL right after its DIE_AT-th change to the names of files and folders,
 * so that a test can stop it between any two steps. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int changed(long result)
{
    static int n_changes;
    const char *die_at = getenv("DIE_AT");
    if (++n_changes == (die_at == NULL ? 0 : atoi(die_at)))
        kill(getpid(), SIGKILL);
    return (int)result;
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    return changed(syscall(SYS_renameat2, from_folder, from, to_folder, to, flags));
}

int rename(const char *from, const char *to)
{
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int mkdir(const char *path, mode_t mode)
{
    return changed(syscall(SYS_mkdirat, AT_FDCWD, path, mode));
}

int remove(const char *path)
{
    long result = syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (result != 0 && errno == EISDIR)
        result = syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR);
    return changed(result);
}
