"""Small studies of one question each, whose answer can be reckoned by hand."""
from generate import CALENDAR_COLUMNS, PRICE_COLUMNS, STAGE_COLUMNS, csv_text, yaml_text
from features import RATE_COLUMNS
from when import DAY, HOUR, at, shown

START = at("2014-01-01")


def price(offer, kind, component, charged, per, amount, **more):
    return {"offer": offer, "kind": kind, "component": component, "charged": charged, "per": per, "price": amount,
            "currency": "USD", "effective_from": "2013-01-01", "source": "made up"} | more


def on_demand(amount="0.2", increment="1 h", **more):
    return price("od", "on-demand", "hourly", "running", "server-hour", amount, increment=increment, **more)


def reserved():
    return price("res", "reserved", "upfront", "term", "server", "443", term="1 yr", discounts="od")


def rented(amount, **more):
    return price("host", "hosting", "fee", "held", "server-month", amount, **more)


def owned(amount, **more):
    return price("colo", "colocation", "server", "term", "server", amount, **more)


def stage(process, name, each, low, **more):
    return {"process": process, "stage": name, "each": each, "low": low, "source": "made up"} | more


def trace(needs, spacing):
    lines = [f"{shown(START + k * spacing)},{need}" for k, need in enumerate(needs)]
    return "\n".join(["time,servers", *lines]) + "\n"


def priced_keys(setting, units):
    """What has no price to go with is refused."""
    needed = {"committed_kw": "kW-month", "take_or_pay": "kW-month", "cross_connects": "cross-connect-month",
              "install_hours": "work-hour"}
    return {key: value for key, value in setting.items() if key not in needed or needed[key] in units}


def case(layers, offers, prices, needs, stages=(), knows="all", step="1 h", end=None, hourly=False, **more):
    """`needs`: of each day of a week, or of each hour of the first day."""
    top = {"title": "A minimal study", "start": "2014-01-01", "currency": "USD", "step": step}
    top["end"] = end or ("2014-01-02" if hourly else "2014-01-08")
    top["hours_per_month"] = more.get("hours_per_month", "calendar")
    top |= more.get("top", {})
    load = {"name": "load", "trace": "trace.csv", "measures": "servers", "align": "date",
            "repeat": "none" if hourly else "weekly", "unmet_cost": "4 /server-hour"}
    if "burst" in more:
        load["bursts"] = [{"name": "burst"} | more["burst"]]
    if "decide_from" in more:
        top["decide_from"] = more["decide_from"]
    offers = {name: priced_keys(setting, {row["per"] for row in prices if row["offer"] == name})
              for name, setting in offers.items()}
    tree = {"study": top, "prices": ["prices.csv"], "workloads": [load], "offers": offers,
            "strategies": [{"name": "only", "knows": knows, "layers": layers}]}
    if "services" in more:
        tree["strategies"][0]["services"] = more["services"]
    files = {"prices.csv": csv_text(PRICE_COLUMNS, prices)}
    if "rates" in more:
        top["exchange_rates"] = ["rates.csv"]
        files["rates.csv"] = csv_text(RATE_COLUMNS, [
            {"currency": "EUR", "rate": rate, "effective_from": begin, "source": "made up"}
            for begin, rate in more["rates"]])
    files["trace.csv"] = trace(needs + [needs[-1]] * (24 - len(needs)), HOUR) if hourly else trace(needs, DAY)
    if stages:
        tree["lead_times"] = ["lead-times.csv"]
        files["lead-times.csv"] = csv_text(STAGE_COLUMNS, stages)
    if "calendars" in more:
        tree["calendars"] = ["calendars.csv"]
        rows = [dict(zip(("weekdays", "from", "to", "holidays"), row)) for row in more["calendars"]]
        files["calendars.csv"] = csv_text(CALENDAR_COLUMNS, [row | {"calendar": "office", "source": "made up"}
                                                             for row in rows])
    return tree, files | {"study.yml": yaml_text(tree)}


AT_ONCE = [stage("at-once", "hand over", "order", "1 min")]
FOLLOW = [{"offer": "od"}]


def studies():
    """Claim -> (tree, files)."""
    return {
        "a rented server for 102 hours at 100 a month is cheaper than 102 hours at 1": case(
            [{"offer": "host", "size": "break-even"}, {"offer": "od"}],
            {"host": {"process": "at-once"}, "od": {"start_up": "0 s"}},
            [rented("100", term="1 mo"), on_demand("1")], [0] * 7, AT_ONCE, end="2014-02-01",
            hours_per_month="720", burst={"at": "2014-01-05", "add": "10 servers", "hold": "102 h"}),
        "what a large server has to spare later does not serve before it is there": case(
            FOLLOW, {"od": {"equals": "8", "start_up": "15 min"}}, [on_demand()], [4, 9, 4, 9, 4, 9, 4],
            knows="nothing"),
        "one server that counts as 1.5 serves one": case(
            FOLLOW, {"od": {"equals": "1.5", "quota": "1"}}, [on_demand()], [1, 2, 1, 2, 1, 2, 1]),
        "nothing is launched beyond a quota before it is lifted": case(
            FOLLOW, {"od": {"start_up": "60 s", "launch_rate": "0.05 /s", "launch_bucket": "10", "quota": "10",
                            "quota_increase": "lift"}},
            [on_demand()], [100] * 7, [stage("lift", "review", "order", "1 d")]),
        "an order holds no more servers than the quota lets come": case(
            [{"offer": "res", "size": "peak"}], {"od": {"start_up": "60 s", "quota": "10"}},
            [on_demand(), reserved()], [30] * 7),
        "a launch in 400 seconds arrives though a step has 300": case(
            FOLLOW, {"od": {"start_up": "0 s", "launch_rate": "0.0025 /s", "launch_bucket": "1"}},
            [on_demand(increment="60 s")], [11] * 7, step="5 min"),
        "36 launches an hour are not more in an hour that follows a queue": case(
            FOLLOW, {"od": {"start_up": "0 s", "launch_rate": "0.01 /s"}}, [on_demand()], [0, 0, 50, 100, 150],
            hourly=True),
        "a bucket emptied in the first second is empty in the next": case(
            FOLLOW, {"od": {"start_up": "0 s", "launch_rate": "0.001 /s", "launch_bucket": "20"}},
            [on_demand()], [20, 40], hourly=True),
        "who comes after 60 seconds is billed for 59 minutes of the hour": case(
            FOLLOW, {"od": {"start_up": "0 s", "launch_rate": "0.05 /s"}}, [on_demand(increment="60 s")], [3, 0],
            knows="nothing", hourly=True),
        "who runs before midnight pays the price of that day": case(
            FOLLOW, {"od": {"start_up": "0 s", "launch_rate": "0.05 /s"}},
            [on_demand(), on_demand("0.1", effective_from="2014-02-01")], [0] * 7, end="2014-02-03",
            burst={"at": "2014-02-01", "add": "3 servers", "hold": "2 h"}),
        "a crew of two that unpacks and installs five at a time does 20 in two rounds": case(
            [{"offer": "colo", "size": "peak"}], {"colo": {"process": "install", "useful_life": "36 mo"}},
            [owned("1000")], [20] * 7,
            [stage("install", name, "5 servers", "2 h", crew="crew", workers="2") for name in ("unpack", "install")]),
        "a monthly fee that follows the day falls within the contract": case(
            [{"offer": "host", "size": "1"}], {"host": {"process": "at-once"}},
            [rented("100", term="3 mo", follows="day"),
             rented("50", term="3 mo", follows="day", effective_from="2014-01-15")],
            [1] * 7, AT_ONCE, end="2014-04-01"),
        "a purchase that follows the day costs what it costs when it is due": case(
            [{"offer": "colo", "size": "1"}], {"colo": {"process": "slow", "useful_life": "36 mo"}},
            [owned("1000", follows="day"), owned("500", follows="day", effective_from="2014-01-15")],
            [1] * 7, [stage("slow", "ship", "order", "20 d")], end="2014-02-01"),
        "who keeps office hours is ordered from the Friday before": case(
            [{"offer": "colo", "size": "peak"}], {"colo": {"process": "racking", "useful_life": "36 mo"}},
            [owned("1000")], [0, 3, 6, 12, 12, 25, 60],
            [stage("racking", "approve", "order", "0.5 d", hours="8x5"),
             stage("racking", "rack", "server", "45 min", crew="people", workers="3", hours="8x5"),
             stage("racking", "burn in", "server", "7 h"),
             stage("racking", "label", "server", "20 min", crew="people", workers="3", hours="8x5")],
            decide_from="2013-12-02", end="2014-03-01"),
        "who does not see ahead waits for the office to open": case(
            [{"offer": "host", "size": "peak"}], {"host": {"process": "racking", "max_per_order": "4",
                                                           "orders_at_once": "2"}},
            [rented("100", term="1 mo")], [5, 9, 14, 3, 22, 25, 30],
            [stage("racking", "approve", "order", "0.5 d", hours="office"),
             stage("racking", "rack", "2 servers", "0.1 w", crew="people", workers="1", hours="office")],
            knows="nothing", end="2014-04-01", calendars=[("Mon-Thu", "08:30", "12:00", ""),
                                                          ("Mon-Fri Sat", "13:00", "16:45", ""),
                                                          ("", "", "", "2014-01-01 2014-02-03..2014-02-05")]),
        "4,000 lots of one reservation are rounded as one amount": case(
            [{"offer": "res", "size": "peak"}], {"od": {"start_up": "60 s", "launch_rate": "1 /s"}},
            [on_demand(), reserved()], [4000] * 7, end="2014-04-01"),
    }
