"""Charges of one strategy, in exact fractions: billed and effective, by component and calendar month."""
from collections import defaultdict
from fractions import Fraction

import when
from demand import power
from planning import units_held


# Why servers come, and what is paid for that.
PURCHASES = {"once": ("new", "refresh"), "term": ("new", "refresh", "renewal")}


class Bill:
    def __init__(self, study):
        self.study = study
        self.billed = defaultdict(Fraction)
        self.effective = defaultdict(Fraction)
        self.horizon = Fraction(0)

    def counts(self, moment):
        return self.study.decide_from <= moment < self.study.end

    def usage(self, component, begin, price, quantity):
        """What is billed when it is used."""
        key = component, when.month_of(begin)
        self.billed[key] += price * quantity
        self.effective[key] += price * quantity

    def purchase(self, component, due, until, money):
        """What is paid at once for the time until then."""
        if not self.counts(due):
            return
        self.billed[component, when.month_of(due)] += money
        for month, begin, end in when.by_month(due, min(until, self.study.end)):
            self.effective[component, month] += money * Fraction(end - begin, until - due)
        if until > self.study.end and self.study.at_end == "pro-rata":
            self.horizon += money * Fraction(until - self.study.end, until - due)

    def obligation(self, money):
        """What has to be paid after the end."""
        if self.study.at_end == "full":
            self.horizon -= money

    # What a lot costs

    def lot(self, offer, lot):
        for row in offer.component_rows():
            if row.charged in ("once", "term"):
                wanted = lot.reason in PURCHASES[row.charged]
                if wanted:
                    price = row.price_at(lot.price_date if row.follows_order() else lot.term_begins)
                    self.purchase(row.name, lot.term_begins, lot.end, price * lot.servers)
            elif row.charged == "held" and row.per == "server-month" and offer.kind == "hosting":
                self.contract_months(row, lot)
            elif row.charged == "held" and row.per not in ("rack-month", "admin-month"):
                self.held(offer, row, lot)

    def contract_months(self, row, lot):
        months = 0
        begin = lot.term_begins
        while when.add_months(begin, months) < lot.end:
            due, until = when.add_months(begin, months), when.add_months(begin, months + 1)
            price = row.price_at(lot.price_date if row.follows_order() else min(due, self.study.end - 1))
            self.purchase(row.name, due, until, price * lot.servers)
            if due >= self.study.end:
                self.obligation(price * lot.servers)
            months += 1

    def held(self, offer, row, lot):
        for begin, end, price in self.price_stretches(row, lot, lot.begin, min(lot.end, self.study.end)):
            for _, start, stop in when.by_month(begin, end):
                self.usage(row.name, start, price, units_held(self.study, offer, row, start, stop) * lot.servers)
        if offer.kind != "colocation" and lot.begin < self.study.end < lot.end:
            price = row.price_at(lot.price_date if row.follows_order() else self.study.end - 1)
            self.obligation(price * units_held(self.study, offer, row, self.study.end, lot.end) * lot.servers)

    def price_stretches(self, row, lot, begin, end):
        if begin >= end:
            return []
        if row.follows_order():
            return [(begin, end, row.price_at(lot.price_date))]
        return row.stretches(begin, end)

    # What all servers of a layer share

    def shared(self, offer, lots):
        """Whole racks and whole administrators for all servers in service at each moment."""
        rows = [row for row in offer.component_rows() if row.per in ("rack-month", "admin-month")]
        if not rows or not lots:
            return
        times = {lot.begin for lot in lots} | {lot.end for lot in lots} | {self.study.end}
        times = sorted(time for time in times if time <= self.study.end)
        for begin, end in zip(times, times[1:]):
            servers = sum(lot.servers for lot in lots if lot.begin <= begin < lot.end)
            for row in rows:
                each = offer.servers_per_rack() if row.per == "rack-month" else offer.servers_per_admin()
                for start, stop, price in row.stretches(begin, end):
                    for _, first, last in when.by_month(start, stop):
                        months = when.months_in(first, last, self.study.hours_per_month)
                        self.usage(row.name, first, price, -(-servers // each) * months)

    def following(self, following):
        study = self.study
        for row in following.offer.component_rows():
            for i in range(-1, study.n_steps):
                seconds = following.billed_seconds(study, i)
                if seconds:
                    begin = study.start + i * study.step
                    price = row.price_at(study.start if row.follows_order() else begin)
                    self.usage(row.name, begin, price, Fraction(seconds) / when.HOUR)


def present_value_factor(study, months):
    return power(1 + study.discount_rate, -months, 12)


def compared_cost(study, bill, unmet_by_month):
    """Present value of cash and of load lost, less that of what is left at the end."""
    first = when.month_of(study.decide_from)
    total = Fraction(0)
    for (_, month), money in bill.billed.items():
        total += money * present_value_factor(study, month - first)
    for month, money in unmet_by_month.items():
        total += money * present_value_factor(study, month - first)
    months = when.month_of(study.end - 1) + 1 - first
    return total - bill.horizon * present_value_factor(study, months)
