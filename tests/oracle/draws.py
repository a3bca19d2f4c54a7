"""Lead times of orders whose durations are drawn: not the same draws, but the same distribution."""
import csv
import math
import os
import random

from deliveries import through_process
from minimal import case, rented, stage

RUNS, SERVERS = 400, (1, 10, 100)
PERCENTILES = {"p10": 0.1, "p50": 0.5, "p90": 0.9}

CLAIMS = {
    "pieces drawn even out": [
        stage("build", "ship", "order", "1 d", mode="2 d", high="6 d"),
        stage("build", "rack", "server", "1 h", mode="2 h", high="9 h", crew="people", workers="7", draw="piece"),
        stage("build", "burn in", "10 servers", "12 h", mode="13 h", high="30 h", workers="3", draw="piece")],
    "lognormal orders and pieces, by a crew that comes back in office hours": [
        stage("build", "approve", "order", "", p10="1 d", p50="3 d", p90="12 d", hours="8x5"),
        stage("build", "rack", "server", "", p10="30 min", p50="1 h", p90="4 h", crew="people", workers="5",
              draw="piece", hours="8x5"),
        stage("build", "burn in", "server", "20 h", draw="piece"),
        stage("build", "label", "server", "5 min", mode="10 min", high="1 h", crew="people", workers="5",
              draw="piece", hours="8x5")],
}


def study(claim):
    return case([{"offer": "host", "size": "1"}], {"host": {"process": "build"}}, [rented("100", term="1 mo")],
                [1] * 7, CLAIMS[claim], end="2014-02-01")


def tolerance(p):
    """Five standard errors of a share: of ours, and of theirs, who are 1,000 runs."""
    return 5 * math.sqrt(p * (1 - p) * (1 / RUNS + 1 / 1000))


def differences(claim, folder, ordered):
    """Their percentile has to be one of ours, for nearly that share: where nobody works at night and at week
    ends, times lie in lumps, and shares can be compared where hours cannot."""
    dice, found = random.Random(claim), []
    with open(os.path.join(folder, "lead_times.csv"), newline="", encoding="utf-8") as file:
        theirs = {int(row["servers"]): row for row in csv.DictReader(file)}
    for servers in SERVERS:
        hours = [through_process(CLAIMS[claim], servers, ordered=ordered, dice=dice)[-1] / 3600 for _ in range(RUNS)]
        for name, p in PERCENTILES.items():
            value = float(theirs[servers][name])
            below, up_to = (sum(h <= value + e for h in hours) / RUNS for e in (-1e-3, 1e-3))
            if below > p + tolerance(p) or up_to < p - tolerance(p):
                found.append(f"{servers} servers, {name} {value:.2f} h: {up_to:.3f} of the oracle's runs are shorter")
    return found, len(SERVERS) * len(PERCENTILES)
