"""Holds what rackrate wrote against what the oracle reckons."""
import csv
import json
import os
from collections import defaultdict
from fractions import Fraction

import when

MONEY = Fraction(1, 10 ** 4)        # most a sum of money may differ
HOURS = Fraction(1, 10 ** 4)        # and a sum of server-hours: it is written with four decimals
SHARE = Fraction(1, 10 ** 6)


def rows_of(folder, name):
    with open(os.path.join(folder, name), newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


class Comparison:
    def __init__(self, folder):
        self.folder = folder
        self.differences = []
        self.n_compared, self.worst_money = 0, Fraction(0)
        with open(os.path.join(folder, "results.json"), encoding="utf-8") as file:
            self.theirs = json.load(file)
        self.orders = rows_of(folder, "orders.csv")
        self.monthly = rows_of(folder, "monthly.csv")
        self.ledger = rows_of(folder, "ledger.csv")

    def same(self, what, ours, theirs):
        self.n_compared += 1
        if ours != theirs:
            self.differences.append(f"{what}: oracle {ours}, rackrate {theirs}")

    def near(self, what, ours, theirs, most):
        self.n_compared += 1
        apart = abs(Fraction(ours) - Fraction(str(theirs)))
        if most is MONEY:
            self.worst_money = max(self.worst_money, apart)
        if apart > most:
            self.differences.append(f"{what}: oracle {float(ours):.6f}, rackrate {theirs}")

    def strategies(self, results):
        self.same("number of strategies", len(results), len(self.theirs["strategies"]))
        for ours, theirs in zip(results, self.theirs["strategies"]):
            self.strategy(ours, theirs)

    def strategy(self, ours, theirs):
        name = ours.name
        for what, value in (("billed_cost", ours.billed), ("effective_cost", ours.effective),
                            ("horizon_value", ours.bill.horizon), ("unmet_cost", ours.unmet_cost),
                            ("compared_cost", ours.compared)):
            self.near(f"{name}: {what}", value, theirs[what], MONEY)
        service = ours.service
        for what, value in (("need", service.need), ("served", service.served),
                            ("shortfall", service.need - service.served), ("unmet", service.unmet)):
            self.near(f"{name}: {what} server-hours", value / when.HOUR, theirs[f"{what}_server_hours"], HOURS)
        self.same(f"{name}: most in service", service.peak, theirs["peak_servers_in_service"])
        self.share(f"{name}: coverage", service.committed_used, service.need, theirs["coverage"])
        self.share(f"{name}: utilisation", service.committed_used, service.committed, theirs["utilisation"])
        self.same(f"{name}: rank", ours.rank, theirs["rank"])
        self.compare_orders(ours)
        self.compare_months(ours)
        self.compare_ledger(ours)

    def share(self, what, part, whole, theirs):
        if whole == 0 or theirs is None:
            self.same(what, None if whole == 0 else float(part / whole), theirs)
        else:
            self.near(what, part / whole, theirs, SHARE)

    def compare_orders(self, ours):
        mine = []
        for order in ours.orders:
            lots = order.lots
            mine.append((order.offer.name, str(order.servers), when.shown(order.ordered),
                         when.shown(min(lot.begin for lot in lots)), when.shown(max(lot.begin for lot in lots)),
                         when.shown(max(lot.end for lot in lots)), order.reason))
        columns = ("offer", "servers", "ordered", "first_in_service", "last_in_service", "ends", "reason")
        theirs = [tuple(row[column] for column in columns) for row in self.orders
                  if row["strategy"] == ours.name and row["reason"] != "follows need"]
        mine, theirs = sorted(mine), sorted(theirs)
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
            row = theirs.get((name, month), {"billed_cost": "0", "effective_cost": "0"})
            key = name, int(month[:4]) * 12 + int(month[5:]) - 1
            what = f"{ours.name}: {name} in {month}"
            self.near(f"{what}, billed", ours.bill.billed.get(key, 0), row["billed_cost"], MONEY)
            self.near(f"{what}, effective", ours.bill.effective.get(key, 0), row["effective_cost"], MONEY)

    def compare_ledger(self, ours):
        sums = defaultdict(Fraction)
        for row in self.ledger:
            if row["x_Strategy"] != ours.name:
                continue
            if row["x_HorizonValue"] == "true":
                sums["horizon"] -= Fraction(row["BilledCost"])
                continue
            key = row["x_Component"], when.month_of(when.at(row["BillingPeriodStart"]))
            sums["billed", key] += Fraction(row["BilledCost"])
            sums["effective", key] += Fraction(row["EffectiveCost"])
        self.near(f"{ours.name}: horizon value of the ledger", ours.bill.horizon, sums.pop("horizon", 0), MONEY)
        for what, mine in (("billed", ours.bill.billed), ("effective", ours.bill.effective)):
            keys = set(mine) | {key[1] for key in sums if key[0] == what}
            for key in sorted(keys):
                self.near(f"{ours.name}: ledger, {what}, {key[0]} in {when.month_name(key[1])}",
                          mine.get(key, 0), sums.get((what, key), 0), MONEY)
