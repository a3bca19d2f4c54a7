#include "base/normal.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { MANTISSA_BITS = 52, EXPONENT_BIAS = 1023, LOG_TERMS = 23, EXP_TERMS = 15 };

/* ln 2 in two parts: the first has zeros at its end, so that small multiples of it are exact. */
#define LN2_HIGH 0x1.62e42fee00000p-1
#define LN2_LOW 0x1.a39ef35793c76p-33
#define SQRT_2 1.4142135623730951

static double power_of_two(int64_t n)
{
    uint64_t bits = (uint64_t)(n + EXPONENT_BIAS) << MANTISSA_BITS;
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* x = m 2^n with m around 1; ln m = 2 (s + s^3/3 + s^5/5 + ...), s = (m - 1) / (m + 1), |s| < 0.172. */
double natural_log(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    int64_t n = (int64_t)(bits >> MANTISSA_BITS) - EXPONENT_BIAS;
    double m = x * power_of_two(-n);
    if (m > SQRT_2) {
        m /= 2;
        n++;
    }
    double s = (m - 1) / (m + 1), square = s * s, sum = 0;
    for (int k = LOG_TERMS; k >= 3; k -= 2)
        sum = (sum + 1.0 / k) * square;
    return (double)n * LN2_HIGH + (2 * s + (2 * s * sum + (double)n * LN2_LOW));
}

/* x = n ln 2 + r with |r| < 0.35; e^r by its series, even and odd powers apart because a processor reckons two
 * short chains faster than a long one. */
double exponential(double x)
{
    int64_t n = (int64_t)(x * (1 / (LN2_HIGH + LN2_LOW)) + (x < 0 ? -0.5 : 0.5));
    double r = (x - (double)n * LN2_HIGH) - (double)n * LN2_LOW, square = r * r;
    double even = 1, odd = 1;
    for (int k = EXP_TERMS; k >= 3; k -= 2) {
        odd = 1 + odd * (square * (1.0 / (k * (k - 1))));
        even = 1 + even * (square * (1.0 / ((k - 1) * (k - 2))));
    }
    return (even + r * odd) * power_of_two(n);
}

static double ratio(const double *over, const double *under, double r)
{
    double a = over[7], b = under[7];
    for (int i = 6; i >= 0; i--) {
        a = a * r + over[i];
        b = b * r + under[i];
    }
    return a / b;
}

/* Algorithm AS 241, PPND16 (Wichura 1988): relative error about 1e-16. */
double normal_quantile(double p)
{
    static const double a[] = {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                               1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                               3.3430575583588128105e4, 2.5090809287301226727e3};
    static const double b[] = {1.0,
                               4.2313330701600911252e1,
                               6.8718700749205790830e2,
                               5.3941960214247511077e3,
                               2.1213794301586595867e4,
                               3.9307895800092710610e4,
                               2.8729085735721942674e4,
                               5.2264952788528545610e3};
    static const double c[] = {1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                               3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                               2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static const double d[] = {1.0,
                               2.05319162663775882187e0,
                               1.67638483018380384940e0,
                               6.89767334985100004550e-1,
                               1.48103976427480074590e-1,
                               1.51986665636164571966e-2,
                               5.47593808499534494600e-4,
                               1.05075007164441684324e-9};
    static const double e[] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                               1.78482653991729133580e0,  2.96560571828504891230e-1,
                               2.65321895265761230930e-2, 1.24266094738807843860e-3,
                               2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static const double f[] = {1.0,
                               5.99832206555887937690e-1,
                               1.36929880922735805310e-1,
                               1.48753612908506148525e-2,
                               7.86869131145613259100e-4,
                               1.84631831751005468180e-5,
                               1.42151175831644588870e-7,
                               2.04426310338993978564e-15};
    double q = p - 0.5;
    if (q >= -0.425 && q <= 0.425)
        return q * ratio(a, b, 0.180625 - q * q);
    double r = sqrt(-natural_log(q < 0 ? p : 1 - p));
    double x = r <= 5 ? ratio(c, d, r - 1.6) : ratio(e, f, r - 5);
    return q < 0 ? -x : x;
}
