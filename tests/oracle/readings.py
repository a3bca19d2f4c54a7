"""Where two readings of the description are possible: ORACLE_READINGS=one,two takes the other ones."""
import os

OTHERS = set(filter(None, os.environ.get("ORACLE_READINGS", "").split(",")))


def other(name):
    """`age-by-life`: a month of age is as long as the months of the server's life are on average.
    `percentile-by-hours`: a partial month is a share of `hours_per_month`.
    `percentile-last-price`: a percentile has the price of the month's end."""
    return name in OTHERS
