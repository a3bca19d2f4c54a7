"""A site: space, circuits and energy for all servers that stand on it."""
from fractions import Fraction

import inputs
import when


class Site:
    def __init__(self, study, offer, lots):
        """`lots`: (offer, lot) of every server on it."""
        self.study, self.offer, self.lots = study, offer, lots
        self.opens = study.opens(offer)
        self.term_end = offer.term.after(self.opens) if offer.term else self.opens
        self.end = max([lot.end for _, lot in lots] + [self.term_end])

    def number(self, key, default):
        return Fraction(inputs.amount(self.offer.own(key, default)))

    def servers_per_rack(self, offer):
        rack = self.offer.extra["rack"]
        units = inputs.number(rack["units"]) // inputs.number(offer.extra["rack_units"])
        kw = inputs.number(rack["kw"]) * self.number("breaker", "80%")
        return min(int(units), int(kw * 1000 // inputs.number(offer.extra["watts"])))

    def servers_at(self, moment):
        return [(offer, lot.all_servers()) for offer, lot in self.lots if lot.begin <= moment < lot.end]

    def racks(self, servers):
        needed = sum(Fraction(count, self.servers_per_rack(offer)) for offer, count in servers)
        return max(int(self.number("racks", "0")), int(-(-needed // 1)))

    def drawn_kw(self, servers):
        return sum((count * Fraction(inputs.number(offer.extra["watts"])) for offer, count in servers),
                   Fraction(0)) / 1000

    def level(self, per, servers):
        """How much of a unit is paid for so many servers, as (offer, servers)."""
        if per == "rack-month":
            return self.racks(servers)
        if per == "kW-month":
            taken = self.number("take_or_pay", "100%") * self.number("committed_kw", "0")
            return max(taken, self.drawn_kw(servers))
        if per == "kWh":
            return self.drawn_kw(servers) * self.number("pue", "1")
        if per == "cross-connect-month":
            return self.number("cross_connects", "0")
        if per == "month":
            return 1
        raise ValueError(f"charged by what? {per}")

    def anniversaries(self, moment):
        return max(0, when.whole_months(self.opens, moment) // 12)

    def unit(self, bill, row, moment, due, times):
        """The price of the day, with what the anniversaries that are over have added."""
        price = row.price_at(moment).escalated(self.number("escalator", "0% /yr"), times)
        return price.in_study(self.study.rates, due)

    def cuts(self, begin, end):
        """Where servers come and go, and where a year is over."""
        found = {time for _, lot in self.lots for time in (lot.begin, lot.end)}
        return {time for time in found if begin < time < end} | self.years(begin, end)

    def years(self, begin, end):
        return {time for time in (when.add_months(self.opens, 12 * k) for k in range(1, 60)) if begin < time < end}

    def charge(self, bill):
        self.owe(bill)
        begin, end = max(self.opens, self.study.decide_from), min(self.end, self.study.end)
        if begin >= end:
            return
        for row in self.offer.component_rows():
            if row.charged == "held":
                self.charge_held(bill, row, begin, end)
            else:
                self.charge_racks_once(bill, row, begin, end)

    def charge_held(self, bill, row, begin, end):
        cuts = sorted(self.cuts(begin, end) | bill.cuts([row], begin, end) | set(row.changes(begin, end)))
        for start, stop in zip(cuts, cuts[1:]):
            if row.per == "kWh":
                units = Fraction(stop - start, when.HOUR)
            else:
                units = when.months_in(start, stop, self.study.hours_per_month)
            unit = self.unit(bill, row, start, bill.due(start), self.anniversaries(start))
            bill.usage(row, self.offer, start, unit, self.level(row.per, self.servers_at(start)) * units)

    def owe(self, bill):
        """What is left of the contract: what has to be paid although no server stands there."""
        last, study = self.study.end - 1, self.study
        begin, end = max(study.end, self.opens), self.term_end
        held = [row for row in self.offer.component_rows() if row.charged == "held"]
        if begin >= end:
            return
        cuts = sorted({begin, end} | self.years(begin, end))
        for row in held:
            for start, stop in zip(cuts, cuts[1:]):
                unit = self.unit(bill, row, last, last, self.anniversaries(start))
                months = when.months_in(start, stop, study.hours_per_month)
                if row.per != "kWh":
                    bill.obligation(unit[0] * self.level(row.per, ()) * months)

    def charge_racks_once(self, bill, row, begin, end):
        """For every rack when there are so many for the first time; it serves as long as the site."""
        most = self.racks(self.servers_at(self.opens)) if self.opens < begin else 0
        for moment in sorted({begin} | self.cuts(begin, end)):
            racks = self.racks(self.servers_at(moment))
            if racks > most:
                unit = self.unit(bill, row, moment, moment, self.anniversaries(moment))
                bill.purchase(row, self.offer, moment, moment, self.end, [price * (racks - most) for price in unit])
                most = racks
