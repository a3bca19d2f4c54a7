"""Charges of one strategy, in exact fractions: billed, effective and list, by component and calendar month."""
from collections import defaultdict
from fractions import Fraction

import when
from demand import power


class Bill:
    """An account is what is rounded as one: what an order, or a layer, pays for one row of a price table."""

    def __init__(self, study):
        self.study = study
        self.billed, self.effective, self.listed = (defaultdict(Fraction) for _ in range(3))
        self.spent = defaultdict(Fraction)                              # by provider and month billed
        self.of_account = defaultdict(lambda: defaultdict(Fraction))    # effective, by account, by month
        self.accounts = defaultdict(set)                                # of each component and month
        self.slack = defaultdict(Fraction)                              # what is not defined to the millionth
        self.horizon = self.prepaid = self.accrued = Fraction(0)
        self.last_month = when.month_of(study.end - 1)

    def counts(self, moment):
        return self.study.decide_from <= moment < self.study.end

    # The two sides of every charge

    def pay(self, row, account, month, money):
        """`money`: at the price that is used, and at the list price."""
        self.billed[row.name, month] += money[0]
        self.listed[row.name, month] += money[1]
        self.spent[row.offer.provider, month] += money[0]
        self.accounts[row.name, month].add((account, row))

    def use(self, row, account, month, money):
        self.effective[row.name, month] += money
        self.of_account[account, row][month] += money
        self.accounts[row.name, month].add((account, row))

    def spread(self, row, account, begin, until, money):
        """Evenly over a stretch of time, as far as it is within the study; returns what is left."""
        last = min(until, self.study.end)
        for month, start, stop in when.by_month(begin, last):
            self.use(row, account, month, money * Fraction(stop - start, until - begin))
            self.accounts[row.name, month].add(((account, begin, until), row))      # rounded by purchase
        return money * Fraction(until - max(begin, last), until - begin)

    # Kinds of charges

    def usage(self, row, account, begin, unit, quantity, slack=0):
        """What is billed when it is used, or in the month after. `unit`: used and list price."""
        arrears = self.study.arrears and row.per != "spend"     # a share falls due with what it is of
        month = when.month_of(begin)
        money = unit[0] * quantity, unit[1] * quantity
        self.use(row, account, month, money[0])
        self.slack[row.name, month] += abs(unit[0]) * slack
        if arrears:
            month += 1
            self.slack[row.name, month] += abs(unit[0]) * slack
        if month > self.last_month:
            self.accrued += money[0]
            self.horizon -= money[0]
        else:
            self.pay(row, account, month, money)

    def purchase(self, row, account, due, begin, until, money):
        """What is paid at once for the time until then."""
        if not self.counts(due):
            return
        self.pay(row, account, when.month_of(due), money)
        left = self.spread(row, account, begin, until, money[0])
        self.prepaid += left
        if self.study.at_end != "full":
            self.horizon += left

    def obligation(self, money):
        """What has to be paid after the end."""
        if self.study.at_end == "full":
            self.horizon -= money

    # Prices

    def due(self, moment):
        """When that falls due which is used at this moment."""
        return when.month_begins(when.month_of(moment) + 1) if self.study.arrears else moment

    def unit(self, row, price_date, due):
        return row.price_at(price_date).in_study(self.study.rates, due)

    def cuts(self, rows, begin, end):
        """Where months, and rates of exchange, change within a stretch of time."""
        found = {begin, end} | {start for _, start, _ in when.by_month(begin, end)}
        if not self.study.arrears:
            for currency in {price.currency for row in rows for price in row.prices}:
                found.update(self.study.rates.changes(currency, begin, end))
        return found

    def pieces(self, row, begin, end, price_date=None):
        """(begin, end, unit) of a stretch of time, cut where the month or what is paid changes."""
        if begin >= end:
            return
        cuts = self.cuts([row], begin, end)
        if price_date is None:
            cuts.update(row.changes(begin, end))
        cuts = sorted(cuts)
        for start, stop in zip(cuts, cuts[1:]):
            yield start, stop, self.unit(row, start if price_date is None else price_date, self.due(start))

    # In the end

    def add_tax(self):
        """On every amount billed, or listed; effective with what it is on, and counted with it at the end."""
        if not self.study.tax:
            return
        for (_, month), money in list(self.billed.items()):
            self.billed["tax", month] += self.study.tax * money
        for (_, month), money in list(self.listed.items()):
            self.listed["tax", month] += self.study.tax * money
        for (_, month), money in list(self.effective.items()):
            self.effective["tax", month] += self.study.tax * money
        self.horizon, self.prepaid, self.accrued = (
            part * (1 + self.study.tax) for part in (self.horizon, self.prepaid, self.accrued))
        for (component, month), accounts in list(self.accounts.items()):
            self.accounts["tax", month] |= {(account, row, component) for account, row in accounts}
        for (component, month), slack in list(self.slack.items()):
            self.slack["tax", month] += self.study.tax * slack

    def totals(self):
        return [sum(side.values(), Fraction(0)) for side in (self.billed, self.effective, self.listed)]

    def out_of_balance(self):
        """billed = effective + prepaid - accrued; all of it in months of the study."""
        billed, effective, _ = self.totals()
        found = []
        if billed != effective + self.prepaid - self.accrued:
            found.append(f"billed {float(billed)}, effective {float(effective)}, prepaid {float(self.prepaid)}, "
                         f"accrued {float(self.accrued)}")
        first = when.month_of(self.study.decide_from)
        for side in (self.billed, self.effective, self.listed):
            found += [f"{name} in {when.month_name(month)}" for name, month in side
                      if side[name, month] and not first <= month <= self.last_month]
        return found


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
