"""What each layer orders, review after review: sizing by the residual need, renewals, lots."""
import heapq
from fractions import Fraction

import inputs
import when
from deliveries import deliver, order_by
from demand import ceiling


class Lot:
    """Servers that came together. `term_begins` is when what is paid per term falls due."""

    def __init__(self, servers, begin, term_begins, end, price_date, reason):
        self.servers, self.begin, self.term_begins, self.end = servers, begin, term_begins, end
        self.price_date, self.reason = price_date, reason


class Order:
    def __init__(self, offer, ordered, lots, reason):
        self.offer, self.ordered, self.lots, self.reason = offer, ordered, lots, reason
        self.servers = sum(lot.servers for lot in lots)


class Supply:
    """Servers of lots in every step: at its begin, the fewest within it, and the changes within it."""

    def __init__(self, study, lots):
        changes = {}
        for lot in lots:
            changes[lot.begin] = changes.get(lot.begin, 0) + lot.servers
            changes[lot.end] = changes.get(lot.end, 0) - lot.servers
        times = sorted(changes)
        self.first, self.fewest, self.within = [], [], {}
        now, k = 0, 0
        for i in range(study.n_steps):
            begin, end = study.start + i * study.step, study.start + (i + 1) * study.step
            while k < len(times) and times[k] <= begin:
                now += changes[times[k]]
                k += 1
            self.first.append(now)
            low = now
            while k < len(times) and times[k] < end:
                now += changes[times[k]]
                self.within.setdefault(i, []).append((times[k] - begin, now))
                low = min(low, now)
                k += 1
            self.fewest.append(low)


class CommittedLayer:
    def __init__(self, study, strategy, offer, size, residual, next_offer, lower):
        self.study, self.offer, self.size, self.residual = study, offer, size, residual
        self.next_offer, self.lower = next_offer, lower
        self.foresees = strategy.get("knows", "all") == "all"
        self.review = int(inputs.quantity(strategy.get("review", "1 mo"))[0])
        self.orders, self.lots = [], []

    # What is wanted

    def window(self, moment, until):
        """The time that an order at this moment is for; a buyer who does not see ahead takes as much of
        what has been."""
        if self.foresees:
            return moment, min(until, self.study.end)
        return max(self.study.start, moment - (until - moment)), moment

    def needs(self, begin, end, touched=False):
        """The residual needs of a stretch of time. The step that it begins in counts; the step in which it
        ends does where it is enough to be touched."""
        step = self.study.step
        last = -(-(end - self.study.start) // step) if touched else (end - self.study.start) // step
        return self.residual[(begin - self.study.start) // step:last]

    def target(self, moment):
        """How many servers the layer should have."""
        if self.size == "peak":
            begin, end = self.window(moment, when.add_months(moment, self.review))
            return self.offer.servers_for(max(self.needs(begin, end, touched=self.foresees), default=0))
        if self.size[0] not in "pb":
            return self.offer.servers_for(int(self.size))
        begin, end = self.window(moment, self.offer.term.after(moment))
        needs = self.needs(begin, end)
        if self.size == "break-even":
            return int(self.break_even_level(needs, moment, end - begin) // self.offer.equals)
        return self.offer.servers_for(percentile(needs, Fraction(self.size[1:]) / 100))

    def break_even_level(self, needs, moment, length):
        """The highest level that is used in more hours than the next layer could be run for the same money."""
        running = [row for row in self.next_offer.component_rows() if row.charged == "running"]
        price = sum(row.price_at(moment) for row in running) / self.next_offer.equals
        if price == 0 or not needs:
            return 0
        hours = self.lease_cost(moment, length) / self.offer.equals / price
        falling = sorted(needs, reverse=True)
        level = 0
        for rank, need in enumerate(falling, 1):
            if Fraction(rank * self.study.step, when.HOUR) > hours:
                level = need
                break
        return level

    def lease_cost(self, moment, length):
        """What one server costs for so long, at the prices of now: what is paid per term or contract month
        in full, less the share of it after the end of the study where that is credited."""
        study, offer = self.study, self.offer
        term_end, end = offer.term.after(moment), moment + length
        cost = Fraction(0)
        for row in offer.component_rows():
            price = row.price_at(moment)
            if row.charged == "once":
                cost += price
            elif row.charged == "term":
                cost += price * self.share_paid(moment, term_end, end)
            elif row.per == "server-month" and offer.kind == "hosting":
                for months in range(1000):
                    begin = when.add_months(moment, months)
                    if begin >= end:
                        break
                    cost += price * self.share_paid(begin, when.add_months(moment, months + 1), end)
            else:
                cost += price * held_by_one(study, offer, row, moment, end)
        return cost

    def share_paid(self, begin, until, end):
        if self.study.at_end == "full":
            return 1
        return Fraction(min(until, end) - begin, until - begin)

    # What is ordered

    def earliest(self, moment, lead):
        first = self.study.decide_from if self.foresees else moment
        priced = self.offer.first_priced_day()
        if self.offer.kind == "reserved":
            priced -= lead
        return max(first, priced)

    def reserved_at(self, moment):
        """Servers that count against the same quota."""
        return sum(lot.servers for layer in (*self.lower, self) for lot in layer.lots
                   if layer.offer.discounts == self.offer.discounts and lot.begin <= moment < lot.end)

    def order_new(self, moment, servers, reason):
        study, offer = self.study, self.offer
        running = self.reserved_at(moment)
        arrivals = deliver(study, offer, servers, running, moment)
        if not arrivals:
            return []
        lead = arrivals[-1][0]
        latest = order_by(study, offer, servers, running, moment) if self.foresees else moment - lead
        ordered = max(latest, self.earliest(moment, lead))
        arrivals = deliver(study, offer, servers, running, ordered)
        lead = arrivals[-1][0]
        if ordered + arrivals[0][0] >= study.end:
            return []
        lots = []
        for seconds, count in arrivals:
            begin = ordered + seconds
            term_begins, price_date = begin, ordered
            if offer.kind == "reserved":
                term_begins = price_date = ordered + lead
            lots.append(Lot(count, begin, term_begins, offer.term.after(term_begins), price_date, reason))
        self.add_order(Order(offer, ordered, lots, reason))
        return lots

    def renew(self, moment, servers):
        lot = Lot(servers, moment, moment, self.offer.term.after(moment), moment, "renewal")
        self.add_order(Order(self.offer, moment, [lot], "renewal"))
        return [lot]

    def add_order(self, order):
        self.orders.append(order)
        self.lots += order.lots

    def add_existing(self, existing):
        until, servers = when.at(existing["until"]), int(inputs.amount(existing["servers"]))
        ordered = when.at(existing["ordered"])
        lot = Lot(servers, self.study.decide_from, ordered, until, ordered, "existing")
        self.add_order(Order(self.offer, ordered, [lot], "existing"))

    def plan(self):
        """Reviews, and the ends of terms between them, one after the other."""
        study = self.study
        moments = []
        for k in range(0, 10000, self.review):
            review = when.add_months(study.start, k)
            if review >= study.end:
                break
            heapq.heappush(moments, review)
        heapq.heappush(moments, self.offer.first_priced_day())
        for lot in self.lots:
            heapq.heappush(moments, lot.end)
        now = study.start - 1
        while moments:
            moment = heapq.heappop(moments)
            if moment <= now or moment >= study.end or moment < self.offer.first_priced_day():
                continue
            now = moment
            for lot in self.at_moment(moment):
                heapq.heappush(moments, lot.end)

    def at_moment(self, moment):
        missing = self.target(moment) - sum(lot.servers for lot in self.lots if lot.end > moment)
        ending = sum(lot.servers for lot in self.lots if lot.end == moment)
        owned = self.offer.kind == "colocation"
        new = []
        if missing > 0 and not owned:
            renewed = min(missing, ending)
            if renewed:
                new += self.renew(moment, renewed)
                missing -= renewed
        if missing > 0:
            new += self.order_new(moment, missing, "refresh" if owned and ending else "new")
        return new


def percentile(needs, share):
    """R's type 7, rounded up."""
    if not needs:
        return 0
    needs = sorted(needs)
    place = (len(needs) - 1) * share
    below = int(place // 1)
    value = Fraction(needs[below])
    if below + 1 < len(needs):
        value += (place - below) * (needs[below + 1] - needs[below])
    return ceiling(value)


def held_by_one(study, offer, row, begin, end):
    """How many of a row's units one server takes while it is held; of racks and administrators its share."""
    if row.per == "rack-month":
        return when.months_in(begin, end, study.hours_per_month) / offer.servers_per_rack()
    if row.per == "admin-month":
        return when.months_in(begin, end, study.hours_per_month) / offer.servers_per_admin()
    return units_held(study, offer, row, begin, end)


def units_held(study, offer, row, begin, end):
    hours = Fraction(end - begin, when.HOUR)
    watts = inputs.number(offer.own("watts", 0))
    if row.per == "server-hour":
        return hours
    if row.per == "kWh":
        return hours * watts * inputs.number(offer.own("pue", 1)) / 1000
    months = when.months_in(begin, end, study.hours_per_month)
    if row.per == "kW-month":
        return months * watts / 1000
    if row.per == "Mbps-month":
        return months * inputs.number(offer.own("mbps"))
    if row.per == "server-month":
        return months
    raise ValueError(f"charged by what? {row.per}")
