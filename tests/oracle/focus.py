"""Commitments as FOCUS shows them: what is used up of them, split into used and unused."""
from collections import defaultdict
from fractions import Fraction

from prices import MILLION


def split(bill, orders, uses):
    """{(component, month): [used, unused]} of what commitments cost, rounded by order and price row. What is
    paid only while in use is used."""
    found = defaultdict(lambda: [Fraction(0), Fraction(0)])
    for order in orders:
        if not order.offer.is_commitment():
            continue
        for row in order.offer.component_rows():
            months = bill.of_account.get((order, row), {})
            if row.charged == "running":
                for month, money in months.items():
                    found[row.name, month][0] += money
            else:
                split_row(found, row, months, uses[order])
    return found


def split_row(found, row, months, use):
    money = used = held = before = Fraction(0)
    for month in sorted(set(months) | set(use.held)):
        money += months.get(month, 0)
        used += use.used.get(month, 0)
        held += use.held.get(month, 0)
        part = Fraction(round(money * used / held * MILLION), MILLION) if held else Fraction(0)
        found[row.name, month][0] += part - before
        found[row.name, month][1] += months.get(month, 0) - (part - before)
        before = part

