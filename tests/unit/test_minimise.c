#include "test.h"

#include <math.h>

#include "forecast/minimise.h"

/* Rosenbrock's curved valley (1960), its least value 0 at (1, 1), moved into the cube: at (0.75, 0.75). */
static double valley(const double *p, void *context)
{
    ++*(int *)context;
    double x = p[0] * 4 - 2, y = p[1] * 4 - 2;
    return 100 * (y - x * x) * (y - x * x) + (1 - x) * (1 - x);
}

/* Least where it may not go: at (1.5, -0.5, 0.3), so in the cube at (1, 0, 0.3). */
static double beyond_the_cube(const double *p, void *context)
{
    (void)context;
    double a = p[0] - 1.5, b = p[1] + 0.5, c = p[2] - 0.3;
    return a * a + b * b + c * c;
}

static double nowhere_a_number(const double *p, void *context)
{
    (void)p;
    (void)context;
    return NAN;
}

/* Not a number in half of the cube; the least of the other half is at its border. */
static double half_a_function(const double *p, void *context)
{
    (void)context;
    return p[0] < 0.5 ? sqrt(-1.0) : p[0] + (p[1] - 0.2) * (p[1] - 0.2);
}

static void a_curved_valley_is_followed_to_its_end(void **state)
{
    (void)state;
    int n_calls = 0;
    double p[2] = {0.2, 0.75};
    assert_true(minimise(valley, &n_calls, 2, 1e-9, p) < 1e-6);
    assert_true(fabs(p[0] - 0.75) < 1e-3 && fabs(p[1] - 0.75) < 1e-3);
    assert_in_range(n_calls, 1, 2000);
}

static void the_cube_is_not_left(void **state)
{
    (void)state;
    double p[3] = {0.5, 0.5, 0.5};
    assert_true(fabs(minimise(beyond_the_cube, NULL, 3, 1e-9, p) - 0.5) < 1e-6);
    assert_true(p[0] == 1 && p[1] == 0 && fabs(p[2] - 0.3) < 1e-3);
}

static void what_is_no_number_is_left_behind(void **state)
{
    (void)state;
    double p[2] = {0.9, 0.9};
    assert_true(fabs(minimise(half_a_function, NULL, 2, 1e-9, p) - 0.5) < 1e-3);
    double q[1] = {0.25};
    assert_true(minimise(nowhere_a_number, NULL, 1, 1e-9, q) > 1e300);
    assert_true(q[0] == 0.25);
}

/* Never worse than the start, whatever it is; the same again from the same start. */
static void every_start_is_improved_the_same_way(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (int i = 0; i < 200; i++) {
        int n_calls = 0;
        double p[2] = {(double)(test_random(&seed) % 1001) / 1000,
                       (double)(test_random(&seed) % 1001) / 1000};
        double q[2] = {p[0], p[1]}, before = valley(p, &n_calls);
        double found = minimise(valley, &n_calls, 2, 1e-9, p);
        assert_true(found <= before);
        assert_true(found == minimise(valley, &n_calls, 2, 1e-9, q));
        assert_memory_equal(p, q, sizeof p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_curved_valley_is_followed_to_its_end),
        cmocka_unit_test(the_cube_is_not_left),
        cmocka_unit_test(what_is_no_number_is_left_behind),
        cmocka_unit_test(every_start_is_improved_the_same_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
