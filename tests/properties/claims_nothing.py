"""Changes after which every figure is the same, to the last unit unless said otherwise."""
import datetime
import os
import random
import shutil
from collections import Counter

from draw import draw
from study import DAY, parsed, run, run_again, shown

# What names a price or a day of it, and is no figure.
NAMES = ("ChargeDescription", "PricingCurrency", "x_Order", "CommitmentDiscountId")


def money_differences(name, before, after, other, slack=0, slack_of_month=0):
    """Figures of a strategy in two reports that differ by more than `slack` millionths."""
    found = []
    for key in ("billed", "effective", "list", "horizon_value", "unmet", "compared", "capex", "opex"):
        was, now = before.money(name, key), after.money(other, key)
        if abs(was - now) > slack:
            found.append(f"{name}: {key} was {was}, is {now}")
    months = {key[1:] for key in before.monthly if key[0] == name}
    months |= {key[1:] for key in after.monthly if key[0] == other}
    for month, component in sorted(months):
        was = before.monthly.get((name, month, component), [0, 0, 0])
        now = after.monthly.get((other, month, component), [0, 0, 0])
        if any(abs(a - b) > slack_of_month for a, b in zip(was, now)):
            found.append(f"{name}: {component} in {month} was {was}, is {now}")
    return found


def service_differences(name, before, after, other):
    """Everything of a strategy but money, rank and name."""
    found = []
    was, now = before.summary[name], after.summary[other]
    for key in was:
        if key in ("strategy", "rank") or key.endswith("_cost") or key == "horizon_value":
            continue
        if key == "counted":
            if set(was[key].split("; ")) != set(now[key].split("; ")):
                found.append(f"{name}: counts `{now[key]}`, not `{was[key]}`")
        elif was[key] != now[key]:
            found.append(f"{name}: {key} was {was[key]}, is {now[key]}")
    skipped = ("strategy", "billed_cost", "effective_cost", "on_demand_equivalent", "reason")
    orders = [[{key: text for key, text in row.items() if key not in skipped} for row in report.orders_of(who)]
              for report, who in ((before, name), (after, other))]
    if orders[0] != orders[1]:
        lost, new = [[row for row in these if row not in those][:1] for these, those in (orders, orders[::-1])]
        found.append(f"{name}: other orders; before {lost}, now {new}")
    return found


def ledger_differences(name, before, after, other):
    """Charges as a set: their order in the file is not compared."""
    was, now = [Counter(tuple(text for key, text in row.items() if key not in NAMES + ("amounts", "x_Strategy"))
                        for row in report.ledger if row["x_Strategy"] == who)
                for report, who in ((before, name), (after, other))]
    gone, new = list((was - now).elements()), list((now - was).elements())
    return [f"{name}: {len(gone)} charges are others, such as {gone[:1]}, now {new[:1]}"] if gone or new else []


def differences(before, after, names=None, reranked=False):
    """Every figure that differs between two reports; `names`: what strategies are called in the second."""
    found = []
    for name, row in before.summary.items():
        other = (names or {}).get(name, name)
        found += money_differences(name, before, after, other) + service_differences(name, before, after, other)
        found += ledger_differences(name, before, after, other)
        if not reranked and row["rank"] != after.summary[other]["rank"]:
            found.append(f"{name}: rank was {row['rank']}, is {after.summary[other]['rank']}")
    return found


def pair(study, changed, folder, **environment):
    return run(study, os.path.join(folder, "before")), run(changed, os.path.join(folder, "after"), **environment)


# ---- order ----

def order_of_rows(seed, folder):
    """The order of price rows, processes, exchange rates, offers and strategies changes nothing."""
    study, dice = draw(seed), random.Random(seed)
    changed = study.copy()
    for rows in (changed.prices, changed.rates, changed.strategies):
        dice.shuffle(rows)
    processes = sorted({row["process"] for row in study.stages}, key=lambda name: dice.random())
    # The rows of one process are its stages, in their order.
    changed.stages = [row for name in processes for row in study.stages if row["process"] == name]
    names = sorted(study.offers, key=lambda name: dice.random())
    changed.offers = {name: dict(sorted(study.offers[name].items(), key=lambda _: dice.random())) for name in names}
    for strategy in changed.strategies:
        dice.shuffle(strategy.get("services", []))
    before, after = pair(study, changed, folder)
    # Of strategies that cost the same the first one ranks first.
    tied = len({before.money(name, "compared") for name in before.summary}) < len(before.summary)
    return differences(before, after, reranked=tied)


# ---- what cannot matter ----

def names_and_surroundings(seed, folder):
    """Names, sources, comments, unused offers, the folder, TZ and LC_ALL change no figure."""
    study, dice = draw(seed), random.Random(seed)
    changed = study.copy()
    changed.comment = "# nothing"
    changed.top["title"] = "Ein anderer Titel: \u00c4, \u4e2d"
    changed.workload["name"] = "something else"
    names = {row["name"]: f"{row['name'][::-1]} {dice.randrange(9)}, \u00e9" for row in study.strategies}
    for strategy in changed.strategies:
        strategy["name"] = names[strategy["name"]]
    for row in changed.prices + changed.stages + changed.rates:
        row["source"] = "a catalogue, page 7"
    unused = [row for row in study.prices if row["offer"] in ("colo", "od", "web")]
    changed.prices = [dict(row, offer="unused-" + row["offer"]) for row in unused] + changed.prices
    changed.stages += [dict(row, process="unused") for row in study.stages if row["process"] == "bought"]
    for row in changed.trace:
        row.append(str(dice.randrange(100)))
    changed.trace_columns = study.trace_columns + ["unused"]
    before = run(study, os.path.join(folder, "before"))
    after = run(changed, os.path.join(folder, "another folder", "deeper"), TZ="America/St_Johns", LC_ALL="de_DE.UTF-8")
    return differences(before, after, names)


# ---- the same orders ----

def orders_again(seed, folder):
    """A run of the orders that a run wrote gives every figure again."""
    before = run(draw(seed), folder)
    path = os.path.join(folder, "orders.csv")
    shutil.copy(os.path.join(before.folder, "orders.csv"), path)
    return differences(before, run_again(folder, "again", "--orders", path))


# ---- prices in two parts ----

def split_rows(rows, study, dice, of):
    """Cuts a row of a table in two where the validity of the first part ends, with or without saying so."""
    grid = datetime.timedelta(hours=1) if rows[of].get("kind") == "spot" else DAY
    first, second = rows[of], dict(rows[of])
    begin = parsed(first["effective_from"])
    key = ("offer", "component", "per", "tier_from", "currency")
    starts = [parsed(row["effective_from"]) for row in rows if all(row.get(part) == first.get(part) for part in key)]
    end = min([start for start in starts if start > begin] + [study.end])
    low = max(begin, study.decide_from)
    if (end - low) // grid < 2:
        return False
    second["effective_from"] = shown(low + dice.randrange(1, (end - low) // grid) * grid)
    if "rate" not in first and (first.get("effective_to") or dice.random() < 0.5):
        first["effective_to"] = second["effective_from"]
    rows.append(second)
    return True


def status_differences(name, before, after, slack):
    """Effective cost of commitments, used and unused, that differs by more than `slack` over the whole."""
    found = []
    for status in ("Used", "Unused"):
        was, now = [sum(row["amounts"][1] for row in report.ledger if row["x_Strategy"] == name and
                        row["CommitmentDiscountStatus"] == status) for report in (before, after)]
        if abs(was - now) > slack:
            found.append(f"{name}: {status} effective cost was {was}, is {now}")
    return found


def without_metered(study):
    """Metered quantities are rounded at the end of every period, and a price that begins begins a period."""
    for strategy in study.strategies:
        strategy.pop("services", None)
    study.prices = [row for row in study.prices if row["charged"] != "metered"]
    study.offers["od"].pop("meters", None)
    study.offers.pop("web")
    return study


def split_for_good(seed, folder):
    """A price of purchases in two rows of the same price changes nothing."""
    study, dice = without_metered(draw(seed)), random.Random(seed)
    changed = study.copy()
    # Every purchase is rounded on its own, and what keeps the price of its order has one row all the time.
    held = ("res-part", "res-none", "plan", "host", "colo")
    for k, row in enumerate(study.prices):
        of_order = row["offer"] in held and row.get("follows", "") in ("", "order")
        if row["charged"] in ("once", "term") and row["offer"] != "hall" or row["charged"] == "held" and of_order:
            split_rows(changed.prices, study, dice, k)
    return differences(*pair(study, changed, folder))


def split_by_the_day(seed, folder):
    """Any price or rate in two rows of the same price changes rounding alone: a millionth for each order and cut.

    What is rounded cumulatively is so for each order and row. A total is the rounded sum; in two rows it is two
    rounded sums, so that it may differ by 1, and a month, a difference of two rounded sums, by 2. A metered quantity
    counts whole millionths of a unit at the end of every period, of which a cut makes two: at worst load that is
    lost and what is included move two of them each, at the price of a unit. Tax and support are shares of all this."""
    study, dice = draw(seed), random.Random(seed)
    changed = study.copy()
    cut, prices = Counter(), {}
    for k in dice.sample(range(len(study.prices)), min(6, len(study.prices))):
        row = study.prices[k]
        if split_rows(changed.prices, study, dice, k):
            cut[row["offer"]] += 1
    for k in range(len(study.rates)):
        if split_rows(changed.rates, study, dice, k):
            for row in study.prices:
                cut[row["offer"]] += row["currency"] != "USD"
    for row in study.prices:
        if row["charged"] == "metered" and row["price"] != "free":
            prices[row["offer"]] = max(prices.get(row["offer"], 1), float(row["price"]))
    before, after = pair(study, changed, folder)
    found = []
    for strategy in study.strategies:
        name, slack = strategy["name"], 0
        for offer in study.used_offers(strategy):
            slack += cut[offer] * 2 * max(1, len(before.orders_of(name, offer)))
        metered = max(prices.get(offer, 0) for offer in study.used_offers(strategy))
        slack += 4 * sum(cut.values()) * metered
        found += service_differences(name, before, after, name)
        found += money_differences(name, before, after, name, 2 * slack + 2, 2 * slack + 2)
        found += status_differences(name, before, after, 2 * slack + 2)
    return found


# ---- nothing off, one for one ----

def neutral_terms(seed, folder):
    """A discount of 0 % and a currency that is worth 1 change nothing."""
    study, dice = draw(seed), random.Random(seed)
    changed = study.copy()
    if dice.random() < 0.5:
        study.top.pop("discounts", None)
        changed.top["discounts"] = [{"provider": "aws", "off": "0%"}, {"offer": "/./", "off": "0%"}]
    for row in changed.prices:
        if row["currency"] == "USD" and dice.random() < 0.7:
            row["currency"] = "XTS"
    changed.rates.append({"currency": "XTS", "rate": dice.choice(("1", "1.000")), "source": "made up",
                          "effective_from": shown(study.decide_from - dice.randrange(300) * DAY)})
    return differences(*pair(study, changed, folder))


CLAIMS = (order_of_rows, names_and_surroundings, orders_again, split_for_good, split_by_the_day, neutral_terms)
