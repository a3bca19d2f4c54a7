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


def colocation(study, offer, servers, column="mode"):
    return bundled(through_process(study.processes[offer.own("process")], servers, column))


def hosting(study, offer, servers, column="mode"):
    """Orders of at most so many servers, a few orders at once; each round lasts as long as a full order."""
    rows = study.processes[offer.own("process")]
    most, at_once = int(offer.own("max_per_order", servers)), int(offer.own("orders_at_once", 1))
    sizes = [min(most, servers - first) for first in range(0, servers, most)]
    full = through_process(rows, most, column)
    times = []
    for index, size in enumerate(sizes):
        begin = index // at_once * full[-1]
        alone = full if size == most else through_process(rows, size, column)
        times += [begin + time for time in alone]
    return bundled(times)


class Launches:
    """Launches of an on-demand offer: a bucketful at once, then one after the other."""

    def __init__(self, offer):
        self.start_up = inputs.whole(inputs.duration(offer.own("start_up", "0 s")))
        rate = offer.own("launch_rate")
        self.rate = inputs.per_second(rate) if rate else None
        self.bucket = int(offer.own("launch_bucket", 0))

    def reservation(self, servers):
        if self.rate is None or servers <= self.bucket:
            return [(self.start_up, servers)]
        queued = servers - self.bucket
        duration = ceiling(queued / self.rate)
        grain = duration // 4096 + 1
        times = [self.start_up] * self.bucket
        for k in range(1, queued + 1):
            times.append(self.start_up + ceiling(k / self.rate / grain) * grain)
        return bundled(times)

    def following(self, servers, notice):
        """Of servers wanted at a moment and known so long before: how many are there on time; how long
        before it those come that the rate makes early; how long after it those come that are late."""
        if self.rate is None:
            if notice >= self.start_up:
                return servers, [], []
            return 0, [], [self.start_up - notice] * servers
        if notice < self.start_up:
            at_once = min(servers, self.bucket)
            late = self.queue(servers - at_once)
            return 0, [], [self.start_up - notice + seconds for seconds in [0] * at_once + late]
        before = int(self.rate * (notice - self.start_up) // 1)
        early = self.queue(min(before, servers - self.bucket))
        on_time = min(servers, self.bucket + len(early))
        return on_time, early, self.queue(servers - on_time)

    def queue(self, servers):
        """Seconds at which servers come one after the other."""
        return [inputs.whole(k / self.rate) for k in range(1, servers + 1)]


def deliver(study, offer, servers, column="mode"):
    if offer.kind == "colocation":
        return colocation(study, offer, servers, column)
    if offer.kind == "hosting":
        return hosting(study, offer, servers, column)
    return Launches(study.offers[offer.discounts]).reservation(servers)
