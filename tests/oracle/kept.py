"""Servers that follow the need and are paid in increments longer than a step: each is kept to the end of what is
paid. Where there are too many, the last started (or the first) are those that stop when their paid time is over."""
from service import Following


class Kept(Following):
    keeps = True

    def __init__(self, *arguments):
        self.started = []           # [start, servers] of those in service, the first started first
        self.runs, self.billed = [], None   # (start, end, servers)
        self.stopped = {}           # by step: seconds after its begin at which one stops
        super().__init__(*arguments)

    def begins_step(self, study, i, want, before):
        """The want of a step holds from its begin on; paid time may also have ended in the step before."""
        begin = study.start + i * study.step
        if i:
            for late in self.late[i - 1]:
                self.add(begin - study.step + late)
            self.stops_within(study, i - 1)
        self.wanted_before = want
        self.stop_at(begin, want)
        return sum(servers for _, servers in self.started)

    def add(self, moment, servers=1):
        self.started.append([moment, servers])
        self.started.sort()

    def launched(self, begin, before, now, early):
        """Those who came at the begin of a step, or ahead of it."""
        for seconds in early:
            self.add(begin - seconds)
        if now - before - len(early) > 0:
            self.add(begin, now - before - len(early))

    def paid_end(self, start, after):
        """The first end of paid time after a moment."""
        return start + max(1, (after - start) // self.increment() + 1) * self.increment()

    def stop(self, after, until, want):
        """When those stop who are not wanted when their paid time ends, between two moments."""
        found = []
        for end in sorted({self.paid_end(start, after) for start, _ in self.started}):
            if end < until:
                found += [end] * self.stop_at(end, want)
        return found

    def stop_at(self, moment, want):
        found = 0
        for cohort in self.in_order_of_stopping():
            start, servers = cohort
            if start < moment and (moment - start) % self.increment() == 0:
                stops = min(servers, max(0, self.too_many(want) - self.before_in_order(cohort)))
                cohort[1] -= stops
                found += stops
                self.runs.append((start, moment, stops))
        self.started = [cohort for cohort in self.started if cohort[1]]
        return found

    def increment(self):
        return self.offer.increment

    def in_order_of_stopping(self):
        return list(self.started) if self.offer.own("stops") == "oldest" else list(reversed(self.started))

    def before_in_order(self, cohort):
        order = self.in_order_of_stopping()
        return sum(servers for _, servers in order[:[id(each) for each in order].index(id(cohort))])

    def too_many(self, want):
        return sum(servers for _, servers in self.started) - want

    def stops_within(self, study, i):
        begin = study.start + i * study.step
        ends = self.stop(begin, begin + study.step, self.wanted_before)
        self.stopped[i] = [end - begin for end in ends]

    def ends_study(self, study):
        """What happens within the last step."""
        begin = study.start + (study.n_steps - 1) * study.step
        for late in self.late[-1]:
            self.add(begin + late)
        self.stops_within(study, study.n_steps - 1)
        self.runs += [(start, study.end, servers) for start, servers in self.started]

    # What is seen of it

    def within(self, study, i):
        changes = [(seconds, 1) for seconds in self.late[i]]
        changes += [(study.step - seconds, 1) for seconds in self.early.get(i, [])]
        changes += [(seconds, -1) for seconds in self.stopped.get(i, [])]
        now, found = self.running[i], []
        for seconds, change in sorted(changes):
            now += change
            found.append((seconds, now))
        return found

    def seconds_in_service(self, study, i):
        return super().seconds_in_service(study, i) - sum(study.step - seconds for seconds in self.stopped.get(i, []))

    def billed_seconds(self, study, i):
        """Each increment is due as a whole when it begins."""
        if self.billed is None:
            self.billed = {}
            for start, stop, servers in self.runs:
                moment = start
                while moment < stop:
                    step = (moment - study.start) // study.step
                    self.billed[step] = self.billed.get(step, 0) + servers * self.increment()
                    moment += self.increment()
        return self.billed.get(i, 0)
