"""What a price is: list price, negotiated discount, rate of exchange, escalator."""
import re
from fractions import Fraction

import when

MILLION = 10 ** 6


def to_millionth(value):
    """To six decimals, half to even."""
    return Fraction(round(value * MILLION), MILLION)


def matches(selector, offer):
    """An offer id or a /pattern/."""
    if selector.startswith("/"):
        return re.search(selector[1:-1], offer) is not None
    return selector == offer


class Discounts:
    """What was negotiated; the last entry that matches wins."""

    def __init__(self, entries, share):
        self.entries = [(entry, share(entry["off"])) for entry in entries]

    def off(self, offer, provider, component):
        found = Fraction(0)
        for entry, share in self.entries:
            if "provider" in entry and entry["provider"] != provider:
                continue
            if "offer" in entry and not matches(entry["offer"], offer):
                continue
            if entry.get("component", component) == component:
                found = share
        return found


class Rates:
    """Study currency for one of another, by day."""

    def __init__(self, own, rows):
        self.own, self.rates = own, {}
        for row in rows:
            rate = when.at(row["effective_from"]), Fraction(row["rate"].strip())
            self.rates.setdefault(row["currency"].strip(), []).append(rate)
        for rates in self.rates.values():
            rates.sort()

    def at(self, currency, moment):
        if currency == self.own:
            return 1
        known = [rate for begin, rate in self.rates[currency] if begin <= moment]
        if not known:
            raise ValueError(f"no rate for {currency} on {when.shown(moment)}")
        return known[-1]

    def changes(self, currency, begin, end):
        if currency == self.own:
            return []
        return [day for day, _ in self.rates[currency] if begin < day < end]


class Price:
    """One row of a price table: valid from a day, until a day or for ever."""

    def __init__(self, begins, ends, listed, currency, off):
        self.begins, self.ends, self.listed, self.currency, self.off = begins, ends, listed, currency, off

    def used(self):
        """In its own currency."""
        return self.listed * (1 - self.off)

    def in_study(self, rates, due):
        """(used, listed) in the currency of the study on the day when it falls due."""
        rate = rates.at(self.currency, due)
        return self.used() * rate, self.listed * rate

    def escalated(self, share, times):
        """The list price after so many anniversaries, rounded at each."""
        listed = self.listed
        for _ in range(times):
            listed = to_millionth(listed * (1 + share))
        return Price(self.begins, self.ends, listed, self.currency, self.off)


class Component:
    """The rows of one offer, component, unit and tier through time."""

    def __init__(self, offer, row):
        self.offer = offer
        self.name, self.charged, self.per = row["component"], row["charged"], row["per"]
        self.follows = row["follows"]
        self.tier = Fraction(row["tier_from"] or 0)
        self.prices = []

    def add(self, row, off):
        listed = Fraction(0 if row["price"] == "free" else row["price"])
        ends = when.at(row["effective_to"]) if row["effective_to"] else None
        self.prices.append(Price(when.at(row["effective_from"]), ends, listed, row["currency"], off))
        self.prices.sort(key=lambda price: price.begins)

    def first_day(self):
        return self.prices[0].begins

    def price_at(self, moment):
        """In force on the day; the first price before there was one, the last for ever."""
        found = self.prices[0]
        for price in self.prices:
            if price.begins <= moment:
                found = price
        return found

    def changes(self, begin, end):
        return [price.begins for price in self.prices if begin < price.begins < end]

    def follows_order(self):
        if self.follows:
            return self.follows == "order"
        if self.charged == "running":
            return self.offer.is_commitment()
        return self.charged != "metered" and self.offer.kind not in ("service", "site")


def tiers_in_force(tiers, moment):
    """[(bound, price)] of the rows that have begun and not ended; where none is left those that ended
    last hold on, and before the first the first rows are taken."""
    begun = [(tier.tier, price) for tier in tiers for price in tier.prices if price.begins <= moment]
    if not begun:
        first = min(tier.first_day() for tier in tiers)
        begun = [(tier.tier, price) for tier in tiers for price in tier.prices if price.begins == first]
    latest = {}
    for bound, price in sorted(begun, key=lambda each: each[1].begins):
        latest[bound] = price
    valid = {bound: price for bound, price in latest.items() if price.ends is None or price.ends > moment}
    if not valid:
        last = max(price.ends for price in latest.values())
        valid = {bound: price for bound, price in latest.items() if price.ends == last}
    return sorted(valid.items())


def tier_changes(tiers, begin, end):
    """Days on which another price or tier comes into force or ends."""
    days = {day for tier in tiers for price in tier.prices for day in (price.begins, price.ends) if day is not None}
    return sorted(day for day in days if begin < day < end)


def slices(tiers, begin, end):
    """(price, quantity) of the part [begin, end) of a month's quantity, cut at the tiers."""
    for (bound, price), (above, _) in zip(tiers, tiers[1:] + [(None, None)]):
        low = max(begin, bound)
        high = end if above is None else min(end, above)
        if high > low:
            yield price, high - low
