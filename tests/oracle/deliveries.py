"""How long after an order its servers are in service: [(seconds after the order, servers), ...]."""
import heapq
from collections import Counter

import inputs
from demand import ceiling


class Job:
    """A stage, or neighbouring stages of one crew, which one worker does on one piece without a break."""

    def __init__(self, row, column):
        self.crew = row.get("crew") or ""
        self.workers = int(row["workers"]) if row.get("workers") else None
        each = row["each"]
        self.size = None if each == "order" else 1 if each == "server" else int(each.split()[0])
        self.seconds = duration_of(row, column)


def duration_of(row, column):
    if column == "mode":
        column = "mode" if row.get("mode") else "low"
    if column == "high":
        column = "high" if row.get("high") else "low"
    return inputs.whole(inputs.duration(row[column]))


def jobs_of(rows, column):
    jobs = []
    for row in rows:
        job = Job(row, column)
        if jobs and job.crew and jobs[-1].crew == job.crew and jobs[-1].size == job.size:
            jobs[-1].seconds += job.seconds
        else:
            jobs.append(job)
    return jobs


def through_process(rows, servers, column="mode"):
    """Every server goes through the stages. A piece of work waits until its last server is there and a
    worker is free; a crew with work at several stages does the later stage first."""
    jobs = jobs_of(rows, column)
    pools = [job.crew or index for index, job in enumerate(jobs)]
    free = {pool: job.workers for pool, job in zip(pools, jobs)}
    waiting = {pool: [] for pool in pools}
    gathering, arrived = [[] for _ in jobs], [0] * len(jobs)
    working, done, pieces = [], [], 0

    def arrives(index, now):
        nonlocal pieces
        if index == len(jobs):
            done.append(now)
            return
        gathering[index].append(now)
        arrived[index] += 1
        if len(gathering[index]) == (jobs[index].size or servers) or arrived[index] == servers:
            pieces += 1
            heapq.heappush(waiting[pools[index]], (-index, pieces, len(gathering[index])))
            gathering[index] = []

    def start_work(now):
        for pool, queue in waiting.items():
            while queue and free[pool] != 0:
                behind, piece, size = heapq.heappop(queue)
                if free[pool] is not None:
                    free[pool] -= 1
                heapq.heappush(working, (now + jobs[-behind].seconds, piece, -behind, size))

    for _ in range(servers):
        arrives(0, 0)
    start_work(0)
    while working:
        now = working[0][0]
        while working and working[0][0] == now:
            _, _, index, size = heapq.heappop(working)
            if free[pools[index]] is not None:
                free[pools[index]] += 1
            for _ in range(size):
                arrives(index + 1, now)
        start_work(now)
    return done


def bundled(times):
    return sorted(Counter(times).items())


def by_orders(study, offer, servers, column="mode"):
    """Orders of at most so many servers, so many orders at once (else all); each round lasts as long as
    a full order."""
    if offer.own("process") is None:
        return [(0, servers)]
    rows = study.processes[offer.own("process")]
    most = int(offer.own("max_per_order", servers))
    if most >= servers:
        return bundled(through_process(rows, servers, column))
    sizes = [min(most, servers - first) for first in range(0, servers, most)]
    at_once = int(offer.own("orders_at_once", len(sizes)))
    full = through_process(rows, most, column)
    times = []
    for index, size in enumerate(sizes):
        begin = index // at_once * full[-1]
        alone = full if size == most else through_process(rows, size, column)
        times += [begin + time for time in alone]
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


def deliver(study, offer, servers, running=0, column="mode"):
    """`running`: reserved servers of the same kind that count against the quota."""
    if offer.is_commitment():
        return reservation(study, offer, servers, running)
    return by_orders(study, offer, servers, column)
