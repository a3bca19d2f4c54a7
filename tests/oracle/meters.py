"""Metered quantities: what is measured, in the unit of the price; allowances, commits, tiers."""
import math
from collections import defaultdict
from fractions import Fraction

import inputs
import when
from demand import Series
from readings import other
from prices import slices, tier_changes, tiers_in_force, to_millionth

BYTES = {"B": 1, "kB": 10 ** 3, "MB": 10 ** 6, "GB": 10 ** 9, "TB": 10 ** 12,
         "KiB": 2 ** 10, "MiB": 2 ** 20, "GiB": 2 ** 30, "TiB": 2 ** 40}
BINARY = {"GB": 2 ** 30, "TB": 2 ** 40}
COUNTS = {"request": 1, "thousand requests": 10 ** 3, "million requests": 10 ** 6, "server": 1}
LEVELS = ("GB-month", "GiB-month", "unit-hour", "unit-month")
# Seconds of what an amount is each time: a year is 8,760 hours, a month a twelfth of it.
EACH_TIME = {"yr": 8760 * when.HOUR, "mo": 730 * when.HOUR} | inputs.SECONDS
MEGABIT = Fraction(8, 10 ** 6)
# How much the load of a step, kept in millionths of a server, and what of it is lost may be off.
LOAD_SLACK = Fraction(25, 10 ** 7)


class Measured:
    """What happened in a strategy, by day."""

    def __init__(self, study, demand, layers, following, service):
        self.study, self.demand, self.service = study, demand, service
        self.layers, self.following = layers, following
        load = study.workload
        self.per_second = Fraction(1)       # load of a server at target in a second; of `servers`, in an hour
        if load["measures"] != "servers":
            self.per_second = inputs.per_second(load["per_server"]) * inputs.amount(load.get("target_utilisation",
                                                                                          "100%"))
        else:
            self.per_second /= when.HOUR
        self.queued = defaultdict(int)      # server-seconds by day that are not defined to the second
        if following:
            for i in following.queued_steps():
                self.queued[self.day(i)] += following.offer.equals

    def day(self, i):
        return (self.study.start + i * self.study.step) // when.DAY

    def served_in_step(self, i):
        """Server-seconds at target."""
        study, demand = self.study, self.demand
        demanded = (to_millionth(demand.rows[i]) + demand.burst[i]) * study.step
        simulated = (to_millionth(demand.base[i]) + demand.burst[i]) * study.step
        lost = self.service.unmet_by_step[i]
        return demanded * (1 - min(1, lost / simulated)) if lost else demanded

    def column(self, setting):
        """The value a second in each step."""
        study = self.study
        rows = inputs.table(study.path(setting["trace"])) if "trace" in setting else study.trace
        series = Series(study, rows, setting["column"], "mean")
        per_second = Fraction(1, series.spacing) if setting["measures"] == "count" else 1
        return [series.in_step(i) * series.growth(i) * per_second for i in range(study.n_steps)]

    def rates(self, setting):
        """Units a second in each step, of load or a column."""
        if setting["of"] == "column":
            return self.column(setting)
        return [self.served_in_step(i) * self.per_second / self.study.step for i in range(self.study.n_steps)]

    def by_day(self, setting, offer):
        """{day: units} of load or a column, {day: seconds} of all else; and how far each may be off."""
        study, what = self.study, setting["of"]
        found, slack = defaultdict(Fraction), defaultdict(Fraction)
        if what in ("load", "column"):
            for i, rate in enumerate(self.rates(setting)):
                found[self.day(i)] += rate * study.step
                off = LOAD_SLACK * self.per_second if what == "load" else Fraction(1, 10 ** 6)
                slack[self.day(i)] += off * study.step
            if what == "load":
                for day, servers in self.queued.items():
                    slack[day] += servers * self.per_second
        elif what == "used":
            for i, served in enumerate(self.service.served_by_step):
                found[self.day(i)] += served
            slack |= self.queued
        elif what == "time":
            for day in range(study.start // when.DAY, study.end // when.DAY):
                found[day] = Fraction(when.DAY)
        elif what == "servers":
            self.servers_by_day(found, offer)
            slack |= self.queued
        return found, slack

    def counts(self, meter, offer):
        """A service counts all servers, a site those on it, any other offer its own."""
        if meter.kind == "service":
            return True
        return self.study.site_of(offer) is meter if meter.kind == "site" else offer is meter

    def servers_by_day(self, found, meter):
        for layer in self.layers:
            for lot in layer.lots if self.counts(meter, layer.offer) else ():
                for day, seconds in by_day(lot.begin, min(lot.end, self.study.end)):
                    found[day] += seconds * lot.all_servers()
        if self.following and self.counts(meter, self.following.offer):
            for i in range(-1, self.study.n_steps):
                found[self.day(i)] += self.following.seconds_in_service(self.study, i)

    def held_months(self, offer, month):
        """Server-months of an offer held in a calendar month."""
        total = Fraction(0)
        for layer in self.layers:
            for lot in layer.lots if layer.offer is offer else ():
                total += sum(lot.all_servers() * when.months_in(begin, end, self.study.hours_per_month)
                             for held, begin, end in when.by_month(lot.begin, min(lot.end, self.study.end))
                             if held == month)
        return total


def by_day(begin, end):
    for day in range(begin // when.DAY, -(-end // when.DAY)):
        yield day, min(end, (day + 1) * when.DAY) - max(begin, day * when.DAY)


def bytes_in(study, unit):
    return BINARY[unit] if study.binary and unit in BINARY else BYTES[unit]


def in_unit(study, text, per):
    """A quantity such as `50 kB`, `0.5 h`, `4%` or `2` in the unit of a price."""
    value, unit, _ = inputs.quantity(text)
    of = per.removesuffix("-month").removesuffix("-hour")
    if per in COUNTS:
        return value / COUNTS[per]
    if per == "work-hour":
        return value * Fraction(inputs.SECONDS[unit] if unit else when.HOUR, when.HOUR)
    if of in BYTES:
        return value * (BYTES[unit] if unit else bytes_in(study, of)) / bytes_in(study, of)
    return value


class Meter:
    """One component of an offer that is metered."""

    def __init__(self, measured, offer, key, tiers):
        self.measured, self.offer, self.tiers = measured, offer, tiers
        self.study = measured.study
        self.component, self.per = key
        self.setting = offer.own("meters", {}).get(self.component, {})

    def days(self):
        """{day: quantity}, and how far each may be off."""
        study = self.study
        found, slack = self.measured.by_day(self.setting, self.offer)
        each = in_unit(study, self.setting["each"], self.per)
        below = inputs.quantity(self.setting["each"])[2]

        def in_day(day, value):
            if self.per in LEVELS:
                if self.per.endswith("-hour"):
                    return value * each / when.HOUR
                month = when.months_in(day * when.DAY, (day + 1) * when.DAY, study.hours_per_month)
                return value * each * month / when.DAY
            return value * each / EACH_TIME[below] if below else value * each
        return tuple({day: in_day(day, value) for day, value in each_of.items()} for each_of in (found, slack))

    def parts(self):
        """Stretches of days, cut where the month or what is paid changes."""
        study = self.study
        cuts = {study.decide_from, study.end}
        cuts |= {begin for _, begin, _ in when.by_month(study.decide_from, study.end)}
        cuts |= set(tier_changes(self.tiers, study.decide_from, study.end))
        if not study.arrears:
            for currency in {price.currency for tier in self.tiers for price in tier.prices}:
                cuts |= set(study.rates.changes(currency, study.decide_from, study.end))
        cuts = sorted(cuts)
        return list(zip(cuts, cuts[1:]))

    def quantities(self):
        """[(begin, end, quantity, how far it may be off)]."""
        exact, slack = self.percentiles() if self.per == "Mbps-month" else self.days()
        parts, cumulative, before = [], Fraction(0), Fraction(0)
        for begin, end in self.parts():
            days = range(begin // when.DAY, end // when.DAY)
            cumulative += sum(exact.get(day, 0) for day in days)
            off = sum(slack.get(day, 0) for day in days)
            rounded = to_millionth(cumulative)
            parts.append((begin, end, rounded - before, off))
            before = rounded
        return parts

    def percentiles(self):
        """The nearest rank of the steps of each calendar month, for the part of the month that is studied."""
        study = self.study
        rates = self.measured.rates(self.setting)
        each = inputs.amount(self.setting["each"]) * BYTES[inputs.quantity(self.setting["each"])[1]] * MEGABIT
        by_month = defaultdict(list)
        for i, rate in enumerate(rates):
            by_month[when.month_of(study.start + i * study.step)].append(rate * each)
        off = (LOAD_SLACK * self.measured.per_second if self.setting["of"] == "load" else Fraction(1, 10 ** 6)) * each
        found, slack = {}, {}
        for month, values in by_month.items():
            values.sort()
            level = values[math.ceil(Fraction(95 * len(values), 100)) - 1]
            length = when.month_begins(month + 1) - when.month_begins(month)
            if other("percentile-by-hours") and study.hours_per_month != "calendar":
                length = int(study.hours_per_month) * when.HOUR
            begin = max(study.start, when.month_begins(month))
            for day, seconds in by_day(begin, min(study.end, when.month_begins(month + 1))):
                found[day] = level * Fraction(seconds, length)
                slack[day] = off * Fraction(seconds, length)
        return found, slack

    def charge(self, bill):
        months = defaultdict(list)
        for begin, end, quantity, slack in self.quantities():
            months[when.month_of(begin)].append((begin, end, quantity, slack))
        for month, parts in months.items():
            self.charge_month(bill, month, parts)

    def charge_month(self, bill, month, parts):
        allowance = Fraction(0)
        if "included" in self.setting:
            allowance = in_unit(self.study, self.setting["included"], self.per)
            allowance *= self.measured.held_months(self.offer, month)
        least = Fraction(inputs.number(self.setting.get("at_least", "0")))
        measured = charged = Fraction(0)
        if self.per == "Mbps-month" and other("percentile-last-price"):
            parts = [(parts[-1][0], parts[-1][1], sum(part[2] for part in parts), parts[-1][3])]
        if month < when.month_of(self.study.start):
            least = Fraction(0)
        for k, (begin, _, quantity, slack) in enumerate(parts):
            measured += quantity
            until = max(0, measured - allowance)
            if k + 1 == len(parts):
                until = max(until, least)
            charge_slices(bill, self.offer, self.tiers, begin, charged, until,
                          slack + (Fraction(1, 10 ** 6) if allowance else 0))
            charged = until


def charge_slices(bill, offer, tiers, begin, low, high, slack):
    for price, quantity in slices(tiers_in_force(tiers, begin), low, high):
        row = next(tier for tier in tiers if price in tier.prices)
        if row.per == "spend":      # a share has no currency
            unit = price.used(), price.listed
        else:
            unit = price.in_study(bill.study.rates, bill.due(begin))
        bill.usage(row, offer, begin, unit, quantity, slack)


def charge_spend(bill, offer, key, tiers):
    """A share of what is billed by the same provider in each month."""
    study = bill.study
    setting = offer.own("meters", {}).get(key[0], {})
    least = Fraction(inputs.number(setting.get("at_least", "0")))
    first = when.month_of(study.start)
    return [(month, max(bill.spent[offer.provider, month], least if month >= first else 0), tiers)
            for month in range(when.month_of(study.decide_from), bill.last_month + 1)]


def charge_meters(bill, measured, offers):
    """All that is measured, then what is a share of all that was billed."""
    for offer in offers:
        for key, tiers in offer.metered().items():
            if key[1] != "spend":
                Meter(measured, offer, key, tiers).charge(bill)
    shares = [(offer, *of_month) for offer in offers for key, tiers in offer.metered().items()
              if key[1] == "spend" for of_month in charge_spend(bill, offer, key, tiers)]
    for offer, month, spent, tiers in shares:
        begin = max(when.month_begins(month), bill.study.decide_from)
        slack = len({account for (_, of), accounts in bill.accounts.items() if of == month for account in accounts})
        charge_slices(bill, offer, tiers, begin, Fraction(0), spent, Fraction(slack, 10 ** 6) + sum(
            off for (_, of), off in bill.slack.items() if of == month))
