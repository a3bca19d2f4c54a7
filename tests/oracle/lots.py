"""What servers cost: lots of orders, what a layer shares, and those that follow the need."""
from fractions import Fraction

import inputs
import when
from demand import power
from planning import purchased_by_one, units_held
from prices import to_millionth

# Why servers come, and what is paid for that.
PURCHASES = {"once": ("new", "refresh"), "term": ("new", "refresh", "renewal")}
SHARES = Fraction(1, 10 ** 9)       # shares of resale have nine decimals
SHARED = ("rack-month", "admin-month")


def charge_lot(bill, offer, order, lot):
    for row in offer.component_rows():
        if row.charged in PURCHASES:
            if lot.reason in PURCHASES[row.charged]:
                charge_purchase(bill, offer, order, row, lot)
        elif row.charged == "held" and row.per == "server-month" and offer.kind == "hosting":
            charge_contract_months(bill, offer, order, row, lot)
        elif row.charged == "held" and row.per not in SHARED:
            charge_held(bill, offer, order, row, lot)


def charge_purchase(bill, offer, order, row, lot):
    study = bill.study
    is_server = offer.kind == "colocation" and row.charged == "term" and row.per == "server"
    if is_server and "financing" in offer.extra:
        charge_rates(bill, offer, order, row, lot)
        return
    due = lot.ordered if study.due_with_order else lot.term_begins
    if not bill.counts(due):
        return
    unit = bill.unit(row, lot.price_date if row.follows_order() else due, due)
    money = [price * lot.all_servers() * purchased_by_one(offer, row) for price in unit]
    if is_server and "resale" in offer.extra:
        bill.slack[row.name, when.month_of(due)] += money[0] * SHARES
        bill.slack[row.name, when.month_of(lot.end)] += money[0] * SHARES
        buy_for_resale(bill, offer, order, row, lot, due, money)
    else:
        bill.purchase(row, order, due, lot.term_begins, lot.end, money)


def buy_for_resale(bill, offer, order, row, lot, due, money):
    """A server is written down to what it is sold for at the end of its life; that stays prepaid until it is."""
    study = bill.study
    share = offer.resale_share(lot.term_begins, lot.end)
    bill.pay(row, order, when.month_of(due), money)
    left = bill.spread(row, order, lot.term_begins, lot.end, money[0] * (1 - share))
    if lot.end < study.end:
        bill.pay(row, order, when.month_of(lot.end), [-amount * share for amount in money])
        return
    left += money[0] * share
    bill.prepaid += left
    if study.at_end == "resale":
        bill.horizon += money[0] * offer.resale_share(lot.term_begins, max(study.end, lot.term_begins))
    elif study.at_end == "pro-rata":
        bill.horizon += left


def charge_rates(bill, offer, order, row, lot):
    """A purchase paid in equal monthly rates, the first one month after the start."""
    study, financing = bill.study, offer.extra["financing"]
    if not bill.counts(lot.begin):
        return
    price = row.price_at(lot.price_date if row.follows_order() else lot.term_begins)
    n_rates = int(financing["months"])
    payments = [rate_of_loan(each, inputs.amount(financing["rate"]), n_rates) * lot.all_servers()
                for each in (price.used(), price.listed)]
    paid = Fraction(0)
    for k in range(1, n_rates + 1):
        due = when.add_months(lot.begin, k)
        exchange = study.rates.at(price.currency, min(due, study.end - 1))
        if due < study.end:
            bill.pay(row, order, when.month_of(due), [payment * exchange for payment in payments])
            paid += payments[0] * exchange
        else:
            bill.obligation(payments[0] * exchange)
    whole = n_rates * payments[0] * study.rates.at(price.currency, lot.begin)
    used = whole - bill.spread(row, order, lot.begin, lot.end, whole)
    bill.prepaid += max(0, paid - used)
    bill.accrued += max(0, used - paid)
    if study.at_end != "full":
        bill.horizon += paid - used


def rate_of_loan(price, yearly, n_rates):
    if yearly == 0:
        return to_millionth(price / n_rates)
    monthly = power(1 + yearly, 1, 12) - 1
    return to_millionth(price * monthly / (1 - power(1 + monthly, -n_rates, 1)))


def charge_contract_months(bill, offer, order, row, lot):
    last = bill.study.end - 1
    for due, until in offer.contract_months(lot.term_begins, lot.end):
        if due < bill.study.decide_from:
            continue
        unit = bill.unit(row, lot.price_date if row.follows_order() else min(due, last), min(due, last))
        money = [price * lot.all_servers() for price in unit]
        bill.purchase(row, order, due, due, until, money)
        if due > last:
            bill.obligation(money[0])


def charge_held(bill, offer, order, row, lot):
    study = bill.study
    fixed = lot.price_date if row.follows_order() else None
    paid_from = lot.paid_from(offer)
    for begin, end, unit in bill.pieces(row, paid_from, min(lot.end, study.end), fixed):
        servers = lot.servers if row.per == "Mbps-month" else lot.all_servers()     # nothing comes from spares
        bill.usage(row, order, begin, unit, units_held(study, offer, row, begin, end) * servers)
    if offer.kind != "colocation" and paid_from < study.end < lot.end:
        unit = bill.unit(row, study.end - 1 if fixed is None else fixed, study.end - 1)
        bill.obligation(unit[0] * units_held(study, offer, row, study.end, lot.end) * lot.all_servers())


def charge_runs(bill, offer, order, runs):
    """What a commitment, or spot, costs while it is in use: each run in whole increments. What is paid
    beyond a run costs what its last second costs."""
    increment = offer.increment or 1
    for row in offer.component_rows():
        if row.charged != "running":
            continue
        fixed = order.lots[0].price_date if row.follows_order() else None
        for begin, end, servers in runs:
            for start, stop, unit in bill.pieces(row, begin, end, fixed):
                bill.usage(row, order, start, unit, Fraction((stop - start) * servers, when.HOUR))
            beyond = (begin - end) % increment
            if beyond:
                unit = bill.unit(row, end - 1 if fixed is None else fixed, bill.due(end - 1))
                bill.usage(row, order, end - 1, unit, Fraction(beyond * servers, when.HOUR))


def charge_shared(bill, offer, lots):
    """Whole racks and whole administrators for all servers of a layer in service at each moment."""
    study = bill.study
    rows = [row for row in offer.component_rows() if row.per in SHARED]
    if not rows or not lots:
        return
    times = {lot.begin for lot in lots} | {lot.end for lot in lots} | {study.end}
    times = sorted(time for time in times if time <= study.end)
    for begin, end in zip(times, times[1:]):
        there = [lot for lot in lots if lot.begin <= begin < lot.end]
        servers, spares = sum(lot.servers for lot in there), sum(lot.spares for lot in there)
        for row in rows:
            if row.per == "rack-month":
                units = -(-(servers + spares) // offer.servers_per_rack())
            else:       # nobody looks after spares
                units = -(-servers // offer.servers_per_admin())
            for start, stop, unit in bill.pieces(row, begin, end):
                months = when.months_in(start, stop, study.hours_per_month)
                bill.usage(row, offer, start, unit, units * months)


def charge_following(bill, following):
    study = bill.study
    for row in following.offer.component_rows():
        units = {}
        for i in range(-1, study.n_steps):
            seconds = following.billed_seconds(study, i)
            if not seconds:
                continue
            begin = study.start + i * study.step
            day = begin // when.DAY
            if day not in units:
                units[day] = bill.unit(row, study.start if row.follows_order() else begin, bill.due(begin))
            bill.usage(row, following.offer, begin, units[day], Fraction(seconds) / when.HOUR)


def charge_service(bill, offer):
    """Flat fees of a service, from the first day of demand to the last."""
    study = bill.study
    for row in offer.component_rows():
        for begin, end, unit in bill.pieces(row, study.start, study.end):
            bill.usage(row, offer, begin, unit, when.months_in(begin, end, study.hours_per_month))
