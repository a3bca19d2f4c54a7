"""How every burst is served, moment by moment."""
from demand import bursts, largest


class Burst:
    """Seconds count from the first step that the burst touches; None: never."""

    def __init__(self, study, demand, service, shape):
        self.first, self.full = None, 0
        self.short = self.most_short = self.unmet = 0
        over = shape[0] + sum(shape[1:4])
        begins = max(0, (shape[0] - study.start) // study.step)
        ends = min(-(-(over - study.start) // study.step), study.n_steps)
        for i in range(begins, ends):
            self.step(study, demand, service, shape, i, (i - begins) * study.step)
        if self.full == (ends - begins) * study.step:
            self.full = None

    def step(self, study, demand, service, shape, i, passed):
        begin = study.start + i * study.step
        need, added = demand.need[i], largest(shape, begin, begin + study.step)
        moments = service.capacity_within[i]
        self.unmet += service.unmet_by_step[i]
        for k, (seconds, capacity) in enumerate(moments):
            until = moments[k + 1][0] if k + 1 < len(moments) else study.step
            if self.first is None and capacity > need - added:
                self.first = passed + seconds
            if capacity < need:
                self.short += until - seconds
                self.most_short = max(self.most_short, need - capacity)
                self.full = passed + until


def bursts_served(study, demand, service):
    return [Burst(study, demand, service, shape) for shape in bursts(study)
            if shape[0] < study.end and shape[0] + sum(shape[1:4]) > study.start]
