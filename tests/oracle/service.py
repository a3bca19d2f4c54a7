"""Servers against need, step by step: the on-demand layer that follows, and what is served."""
import inputs
from deliveries import Launches, through_process


class Following:
    """An on-demand layer. For each step: `running`, servers in service at its begin; `late`, seconds
    after it at which more come; `early`, seconds before the next step at which servers of that one come."""

    def __init__(self, study, strategy, offer, wanted, reserved):
        self.offer, self.wanted = offer, wanted
        self.running, self.late, self.early = [], [], {}
        self.most = 0
        launches = Launches(offer)
        foresees = strategy.get("knows", "all") == "all"
        quota, lifted = quota_of(study, offer)
        before = 0
        for i, want in enumerate(wanted):
            begin = study.start + i * study.step
            if quota is not None and begin < lifted:
                want = max(0, min(want, quota - reserved[i]))
            notice = min(study.step, begin - study.decide_from) if foresees else 0
            on_time, early, late = 0, [], []
            if want > before:
                on_time, early, late = launches.following(want - before, notice)
            late = [seconds for seconds in late if seconds < study.step]
            self.early[i - 1] = early
            self.running.append(min(before, want) + on_time)
            self.late.append(late)
            before = self.running[-1] + len(late)
            self.most = max(self.most, before)

    def within(self, study, i):
        """(seconds, servers) of the changes within a step: from then on so many."""
        more = sorted(self.late[i] + [study.step - seconds for seconds in self.early.get(i, [])])
        return [(seconds, self.running[i] + k) for k, seconds in enumerate(more, 1)]

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


def quota_of(study, offer):
    """Most servers running at once (None: no limit), and when the limit falls away."""
    if offer.own("quota") is None:
        return None, 0
    process = offer.own("quota_increase")
    lifted = float("inf")
    if process:
        lifted = study.decide_from + max(through_process(study.processes[process], 1))
    return int(inputs.amount(offer.own("quota"))), lifted


class Service:
    """Sums over the study, in server-seconds of reference servers."""

    def __init__(self):
        self.need = self.served = self.capacity = self.unmet = 0
        self.committed = self.committed_used = 0
        self.peak = 0
        self.unmet_by_step = []


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
        unmet = 0
        for k, (begin, counts) in enumerate(moments):
            seconds = (moments[k + 1][0] if k + 1 < len(moments) else study.step) - begin
            committed = sum(offer.capacity(count) for (offer, _), count in zip(layers, counts))
            capacity = committed + (following.offer.capacity(counts[-1]) if following else 0)
            service.served += min(need, capacity) * seconds
            service.capacity += capacity * seconds
            service.committed += committed * seconds
            service.committed_used += min(need, committed) * seconds
            service.peak = max(service.peak, capacity)
            unmet += max(0, wanted - capacity * carries) * seconds
        service.need += need * study.step
        service.unmet += unmet
        service.unmet_by_step.append(unmet)
    return service
