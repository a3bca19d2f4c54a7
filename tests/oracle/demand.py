"""The need in every step: trace, growth and bursts."""
import decimal
from fractions import Fraction

import inputs
import when

DECIMALS = decimal.Context(prec=60)


def ceiling(value):
    return -(-value.numerator // value.denominator)


def power(base, numerator, denominator):
    """base ^ (numerator/denominator) to some 50 digits."""
    if numerator == 0:
        return Fraction(1)
    exact = DECIMALS.divide(decimal.Decimal(base.numerator), decimal.Decimal(base.denominator))
    exponent = DECIMALS.divide(decimal.Decimal(numerator), decimal.Decimal(denominator))
    return Fraction(DECIMALS.power(exact, exponent))


def growth_factor(rate, months):
    """(1 + rate) ^ (months / 12), to nine decimals."""
    return Fraction(round(power(1 + rate, months, 12) * 10 ** 9), 10 ** 9)


def read_rows(study):
    """The trace as {time: value}, gaps filled; its first time; the seconds between rows."""
    load = study.workload
    names = list(study.trace[0])
    time_column = load.get("time_column", names[0])
    column = load.get("column") or [name for name in names if name != time_column][0]
    rows = [(when.at(row[time_column]), inputs.number(row[column])) for row in study.trace]
    spacing = min(later[0] - earlier[0] for earlier, later in zip(rows, rows[1:]))
    values = {}
    for (time, value), (next_time, next_value) in zip(rows, rows[1:]):
        values[time] = value
        missing = (next_time - time) // spacing - 1
        for k in range(1, missing + 1):
            values[time + k * spacing] = fill(load.get("gaps", "error"), value, next_value, Fraction(k, missing + 1))
    values[rows[-1][0]] = rows[-1][1]
    return values, rows[0][0], spacing


def fill(gaps, before, after, part):
    if gaps == "hold":
        return before
    if gaps == "zero":
        return Fraction(0)
    if gaps == "linear":
        return before + (after - before) * part
    raise ValueError("a gap in the trace")


def shift_and_block(study, first, length):
    """By how much trace dates move, and the length that repeats (None: it does not)."""
    align, repeat = study.workload.get("align", "weekday"), study.workload.get("repeat", "none")
    period = {"none": None, "yearly": 364 * when.DAY, "weekly": when.WEEK}[repeat]
    block = length // period * period if period else None
    if align == "date":
        return 0, block
    if align == "elapsed":
        return study.start - first, block
    unit = period or when.WEEK
    return (study.start - first) // unit * unit, block


def load_in_step(study, values, first, spacing, shift, block, begin):
    """The load of one step in the unit of the trace, as a rate where it is a count."""
    begin -= shift
    if block:
        begin = first + (begin - first) % block
    count = study.workload["measures"] == "count"
    row = first + (begin - first) // spacing * spacing
    rows = range(row, begin + study.step, spacing)
    if study.workload.get("within_step", "max") == "max":
        load = max(values[row] for row in rows)
    else:
        load = sum(values[row] * (min(row + spacing, begin + study.step) - max(row, begin)) for row in rows)
        load /= study.step
    return load / spacing if count else load


def bursts(study):
    """(at, ramp, hold, decay, height) of every burst, repeated where it is yearly."""
    for burst in study.workload.get("bursts") or []:
        at = when.at(burst["at"])
        shape = [inputs.duration(burst.get(key, "0 s")) for key in ("ramp", "hold", "decay")]
        height = inputs.amount(burst["add"])
        yield (at, *shape, height)
        if burst.get("every", "once") == "year":
            for year in range(1, 20):
                yield (when.add_months(at, 12 * year), *shape, height)


def largest(burst, begin, end):
    """The most a burst reaches in [begin, end), rounded up: a straight line up, flat, a straight line down."""
    at, ramp, hold, decay, height = burst
    full, falls, over = at + ramp, at + ramp + hold, at + ramp + hold + decay
    if end <= at or begin >= over:
        return 0
    if end <= full:
        return ceiling(height * (end - at) / ramp)
    if begin < falls:
        return ceiling(height)
    return ceiling(height * (over - begin) / decay)


class Demand:
    """For each step: `base`, servers at target for the trace, not rounded; `burst`, whole servers on top."""

    def __init__(self, study):
        load = study.workload
        values, first, spacing = read_rows(study)
        length = max(values) + spacing - first
        shift, block = shift_and_block(study, first, length)
        if load["measures"] == "servers":
            one_server = Fraction(1)
        else:
            target = inputs.amount(load.get("target_utilisation", "100%"))
            rate, _, unit = inputs.quantity(load["per_server"])
            if load["measures"] == "count":
                rate /= inputs.SECONDS[unit]
            one_server = rate * target
        growth = inputs.amount(load.get("growth", "0%"))
        shapes = list(bursts(study))
        factors = {}
        self.base, self.burst, self.need = [], [], []
        for i in range(study.n_steps):
            begin = study.start + i * study.step
            months = when.whole_months(study.start, begin)
            if months not in factors:
                factors[months] = growth_factor(growth, months)
            raw = load_in_step(study, values, first, spacing, shift, block, begin)
            base = raw * factors[months] / one_server
            extra = sum(largest(shape, begin, begin + study.step) for shape in shapes)
            self.base.append(base)
            self.burst.append(extra)
            self.need.append(ceiling(base) + extra)
