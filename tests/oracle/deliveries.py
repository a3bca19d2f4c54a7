"""How long after an order its servers are in service: [(seconds after the order, servers), ...]."""
import heapq
import math
from collections import Counter
from fractions import Fraction

import hours
import inputs
import when
from demand import ceiling

NORMAL_P90 = 1.2815515655446004


class Job:
    """A stage, or neighbouring stages of one crew, which one worker does on one piece without a break."""

    def __init__(self, row, column, calendars, dice=None):
        self.crew = row.get("crew") or ""
        self.workers = int(row["workers"]) if row.get("workers") else None
        each = row["each"]
        self.size = None if each == "order" else 1 if each == "server" else int(each.split()[0])
        self.hours = hours.by_name(calendars, row.get("hours"))
        self.seconds, self.drawn = duration_of(row, column, self.hours), []
        if dice and row.get("draw") == "piece":
            self.seconds, self.drawn = 0, [lambda: max(1, drawn(row, self.hours, dice))]
        elif dice:
            self.seconds = drawn(row, self.hours, dice)

    def piece_seconds(self):
        return self.seconds + sum(draw() for draw in self.drawn)


def duration_of(row, column, calendar):
    """The base case of a lognormal is its median; a day is what is worked in one."""
    column = {"low": "p10", "mode": "p50", "high": "p90"}[column] if row.get("p50") else column
    text = row.get(column) or row["low"]
    value, unit, _ = inputs.quantity(text)
    unit_seconds = {"d": calendar.day, "w": calendar.week}.get(unit) or inputs.SECONDS[unit]
    return int(value * unit_seconds + Fraction(1, 2))


def drawn(row, calendar, dice):
    """One duration: triangular, or lognormal with a deviation below the median and one above it."""
    low, mode, high = (duration_of(row, column, calendar) for column in ("low", "mode", "high"))
    if not row.get("p50"):
        return round(dice.triangular(low, high, mode)) if high > low else low
    z = dice.gauss(0, 1)
    return round(mode * math.exp(z / NORMAL_P90 * math.log(mode / low if z < 0 else high / mode)))


def jobs_of(rows, column, calendars, dice=None):
    jobs = []
    for row in rows:
        job = Job(row, column, calendars, dice)
        if jobs and job.crew and jobs[-1].crew == job.crew and jobs[-1].size == job.size:
            jobs[-1].seconds += job.seconds
            jobs[-1].drawn += job.drawn
        else:
            jobs.append(job)
    return jobs


def through_process(rows, servers, column="mode", ordered=0, calendars=None, dice=None):
    """Every server goes through the stages. A piece of work waits until its last server is there and a
    worker is free and at work; a crew with work at several stages does the later stage first. Work that takes
    no time is done by nobody."""
    jobs = jobs_of(rows, column, calendars or {}, dice)
    pools = [job.crew or index for index, job in enumerate(jobs)]
    free = {}
    for pool, job in zip(pools, jobs):
        free[pool] = job.workers if free.get(pool) is None else free[pool]
    at_work = {pool: job.hours for pool, job in zip(pools, jobs)}
    waiting = {pool: [] for pool in pools}
    gathering, arrived = [0 for _ in jobs], [0] * len(jobs)
    working, done, pieces = [], [], 0

    def arrives(index, now):
        nonlocal pieces
        if index == len(jobs):
            done.append(now - ordered)
            return
        gathering[index] += 1
        arrived[index] += 1
        if gathering[index] == (jobs[index].size or servers) or arrived[index] == servers:
            size, gathering[index] = gathering[index], 0
            if jobs[index].seconds == 0 and not jobs[index].drawn:
                for _ in range(size):
                    arrives(index + 1, now)
                return
            pieces += 1
            heapq.heappush(waiting[pools[index]], (-index, pieces, size))

    def start_work(now):
        for pool, queue in waiting.items():
            while queue and free[pool] != 0:
                if free[pool] is not None and at_work[pool].opens(now) > now:
                    heapq.heappush(working, (at_work[pool].opens(now), 0, None, 0))
                    break
                behind, piece, size = heapq.heappop(queue)
                if free[pool] is not None:
                    free[pool] -= 1
                job = jobs[-behind]
                heapq.heappush(working, (job.hours.ends(now, job.piece_seconds()), piece, -behind, size))

    for _ in range(servers):
        arrives(0, ordered)
    start_work(ordered)
    while working:
        now = working[0][0]
        while working and working[0][0] == now:
            _, _, index, size = heapq.heappop(working)
            if index is None:
                continue
            if free[pools[index]] is not None:
                free[pools[index]] += 1
            for _ in range(size):
                arrives(index + 1, now)
        start_work(now)
    return done


def bundled(times):
    return sorted(Counter(times).items())


def by_orders(study, offer, servers, ordered, column="mode"):
    """Orders of at most so many servers, so many orders at once (else all); each round lasts as long as
    a full order."""
    if offer.own("process") is None:
        return [(0, servers)]
    rows = study.processes[offer.own("process")]
    most = int(offer.own("max_per_order", servers))

    def alone(size, later):
        if (size, later) not in known:
            known[size, later] = through_process(rows, size, column, ordered + later, study.calendars)
        return known[size, later]

    known = {}
    if most >= servers:
        return bundled(alone(servers, 0))
    sizes = [min(most, servers - first) for first in range(0, servers, most)]
    at_once = int(offer.own("orders_at_once", len(sizes)))
    times, later = [], 0
    for first in range(0, len(sizes), at_once):
        for size in sizes[first:first + at_once]:
            times += [later + time for time in alone(size, later)]
        later += alone(most, later)[-1]
    return bundled(times)


def reservation(study, offer, servers, running):
    """Launches of the on-demand offer: a bucketful after the start-up, then one after the other, counted
    in groups of whole seconds. Those beyond the quota are launched when it is lifted, or never."""
    launches = study.offers[offer.discounts]
    quota, wait = quota_of(study, launches)
    now = servers if quota is None else max(0, min(servers, quota - running))
    later = servers - now if wait is not None else 0
    return bundled(launch_times(launches, now) + [wait + time for time in launch_times(launches, later)])


def launch_times(offer, servers):
    start_up, rate, bucket = start_up_of(offer), rate_of(offer), int(offer.own("launch_bucket", 0))
    if rate is None or servers <= bucket:
        return [start_up] * servers
    queued = servers - bucket
    grain = ceiling(queued / rate) // 4096 + 1
    return [start_up] * bucket + [start_up + ceiling(k / rate / grain) * grain for k in range(1, queued + 1)]


def start_up_of(offer):
    return inputs.whole(inputs.duration(offer.own("start_up", "0 s")))


def rate_of(offer):
    """Launches in a second; None: no limit."""
    return inputs.per_second(offer.own("launch_rate")) if offer.own("launch_rate") else None


def quota_of(study, offer):
    """Most servers running at once (None: no limit), and how long it takes to lift it (None: for ever)."""
    if offer.own("quota") is None:
        return None, None
    process = offer.own("quota_increase")
    wait = max(through_process(study.processes[process], 1)) if process else None
    return int(inputs.amount(offer.own("quota"))), wait


def deliver(study, offer, servers, running=0, ordered=0, column="mode"):
    """`running`: reserved servers of the same kind that count against the quota."""
    if offer.is_commitment():
        return reservation(study, offer, servers, running)
    return by_orders(study, offer, servers, ordered, column)


def keeps_hours(study, offer):
    process = None if offer.is_commitment() else offer.own("process")
    rows = study.processes[process] if process else []
    return any((row.get("hours") or "24x7") != "24x7" for row in rows)


def order_by(study, offer, servers, running, moment):
    """The latest second of an order whose last server is there at a moment."""
    lead = deliver(study, offer, servers, running, moment)[-1][0]
    early, late = moment - lead, moment
    if not keeps_hours(study, offer) or lead == 0:
        return early

    def in_time(second):
        return second + deliver(study, offer, servers, running, second)[-1][0] <= moment

    while not in_time(early):
        early -= when.WEEK
    while late - early > 1:
        middle = (early + late) // 2
        early, late = (middle, late) if in_time(middle) else (early, middle)
    return early
