"""Who does not know the future cannot act on it."""
import datetime
import random

from draw import draw
from study import DAY, parsed, run, shown



def forecasting(dice):
    """How a buyer forecasts. That of a short season, which every study has seen sooner or later."""
    method = dice.choice(("seasonal-naive", "seasonal-naive", "holt-winters-additive", "percentile"))
    found = {"method": method, "headroom": dice.choice(("0%", "10%", "55%"))}
    if method == "percentile":
        return found | {"percentile": dice.choice(("50", "95", "100"))}
    found["season"] = "24 h"
    if method != "seasonal-naive" and dice.random() < 0.5:
        found |= {"alpha": "0.1", "beta": "0.001", "gamma": "0.2"}
    return found


def add_past(study, dice):
    """Some days before the study, like its own first ones."""
    days = min(dice.choice((3, 3, 9)), int((study.end - study.start) / DAY))
    rows = [row for row in study.trace if parsed(row[0]) < study.start + days * DAY]
    past = [[shown(parsed(row[0]) - days * DAY)] + row[1:] for row in rows]
    study.trace = past + study.trace


def with_another_future(study, at, dice):
    """The same study, in which everything from a time on is another."""
    other = study.copy()
    factor = dice.choice((0, 0.3, 3))
    for row in other.trace:
        if parsed(row[0]) >= at:
            row[1] = str(int(float(row[1]) * factor * dice.uniform(0.5, 1.5)))
    bursts = [burst for burst in other.workload.get("bursts", []) if parsed(burst["at"]) < at]
    bursts.append({"name": "surprise", "at": shown(at), "add": "77 servers", "hold": "2 d"})
    other.workload["bursts"] = bursts
    return other


def decided_until(report, name, at):
    """The orders placed until a time; what follows the need is no decision."""
    columns = ("offer", "servers", "ordered", "first_in_service", "last_in_service", "ends", "reason", "spares")
    return [[row[column] for column in columns] for row in report.orders_of(name)
            if parsed(row["ordered"]) <= at and row["reason"] != "follows need"]


def unseen_future(seed, folder):
    """Orders stay the same when what nobody has seen yet is changed, of buyers who forecast or know nothing:"""
    dice = random.Random(f"future {seed}")
    study = draw(seed, bills=False)
    study.end = min(study.end, study.start + 70 * DAY)
    add_past(study, dice)
    for strategy in study.strategies:
        strategy["knows"] = ["forecast", "nothing"]
        strategy["forecast"] = forecasting(dice)
        if dice.random() < 0.3:
            strategy["forecast"]["events"] = [{"name": "sale", "from": shown(study.start + 5 * DAY),
                                               "to": shown(study.start + 7 * DAY), "times": "2.5"}]
    found = []
    first = run(study, folder + "/first")
    minutes = dice.choice((0, 0, 60, 600))
    for part in (0.2, 0.5, 0.8):
        at = study.start + int((study.end - study.start) / DAY * part) * DAY + datetime.timedelta(minutes=minutes)
        second = run(with_another_future(study, at, dice), folder + "/second")
        for strategy in study.strategies:
            for knows in strategy["knows"]:
                name = f"{strategy['name']} (knows {knows})"
                before, after = (decided_until(report, name, at) for report in (first, second))
                if before != after:
                    changed = [row for row in before + after if (row in before) != (row in after)][:2]
                    found.append(f"{name}: what comes after {at} changes {changed}")
    return found


def policies(dice):
    """Strategies that decide step by step, or by plans made anew."""
    found = [{"name": f"{size} {offer}", "knows": "nothing",
              "layers": [{"offer": offer, "size": size}, {"offer": "od"}]}
             for offer, size in ((dice.choice(("res-all", "res-part")), "online"), ("res-light", "online-random"),
                                 ("res-none", f"p{dice.choice((50, 80, 100))} of 3 d"))]
    return found + [{"name": "rolling", "knows": "forecast", "forecast": forecasting(dice),
                     "optimal": {"from": ["res-part", "res-none", dice.choice(("host", "colo")), "od"],
                                 "replan": dice.choice(("1 d", "40 h", "7 d")), "ahead": "20 d"}}]


def unseen_by_policies(seed, folder):
    """Who reserves step by step, or plans anew, does not act on what comes later either:"""
    dice = random.Random(f"policies {seed}")
    study = draw(seed, bills=False)
    study.end = min(study.end, study.start + 40 * DAY)
    study.offers.get("colo", {}).pop("site", None)
    add_past(study, dice)
    study.strategies, found = policies(dice), []
    first = run(study, folder + "/first")
    for part in (0.2, 0.6):
        at = study.start + int((study.end - study.start) / DAY * part) * DAY
        second = run(with_another_future(study, at, dice), folder + "/second")
        for strategy in study.strategies:
            name, until = strategy["name"], at - datetime.timedelta(seconds=1)
            before, after = (decided_until(report, name, until) for report in (first, second))
            if before != after:
                changed = [row for row in before + after if (row in before) != (row in after)][:2]
                found.append(f"{name}: what comes after {at} changes {changed}")
    return found


def naive_online(needs, fee, price, usage, term):
    """A_beta as published: while p x hours with more demand than counted as reserved > beta x fee, reserve one."""
    counted, made = [0] * (len(needs) + term), []
    for t, _ in enumerate(needs):
        made.append(0)
        while (price - usage) * sum(needs[i] > counted[i] for i in range(max(0, t - term + 1), t + 1)) > fee:
            made[t] += 1
            for i in range(max(0, t - term + 1), t + term):
                if i < len(counted):
                    counted[i] += 1
    return made


def online_as_published(seed, folder):
    """Reservations made step by step are those of the published algorithm, one server and hour at a time."""
    dice = random.Random(f"online {seed}")
    study = draw(seed, bills=False, changes=False, whole=True, limits=False)
    study.top["step"], study.workload["measures"], study.existing = "1 h", "servers", []
    study.workload.pop("bursts", None)
    study.start = study.decide_from = datetime.datetime(2014, 3, 1)
    study.top |= {"start": "2014-03-01", "decide_from": "2014-03-01"}
    study.end = study.start + 70 * DAY
    study.top["end"] = shown(study.end)
    level, needs = 3, []
    for _ in range(70 * 24):
        level = max(0, level + dice.choice((-1, 0, 0, 1)))
        needs.append(level)
    study.trace = [[shown(study.start + k * DAY / 24), str(n), "1"] for k, n in enumerate(needs)]
    study.prices = [row for row in study.prices if row["offer"] in ("od", "res-light") and row["per"] != "GB"]
    fee, usage, price = dice.choice(((200, 1, 4), (950, 2, 10), (90, 3, 4)))
    for row in study.prices:
        row["effective_from"] = "2013-01-01"
        row["term"] = "1 mo" if row["offer"] == "res-light" else ""
        row["price"] = str({("od", "hourly"): price, ("res-light", "upfront"): fee,
                            ("res-light", "hourly"): usage}.get((row["offer"], row["component"]), "free"))
    study.offers = {"od": {"start_up": "0 s"}, "res-light": {}}
    study.strategies = [{"name": "online", "knows": "nothing",
                         "layers": [{"offer": "res-light", "size": "online"}, {"offer": "od"}]}]
    report, made = run(study, folder), [0] * len(needs)
    for row in report.orders_of("online", "res-light"):
        made[int((parsed(row["ordered"]) - study.start).total_seconds() // 3600)] += int(row["servers"])
    expected = naive_online(needs, fee, price, usage, 31 * 24)
    if seed == 0 and not any(made):
        return ["nothing was reserved, so nothing was tried"]
    return [] if made == expected else [f"fee {fee}, price {price}, usage {usage}: {made} is not {expected}"]


CLAIMS = (unseen_future, unseen_by_policies, online_as_published)
