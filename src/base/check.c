#include "base/check.h"

#include <stdio.h>
#include <unistd.h>

void check_failed(const char *condition, const char *file, int line)
{
    fprintf(stderr, "rackrate: internal error: %s:%d: %s does not hold\n", file, line, condition);
    _exit(70);
}

void check_out_of_memory(void)
{
    fputs("rackrate: out of memory\n", stderr);
    _exit(4);
}
