"""Holds what rackrate wrote against what the oracle reckons."""
import csv
import json
import os
from collections import defaultdict
from fractions import Fraction

import when

# How far two sums may be apart.
MILLIONTH = Fraction(1, 10 ** 6)    # each charge is rounded to a millionth
SUMS = Fraction(1, 10 ** 4)         # discount factors are not exact
HOURS = Fraction(1, 10 ** 4)        # server-hours are written with four decimals
SHARE = Fraction(1, 10 ** 6)        # coverage and utilisation with six
# The load of a step is kept in millionths of a server, and so is what its servers carry.
UNMET = Fraction(15, 10 ** 7)
SECOND = Fraction(1, 3600) + Fraction(1, 10 ** 6)
# Launches one after the other are in service for whole server-seconds in each step. Capacity and idle
# time may also differ by the time of those who are launched ahead of the step that wants them.
LAUNCHES = Fraction(1, 3600)


# The column in which the ledger says whether a commitment was used.
STATUS = "CommitmentDiscountStatus"


def rows_of(folder, name):
    with open(os.path.join(folder, name), newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def tolerance(bill, key):
    """Every account may be off by a millionth, as the difference of two rounded amounts; and by what is not
    defined so closely."""
    return len(bill.accounts[key]) * MILLIONTH + bill.slack[key]


def whole_tolerance(bill):
    """Of a sum over all months an account is off by half a millionth at its end."""
    accounts = {(key[0], account) for key, each in bill.accounts.items() for account in each}
    return (len(accounts) + 1) * MILLIONTH + sum(bill.slack.values())


def sides_of(bill):
    return [("billed", bill.billed), ("effective", bill.effective), ("list", bill.listed)]


class Comparison:
    def __init__(self, folder):
        self.folder = folder
        self.differences = []
        self.n_compared = 0
        with open(os.path.join(folder, "results.json"), encoding="utf-8") as file:
            self.theirs = json.load(file)
        self.orders = rows_of(folder, "orders.csv")
        self.monthly = rows_of(folder, "monthly.csv")
        self.ledger = rows_of(folder, "ledger.csv")
        self.summary = rows_of(folder, "summary.csv")
        self.bursts = rows_of(folder, "bursts.csv")

    def same(self, what, ours, theirs):
        self.n_compared += 1
        if ours != theirs:
            self.differences.append(f"{what}: oracle {ours}, rackrate {theirs}")

    def near(self, what, ours, theirs, most):
        self.n_compared += 1
        apart = abs(Fraction(ours) - Fraction(str(theirs)))
        if apart > most:
            self.differences.append(f"{what}: oracle {float(ours):.6f}, rackrate {theirs}")

    def strategies(self, study, results):
        self.same("number of strategies", len(results), len(self.theirs["strategies"]))
        for ours, theirs in zip(results, self.theirs["strategies"]):
            self.strategy(study, ours, theirs)
            self.compare_orders(ours)
            self.compare_months(ours)
            self.compare_ledger(ours)
            self.compare_bursts(ours)
        self.compare_ranks(results)

    def strategy(self, study, ours, theirs):
        name, service = ours.name, ours.service
        queued = ahead = 0
        if ours.following:
            queued = len(ours.following.queued_steps()) * LAUNCHES * ours.following.offer.equals
            ahead = ours.following.seconds_ahead() * ours.following.offer.equals / Fraction(when.HOUR)
        hours = HOURS + queued
        lost = HOURS + queued + (study.end - study.start) / Fraction(when.HOUR) * UNMET if service.unmet else HOURS
        self.unmet_tolerance = lost
        money = whole_tolerance(ours.bill)
        unmet_money = money + SUMS + (lost - HOURS) * ours.unmet_price
        for what, value, most in (("billed_cost", ours.billed, money), ("effective_cost", ours.effective, money),
                                  ("list_cost", ours.listed, money),
                                  ("horizon_value", ours.bill.horizon, money),
                                  ("unmet_cost", ours.unmet_cost, unmet_money),
                                  ("compared_cost", ours.compared, unmet_money)):
            self.near(f"{name}: {what}", value, theirs[what], most)
        summary = next(row for row in self.summary if row["strategy"] == name)
        for what, value, most in (("need", service.need, HOURS), ("served", service.served, hours),
                                  ("shortfall", service.need - service.served, hours),
                                  ("capacity", service.capacity, hours + ahead),
                                  ("idle", service.capacity - service.served, hours + ahead),
                                  ("unmet", service.unmet, lost)):
            self.near(f"{name}: {what} server-hours", Fraction(value) / when.HOUR, summary[f"{what}_server_hours"], most)
        self.same(f"{name}: most in service", service.peak, theirs["peak_servers_in_service"])
        self.share(f"{name}: coverage", service.committed_used, service.need, theirs["coverage"])
        self.share(f"{name}: utilisation", service.committed_used, service.committed, theirs["utilisation"])

    def compare_ranks(self, results):
        """Ranks follow the compared costs; where these are as good as equal either order will do."""
        for ours, theirs in zip(results, self.theirs["strategies"]):
            for other, their_other in zip(results, self.theirs["strategies"]):
                if ours.rank is None or theirs["rank"] is None:
                    self.same(f"{ours.name}: rank", ours.rank, theirs["rank"])
                elif other.compared - ours.compared > 1:
                    self.same(f"{ours.name} ranks before {other.name}", True, theirs["rank"] < their_other["rank"])

    def share(self, what, part, whole, theirs):
        if whole == 0 or theirs is None:
            self.same(what, None if whole == 0 else float(Fraction(part) / whole), theirs)
        else:
            self.near(what, Fraction(part) / whole, theirs, SHARE)

    def compare_bursts(self, ours):
        """A launch is there from the next whole second on. One that is so late at the begin of a later step puts
        full service off, which is no difference while the time short is the same."""
        theirs = [row for row in self.bursts if row["strategy"] == ours.name]
        self.same(f"{ours.name}: bursts", len(ours.bursts), len(theirs))
        for mine, row in zip(ours.bursts, theirs):
            what = f"{ours.name}: {row['burst']} from {row['from']}"
            steps_queued = len(ours.following.queued_steps()) if ours.following else 0
            for key, seconds in (("first_server_hours", mine.first), ("full_service_hours", mine.full)):
                if key == "full_service_hours" and steps_queued > 1 and seconds is not None and row[key] != "never":
                    continue
                if seconds is None or row[key] == "never":
                    self.same(f"{what}: {key}", "never" if seconds is None else float(seconds) / when.HOUR, row[key])
                else:
                    self.near(f"{what}: {key}", Fraction(seconds) / when.HOUR, row[key], SECOND)
            self.near(f"{what}: short", Fraction(mine.short) / when.HOUR, row["short_hours"],
                      SECOND * (1 + steps_queued))
            self.same(f"{what}: most short", str(mine.most_short), row["most_servers_short"])
            self.near(f"{what}: unmet", Fraction(mine.unmet) / when.HOUR, row["unmet_server_hours"],
                      self.unmet_tolerance)

    def compare_orders(self, ours):
        mine = []
        for order in ours.orders:
            lots = order.lots
            mine.append((order.offer.name, str(order.servers), when.shown(order.ordered),
                         when.shown(min(lot.begin for lot in lots)), when.shown(max(lot.begin for lot in lots)),
                         when.shown(max(lots, key=lambda lot: lot.begin).end), order.reason))
        columns = ("offer", "servers", "ordered", "first_in_service", "last_in_service", "ends", "reason")
        theirs = [tuple(row[column] for column in columns) for row in self.orders
                  if row["strategy"] == ours.name and row["reason"] != "follows need"]
        spot = {order.offer.name for order in ours.orders if order.offer.kind == "spot"}
        # Into how many orders spot is cut does not matter.
        mine, theirs = (sorted(row for row in rows if row[0] not in spot) for rows in (mine, theirs))
        self.n_compared += max(len(mine), len(theirs))
        for row in sorted(set(mine) - set(theirs)):
            self.differences.append(f"{ours.name}: rackrate lacks the order {' '.join(row)}")
        for row in sorted(set(theirs) - set(mine)):
            self.differences.append(f"{ours.name}: the oracle lacks the order {' '.join(row)}")
        if len(mine) != len(theirs) and set(mine) == set(theirs):
            self.differences.append(f"{ours.name}: {len(mine)} and {len(theirs)} orders")
        if ours.following:
            followed = [row["servers"] for row in self.orders
                        if row["strategy"] == ours.name and row["reason"] == "follows need"]
            self.same(f"{ours.name}: most that follow", [str(ours.following.most)], followed)

    def compare_months(self, ours):
        theirs = {(row["component"], row["month"]): row for row in self.monthly if row["strategy"] == ours.name}
        mine = {(name, when.month_name(month)) for name, month in (*ours.bill.billed, *ours.bill.effective)}
        for name, month in sorted(mine | set(theirs)):
            row = theirs.get((name, month), {})
            key = name, int(month[:4]) * 12 + int(month[5:]) - 1
            what, most = f"{ours.name}: {name} in {month}", tolerance(ours.bill, key)
            for side, sums in sides_of(ours.bill):
                self.near(f"{what}, {side}", sums.get(key, 0), row.get(f"{side}_cost", "0"), most)

    def compare_ledger(self, ours):
        sums = defaultdict(Fraction)
        for row in self.ledger:
            if row["x_Strategy"] != ours.name:
                continue
            if row["x_HorizonValue"] == "true":
                sums["horizon"] -= Fraction(row["BilledCost"])
                continue
            key = row["x_Component"], when.month_of(when.at(row["BillingPeriodStart"]))
            for side, column in (("billed", "BilledCost"), ("effective", "EffectiveCost"), ("list", "ListCost")):
                sums[side, key] += Fraction(row[column])
            status = row.get(STATUS)
            if status:
                sums[status, key] += Fraction(row["EffectiveCost"])
        self.near(f"{ours.name}: horizon value of the ledger", ours.bill.horizon, sums.pop("horizon", 0),
                  whole_tolerance(ours.bill))
        sides = sides_of(ours.bill)
        if self.ledger and STATUS in self.ledger[0]:
            sides += [(status, {key: parts[k] for key, parts in ours.split.items()})
                      for k, status in enumerate(("Used", "Unused"))]
        for what, mine in sides:
            keys = set(mine) | {key[1] for key in sums if key[0] == what}
            for key in sorted(keys):
                self.near(f"{ours.name}: ledger, {what}, {key[0]} in {when.month_name(key[1])}",
                          mine.get(key, 0), sums.get((what, key), 0), tolerance(ours.bill, key))
