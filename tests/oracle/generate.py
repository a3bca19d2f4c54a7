"""Random small studies: the same number gives the same study for ever."""
import csv
import io
import random

import when
from features import apply_features

PRICE_COLUMNS = ("offer,kind,provider,region,item,vcpu,memory_gib,term,increment,minimum,discounts,component,"
                 "charged,per,price,currency,tier_from,follows,effective_from,effective_to,source").split(",")
CALENDAR_COLUMNS = "calendar,weekdays,from,to,holidays,source".split(",")
STAGE_COLUMNS = "process,stage,each,low,mode,high,p10,p50,p90,crew,workers,draw,hours,source".split(",")

FIRST_WITH_HOURS = 200  # the studies before are those that were there before working calendars were


def csv_text(columns, rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def day(seconds):
    return when.shown(seconds)[:10]


class Maker:
    """One random study: `tree`, what stands in study.yml, and `files`, what it reads."""

    def __init__(self, seed, features=()):
        self.dice = random.Random(f"rackrate oracle {seed}")
        self.files, self.prices, self.stages = {}, [], []
        self.keeps_hours, self.tree_calendars = seed >= FIRST_WITH_HOURS, []
        self.extras, self.first_days = {}, {}
        dice = self.dice
        self.start = when.at(f"{dice.choice((2013, 2014, 2015, 2016))}-01-01") + dice.randrange(365) * when.DAY
        if dice.random() < 0.2:
            self.start = when.at(dice.choice(("2014-01-31", "2015-12-31", "2016-02-29", "2013-08-31")))
        self.step = dice.choice(("1 h",) * 7 + ("30 min", "15 min", "5 min"))
        self.step_seconds = {"1 h": 3600, "30 min": 1800, "15 min": 900, "5 min": 300}[self.step]
        days = dice.randrange(3, {"1 h": 65, "30 min": 25, "15 min": 15, "5 min": 6}[self.step])
        self.end = self.start + days * when.DAY
        self.decide_from = self.start - dice.choice((0, 0, 1, 7, 20, 45, 61)) * when.DAY
        top = {"title": f"Random study {seed}", "start": day(self.start), "currency": "USD", "step": self.step}
        if dice.random() < 0.4 and self.step == "1 h":
            months = dice.choice((1, 1, 2, 3))
            top["months"], self.end = str(months), when.add_months(self.start, months)
        else:
            top["end"] = day(self.end)
        if self.decide_from < self.start:
            top["decide_from"] = day(self.decide_from)
        if dice.random() < 0.7:
            top["discount_rate"] = dice.choice(("8% /yr", "12.5% /yr", "100% /yr"))
        top["hours_per_month"] = dice.choice(("calendar", "calendar", "730", "720"))
        top["at_end"] = dice.choice(("pro-rata", "pro-rata", "full"))
        self.tree = {"study": top, "prices": ["prices.csv"], "lead_times": ["lead-times.csv"],
                     "workloads": [self.workload()]}
        names = self.make_offers()
        existing = [self.make_existing(name) for name in names["committed"]
                    if dice.random() < 0.35 and self.first_days[name] < self.decide_from]
        self.tree["offers"] = self.extras
        self.tree["existing"] = existing
        if self.tree_calendars:
            self.tree["calendars"] = self.tree_calendars
        self.tree["strategies"] = [self.strategy(k, names) for k in range(dice.choice((1, 1, 2, 2, 3)))]
        self.tables = {}
        apply_features(self, seed, features)
        for name, (columns, rows) in self.tables.items():
            self.files[name] = csv_text(columns, rows)
        self.files["prices.csv"] = csv_text(PRICE_COLUMNS, self.prices)
        self.files["lead-times.csv"] = csv_text(STAGE_COLUMNS, self.stages)

    # Demand

    def workload(self):
        dice = self.dice
        measures = dice.choice(("count", "rate", "servers"))
        load = {"name": "load", "trace": "trace.csv", "measures": measures}
        load["target_utilisation"] = dice.choice(("60%", "70%", "35%", "100%"))
        if dice.random() < 0.6:
            load["max_utilisation"] = dice.choice(("100%", "100%", "90%"))
            if load["target_utilisation"] == "100%":
                load["max_utilisation"] = "100%"
        load["server_vcpu"] = dice.choice(("1", "2", "4"))
        load["per_server"] = dice.choice(("200 /s", "7 /s", "900 /min", "33.3 /s"))
        load["within_step"] = dice.choice(("max", "max", "mean"))
        load["gaps"] = dice.choice(("hold", "zero", "linear", "error"))
        load["align"] = dice.choice(("weekday", "weekday", "date", "elapsed"))
        load["repeat"] = dice.choice(("none", "none", "none", "weekly", "weekly", "yearly"))
        if dice.random() < 0.5:
            load["growth"] = dice.choice(("25% /yr", "-30% /yr", "400% /yr", "7.5% /yr"))
        if dice.random() < 0.9:
            load["unmet_cost"] = dice.choice(("4.00 /server-hour", "0.37 /server-hour", "0.01 /server-hour"))
        bursts = [self.burst(k) for k in range(dice.choice((0, 0, 1, 1, 2, 3)))]
        if bursts:
            load["bursts"] = bursts
        self.trace(load)
        return load

    def burst(self, k):
        dice = self.dice
        at = self.start + dice.randrange(-when.DAY if dice.random() < 0.1 else 0, self.end - self.start, 60)
        burst = {"name": f"burst-{k}", "at": when.shown(at), "add": f"{dice.choice((1, 20, 90, 400))} servers"}
        if dice.random() < 0.6:
            burst["ramp"] = dice.choice(("2 h", "10 min", "100 min", "1 d", "45 s"))
        burst["hold"] = dice.choice(("1 s", "17 min", "3 h", "2 d"))
        if dice.random() < 0.6:
            burst["decay"] = dice.choice(("12 h", "25 min", "1 d"))
        if dice.random() < 0.2:
            burst["every"] = "year"
        return burst

    def trace(self, load):
        """A day with a peak, noise, and a few jumps; some rows left out where gaps are filled."""
        dice = self.dice
        spacing = dice.choice((3600,) * 5 + (900, 300, 7200, 86400))
        if self.step_seconds < 900 or load["repeat"] == "yearly":
            spacing = max(spacing, 3600)
        length = self.end - self.start
        if load["repeat"] == "yearly":
            begin = self.start - dice.randrange(0, 900) * when.DAY if load["align"] == "date" \
                else self.start + dice.randrange(-900, 900) * when.DAY
            rows, spacing = 366 * when.DAY, max(spacing, 7200)
        elif load["repeat"] == "weekly":
            begin = self.start - dice.randrange(0, 60) * when.DAY
            rows = dice.randrange(7, 25) * when.DAY
        else:
            begin = self.start - dice.randrange(0, 10) * when.DAY
            if load["align"] == "weekday":
                begin += dice.randrange(-50, 50) * when.WEEK
            rows = length + 18 * when.DAY
        size = dice.choice((3, 20, 100)) * dice.uniform(0.5, 1.5)
        size *= {"count": spacing * 100, "rate": 150, "servers": 1}[load["measures"]]
        column = dice.choice(("value", "requests"))
        lines = [f"time,{column}"]
        level, k = 1.0, 0
        while k * spacing < rows:
            level = min(3.0, max(0.2, level * dice.choice((1.0, 1.0, 1.0, 0.9, 1.1, 1.02))))
            hour = k * spacing / 3600 % 24
            value = size * level * (1.6 - abs(hour - 15) / 12) * dice.uniform(0.9, 1.1)
            gap = load["gaps"] != "error" and 1 < k < rows // spacing - 2 and dice.random() < 0.03
            if not gap:
                text = f"{value:.2f}" if load["measures"] == "rate" else str(int(value))
                lines.append(f"{when.shown(begin + k * spacing)},{text}")
            k += 1
        self.files["trace.csv"] = "\n".join(lines) + "\n"

    # Offers

    def make_offers(self):
        self.processes()
        self.on_demand("od", "od")
        self.reserved("res-a", "od")
        self.reserved("res-b", "od")
        self.hosting("host-a")
        self.hosting("host-b")
        self.colocation("colo-a")
        self.colocation("colo-b")
        return {"committed": ["res-a", "res-b", "host-a", "host-b", "colo-a", "colo-b"], "following": "od"}

    def processes(self):
        dice = self.dice
        for name in ("bought", "rented", "granted"):
            for k in range(dice.choice((1, 2, 3)) if name != "granted" else 1):
                each = dice.choice(("order", "server", "server", "5 servers")) if name != "granted" else "order"
                stage = {"process": name, "stage": f"stage {k}", "each": each, "source": "made up"}
                hours = dice.choice((1, 2, 3, 5) if name == "rented" or each != "order" else (7, 36, 24, 90, 200))
                stage["low"] = f"{hours * 30} min"
                if dice.random() < 0.5:
                    stage["mode"], stage["high"] = f"{hours} h", f"{hours * 2} h"
                if each != "order" and dice.random() < 0.6:
                    stage["workers"] = dice.choice(("1", "2", "3", "10", "30"))
                if k and stage["each"] == self.stages[-1]["each"] and self.stages[-1].get("crew"):
                    stage["crew"], stage["workers"] = self.stages[-1]["crew"], self.stages[-1]["workers"]
                elif "workers" in stage and dice.random() < 0.5:
                    stage["crew"] = f"{name} crew {k}"
                self.stages.append(stage)
        if self.keeps_hours:
            self.set_hours()

    def set_hours(self):
        """Hours of the first two processes, whose draws leave those of the studies without hours alone."""
        dice, by_crew = random.Random(f"hours {self.dice.random()}"), {}
        for stage in self.stages:
            if stage["process"] != "granted":
                hours = dice.choice(("", "24x7", "8x5", "16x7", "office"))
                stage["hours"] = by_crew.setdefault(stage["crew"], hours) if stage.get("crew") else hours
        day = when.shown(self.start + dice.randrange(20) * when.DAY)[:10]
        rows = [("Mon-Wed", "07:15", "15:30", ""), ("Thu Sun", "00:00", "06:00", ""), ("", "", "", day)]
        self.tree_calendars = ["calendars.csv"]
        self.files["calendars.csv"] = csv_text(CALENDAR_COLUMNS, [
            {"calendar": "office", "weekdays": a, "from": b, "to": c, "holidays": d, "source": "made up"}
            for a, b, c, d in rows])

    def price_rows(self, first, component, charged, per, price, follows=""):
        """A price and perhaps later ones, in force on random days."""
        dice = self.dice
        lead = (400, 400, 30, 0, -2) if charged != "running" else (400, 30, 0)
        days = [self.decide_from - dice.choice(lead) * when.DAY]
        self.first_days[first["offer"]] = max(days[0], self.first_days.get(first["offer"], 0))
        for _ in range(dice.choice((0, 0, 1, 2))):
            days.append(days[-1] + dice.randrange(1, 60) * when.DAY)
        for k, begin in enumerate(days):
            row = dict(first, component=component, charged=charged, per=per, currency="USD", source="made up",
                       follows=follows, effective_from=day(begin))
            row["price"] = "free" if dice.random() < 0.03 else f"{price * dice.uniform(0.5, 1.2) * 0.9 ** k:.4f}"
            if k + 1 < len(days) and dice.random() < 0.5:
                row["effective_to"] = day(days[k + 1])
            self.prices.append(row)

    def common(self, name, kind, **more):
        row = {"offer": name, "kind": kind} | more
        if self.dice.random() < 0.7:
            row["vcpu"] = self.dice.choice(("1", "2", "3", "4", "8"))
        extra = self.extras.setdefault(name, {})
        if self.dice.random() < 0.4:
            extra["equals"] = self.dice.choice(("1.5", "0.5", "2", "1", "3.7", "0.3"))
        return row, extra

    def on_demand(self, name, _):
        dice = self.dice
        increments = [text for text, seconds in (("1 h", 3600), ("60 s", 60), ("1 s", 1), ("5 min", 300))
                      if seconds <= self.step_seconds]
        row, extra = self.common(name, "on-demand", increment=dice.choice(increments))
        extra["start_up"] = dice.choice(("0 s", "97 s", "240 s", "13 s"))
        if dice.random() < 0.6:
            extra["launch_rate"] = dice.choice(("2 /s", "1 /s", "5 /s", "30 /min", "4 /s"))
            if dice.random() < 0.8:
                extra["launch_bucket"] = dice.choice(("1", "7", "30", "100"))
        if dice.random() < 0.4:
            extra["quota"] = dice.choice(("5", "20", "60", "300"))
            if dice.random() < 0.6:
                extra["quota_increase"] = "granted"
        self.price_rows(row, "hourly", "running", "server-hour", 0.2, dice.choice(("", "", "", "day", "order")))
        if dice.random() < 0.15:
            self.price_rows(row, "licence", "running", "server-hour", 0.03)

    def reserved(self, name, of):
        dice = self.dice
        row, _ = self.common(name, "reserved", term=dice.choice(("1 yr", "3 yr", "1 mo", "2 mo")), discounts=of)
        if dice.random() < 0.8:
            self.price_rows(row, "upfront", "term", "server", 100, dice.choice(("", "", "day", "order")))
        if dice.random() < 0.1:
            self.price_rows(row, "joining", "once", "server", 15)
        if dice.random() < 0.15:
            self.price_rows(row, "monthly", "held", "server-month", 20)
        if dice.random() < 0.8 or not any(each["offer"] == name for each in self.prices):
            self.price_rows(row, "hourly", "held", "server-hour", 0.05, dice.choice(("", "", "day", "order")))

    def hosting(self, name):
        dice = self.dice
        row, extra = self.common(name, "hosting", term=dice.choice(("1 mo", "1 mo", "3 mo", "2 mo", "12 mo", "1 yr")))
        extra["process"] = "rented"
        if dice.random() < 0.5:
            extra["max_per_order"] = dice.choice(("1", "4", "10", "25"))
        if "max_per_order" in extra and dice.random() < 0.7:
            extra["orders_at_once"] = dice.choice(("1", "2", "5"))
        if dice.random() < 0.5:
            self.price_rows(row, "set-up", "once", "server", 60, dice.choice(("", "", "day", "order")))
        self.price_rows(row, "fee", "held", "server-month", 90, dice.choice(("", "order", "day")))
        if dice.random() < 0.15:
            self.price_rows(row, "entry", "term", "server", 20)
        if dice.random() < 0.15:
            self.price_rows(row, "hourly fee", "held", "server-hour", 0.02, dice.choice(("", "day")))
        if dice.random() < 0.15:
            extra["watts"] = "90"
            self.price_rows(row, "power", "held", "kWh", 0.11, dice.choice(("", "day")))

    def colocation(self, name):
        dice = self.dice
        row, extra = self.common(name, "colocation")
        extra["process"] = "bought"
        extra["useful_life"] = dice.choice(("36 mo", "60 mo", "1 mo", "2 mo"))
        extra["watts"] = dice.choice(("236", "412.5"))
        extra["rack_units"] = dice.choice(("1", "2"))
        extra["rack"] = {"units": "42", "kw": dice.choice(("4", "4.5", "20"))}
        extra["servers_per_admin"] = dice.choice(("100", "17"))
        extra["mbps"] = "1.5"
        if dice.random() < 0.7:
            extra["pue"] = "1.65"
        if dice.random() < 0.2:
            extra["max_per_order"], extra["orders_at_once"] = "20", dice.choice(("1", "3"))
        self.price_rows(row, "server", "term", "server", 3000, dice.choice(("", "", "", "day", "order")))
        for component, charged, per, price in (
                ("cabling", "once", "server", 12), ("rack", "held", "rack-month", 1400),
                ("power", "held", "kWh", 0.14), ("circuit", "held", "kW-month", 150),
                ("transit", "held", "Mbps-month", 8), ("staff", "held", "admin-month", 7368.4),
                ("support", "held", "server-month", 11), ("hands", "held", "server-hour", 0.01)):
            if dice.random() < 0.5:
                shared = per in ("rack-month", "admin-month")
                follows = "day" if shared else dice.choice(("", "day", "order")) if charged == "held" else ""
                self.price_rows(row, component, charged, per, price, follows)

    def make_existing(self, name):
        dice = self.dice
        until = self.start + dice.randrange(1, 200) * when.DAY + dice.choice((0, 0, 0, 1800, 3600))
        return {"offer": name, "servers": f"{dice.choice((1, 5, 30))} servers",
                "ordered": day(dice.randrange(self.first_days[name], self.decide_from, when.DAY)),
                "until": day(until) if until % when.DAY == 0 else when.shown(until)}

    # Strategies

    def strategy(self, k, names):
        dice = self.dice
        layers = []
        follows = dice.random() < 0.6
        for name in dice.sample(names["committed"], dice.choice((1, 1, 2, 3) if follows else (1, 1, 2, 2, 3, 4))):
            size = dice.choice(("peak", "peak", "p50", "p95", "p12.5", str(dice.choice((1, 10, 77)))))
            layers.append({"offer": name, "size": size})
        if follows:
            if dice.random() < 0.4:
                layers[-1]["size"] = "break-even"
            layers.append({"offer": names["following"]})
            if dice.random() < 0.15:
                del layers[:-1]
        strategy = {"name": f"strategy {k}", "layers": layers}
        if dice.random() < 0.25:
            strategy["knows"] = "nothing"
        if dice.random() < 0.2:
            strategy["review"] = dice.choice(("2 mo", "3 mo"))
        return strategy


def flow(value):
    """YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(part) for part in value) + "]"
    return value


def yaml_text(tree):
    lines = []
    for key, value in tree.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines += [f"{key}:"] + [f"  - {flow(part)}" for part in value]
        elif isinstance(value, dict) and value:
            lines += [f"{key}:"] + [f"  {name}: {flow(part)}" for name, part in value.items()]
        else:
            lines.append(f"{key}: {flow(value)}")
    return "\n".join(lines) + "\n"


def drop_refused(tree, prices):
    """Keys that have no price to go with, and calendar months of a term in years, are refused."""
    needed = {"committed_kw": "kW-month", "take_or_pay": "kW-month", "cross_connects": "cross-connect-month",
              "install_hours": "work-hour"}
    for name, setting in tree.get("offers", {}).items():
        rows = [row for row in prices if row["offer"] == name]
        for key in [key for key in setting if key in needed and needed[key] not in {row["per"] for row in rows}]:
            del setting[key]
        if any("yr" in row.get("term", "") for row in rows):
            setting.pop("billing", None)


def study(seed, features=()):
    """(tree, {file name: text}); study.yml is among the files."""
    maker = Maker(seed, features)
    drop_refused(maker.tree, maker.prices)
    return maker.tree, maker.files | {"study.yml": yaml_text(maker.tree)}
