"""The need in every step: trace, growth and bursts."""
import decimal
from fractions import Fraction

import inputs
import when

DECIMALS = decimal.Context(prec=60)
MILLION = 10 ** 6


def ceiling(value):
    return int(-(-value // 1))


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


def read_rows(study, trace, column):
    """A trace as {time: value}, gaps filled; its first time; the seconds between rows."""
    load = study.workload
    names = list(trace[0])
    time_column = load.get("time_column", names[0])
    column = column or [name for name in names if name != time_column][0]
    rows = [(when.at(row[time_column]), inputs.number(row[column])) for row in trace]
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
    if gaps == "linear":    # six decimals are kept, as of every value of a trace
        return before + Fraction(int((after - before) * part * MILLION), MILLION)
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


def value_in_step(study, values, first, spacing, begin, within):
    """The value of one step: the largest row in it, or the mean of its rows."""
    row = first + (begin - first) // spacing * spacing
    rows = range(row, begin + study.step, spacing)
    if within == "max":
        return max(values[row] for row in rows)
    total = sum(values[row] * (min(row + spacing, begin + study.step) - max(row, begin)) for row in rows)
    return Fraction(total) / study.step


def bursts(study):
    """(at, ramp, hold, decay, height) of every burst, repeated where it is yearly."""
    for burst in study.workload.get("bursts") or []:
        at = when.at(burst["at"])
        shape = [inputs.duration(burst.get(key, "0 s")) for key in ("ramp", "hold", "decay")]
        height = int(inputs.amount(burst["add"]))
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
        return -(-height * (end - at) // ramp)
    if begin < falls:
        return height
    return -(-height * (over - begin) // decay)


def servers_for_one(study, spacing):
    """Servers at target that a value of one stands for."""
    load = study.workload
    if load["measures"] == "servers":
        return Fraction(1)
    target = inputs.amount(load.get("target_utilisation", "100%"))
    if load["measures"] == "rate":
        return 1 / (inputs.amount(load["per_server"]) * target)
    return 1 / (inputs.per_second(load["per_server"]) * target * spacing)


class Series:
    """One column of a trace, aligned, repeated and grown as the workload says."""

    def __init__(self, study, trace, column, within):
        self.study, self.factors, self.within = study, {}, within
        self.values, self.first, self.spacing = read_rows(study, trace, column)
        length = max(self.values) + self.spacing - self.first
        self.shift, self.block = shift_and_block(study, self.first, length)
        self.rate = inputs.amount(study.workload.get("growth", "0%"))

    def growth(self, i):
        months = when.whole_months(self.study.start, self.study.start + i * self.study.step)
        if months not in self.factors:
            self.factors[months] = growth_factor(self.rate, months)
        return self.factors[months]

    def in_step(self, i, within=None):
        in_trace = self.study.start + i * self.study.step - self.shift
        if self.block:
            in_trace = self.first + (in_trace - self.first) % self.block
        return value_in_step(self.study, self.values, self.first, self.spacing, in_trace, within or self.within)


class Demand:
    """For each step: `base`, servers at target for the trace, not rounded, and `rows`, of all its rows on
    average; `burst`, whole servers on top."""

    def __init__(self, study):
        load = study.workload
        series = Series(study, study.trace, load.get("column"), load.get("within_step", "max"))
        one = servers_for_one(study, series.spacing)
        shapes = list(bursts(study))
        self.base, self.burst, self.need, self.rows = [], [], [], []
        for i in range(study.n_steps):
            begin = study.start + i * study.step
            base = series.in_step(i) * (series.growth(i) * one)
            self.rows.append(series.in_step(i, "mean") * (series.growth(i) * one))
            extra = sum(largest(shape, begin, begin + study.step) for shape in shapes)
            self.base.append(base)
            self.burst.append(extra)
            self.need.append(ceiling(base) + extra)
