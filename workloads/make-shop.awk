# Writes shop.csv: the requests of a made-up web shop in every hour of 2013.
#
#   awk -f make-shop.awk > shop.csv
#
# requests = scale x hour of the day x day of the week x time of the year x noise
#
# Only + - * / and sqrt are used, and random numbers of our own, so that every
# awk with IEEE doubles writes the same bytes. README.md explains the figures.

# Uniform in (0,1): Lehmer's generator, multiplier 16807, modulus 2^31 - 1.
function uniform() {
    state = (16807 * state) % 2147483647
    return state / 2147483647
}

# Nearly normal, mean 0, variance 1: the sum of twelve uniforms less 6.
function normal(    i, sum) {
    sum = 0
    for (i = 0; i < 12; i++)
        sum += uniform()
    return sum - 6
}

# e^x by its series; the noise stays well within -1..1.
function power_of_e(x,    i, term, sum) {
    term = 1
    sum = 1
    for (i = 1; i <= 25; i++) {
        term = term * x / i
        sum += term
    }
    return sum
}

# Season at a day of the year (0 to 365): a straight line between the middles
# of the months, December joined to January.
function season_at(day,    m, from, to) {
    if (day < middle[1])
        day += 365
    for (m = 1; m < 12 && day >= middle[m + 1]; m++)
        ;
    from = middle[m]
    to = m < 12 ? middle[m + 1] : middle[1] + 365
    return season[m] + (season[m % 12 + 1] - season[m]) * (day - from) / (to - from)
}

BEGIN {
    seed = 2013
    mean_requests = 86400000    # an hour: 24,000 requests/s
    deviation = 0.10            # of the logarithm of the noise
    persistence = 0.90          # of the noise from one hour to the next

    split("0.70 0.54 0.45 0.40 0.40 0.46 0.60 0.78 0.94 1.07 1.16 1.20 " \
          "1.20 1.18 1.16 1.16 1.20 1.28 1.40 1.53 1.60 1.50 1.20 0.89", hour_of_day, " ")
    split("1.14 1.12 1.10 1.04 0.99 0.77 0.84", weekday, " ")    # Monday first
    split("0.90 0.89 1.01 0.99 1.04 1.01 1.01 1.03 0.96 0.99 1.00 1.16", season, " ")
    split("31 28 31 30 31 30 31 31 30 31 30 31", days, " ")

    first = 0
    for (m = 1; m <= 12; m++) {
        middle[m] = first + days[m] / 2
        first += days[m]
    }

    state = seed
    shock = deviation * sqrt(1 - persistence * persistence)
    noise = deviation * normal()
    sum = 0
    for (t = 0; t < 8760; t++) {
        h = t % 24
        day = (t - h) / 24
        weight[t] = hour_of_day[h + 1] * weekday[(day + 1) % 7 + 1] \
                    * season_at(day + h / 24) * power_of_e(noise)    # 2013-01-01 was a Tuesday
        sum += weight[t]
        noise = persistence * noise + shock * normal()
    }

    scale = mean_requests * 8760 / sum
    print "time,requests"
    t = 0
    for (m = 1; m <= 12; m++)
        for (d = 1; d <= days[m]; d++)
            for (h = 0; h < 24; h++)
                printf "2013-%02d-%02dT%02d:00:00Z,%d\n", m, d, h, int(scale * weight[t++] + 0.5)
}
