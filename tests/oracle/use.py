"""How commitments are used: servers of each order at each moment, the last one in use the first to rest."""
from collections import defaultdict
from fractions import Fraction

import when
from demand import ceiling


class Use:
    """Of one order: server-seconds used and held by month, and runs as (begin, end, servers)."""

    def __init__(self):
        self.used, self.held = defaultdict(int), defaultdict(int)
        self.runs = []
        self.running = []           # (begin, servers), the last one started at the end
        self.now = 0

    def changes(self, moment, servers):
        """From this moment on so many are in use."""
        if servers > self.now:
            self.running.append((moment, servers - self.now))
        stops = self.now - servers
        while stops > 0:
            begin, count = self.running.pop()
            stopped = min(stops, count)
            self.runs.append((begin, moment, stopped))
            if count > stopped:
                self.running.append((begin, count - stopped))
            stops -= stopped
        self.now = servers


def is_followed(offer):
    """Offers of which it matters how much they are used."""
    return offer.is_commitment() or offer.kind == "spot"


def use_of_orders(study, demand, layers):
    """{order: Use} of commitments and spot. `layers`: in the order in which they serve."""
    uses = {order: Use() for layer in layers if is_followed(layer.offer) for order in layer.orders}
    for order, use in uses.items():
        for lot in order.lots:
            for month, begin, end in when.by_month(lot.paid_from(order.offer), min(lot.end, study.end)):
                use.held[month] += lot.servers * (end - begin)
    for k, layer in enumerate(layers):
        if is_followed(layer.offer):
            follow_layer(study, demand, layers[:k], layer, uses)
    return uses


def events_of(lots, what):
    for lot in lots:
        yield lot.begin, what, lot.servers
        yield lot.end, what, -lot.servers


def follow_layer(study, demand, lower, layer, uses):
    """Layers below count as a whole, orders of the layer itself each on its own."""
    events = [event for j, below in enumerate(lower) for event in events_of(below.lots, (0, j))]
    events += [event for j, order in enumerate(layer.orders) for event in events_of(order.lots, (1, j))]
    events.sort()
    counts = defaultdict(int)
    for k, (moment, what, change) in enumerate(events):
        counts[what] += change
        until = events[k + 1][0] if k + 1 < len(events) else moment
        begin, end = max(moment, study.start), min(until, study.end)
        if begin < end:
            below = sum(other.offer.capacity(counts[0, j]) for j, other in enumerate(lower))
            orders = [(order, counts[1, j]) for j, order in enumerate(layer.orders)]
            follow_stretch(study, demand, layer.offer, below, orders, uses, begin, end)
        if moment < study.end:
            for j, order in enumerate(layer.orders):
                if not counts[1, j] and uses[order].now and until > moment:
                    uses[order].changes(moment, 0)
    for order in layer.orders:
        if uses[order].now:
            uses[order].changes(min(study.end, max(lot.end for lot in order.lots)), 0)


def follow_stretch(study, demand, offer, below, orders, uses, begin, end):
    """A stretch of time in which no server comes or goes."""
    for order, servers in orders:
        use = uses[order]
        if not servers:
            continue
        now = begin
        while now < end:
            i = (now - study.start) // study.step
            until = min(end, study.start + (i + 1) * study.step)
            used = min(servers, ceiling(Fraction(max(0, demand.need[i] - below)) / offer.equals))
            if used != use.now:
                use.changes(now, used)
            use.used[when.month_of(now)] += used * (until - now)
            now = until
        below += offer.capacity(servers)
