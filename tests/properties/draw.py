"""Random small studies: the same number draws the same study for ever."""
import datetime
import random

from study import DAY, Study, shown

STEPS = {"1 h": 60, "30 min": 30, "15 min": 15, "5 min": 5}
HOUR_PARTS = {"1 s": 1, "60 s": 60, "5 min": 300, "10 min": 600, "15 min": 900, "30 min": 1800, "1 h": 3600}


class Draw:
    """`changes`: prices change with time. `limits`: launches wait. `sizes`: how layers may be sized. `whole`: the
    trace counts whole servers, one of every offer for each. `spread`: orders take time."""

    def __init__(self, seed, changes=True, limits=True, sizes=None, whole=False, spread=True, bills=True):
        self.dice = random.Random(f"rackrate properties {seed}")
        self.changes, self.limits, self.whole, self.spread, self.bills = changes, limits, whole, spread, bills
        self.sizes = sizes or ("peak", "peak", "p50", "p95", "number", "number", "break-even")
        self.study = Study()
        self.study.top["title"] = f"Random study {seed}"
        self.times()
        self.workload()
        self.make_offers()
        n = self.dice.choice((2, 3, 3, 4))
        self.study.strategies = [self.strategy(k) for k in range(n)]
        if bills:
            self.money_rules()

    def chance(self, share):
        return self.dice.random() < share

    # Time and demand

    def times(self):
        dice, study, top = self.dice, self.study, self.study.top
        study.start = datetime.datetime(dice.choice((2013, 2014, 2015, 2016)), 1, 1) + dice.randrange(365) * DAY
        self.step = dice.choice(("1 h", "1 h", "1 h", "1 h", "15 min", "5 min"))
        days = dice.randrange(*{"1 h": (8, 90), "15 min": (4, 20), "5 min": (2, 9)}[self.step])
        study.end = study.start + days * DAY
        study.decide_from = study.start - dice.choice((0, 0, 3, 20, 40)) * DAY
        top |= {"start": shown(study.start), "end": shown(study.end), "currency": "USD", "step": self.step,
                "decide_from": shown(study.decide_from),
                "hours_per_month": dice.choice(("calendar", "calendar", "730", "720"))}
        if self.bills:
            top["at_end"] = dice.choice(("pro-rata", "pro-rata", "full", "resale"))

    def workload(self):
        dice, study = self.dice, self.study
        measures = "servers" if self.whole else dice.choice(("count", "rate", "servers"))
        study.workload = {"name": "load", "trace": "trace.csv", "column": "value", "measures": measures,
                          "align": "date", "server_vcpu": "2",
                          "unmet_cost": dice.choice(("1 /server-hour", "4.5 /server-hour"))}
        if not self.whole:
            study.workload |= {"per_server": dice.choice(("200 /s", "7 /s", "900 /min", "33.3 /s")),
                               "target_utilisation": dice.choice(("60%", "70%", "35%", "100%")),
                               "within_step": dice.choice(("max", "mean"))}
        study.trace_columns = ["time", "value", "bytes"]
        minutes = 60 if self.step == "1 h" else STEPS[self.step] if self.chance(0.5) else 60
        size = dice.choice((3, 20, 60)) * {"count": minutes * 60 * 60, "rate": 60, "servers": 1}[measures]
        level, n = 1.0, int((study.end - study.start) / DAY * 1440 / minutes)
        for k in range(n):
            level = min(3.0, max(0.2, level * dice.choice((1.0, 1.0, 0.9, 1.1, 1.02))))
            value = size * level * (1.6 - abs(k * minutes / 60 % 24 - 15) / 12) * dice.uniform(0.9, 1.1)
            text = f"{value:.2f}" if measures == "rate" else str(int(value))
            study.trace.append([shown(study.start + k * datetime.timedelta(minutes=minutes)), text,
                                str(int(value / size * 10 ** 7))])
        if self.chance(0.4):
            hours = int((study.end - study.start) / datetime.timedelta(hours=1))
            at = study.start + datetime.timedelta(hours=dice.randrange(1, hours - 24))
            study.workload["bursts"] = [{"name": "burst", "at": shown(at),
                                         "add": f"{dice.choice((5, 30, 150))} servers",
                                         "ramp": dice.choice(("0 s", "1 h", "3 h")),
                                         "hold": dice.choice(("1 h", "8 h", "2 d")),
                                         "decay": dice.choice(("0 s", "2 h"))}]

    # Offers

    def price(self, first, component, charged, per, price, **more):
        dice, study = self.dice, self.study
        days = [study.decide_from - dice.choice((400, 400, 30, 0)) * DAY]
        if self.changes and charged not in ("once", "term"):
            for _ in range(dice.choice((0, 0, 1, 2))):
                days.append(days[-1] + dice.randrange(1, 70) * DAY)
        elif self.changes and self.chance(0.4):
            days.append(days[-1] + dice.randrange(1, 70) * DAY)
        price *= dice.uniform(0.6, 1.3)
        for k, begin in enumerate(days):
            row = first | {"component": component, "charged": charged, "per": per, "currency": "USD",
                           "source": "made up", "effective_from": shown(begin)} | more
            row["price"] = f"{price * (0.9 ** k if self.chance(0.7) else 1.1):.4f}"
            if k + 1 < len(days) and self.chance(0.5):
                row["effective_to"] = shown(days[k + 1])
            study.prices.append(row)

    def follows(self):
        return self.dice.choice(("", "", "day", "order"))

    def server(self, name, kind, provider, **more):
        row = {"offer": name, "kind": kind, "provider": provider} | more
        setting = self.study.offers.setdefault(name, {})
        if self.whole:
            row["vcpu"] = "2"
        else:
            row["vcpu"] = self.dice.choice(("1", "2", "4", "8"))
            if self.chance(0.2):
                setting["equals"] = self.dice.choice(("1.5", "0.7", "3"))
        return row, setting

    def make_offers(self):
        self.processes()
        self.on_demand()
        for name, kind, upfront, hourly in (("res-all", "reserved", True, None), ("res-part", "reserved", True, "held"),
                                            ("res-none", "reserved", False, "held"),
                                            ("res-light", "reserved", True, "running"),
                                            ("plan", "savings-plan", self.chance(0.3), "held")):
            row, _ = self.server(name, kind, "aws", discounts="od", term=self.dice.choice(("1 mo", "2 mo", "1 yr")))
            if hourly == "running" and self.chance(0.5):
                row["increment"] = self.dice.choice(("1 h", "60 s"))
            if upfront:
                self.price(row, "upfront", "term", "server", 60)
            if hourly:
                self.price(row, "hourly", hourly, "server-hour", 0.05, follows=self.follows())
        row, setting = self.server("spot", "spot", "aws")
        self.spot_prices(row, setting)
        self.hosting()
        self.colocation()
        self.services()

    def processes(self):
        dice = self.dice
        for name in ("bought", "rented"):
            for k in range(dice.choice((1, 2)) if self.spread else 0):
                stage = {"process": name, "stage": f"stage {k}", "each": dice.choice(("order", "server", "4 servers")),
                         "source": "made up", "low": f"{dice.choice((1, 5, 30))} h"}
                if self.chance(0.5):
                    low = int(stage["low"][:-2])
                    stage |= {"mode": f"{low * 2} h", "high": f"{low * 4} h"}
                if stage["each"] != "order":
                    stage["workers"] = dice.choice(("2", "20"))
                self.study.stages.append(stage)

    def on_demand(self):
        dice, seconds = self.dice, STEPS[self.step] * 60
        increments = [text for text, n in HOUR_PARTS.items() if seconds % n == 0 or n % seconds == 0]
        row, setting = self.server("od", "on-demand", "aws", increment=dice.choice(increments))
        if row["increment"] in ("1 s", "60 s") and self.chance(0.4):
            row["minimum"] = "60 s" if self.step == "5 min" else dice.choice(("60 s", "15 min"))
        setting["start_up"] = dice.choice(("0 s", "0 s", "97 s"))
        setting["stops"] = dice.choice(("newest", "oldest"))
        if self.limits and self.chance(0.3):
            setting |= {"launch_rate": dice.choice(("2 /s", "30 /min")), "launch_bucket": dice.choice(("5", "30"))}
        if self.limits and self.chance(0.2):
            setting["quota"] = dice.choice(("20", "100"))
        self.price(row, "hourly", "running", "server-hour", 0.2)
        if self.chance(0.3):
            self.price(row, "licence", "running", "server-hour", 0.03)
        if self.chance(0.3):
            self.tiers(row, "egress", "GB", 0.12, 1000)
            included = dice.choice(("1 GB", "20 GB"))
            setting["meters"] = {"egress": {"of": "load", "each": "300 kB", "included": included}}

    def spot_prices(self, row, setting):
        dice, at = self.dice, self.study.decide_from - 30 * DAY
        rows = self.study.prices
        while at < self.study.end:
            rows.append(row | {"component": "hourly", "charged": "running", "per": "server-hour", "currency": "USD",
                               "source": "made up", "effective_from": shown(at),
                               "price": f"{dice.choice((0.03, 0.05, 0.06, 0.3)):.4f}"})
            at += datetime.timedelta(hours=dice.randrange(3, 300)) if self.changes else 10000 * DAY
        if self.chance(0.7):
            setting["max_price"] = "0.1"

    def hosting(self):
        dice = self.dice
        row, setting = self.server("host", "hosting", "ovh", term=dice.choice(("1 mo", "1 mo", "3 mo", "1 yr")))
        if self.spread:
            setting["process"] = "rented"
        setting |= dice.choice(({}, {}, {"then": "1 mo"}, {"billing": "calendar"}))
        if "mo" not in row["term"] and "billing" in setting:
            del setting["billing"]
        if self.spread and self.chance(0.4):
            setting["max_per_order"] = dice.choice(("4", "25"))
        if self.chance(0.5):
            self.price(row, "set-up", "once", "server", 40)
        self.price(row, "fee", "held", "server-month", 80, follows=self.follows())
        if self.chance(0.3):
            self.price(row, "port", "held", "server-hour", 0.01, follows=self.follows())

    def colocation(self):
        dice, study = self.dice, self.study
        row, setting = self.server("colo", "colocation", "us")
        setting |= {"useful_life": dice.choice(("36 mo", "1 mo", "2 mo")), "watts": dice.choice(("236", "412.5")),
                    "rack_units": dice.choice(("1", "2")), "pue": "1.4", "install_hours": "0.5", "mbps": "1.5",
                    "servers_per_admin": "30", "rack": {"units": "42", "kw": "4.5"}}
        if self.spread:
            setting["process"] = "bought"
        if self.chance(0.5) and not self.whole:
            setting["spares"] = dice.choice(("5%", "2.5%"))
        self.price(row, "server", "term", "server", 900)
        for component, charged, per, price in (
                ("install", "once", "work-hour", 35), ("power", "held", "kWh", 0.14),
                ("transit", "held", "Mbps-month", 8), ("fix", "held", "server-month", 5)):
            if self.chance(0.5):
                self.price(row, component, charged, per, price)
            elif component == "install":
                del setting["install_hours"]        # hours without a price are refused
        if not self.whole and self.chance(0.5):
            self.price(row, "staff", "held", "admin-month", 4000, follows="day")
        if self.bills and self.chance(0.4):
            setting["financing"] = {"rate": "6% /yr", "months": dice.choice((2, 36))}
        elif self.bills and self.chance(0.4):
            setting["resale"] = [{"age": "1 mo", "share": "80%"}, {"age": "12 mo", "share": "40%"}]
        if "resale" not in setting and study.top.get("at_end") == "resale":
            study.top["at_end"] = "pro-rata"
        if self.chance(0.6):
            setting["site"] = "hall"
            site = {"offer": "hall", "kind": "site", "provider": "hall", "term": dice.choice(("1 mo", "12 mo"))}
            study.offers["hall"] = {"rack": {"units": "42", "kw": "5"},
                                    "racks": 0 if self.whole else dice.choice((0, 2)),
                                    "committed_kw": "0" if self.whole else dice.choice(("0", "6")),
                                    "take_or_pay": "80%", "cross_connects": 2, "pue": "1.5"}
            if self.chance(0.4):
                study.offers["hall"]["escalator"] = "3% /yr"
            for component, charged, per, price in (
                    ("space", "held", "rack-month", 900), ("kilowatts", "held", "kW-month", 150),
                    ("energy", "held", "kWh", 0.1), ("links", "held", "cross-connect-month", 90),
                    ("access", "held", "month", 55), ("racking", "once", "rack", 300)):
                if component == "kilowatts" or self.chance(0.5) and not self.whole:
                    self.price(site, component, charged, per, price)
                elif component == "links":
                    del study.offers["hall"]["cross_connects"]

    def tiers(self, row, component, per, price, bound):
        """Graduated tiers, each cheaper than the one before; all of them change on the same days."""
        study, dice = self.study, self.dice
        bounds = [""] + [str(bound * 3 ** k) for k in range(dice.choice((0, 1, 2, 3)))]
        days = [study.decide_from - 300 * DAY]
        if self.changes and self.chance(0.4):
            days.append(study.start + dice.randrange(1, 20) * DAY)
        for begin in days:
            price *= dice.uniform(0.7, 1.2)
            for k, low in enumerate(bounds):
                text = "free" if k == 0 and len(bounds) > 2 and dice.random() < 0.3 else f"{price * 0.8 ** k:.4f}"
                study.prices.append(row | {"component": component, "charged": "metered", "per": per, "tier_from": low,
                                           "currency": "USD", "source": "made up", "effective_from": shown(begin),
                                           "price": text})

    def services(self):
        dice, study = self.dice, self.study
        study.offers["web"] = {"meters": {}}
        row = {"offer": "web", "kind": "service", "provider": "aws"}
        choices = (("requests", "million requests", 0.4, 100, {"of": "load", "each": "1"}),
                   ("traffic", "GB", 0.09, 500, {"of": "column", "column": "bytes", "each": "100 B"}),
                   ("disks", "GB-month", 0.1, 100, {"of": "servers", "each": "20 GB"}),
                   ("memory", "GiB-month", 2, 50, {"of": "used", "each": "4 GB"}),
                   ("balancers", "unit-hour", 0.025, 400, {"of": "time", "each": "2"}),
                   ("repairs", "work-hour", 60, 10, {"of": "servers", "each": "0.5 h /mo"}),
                   ("spare parts", "server", 90, 3, {"of": "used", "each": "4% /yr"}),
                   ("transit", "Mbps-month", 1.3, 50, {"of": "load", "each": "300 B"}))
        for component, per, price, bound, meter in dice.sample(choices, 4):
            self.tiers(row, component, per, price, bound)
            study.offers["web"]["meters"][component] = dict(meter)
            if self.chance(0.2) and not self.whole:
                study.offers["web"]["meters"][component]["at_least"] = dice.choice(("1", "30"))
        if not self.whole:
            self.price(row, "plan fee", "held", "month", 100)
        help_row = {"offer": "help", "kind": "service", "provider": "aws"}
        self.tiers(help_row, "support", "spend", 0.1, 1000)

    # Strategies

    def size(self):
        size = self.dice.choice(self.sizes)
        return self.dice.choice(("1", "7", "40")) if size == "number" else size

    def strategy(self, k):
        dice = self.dice
        follows = self.chance(0.7)
        names = dice.sample(("res-all", "res-part", "res-none", "res-light", "plan", "spot", "host", "colo"),
                            dice.choice((0, 1, 2, 3)) if follows else dice.choice((1, 2, 3)))
        layers = []
        for name in names:
            size = self.size()
            if size == "break-even" and not (follows and name == names[-1]) or name == "spot" and not size.isdigit():
                size = "10" if "number" in self.sizes else "peak"
            if name == "plan" and "number" in self.sizes and self.chance(0.5):
                size = dice.choice(("0.5 /h", "3 /h"))
            layers.append({"offer": name, "size": size})
        if layers and layers[-1]["size"] == "break-even" and not follows:
            layers[-1]["size"] = "peak"
        if follows:
            layers.append({"offer": "od"})
        strategy = {"name": f"strategy {k}", "layers": layers}
        if self.chance(0.2):
            strategy["knows"] = "nothing"
        services = [name for name in ("web", "help") if self.chance(0.5)]
        if services:
            strategy["services"] = services
        return strategy

    # Money

    def money_rules(self):
        dice, study, top = self.dice, self.study, self.study.top
        financed = any("financing" in setting for setting in study.offers.values())
        if not financed and self.chance(0.3):
            top["discount_rate"] = "8% /yr"
        if self.chance(0.4):
            top["tax"] = dice.choice(("19%", "7.7%"))
        if self.chance(0.4):
            top["discounts"] = [{"provider": "aws", "off": "10%"}]
            if self.chance(0.5):
                top["discounts"].append({"offer": "/^res-/", "off": dice.choice(("12.5%", "100%")),
                                         "component": "upfront"})
        if self.chance(0.2):
            top["usage_due"] = "next-month"
        if self.chance(0.2):
            top["purchases_due"] = "order"
        if self.chance(0.3):
            top["data_units"] = "binary"
        if self.chance(0.5):
            top["capex"] = ["server"]
        if self.chance(0.5):
            for row in study.prices:
                if row["offer"] in ("host", "hall"):
                    row["currency"] = "EUR"
            begin = study.decide_from - 10 * DAY
            for _ in range(dice.choice((1, 2, 3))):
                study.rates.append({"currency": "EUR", "rate": f"{dice.uniform(1.05, 1.4):.4f}",
                                    "effective_from": shown(begin), "source": "made up"})
                begin += dice.randrange(5, 50) * DAY
        if self.chance(0.3):
            study.existing = [{"offer": dice.choice(("res-none", "colo")), "servers": "3 servers",
                               "ordered": shown(study.decide_from), "until": shown(study.start + 25 * DAY)}]


def draw(seed, **limits):
    return Draw(seed, **limits).study
