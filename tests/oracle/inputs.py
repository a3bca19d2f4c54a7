"""Reads a study with its price tables, lead times and traces. Believes them: rackrate has checked them."""
import csv
import os
import re
from fractions import Fraction

import hours
import when

SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86400, "w": 604800}


def whole(value):
    """An int where a number is one: the same number, but quicker."""
    return int(value) if value.denominator == 1 else value


def number(text):
    return whole(Fraction(str(text).strip()))


def quantity(text):
    """The number, unit and unit below the line of `8% /yr`, `200 /s`, `5000 servers`."""
    found = re.fullmatch(r"\s*(-?[\d.]+)\s*([a-z%]*)\s*(?:/\s*([a-z-]+))?\s*", str(text))
    return Fraction(found[1]) / (100 if found[2] == "%" else 1), found[2], found[3]


def amount(text):
    return quantity(text)[0]


def duration(text):
    value, unit, _ = quantity(text)
    return whole(value * SECONDS[unit])


def per_second(text):
    value, _, below = quantity(text)
    return value / SECONDS[below]


class Term:
    """`12 mo` is calendar months, `1 yr` 8,760 hours."""

    def __init__(self, text):
        value, self.unit, _ = quantity(text)
        self.count = int(value)

    def after(self, begin, sign=1):
        if self.unit == "yr":
            return begin + sign * self.count * 8760 * when.HOUR
        return when.add_months(begin, sign * self.count)


class Component:
    """One price row of an offer through time."""

    def __init__(self, row):
        self.name, self.charged, self.per = row["component"], row["charged"], row["per"]
        self.follows = row["follows"]
        self.prices = []

    def add(self, row):
        price = Fraction(0 if row["price"] == "free" else row["price"])
        self.prices.append((when.at(row["effective_from"]), price))
        self.prices.sort()

    def first_day(self):
        return self.prices[0][0]

    def price_at(self, moment):
        """In force on the day; the first price before there was one, the last for ever."""
        price = self.prices[0][1]
        for begin, value in self.prices:
            if begin <= moment:
                price = value
        return price

    def stretches(self, begin, end):
        """(begin, end, price) of an interval, cut where the price changes."""
        cuts = [begin] + [day for day, _ in self.prices if begin < day < end] + [end]
        for start, stop in zip(cuts, cuts[1:]):
            yield start, stop, self.price_at(start)

    def follows_order(self):
        if self.follows:
            return self.follows == "order"
        return self.charged != "running"


class Offer:
    def __init__(self, row, extra, server_vcpu):
        self.name, self.kind = row["offer"], row["kind"]
        self.discounts = row["discounts"]
        self.increment = int(duration(row["increment"])) if row["increment"] else 0
        self.components = {}
        self.extra = extra
        term = extra.get("useful_life") if self.kind == "colocation" else row["term"]
        self.term = Term(term) if term else None
        if "equals" in extra:
            self.equals = number(extra["equals"])
        elif row["vcpu"] and server_vcpu:
            self.equals = whole(Fraction(number(row["vcpu"])) / number(server_vcpu))
        else:
            self.equals = 1

    def component_rows(self):
        return list(self.components.values())

    def first_priced_day(self):
        return max(component.first_day() for component in self.component_rows())

    def own(self, key, default=None):
        return self.extra.get(key, default)

    def servers_per_rack(self):
        units = int(self.extra["rack"]["units"]) // int(self.extra["rack_units"])
        power = number(self.extra["rack"]["kw"]) * 1000 // number(self.extra["watts"])
        return min(units, int(power))

    def servers_per_admin(self):
        return int(self.extra["servers_per_admin"])

    def capacity(self, servers):
        """Reference servers that so many servers stand for."""
        return int(servers * self.equals // 1)

    def servers_for(self, level):
        """The fewest servers that stand for a level."""
        return int(-(-level // self.equals)) if level > 0 else 0


def table(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class Study:
    def __init__(self, tree, folder):
        top = tree["study"]
        self.folder = folder
        self.start = when.at(top["start"])
        self.end = when.at(top["end"]) if "end" in top else when.add_months(self.start, int(top["months"]))
        self.decide_from = when.at(top.get("decide_from", top["start"]))
        self.step = int(duration(top["step"]))
        self.discount_rate = amount(top.get("discount_rate", "0 /yr"))
        self.hours_per_month = str(top.get("hours_per_month", "calendar"))
        self.at_end = top.get("at_end", "pro-rata")
        self.workload = tree["workloads"][0]
        self.n_steps = -(-(self.end - self.start) // self.step)
        self.trace = table(self.path(self.workload["trace"]))
        self.offers = self.read_offers(tree)
        self.processes = self.read_processes(tree)
        self.calendars = {}
        for name in tree.get("calendars") or []:
            for row in table(self.path(name)):
                self.calendars.setdefault(row["calendar"], hours.Calendar()).add(row)
        self.existing = tree.get("existing") or []
        self.strategies = tree["strategies"]

    def path(self, name):
        return os.path.join(self.folder, name)

    def read_offers(self, tree):
        offers = {}
        extras = tree.get("offers") or {}
        for name in tree["prices"]:
            for row in table(self.path(name)):
                row = {key: (row.get(key) or "").strip() for key in
                       ("offer", "kind", "vcpu", "term", "increment", "discounts", "component", "charged",
                        "per", "price", "follows", "effective_from")}
                if row["offer"] not in offers:
                    extra = extras.get(row["offer"], {})
                    offers[row["offer"]] = Offer(row, extra, self.workload.get("server_vcpu"))
                rows = offers[row["offer"]].components
                key = row["component"], row["per"]
                rows.setdefault(key, Component(row)).add(row)
        return offers

    def read_processes(self, tree):
        processes = {}
        for name in tree.get("lead_times") or []:
            for row in table(self.path(name)):
                processes.setdefault(row["process"], []).append(row)
        return processes
