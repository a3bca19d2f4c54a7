"""Where two readings of the description are possible: ORACLE_READINGS=one,two takes the other ones."""
import os

OTHERS = set(filter(None, os.environ.get("ORACLE_READINGS", "").split(",")))


def other(name):
    """`tax-is-spread`: tax is effective as what it is on, and credited with it at the end.
    `resale-always`: what a server will fetch is never spread, wherever its life ends.
    `racks-at-once`: the set-up of racks is effective when it is billed.
    `age-by-life`: a month of age is as long as the months of the server's life are on average.
    `percentile-by-hours`: a partial month is a share of `hours_per_month`.
    `percentile-last-price`: a percentile has the price of the month's end.
    `support-at-once`: a share of what is billed in a month falls due with it, also where usage does not.
    `spot-from-start`: spot is asked for on the first day of demand, however low the price was before.
    `spot-is-committed`: spot counts in coverage and utilisation."""
    return name in OTHERS
