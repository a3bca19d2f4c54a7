"""Servers against need, step by step: the on-demand layer that follows, and what is served."""
from fractions import Fraction

import inputs
from deliveries import quota_of, rate_of, start_up_of


class Launcher:
    """Launches of an on-demand offer. The bucket fills at the rate up to its size; what it holds may be
    launched at once, what is queued beyond that is owed to it."""

    def __init__(self, study, offer):
        self.start_up, self.rate = start_up_of(offer), rate_of(offer)
        self.bucket = int(offer.own("launch_bucket", 0))
        self.tokens, self.allowed_from = Fraction(self.bucket), study.decide_from
        self.queue = []     # when those come that were launched, or will be, but are not in service

    def launch(self, begin, want, running, notice, keeps=False):
        """For a step that wants so many, of which some run, and which is known so long before: how many
        run at its begin; how many seconds before it those come whom the rate makes early. `keeps`: those
        who are too many stay."""
        if want <= running and not self.queue:
            return running if keeps else want, []
        on_time = sum(time <= begin for time in self.queue)
        self.queue = self.queue[on_time:]
        running += on_time
        too_many = min(len(self.queue), max(0, running + len(self.queue) - want))
        self.queue = self.queue[:len(self.queue) - too_many]
        new = max(0, want - running - len(self.queue))
        running = running if keeps else min(running, want)
        if self.rate is None:
            if notice >= self.start_up:
                return running + new, []
            self.queue += [begin + self.start_up - notice] * new
            return running, []
        waited = begin - notice - self.allowed_from
        self.allowed_from = begin - notice
        self.tokens = min(self.bucket, self.tokens + too_many + self.rate * waited)
        first = begin - notice + self.start_up          # when the first can be in service
        by_begin = self.tokens + self.rate * max(0, begin - first)
        ready = min(new, max(0, int(by_begin // 1))) if first <= begin else 0
        at_once = min(ready, self.bucket) if notice > self.start_up else ready   # as late as can be
        early = [j / self.rate for j in range(1, ready - at_once + 1)]
        for k in range(ready + 1, new + 1):
            self.queue.append(max(begin, first) + max(0, k - by_begin) / self.rate)
        self.tokens -= new
        return running + ready, [inputs.whole(seconds) for seconds in early]

    def come_before(self, end):
        return [time for time in self.queue if time < end]


class Following:
    """An on-demand layer. For each step: `running`, servers in service at its begin; `late`, seconds
    after it at which more come; `early`, seconds before the next step at which servers of that one come."""

    def __init__(self, study, strategy, offer, wanted, reserved, lost=()):
        """`lost`: steps in which spot capacity is lost, which nobody foresees."""
        self.offer, self.wanted = offer, wanted
        self.running, self.late, self.early = [], [], {}
        self.most = 0
        foresees = strategy.get("knows", "all") == "all"
        launcher = Launcher(study, offer)
        quota, wait = quota_of(study, offer)
        lifted = study.decide_from + wait if foresees and wait is not None else float("inf")
        before = 0
        for i, want in enumerate(wanted):
            begin = study.start + i * study.step
            notice = min(study.step, begin - study.decide_from) if foresees and i not in lost else 0
            room = max(0, quota - reserved[i]) if quota is not None else want
            if want > room and wait is not None and lifted == float("inf"):
                lifted = begin + wait
            if want > room and begin < lifted:
                want = room
            elif want > room:
                notice = min(notice, begin - lifted)
            before = self.begins_step(study, i, want, before)
            now, early = launcher.launch(begin, want, before, notice, self.keeps)
            self.launched(begin, before, now, early)
            self.early[i - 1] = early
            self.running.append(now)
            late = launcher.come_before(begin + study.step)
            launcher.queue = launcher.queue[len(late):]
            self.late.append([inputs.whole(time - begin) for time in late])
            before = now + len(late)
            self.most = max(self.most, before)
        self.ends_study(study)

    # For those who keep servers to the end of what is paid

    keeps = False

    def begins_step(self, _study, _i, _want, before):
        """How many are in service just then."""
        return before

    def launched(self, begin, before, now, early):
        pass

    def ends_study(self, study):
        pass

    def within(self, study, i):
        """(seconds, servers) of the changes within a step: from then on so many."""
        more = sorted(self.late[i] + [study.step - seconds for seconds in self.early.get(i, [])])
        return [(seconds, self.running[i] + k) for k, seconds in enumerate(more, 1)]

    def queued_steps(self):
        """Steps in which servers come one after the other."""
        return [i for i, late in enumerate(self.late) if late or self.early.get(i)]

    def seconds_in_service(self, study, i):
        """Server-seconds of a step (-1: before the study)."""
        ahead = sum(self.early.get(i, []))
        if i < 0:
            return ahead
        return self.running[i] * study.step + sum(study.step - seconds for seconds in self.late[i]) + ahead

    def seconds_ahead(self):
        """Server-seconds of those launched ahead."""
        return sum(sum(early) for early in self.early.values())

    def billed_seconds(self, study, i):
        """Of the servers in service in a step (-1: before the study), each one's time in whole increments."""
        def billed(seconds):
            return -(-seconds // self.offer.increment) * self.offer.increment
        if i < 0:
            return sum(billed(seconds) for seconds in self.early.get(i, []))
        total = self.running[i] * billed(study.step)
        total += sum(billed(study.step - seconds) for seconds in self.late[i])
        total += sum(billed(seconds) for seconds in self.early.get(i, []))
        return total


class Service:
    """Sums over the study, in server-seconds of reference servers."""

    def __init__(self):
        self.need = self.served = self.capacity = self.unmet = 0
        self.committed = self.committed_used = 0
        self.peak = 0
        self.unmet_by_step, self.served_by_step = [], []
        self.capacity_within = {}   # of the steps with bursts: (seconds, servers from then on)


def moments_within(study, i, supplies, following):
    """(seconds, servers of each layer) at the begin of a step and at every change within it."""
    counts = [supply.first[i] for supply in supplies] + ([following.running[i]] if following else [])
    changes = [(seconds, k, servers) for k, supply in enumerate(supplies)
               for seconds, servers in supply.within.get(i, [])]
    if following:
        changes += [(seconds, len(supplies), servers) for seconds, servers in following.within(study, i)]
    changes.sort()
    moment = 0
    for seconds, k, servers in changes:
        if seconds > moment:
            yield moment, list(counts)
            moment = seconds
        counts[k] = servers
    yield moment, counts


def serve(study, demand, layers, following):
    """layers: [(offer, supply)], the lowest first; the layer that follows is on top of them."""
    load = study.workload
    target, most = (inputs.amount(load.get(key, "100%")) for key in ("target_utilisation", "max_utilisation"))
    carries = most / target
    service = Service()
    supplies = [supply for _, supply in layers]
    for i in range(study.n_steps):
        need, wanted = demand.need[i], demand.base[i] + demand.burst[i]
        moments = list(moments_within(study, i, supplies, following))
        unmet = served = 0
        for k, (begin, counts) in enumerate(moments):
            seconds = (moments[k + 1][0] if k + 1 < len(moments) else study.step) - begin
            below = 0
            for (offer, _), count in zip(layers, counts):
                capacity = offer.capacity(count)
                if offer.kind != "spot":    # it is paid while it is used
                    service.committed += capacity * seconds
                    service.committed_used += (min(need, below + capacity) - min(need, below)) * seconds
                below += capacity
            capacity = below + (following.offer.capacity(counts[-1]) if following else 0)
            served += min(need, capacity) * seconds
            if demand.burst[i]:
                service.capacity_within.setdefault(i, []).append((begin, capacity))
            service.capacity += capacity * seconds
            if following:   # those launched ahead for the next step are not counted twice
                asked = following.running[i] + len(following.late[i])
                service.peak = max(service.peak, below + following.offer.capacity(min(counts[-1], asked)))
            else:
                service.peak = max(service.peak, capacity)
            if capacity < need or carries < 1:
                unmet += max(0, wanted - capacity * carries) * seconds
        service.need += need * study.step
        service.unmet += unmet
        service.unmet_by_step.append(unmet)
        service.served += served
        service.served_by_step.append(served)
    return service
