"""When people work: walked through shift by shift, day by day."""
import re

import when

NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def weekday(day):
    return (day // when.DAY + 3) % 7  # 1970-01-01 was a Thursday


def time_of_day(text):
    return int(text[:2]) * when.HOUR + int(text[3:]) * 60


class RoundTheClock:
    day, week = when.DAY, when.WEEK

    @staticmethod
    def ends(begin, seconds):
        return begin + seconds

    @staticmethod
    def opens(moment):
        return moment


class Calendar:
    def __init__(self):
        self.shifts, self.holidays = [[] for _ in NAMES], set()

    def add(self, row):
        for word in row["weekdays"].split():
            first, _, last = word.partition("-")
            for day in range(NAMES.index(first), NAMES.index(last or first) + 1):
                self.shifts[day].append((time_of_day(row["from"]), time_of_day(row["to"])))
                self.shifts[day].sort()
        for word in (row.get("holidays") or "").split():
            first, _, last = word.partition("..")
            self.holidays |= set(range(when.at(first), when.at(last or first) + 1, when.DAY))

    @property
    def week(self):
        return sum(end - begin for shifts in self.shifts for begin, end in shifts)

    @property
    def day(self):
        return int(self.week / sum(bool(shifts) for shifts in self.shifts) + 0.5)

    def shifts_from(self, moment):
        """What is left of the shift that goes on, then all that follow, for ever."""
        day = moment // when.DAY * when.DAY
        while True:
            for begin, end in () if day in self.holidays else self.shifts[weekday(day)]:
                if day + end > moment:
                    yield max(moment, day + begin), day + end
            day += when.DAY

    def ends(self, begin, seconds):
        for start, stop in self.shifts_from(begin):
            if seconds <= stop - start:
                return start + seconds
            seconds -= stop - start

    def opens(self, moment):
        return next(self.shifts_from(moment))[0]


def by_name(calendars, name):
    if (name or "24x7") == "24x7":
        return RoundTheClock
    if name in calendars:
        return calendars[name]
    hours, days = map(int, re.fullmatch(r"(\d+)x(\d+)", name).groups())
    begin = min(9, 24 - hours)
    calendar = Calendar()
    calendar.shifts = [[(begin * when.HOUR, (begin + hours) * when.HOUR)]] * days + [[]] * (7 - days)
    return calendar
