#include "unit/root.h"

static double twelfth_power(double r)
{
    double square = r * r, fourth = square * square;
    return fourth * fourth * fourth;
}

double twelfth_root(double x)
{
    double r = x > 1 ? x : 1;
    for (int i = 0; i < 300; i++) {
        double power = twelfth_power(r);
        double next = r - (power - x) * r / (12 * power);
        if (next >= r)
            break;
        r = next;
    }
    return r;
}
