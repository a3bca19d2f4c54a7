"""What each layer orders, review after review: sizing by the residual need, renewals, lots."""
import heapq
from fractions import Fraction

import inputs
import when
from deliveries import deliver, order_by, quota_of
from demand import ceiling


class Lot:
    """Servers that came together, with their spares. `term_begins` is when what is paid per term begins."""

    def __init__(self, servers, begin, term_begins, end, price_date, reason, ordered, spares=0):
        self.servers, self.begin, self.term_begins, self.end = servers, begin, term_begins, end
        self.price_date, self.reason, self.ordered, self.spares = price_date, reason, ordered, spares

    def all_servers(self):
        return self.servers + self.spares

    def paid_from(self, offer):
        """When what is paid by the hour begins: a commitment's with its term, that of what exists with the study."""
        return self.term_begins if offer.is_commitment() and self.reason != "existing" else self.begin


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
        self.money = size.endswith("/h")    # a savings plan of so much an hour
        if self.money:
            self.size = str(self.worth(inputs.amount(size)))

    def worth(self, money):
        """How many servers a commitment of so much an hour is worth, at the prices of `decide_from`."""
        rate = sum(self.study.price(row, self.study.decide_from) for row in self.offer.component_rows()
                   if row.charged == "held" and row.per == "server-hour")
        return int(money / rate // 1)

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
            return self.constant()
        begin, end = self.window(moment, self.offer.term.after(moment))
        needs = self.needs(begin, end)
        if self.size == "break-even":
            return int(self.break_even_level(needs, moment, end - begin) // self.offer.equals)
        return self.offer.servers_for(percentile(needs, Fraction(self.size[1:]) / 100))

    def constant(self):
        return int(self.size) if self.money else self.offer.servers_for(int(self.size))

    def break_even_level(self, needs, moment, length):
        """The highest level that is used in more hours than the next layer could be run for the same money."""
        price = self.running_price(self.next_offer, moment) - self.running_price(self.offer, moment)
        if price <= 0 or not needs:
            return 0
        hours = self.lease_cost(moment, length) / self.offer.equals / price
        falling = sorted(needs, reverse=True)
        level = 0
        for rank, need in enumerate(falling, 1):
            if Fraction(rank * self.study.step, when.HOUR) > hours:
                level = need
                break
        return level

    def running_price(self, offer, moment):
        """An hour of a reference server in use."""
        return sum(self.study.price(row, moment) for row in offer.component_rows()
                   if row.charged == "running") / offer.equals

    def lease_cost(self, moment, length):
        """What one server costs for so long, at the prices of now: what is paid per term or contract month
        in full, less the share of it after the end of the study where that is credited."""
        study, offer = self.study, self.offer
        term_end, end = offer.term_end(moment), moment + length
        cost = Fraction(0)
        for row in offer.component_rows():
            price = study.price(row, moment)
            if row.charged in ("once", "term"):
                paid = 1 if row.charged == "once" else self.share_paid(moment, term_end, end)
                cost += price * paid * purchased_by_one(offer, row)
            elif row.charged == "held" and row.per == "server-month" and offer.kind == "hosting":
                for begin, until in offer.contract_months(moment, end):
                    cost += price * self.share_paid(begin, until, end)
            elif row.charged == "held":
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
        if self.offer.is_commitment():
            priced -= lead
        return max(first, priced)

    def reserved_at(self, moment):
        """The most servers that count against the same quota, from a moment to the end of a term, or until the quota
        is lifted."""
        if not self.offer.is_commitment():
            return 0
        _, wait = quota_of(self.study, self.study.offers[self.offer.discounts])
        end = self.offer.term_end(moment)
        end = max(moment + 1, end if wait is None else min(end, moment + wait))
        lots = [lot for layer in (*self.lower, self) for lot in layer.lots
                if layer.offer.discounts == self.offer.discounts] + self.existing_above()
        lots = [lot for lot in lots if lot.begin < end and lot.end > moment]
        moments = {max(moment, lot.begin) for lot in lots}
        return max((sum(lot.servers for lot in lots if lot.begin <= at < lot.end) for at in moments), default=0)

    def existing_above(self):
        """Existing reservations of the same kind that belong to layers above."""
        seen = {layer.offer.name for layer in (*self.lower, self)}
        return [Lot(int(inputs.amount(row["servers"])), self.study.decide_from, when.at(row["ordered"]), when.at(row["until"]),
                    when.at(row["ordered"]), "existing", when.at(row["ordered"]))
                for row in self.study.existing if row["offer"] not in seen
                and self.study.offers[row["offer"]].discounts == self.offer.discounts]

    def order_new(self, moment, servers, reason):
        study, offer = self.study, self.offer
        running = self.reserved_at(moment)
        arrivals = deliver(study, offer, servers, running, moment)
        if not arrivals:
            return []
        lead = arrivals[-1][0]
        latest = order_by(study, offer, servers, running, moment) if self.foresees else moment - lead
        ordered = max(latest, self.earliest(moment, arrivals[0][0]))
        arrivals = deliver(study, offer, servers, running, ordered)
        if max(ordered + arrivals[0][0], self.opens()) >= study.end:
            return []
        return self.place(ordered, arrivals, reason)

    def place(self, ordered, arrivals, reason):
        """The order, and its lots as they arrive."""
        study, offer, opens = self.study, self.offer, self.opens()
        lots, so_far = [], 0
        for seconds, count in arrivals:
            begin = max(ordered + seconds, opens)
            term_begins, price_date = begin, ordered
            if offer.is_commitment():
                # those of one step share a term
                same_step = lots and lots[-1].begin // study.step == begin // study.step
                term_begins = lots[-1].term_begins if same_step else begin
                price_date = lots[0].begin if lots else begin
            spares = offer.spares(so_far + count) - offer.spares(so_far)
            so_far += count
            lots.append(Lot(count, begin, term_begins, offer.term_end(term_begins), price_date, reason, ordered,
                            spares))
        self.add_order(Order(offer, ordered, lots, reason))
        return lots

    def opens(self):
        """Nothing serves before the space is delivered on which it stands."""
        site = self.study.site_of(self.offer)
        return self.study.opens(site) if site else self.study.decide_from

    def renewable(self, moment, servers):
        """Others may have taken a quota that stays."""
        if not self.offer.is_commitment():
            return servers
        quota, wait = quota_of(self.study, self.study.offers[self.offer.discounts])
        return servers if quota is None or wait is not None else max(0, min(servers, quota - self.reserved_at(moment)))

    def renew(self, moment, servers):
        servers = self.renewable(moment, servers)
        if servers == 0:
            return []
        end = self.offer.term_end(moment, renewal=True)
        lot = Lot(servers, moment, moment, end, moment, "renewal", moment)
        self.add_order(Order(self.offer, moment, [lot], "renewal"))
        return [lot]

    def add_order(self, order):
        self.orders.append(order)
        self.lots += order.lots

    def add_existing(self, existing):
        until, servers = when.at(existing["until"]), int(inputs.amount(existing["servers"]))
        ordered = when.at(existing["ordered"])
        lot = Lot(servers, self.study.decide_from, ordered, until, ordered, "existing", ordered)
        self.add_order(Order(self.offer, ordered, [lot], "existing"))

    def plan_spot(self):
        """Each stretch in which the price is low enough is one lot of one order."""
        study, offer = self.study, self.offer
        start_up = inputs.whole(inputs.duration(offer.own("start_up", "0 s")))
        for begin, end in stretches_of_spot(study, offer):
            servers = self.target(max(begin, study.start))
            there = max(begin + start_up, study.start)
            if servers and there < end:
                lot = Lot(servers, there, there, end, begin, "new", begin)
                self.add_order(Order(offer, begin, [lot], "new"))

    def plan(self):
        """Reviews, and the ends of terms between them, one after the other."""
        if self.offer.kind == "spot":
            self.plan_spot()
            return
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


def stretches_of_spot(study, offer):
    """(begin, end) while the price of the hour is not above what is offered; neighbouring hours are one."""
    rows = [row for row in offer.component_rows() if row.charged == "running"]
    first = study.decide_from
    cuts = {first, study.end}
    for row in rows:
        cuts.update(row.changes(first, study.end))
    cuts = sorted(cuts)
    most = inputs.number(offer.extra["max_price"]) if "max_price" in offer.extra else None
    found = []
    for begin, end in zip(cuts, cuts[1:]):
        if most is not None and sum(row.price_at(begin).listed for row in rows) > most:
            continue
        if found and found[-1][1] == begin:
            found[-1] = found[-1][0], end
        else:
            found.append((begin, end))
    return found


def purchased_by_one(offer, row):
    """How many of a purchase's units one server takes."""
    return inputs.number(offer.extra["install_hours"]) if row.per == "work-hour" else 1


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
