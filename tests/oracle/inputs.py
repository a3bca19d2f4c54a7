"""Reads a study with its price tables, lead times and traces. Believes them: rackrate has checked them."""
import csv
import os
import re
from fractions import Fraction

import hours
import when
from prices import Component, Discounts, Rates, matches
from readings import other

SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86400, "w": 604800}


def buyers(strategies):
    """A strategy for each buyer that is listed: who knows all, who forecasts, who knows nothing."""
    for strategy in strategies:
        knows = strategy.get("knows", "all")
        if isinstance(knows, str):
            yield strategy
        for word in ("all", "forecast", "nothing"):
            if not isinstance(knows, str) and word in knows:
                name = strategy["name"] if len(knows) == 1 else f"{strategy['name']} (knows {word})"
                yield strategy | {"name": name, "knows": word}


def whole(value):
    """An int where a number is one: the same number, but quicker."""
    return int(value) if value.denominator == 1 else value


def number(text):
    return whole(Fraction(str(text).strip()))


def quantity(text):
    """The number, unit and unit below the line of `8% /yr`, `200 /s`, `5000 servers`."""
    found = re.fullmatch(r"\s*(-?[\d.]+)\s*([A-Za-z%]*)\s*(?:/\s*([a-z-]+))?\s*", str(text))
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


class Offer:
    def __init__(self, row, extra, server_vcpu):
        self.name, self.kind, self.provider = row["offer"], row["kind"], row["provider"]
        self.discounts = row["discounts"]
        self.increment = int(duration(row["increment"])) if row["increment"] else 0
        self.components = {}
        self.extra = extra
        term = extra.get("useful_life") if self.kind == "colocation" else row["term"]
        self.term = Term(term) if term else None
        self.renewal_term = Term(extra["then"]) if "then" in extra else self.term
        self.calendar = extra.get("billing", "anniversary") == "calendar"
        if "equals" in extra:
            self.equals = number(extra["equals"])
        elif row["vcpu"] and server_vcpu:
            self.equals = whole(Fraction(number(row["vcpu"])) / number(server_vcpu))
        else:
            self.equals = 1

    def is_commitment(self):
        return self.kind in ("reserved", "savings-plan")

    def add_row(self, row, off):
        key = row["component"], row["charged"], row["per"], Fraction(row["tier_from"] or 0)
        self.components.setdefault(key, Component(self, row)).add(row, off)

    def component_rows(self):
        """What is not metered."""
        return [component for component in self.components.values() if component.charged != "metered"]

    def metered(self):
        """(component, unit) -> its tiers, the lowest first."""
        found = {}
        for component in self.components.values():
            if component.charged == "metered":
                found.setdefault((component.name, component.per), []).append(component)
        return {key: sorted(tiers, key=lambda tier: tier.tier) for key, tiers in found.items()}

    def first_priced_day(self):
        """The first day on which every component has a price; of tiers the lowest counts."""
        return max(component.first_day() for component in self.components.values() if component.tier == 0)

    def term_end(self, begin, renewal=False):
        """`billing: calendar`: a term of months ends with its last calendar month, the first one counted."""
        term = self.renewal_term if renewal else self.term
        if self.calendar and term.unit == "mo":
            return when.month_begins(when.month_of(begin) + term.count)
        return term.after(begin)

    def contract_months(self, begin, end):
        """(due, until) of every month of a contract that is begun before it ends."""
        months, due = 0, begin
        while due < end:
            if self.calendar:
                until = when.month_begins(when.month_of(begin) + months + 1)
            else:
                until = when.add_months(begin, months + 1)
            yield due, until
            due, months = until, months + 1

    def spares(self, servers):
        """Spares for the first so many servers of an order."""
        return int(-(-servers * amount(self.extra.get("spares", "0%")) // 1))

    def resale_share(self, begin, moment):
        """What share of its price a server is worth: a straight line in months between the given ages."""
        age = when.age_in_months(begin, moment)
        if other("age-by-life"):
            age = Fraction((moment - begin) * self.term.count, self.term.after(begin) - begin)
        before, share_before = 0, Fraction(1)
        for step in self.extra["resale"]:
            at, share = Term(step["age"]).count, amount(step["share"])
            if age <= at:
                return share_before + (share - share_before) * (age - before) / (at - before)
            before, share_before = at, share
        return share_before

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
        self.binary = top.get("data_units", "decimal") == "binary"
        self.due_with_order = top.get("purchases_due", "delivery") == "order"
        self.arrears = top.get("usage_due", "month") == "next-month"
        self.tax = amount(top.get("tax", "0%"))
        self.capital = top.get("capex") or []
        self.currency = top["currency"]
        rates = [row for name in top.get("exchange_rates") or [] for row in table(self.path(name))]
        self.rates = Rates(self.currency, rates)
        self.negotiated = Discounts(top.get("discounts") or [], amount)
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
        self.strategies = list(buyers(tree["strategies"]))

    def path(self, name):
        return os.path.join(self.folder, name)

    def read_offers(self, tree):
        offers = {}
        for name in tree["prices"]:
            for row in table(self.path(name)):
                row = {key: (row.get(key) or "").strip() for key in
                       ("offer", "kind", "provider", "vcpu", "term", "increment", "discounts", "component", "charged",
                        "per", "price", "currency", "tier_from", "follows", "effective_from", "effective_to")}
                if row["offer"] not in offers:
                    extra = settings_of(tree.get("offers") or {}, row["offer"])
                    offers[row["offer"]] = Offer(row, extra, self.workload.get("server_vcpu"))
                off = self.negotiated.off(row["offer"], row["provider"], row["component"])
                offers[row["offer"]].add_row(row, off)
        return offers

    def read_processes(self, tree):
        processes = {}
        for name in tree.get("lead_times") or []:
            for row in table(self.path(name)):
                processes.setdefault(row["process"], []).append(row)
        return processes

    def price(self, component, moment):
        """What is used in a decision: the price and the rate of the moment."""
        return component.price_at(moment).in_study(self.rates, moment)[0]

    def site_of(self, offer):
        return self.offers[offer.extra["site"]] if "site" in offer.extra else None

    def opens(self, offer):
        """When the space of a site is delivered."""
        return when.at(offer.extra["from"]) if "from" in offer.extra else self.decide_from


def settings_of(offers, name):
    """What is said of an offer: by id wins over by pattern."""
    found = {}
    for selector, extra in offers.items():
        if selector.startswith("/") and matches(selector, name):
            found |= extra
    return found | offers.get(name, {})
