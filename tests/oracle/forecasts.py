"""A buyer who forecasts: what was seen, what is expected of it, and what is ordered for that. Seasonal naive and
percentiles, in exact fractions."""
from fractions import Fraction

import inputs
import when
from deliveries import deliver, order_by
from demand import MILLION, Series, bursts, largest, servers_for_one
from planning import CommittedLayer, Supply

SEASONS = {"24 h": when.DAY, "168 h": when.WEEK, "364 d": 364 * when.DAY}


def past_steps(study, series):
    """Steps before the study of which the trace tells."""
    begin = study.decide_from - series.block if series.block else series.first + series.shift
    return max(0, study.start - begin) // study.step


class Forecaster:
    """What a buyer of a strategy expects. `seen`: the load of every step, those before the study first."""

    def __init__(self, study, strategy, demand):
        self.study, self.how, self.cache = study, strategy["forecast"], {}
        load = study.workload
        series = Series(study, study.trace, load.get("column"), load.get("within_step", "max"))
        one = servers_for_one(study, series.spacing)
        self.n_past = past_steps(study, series)
        self.first = study.start - self.n_past * study.step
        self.seen = [series.in_step(i) * one + self.burst(i) for i in range(-self.n_past, 0)]
        self.seen += [base + extra for base, extra in zip(demand.base, demand.burst)]

    def burst(self, i):
        begin = self.study.start + i * self.study.step
        return sum(largest(shape, begin, begin + self.study.step) for shape in bursts(self.study))

    def times(self, k):
        """The product of the events that touch a step."""
        begin = self.first + k * self.study.step
        product = Fraction(1)
        for event in self.how.get("events") or []:
            if when.at(event["from"]) < begin + self.study.step and when.at(event["to"]) > begin:
                product *= inputs.number(event["times"])
        return product

    def n_known(self, moment):
        """Steps that are over."""
        return min(max(0, (moment - self.first) // self.study.step), len(self.seen))

    def expected(self, moment, i):
        """The servers expected to be needed in a step of the study that is not over."""
        if moment not in self.cache:
            self.cache[moment] = self.method([load / self.times(k) if self.how.get("events") else load
                                              for k, load in enumerate(self.seen[:self.n_known(moment)])])
        k = i + self.n_past
        more = 1 + inputs.amount(self.how.get("headroom", "0%"))
        load = self.cache[moment](k - self.n_known(moment)) * self.times(k) * more
        return max(0, int(-((Fraction(1, MILLION) - load) // 1)))

    def method(self, known):
        """What is expected so many steps after what is known."""
        if not known:
            return lambda ahead: Fraction(0)
        if self.how["method"] == "percentile":
            level = percentile(known, inputs.number(self.how["percentile"]) / 100)
            return lambda ahead: level
        season = SEASONS[self.how["season"]]
        for lag in (season, when.WEEK, when.DAY):
            steps = lag // self.study.step
            if lag <= season and steps <= len(known):
                last = known[len(known) - steps:]
                return lambda ahead: last[ahead % len(last)]
        most = max(known)
        return lambda ahead: most


def percentile(values, share):
    """R's type 7."""
    values = sorted(values)
    place = (len(values) - 1) * share
    below = int(place // 1)
    value = values[below]
    if below + 1 < len(values):
        value += (place - below) * (values[below + 1] - value)
    return value


class ForecastingLayer(CommittedLayer):
    """`now`: the moment of the decision that is being made."""

    def __init__(self, *arguments, forecaster=None):
        super().__init__(*arguments)
        self.forecaster, self.now = forecaster, None

    # What is wanted

    def left_to_this(self, first, last):
        """What of the need expected in some steps the layers below leave, if they keep what is decided by now."""
        now = max(0, (self.now - self.study.start) // self.study.step)
        left = {i: self.forecaster.expected(self.now, i) for i in range(first, min(last, self.study.n_steps))}
        for layer in self.lower:
            lots = [lot for lot in layer.lots if getattr(lot, "decided", self.study.decide_from) <= self.now]
            most = 0
            for i, fewest in enumerate(Supply(self.study, lots).fewest[now:], now):
                most = max(most, layer.offer.capacity(fewest))
                if i in left:
                    left[i] = max(0, left[i] - most)
        return list(left.values())

    def wanted(self, begin, until):
        """Servers of the layer in [begin, until)."""
        study = self.study
        if self.size[0] not in "pb":
            return self.constant()
        if self.size != "peak":
            until = self.offer.term.after(begin)
        first = (begin - study.start) // study.step
        last = -(-(until - study.start) // study.step) if self.size == "peak" else (until - study.start) // study.step
        needs = self.left_to_this(first, last)
        if self.size == "peak":
            return self.offer.servers_for(max(needs, default=0))
        if self.size == "break-even":
            return int(self.break_even_level(needs, self.now, len(needs) * study.step) // self.offer.equals)
        return self.offer.servers_for(-(-percentile(needs, Fraction(self.size[1:]) / 100) // 1) if needs else 0)

    def target(self, moment):
        self.now = moment
        return self.wanted(moment, when.add_months(moment, self.review))

    def held(self, moment):
        return sum(lot.servers for lot in self.lots if lot.end > moment)

    def ending(self, moment):
        return sum(lot.servers for lot in self.lots if lot.end == moment)

    # What is ordered

    def arrivals(self, servers, ordered):
        found = deliver(self.study, self.offer, servers, self.reserved_at(self.now), ordered)
        return [(max(ordered + seconds, self.opens()), count) for seconds, count in found]

    def latest(self, servers, moment):
        return max(self.now, order_by(self.study, self.offer, servers, self.reserved_at(self.now), moment))

    def decided(self, lots):
        for lot in lots or []:
            lot.decided = self.now

    def order(self, servers, ordered, reason):
        """As order_new does, at a given time."""
        arrivals = self.arrivals(servers, ordered)
        if arrivals and arrivals[0][0] < self.study.end:
            before = len(self.lots)
            self.place(ordered, deliver(self.study, self.offer, servers, self.reserved_at(self.now), ordered), reason)
            self.decided(self.lots[before:])

    def order_for_arrival(self, following):
        """For the time from the arrival of an order of at least that size to that of the next."""
        start, tried = self.study.start, 1
        for _ in range(40):
            arrivals = self.arrivals(tried, self.now)
            lead = arrivals[-1][0] - self.now if arrivals else 0
            begin, until = self.now + lead, following + lead
            if begin < start:
                begin, until = start, max(until, when.add_months(start, self.review))
            missing = self.wanted(begin, until) - self.held(begin if self.offer.kind == "colocation" else self.now)
            if missing <= tried:
                break
            tried = missing
        if missing <= 0 or following + lead <= start:
            return
        self.order(missing, self.latest(missing, start) if self.now + lead < start else self.now, "new")

    def decide(self, moment, following):
        self.now = moment
        if moment < self.offer.first_priced_day():
            return
        if self.offer.kind != "colocation" and self.ending(moment):
            begin, until = moment, following
            if moment < self.study.start:
                begin, until = self.study.start, max(following, when.add_months(self.study.start, self.review))
            missing = self.wanted(begin, until) - self.held(moment)
            if missing > 0:
                self.decided(self.renew(moment, min(missing, self.ending(moment))))
        self.order_for_arrival(following)

    def replace(self, seen, following):
        """Hardware whose replacement has to be ordered before the next review; the last end that was seen to."""
        while True:
            ends = [lot.end for lot in self.lots if seen < lot.end < self.study.end]
            if not ends:
                return seen
            end = min(ends)
            moment = self.latest(self.ending(end), end)
            if moment >= following:
                return seen
            self.now, seen = moment, end
            missing = self.wanted(end, when.add_months(end, self.review)) - self.held(end)
            if missing > 0 and moment >= self.offer.first_priced_day():
                self.order(missing, self.latest(missing, end), "refresh")

    def plan(self):
        if self.offer.kind == "spot":
            self.plan_spot()
            return
        study, seen = self.study, self.study.decide_from - 1
        months = range(-1200 // self.review * self.review, 1200, self.review)
        reviews = [when.add_months(study.start, k) for k in months]
        reviews = [study.decide_from] + [each for each in reviews if study.decide_from < each < study.end]
        for moment, following in zip(reviews, reviews[1:] + [study.end]):
            self.decide(moment, following)
            priced = self.offer.first_priced_day()
            if moment < priced < following:
                self.decide(priced, following)
            if self.offer.kind == "colocation":
                seen = self.replace(seen, following)
                continue
            ends = [moment]
            while ends:
                ends = [lot.end for lot in self.lots if max(moment, self.now) < lot.end < following]
                if ends:
                    self.decide(min(ends), when.add_months(min(ends), self.review))
