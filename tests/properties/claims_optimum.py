"""What holds of the cheapest plan of any offers, and of its proof."""
import os
import random
import subprocess

from draw import draw
from study import PROGRAM, millionths, read_csv, run

VERIFY_REFUSED = 1


def planned(study, strategy):
    """Can its offers be planned as a whole: no spot, no shared space?"""
    names = [layer["offer"] for layer in strategy["layers"]]
    return "spot" not in names and not any("site" in study.offers.get(name, {}) for name in names)


def with_optima(seed):
    """A random study in which every strategy is followed by the cheapest plan of its offers. Servers only: what
    is short is lost, and nothing is paid besides."""
    study = draw(seed)
    if seed % 2:
        study.workload["max_utilisation"] = study.workload.get("target_utilisation", "100%")
    study.top.pop("tax", None)
    study.existing = []
    host = next((row for row in study.prices if row["offer"] == "host"), None)
    if seed % 4 == 1 and host is not None:  # contracts that may be ended early
        dice = random.Random(f"early {seed}")
        for row in study.prices:
            if row["offer"] == "host":
                row["term"] = "3 mo"
        study.prices.append(host | {"component": "leaving", "charged": "early-end", "follows": "",
                                    "effective_from": "2010-01-01", "effective_to": "", "price": str(dice.choice((1, 9, 30))),
                                    "per": dice.choice(("server", "server-month"))})
        if study.strategies:
            study.strategies[0]["layers"] = [{"offer": "host", "size": "peak"}, {"offer": "od"}]
    if seed % 5 == 2:  # a dearer on-demand offer behind the one that has a quota
        study.offers["od"]["quota"] = random.Random(f"two {seed}").choice(("3", "12", "40"))
        study.offers["far"] = {key: text for key, text in study.offers["od"].items() if key not in ("quota", "meters")}
        study.prices += [row | {"offer": "far", "price": str(round(1.4 * float(row["price"]), 4))}
                         for row in study.prices if row["offer"] == "od" and row["charged"] == "running"]
        for strategy in study.strategies:
            if strategy["layers"][-1]["offer"] == "od" and not any(
                    str(layer.get("size", "")).startswith("online") for layer in strategy["layers"]):
                strategy["layers"].append({"offer": "far"})
    if seed % 5 == 3:  # a quota that keeps some of it back, or never
        study.offers["od"] = {**study.offers["od"], "quota": random.Random(f"one {seed}").choice(("3", "12", "40", "1000"))}
        study.offers["od"].pop("quota_increase", None)
    if seed % 7 == 4:  # launches that find no capacity
        study.top["capacity"] = "drawn"
        study.offers["od"] = {**study.offers["od"], "available": "50%", "retry": "2 h"}
    if seed % 7 == 6:  # or wait for each other
        study.offers["od"] = {**study.offers["od"], "launch_rate": "0.2 /min", "launch_bucket": "5"}
    for stage in study.stages if seed % 3 == 1 else ():  # all orders share the crews
        if "workers" in stage:
            stage |= {"workers": "2", "low": "17 h", "crew": "crew for " + stage["each"]}
            stage.pop("mode", None)
            stage.pop("high", None)
    both = []
    for strategy in study.strategies:
        strategy.pop("services", None)
        if planned(study, strategy):
            names = [layer["offer"] for layer in strategy["layers"]]
            best = {"name": "Best of " + strategy["name"], "optimal": {"from": names}}
            if seed % 3 == 0:  # servers that must wait cannot begin with a calendar month
                study.offers.get("host", {}).pop("billing", None)
                best["most_servers"] = strategy["most_servers"] = random.Random(seed).choice((3, 10, 40))
            both += [strategy, best]
    study.strategies = both
    return study


def best_of_all(study):
    """The cheapest plan of everything that any strategy has, on-demand last."""
    names = list(dict.fromkeys(layer["offer"] for strategy in study.strategies for layer in strategy.get("layers", ())))
    return {"name": "Best of all", "optimal": {"from": sorted(names, key=lambda name: name in ("od", "far"))}}


def optimum_is_least(seed, folder):
    """No strategy of the same offers, or of some of them, costs less than the bound of their optimum.

    A millionth is allowed for each charge, which is rounded, and half a billionth for each server and step."""
    study = with_optima(seed)
    if not study.strategies:
        return []
    study.strategies.append(best_of_all(study))
    report, found = run(study, folder), []
    certificates = read_csv(os.path.join(folder, "report", "certificate.csv"))
    rounded = {}
    for row in certificates:
        rounded[row["strategy"]] = rounded.get(row["strategy"], 0) + int(row["on_demand"]) + int(row["missing"])
    for row in read_csv(os.path.join(folder, "report", "regret.csv")):
        slack = sum(charge["x_Strategy"] == row["strategy"] for charge in report.ledger) + 40
        if millionths(row["regret"]) < -slack - rounded.get(row["optimum"], 0) // 2000:
            found.append(f"{row['strategy']}: {row['cost']} is less than the bound {row['lower_bound']} of {row['optimum']}")
    for strategy in study.strategies:
        best = report.results.get("Best of " + strategy["name"])
        if best is None:
            continue
        bound = millionths(best["optimum"]["lower_bound"])
        for name in (strategy["name"], best["name"]):
            slack = sum(row["x_Strategy"] == name for row in report.ledger) + 40 + rounded.get(best["name"], 0) // 2000
            if report.money(name, "compared") < bound - slack:
                found.append(f"{name}: {report.money(name, 'compared')} is less than the bound {bound}")
        if millionths(best["optimum"]["simulated_cost"]) != report.money(best["name"], "compared"):
            found.append(f"{best['name']}: simulated {best['optimum']['simulated_cost']}, compared otherwise")
    return found


def verify(folder):
    done = subprocess.run([PROGRAM, "verify", folder, "-q"], capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def changed_digit(dice, text):
    """Another number of as many digits; None where there is none to change."""
    places = [i for i, c in enumerate(text) if c.isdigit()]
    if not places:
        return None
    at = dice.choice(places)
    return text[:at] + dice.choice([c for c in "0123456789" if c != text[at]]) + text[at + 1:]


def any_price_proves(row):
    """All that may run is on demand, up to its limit: what one server more costs there is between two prices."""
    return row["running_limit"] != "" and row["on_demand_limit"] == str(min(int(row["need"]), int(row["running_limit"])))


def change_a_number(dice, folder):
    """Changes a number that the proof rests on; says which, or None where the change may be harmless."""
    name, columns = dice.choice((("certificate.csv", ("y", "on_demand")), ("leases.csv", ("chosen",)),
                                 ("optimum.csv", ("plan_cost", "plan_bound"))))
    path = os.path.join(folder, name)
    rows, column = read_csv(path), dice.choice(columns)
    if not rows:
        return None
    row = dice.choice(rows)
    was, row[column] = row[column], changed_digit(dice, row[column])
    if row[column] is None or (column == "y" and (row["need"] == "0" or any_price_proves(row))) or (
            column == "on_demand" and float(row["on_demand_price"] or 1) == 0) or (
            column == "chosen" and float(row["cost"]) == 0):
        return None
    with open(path, "w", encoding="utf-8") as file:
        print(",".join(rows[0]), file=file)
        for each in rows:
            print(",".join(each.values()), file=file)
    return f"{name}: {column} {was} to {row[column]}: {row}"


def proof_holds(seed, folder):
    """The proof adds up, and no longer does when a digit of it is changed."""
    study, dice = with_optima(seed), random.Random(seed)
    if not study.strategies:
        return []
    run(study, folder)
    report = os.path.join(folder, "report")
    status, text = verify(report)
    if status != 0:
        return [f"verify ended with {status}: {text}"]
    what = change_a_number(dice, report)
    if what is None:
        return []
    status, text = verify(report)
    return [] if status == VERIFY_REFUSED else [f"{what}: verify ended with {status}: {text}"]


CLAIMS = [optimum_is_least, proof_holds]
