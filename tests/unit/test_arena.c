#include "test.h"

#include <sys/wait.h>
#include <unistd.h>

static void memory_comes_zeroed_and_aligned(void **state)
{
    (void)state;
    static const unsigned char zeros[4096];
    struct arena arena = {0};
    for (size_t n = 0; n < sizeof zeros; n += 37) {
        unsigned char *bytes = arena_alloc(&arena, n, 1);
        assert_int_equal((uintptr_t)bytes % 16, 0);
        assert_memory_equal(bytes, zeros, n);
        memset(bytes, 0xFF, n); /* what comes next must not see this */
    }
    arena_free(&arena);
}

static void pieces_do_not_overlap(void **state)
{
    (void)state;
    enum { PIECES = 20000 };
    struct arena arena = {0};
    int **pieces = ARENA_NEW(&arena, int *, PIECES);
    for (int i = 0; i < PIECES; i++) {
        pieces[i] = ARENA_NEW(&arena, int, i % 97 + 1);
        for (int j = 0; j <= i % 97; j++)
            pieces[i][j] = i;
    }
    for (int i = 0; i < PIECES; i++)
        for (int j = 0; j <= i % 97; j++)
            assert_int_equal(pieces[i][j], i);
    arena_free(&arena);
}

static void large_pieces_have_room_too(void **state)
{
    (void)state;
    struct arena arena = {0};
    char *small = ARENA_NEW(&arena, char, 10);
    char *large = ARENA_NEW(&arena, char, 3 << 20);
    memset(large, 1, 3 << 20);
    char *after = ARENA_NEW(&arena, char, 10);
    assert_int_equal(small[9] + after[9], 0);
    assert_int_equal(large[(3 << 20) - 1], 1);
    arena_free(&arena);
}

static void a_freed_arena_is_empty_and_can_be_used_again(void **state)
{
    (void)state;
    struct arena arena = {0};
    arena_free(&arena);
    ARENA_NEW(&arena, int, 5);
    arena_free(&arena);
    assert_null(arena.last);
    assert_non_null(ARENA_NEW(&arena, int, 5));
    arena_free(&arena);
}

struct numbers {
    int *items;
    size_t n_items, capacity;
};

static void a_list_keeps_its_items_while_it_grows(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct numbers list = {0};
    for (int i = 0; i < 100000; i++) {
        int *item = ARENA_APPEND(&arena, &list);
        assert_int_equal(*item, 0);
        *item = i;
    }
    assert_int_equal(list.n_items, 100000);
    for (int i = 0; i < 100000; i++)
        assert_int_equal(list.items[i], i);
    arena_free(&arena);
}

/* Exit status of a child that asks for n x size bytes. */
static int status_of_asking_for(size_t n, size_t size)
{
    pid_t child = fork();
    if (child == 0) {
        struct arena arena = {0};
        fclose(stderr);
        arena_alloc(&arena, n, size);
        _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void running_out_ends_the_program_with_status_4(void **state)
{
    (void)state;
    assert_int_equal(status_of_asking_for(SIZE_MAX, 1), 4);
    assert_int_equal(status_of_asking_for(SIZE_MAX, SIZE_MAX), 4);
    assert_int_equal(status_of_asking_for(SIZE_MAX / 8, 16), 4); /* the product does not fit */
    assert_int_equal(status_of_asking_for(SIZE_MAX / 4 + 1, 4), 4); /* ... and would wrap to 0 */
    assert_int_equal(status_of_asking_for(100, 100), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_comes_zeroed_and_aligned),
        cmocka_unit_test(pieces_do_not_overlap),
        cmocka_unit_test(large_pieces_have_room_too),
        cmocka_unit_test(a_freed_arena_is_empty_and_can_be_used_again),
        cmocka_unit_test(a_list_keeps_its_items_while_it_grows),
        cmocka_unit_test(running_out_ends_the_program_with_status_4),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
