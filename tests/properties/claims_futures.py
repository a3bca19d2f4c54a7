"""What holds of plans made before it is known which of several futures comes."""
import os

from claims_optimum import with_optima
from study import millionths, read_csv, run

FOR = ("expectation", "mean", "median")


def for_futures(seed):
    """A random study in which all offers of a strategy are planned for who knows the demand, and for its futures."""
    study = with_optima(seed)
    study.workload["futures"] = {"count": 2 + seed % 17, "daily": f"{seed % 4 * 10}%",
                                 "trend": f"{20 + seed % 5 * 20}% /yr"}
    study.workload.setdefault("unmet_cost", "3.1 /server-hour")
    best = [strategy for strategy in study.strategies if "optimal" in strategy]
    study.strategies = best + [
        strategy | {"name": f"{strategy['name']} for the {what}", "optimal": strategy["optimal"] | {"for": what}}
        for strategy in best for what in FOR]
    return study


def expectation_is_least(seed, folder):
    """No plan of the same offers costs less in expectation than that for the expectation, and none less than knowing.

    A millionth is allowed, to which each figure is rounded."""
    study, found = for_futures(seed), []
    if not study.strategies:
        return []
    run(study, folder)
    rows = {row["strategy"]: row for row in read_csv(os.path.join(folder, "report", "futures.csv"))}
    if list(rows) != [strategy["name"] for strategy in study.strategies]:
        return [f"rows of {list(rows)}"]
    for row in rows.values():
        name = row["strategy"].split(" for the ")[0]
        least = rows[f"{name} for the expectation"]
        cost = millionths(row["expected_cost"])
        if millionths(least["expected_cost"]) > cost + 1:
            found.append(f"{row['strategy']}: {row['expected_cost']} is less than {least['expected_cost']}")
        if row["expected_cost_if_known"] != least["expected_cost_if_known"]:
            found.append(f"{row['strategy']}: known, {row['expected_cost_if_known']}, or another")
        if millionths(row["expected_cost_if_known"]) > cost + 1:
            found.append(f"{row['strategy']}: costs more where it is known, {row['expected_cost_if_known']}")
        regret = millionths(row["worst_regret"])
        if regret + 2 < cost - millionths(row["expected_cost_if_known"]):
            found.append(f"{row['strategy']}: regrets no more than {row['worst_regret']}")
        if not cost <= millionths(row["worst_cost"]) + 1 or millionths(row["p95_cost"]) > millionths(row["worst_cost"]):
            found.append(f"{row['strategy']}: worst {row['worst_cost']}, p95 {row['p95_cost']}, {row['expected_cost']}")
    return found


CLAIMS = [expectation_is_least]
