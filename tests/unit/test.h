#ifndef TESTS_UNIT_TEST_H
#define TESTS_UNIT_TEST_H

/* What every unit test needs: cmocka, and comparison of slices. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/str.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Fails with both texts shown. */
#define assert_text(s, expected) assert_text_at((s), (expected), __FILE__, __LINE__)

static inline void assert_text_at(struct str s, const char *expected, const char *file, int line)
{
    if (str_is(s, expected))
        return;
    print_error("found \"%.*s\", expected \"%s\"\n", STR_ARGS(s), expected);
    _fail(file, line);
}

/* Names the row of a table that a failed assertion was about. */
#define assert_row(condition, name)                                                                \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            print_error("row `%s`: %s does not hold\n", (name), #condition);                       \
            _fail(__FILE__, __LINE__);                                                             \
        }                                                                                          \
    } while (0)

/* The same numbers on every machine and in every run (xorshift64*). Start with any odd number. */
static inline uint64_t test_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 2685821657736338717u;
}

#endif
