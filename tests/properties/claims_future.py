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


CLAIMS = (unseen_future,)
