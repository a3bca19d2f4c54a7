"""A study in memory: what stands in its files; what rackrate reports of it."""
import copy
import csv
import datetime
import json
import os
import shutil
import subprocess
from decimal import Decimal

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.join(ROOT, os.environ.get("RACKRATE", "build/release/rackrate"))
TIME_LIMIT_SECONDS = 120
PRICE_COLUMNS = ("offer,kind,provider,region,item,vcpu,memory_gib,term,increment,minimum,discounts,component,"
                 "charged,per,price,currency,tier_from,follows,effective_from,effective_to,source").split(",")
STAGE_COLUMNS = "process,stage,each,low,mode,high,crew,workers,draw,hours,source".split(",")
RATE_COLUMNS = "currency,rate,effective_from,source".split(",")
DAY = datetime.timedelta(days=1)


class Refused(Exception):
    """rackrate did not end with status 0."""


def shown(time):
    return time.strftime("%Y-%m-%d %H:%M") if time.hour or time.minute else time.strftime("%Y-%m-%d")


def parsed(text):
    text = text.replace("T", " ").rstrip("Z")
    return datetime.datetime.strptime(text, "%Y-%m-%d %H:%M:%S"[:{10: 8, 16: 14, 19: 17}[len(text)]])


class Study:
    """`top`, `workload`, `offers`, `existing`, `strategies`: parts of study.yml. `prices`, `stages`, `rates`,
    `trace`: rows of its tables."""

    def __init__(self):
        self.top, self.workload, self.offers, self.existing, self.strategies = {}, {}, {}, [], []
        self.prices, self.stages, self.rates = [], [], []
        self.trace, self.trace_columns, self.comment = [], ["time", "value"], ""
        self.start = self.end = self.decide_from = None

    def copy(self):
        return copy.deepcopy(self)

    def text(self):
        lines = []
        tree = {"study": self.top, "prices": ["prices.csv"], "lead_times": ["lead-times.csv"],
                "workloads": [self.workload], "offers": self.offers, "existing": self.existing,
                "strategies": self.strategies}
        if self.rates:
            tree["study"] = self.top | {"exchange_rates": ["rates.csv"]}
        for key, value in tree.items():
            if key in ("existing", "offers") and not value or key == "lead_times" and not self.stages:
                continue
            lines.append(f"{key}:")
            if isinstance(value, dict):
                lines += [f"  {json.dumps(name)}: {json.dumps(part)}" for name, part in value.items()]
            else:
                lines += [f"  - {json.dumps(part)}" for part in value]
        return (f"\n{self.comment}\n".join(lines) if self.comment else "\n".join(lines)) + "\n"

    def write(self, folder):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        with open(os.path.join(folder, "study.yml"), "w", encoding="utf-8") as file:
            file.write(self.text())
        for name, columns, rows in (("prices.csv", PRICE_COLUMNS, self.prices), ("rates.csv", RATE_COLUMNS, self.rates),
                                    ("lead-times.csv", STAGE_COLUMNS, self.stages)):
            if rows:
                with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
                    writer = csv.DictWriter(file, columns, lineterminator="\n")
                    writer.writeheader()
                    writer.writerows(rows)
        with open(os.path.join(folder, "trace.csv"), "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([self.trace_columns] + self.trace)

    def used_offers(self, strategy):
        """Ids of the offers that a strategy pays."""
        found = [layer["offer"] for layer in strategy["layers"]] + strategy.get("services", [])
        return found + [self.offers[name]["site"] for name in found if "site" in self.offers.get(name, {})]

    def rows_of(self, name):
        return [row for row in self.prices if row["offer"] == name]


def millionths(text):
    return int(Decimal(text).scaleb(6)) if text else 0


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Report:
    """What was written for a study; amounts in whole millionths."""

    def __init__(self, folder):
        self.folder = folder
        with open(os.path.join(folder, "results.json"), encoding="utf-8") as file:
            self.results = {each["name"]: each for each in json.load(file)["strategies"]}
        self.summary = {row["strategy"]: row for row in read_csv(os.path.join(folder, "summary.csv"))}
        self.monthly = {}
        for row in read_csv(os.path.join(folder, "monthly.csv")):
            self.monthly[row["strategy"], row["month"], row["component"]] = [
                millionths(row[f"{kind}_cost"]) for kind in ("billed", "effective", "list")]
        self.orders = read_csv(os.path.join(folder, "orders.csv"))
        self.ledger = read_csv(os.path.join(folder, "ledger.csv"))
        for row in self.ledger:
            row["amounts"] = [millionths(row[f"{kind}Cost"]) for kind in ("Billed", "Effective", "List")]

    def money(self, name, key):
        return millionths(self.results[name][f"{key}_cost" if key != "horizon_value" else key])

    def component(self, name, component, kind=0):
        """Billed (0), effective (1) or list (2) cost of a component over all months."""
        return sum(amounts[kind] for (strategy, _, other), amounts in self.monthly.items()
                   if strategy == name and other == component)

    def orders_of(self, name, offer=None):
        return [row for row in self.orders if row["strategy"] == name and offer in (None, row["offer"])]


def run(study, folder, *options, **environment):
    """Writes the study into a folder, runs it and reads its report."""
    study.write(folder)
    return run_again(folder, "report", *options, **environment)


def run_again(folder, out, *options, **environment):
    path = os.path.join(folder, "study.yml")
    command = [PROGRAM, "run", path, "-o", os.path.join(folder, out), "--only", "csv,json", "-q", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIME_LIMIT_SECONDS, check=False,
                          env=os.environ | environment)
    if done.returncode != 0:
        raise Refused(f"rackrate ended with {done.returncode}: {done.stderr.strip()[:2000]}")
    return Report(os.path.join(folder, out))
