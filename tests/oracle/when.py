"""Time: whole seconds UTC since 1970, months, and parts of months."""
import calendar
import datetime
from fractions import Fraction

HOUR, DAY, WEEK = 3600, 86400, 7 * 86400


def at(text):
    """Seconds of 2014-02-01 or 2014-02-01T10:30:00Z."""
    text = text.strip().rstrip("Z").replace(" ", "T")
    return calendar.timegm(datetime.datetime.fromisoformat(text).timetuple())


def shown(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def add_months(seconds, months):
    """31 January + 1 mo is the last day of February."""
    moment = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    index = moment.year * 12 + moment.month - 1 + months
    year, month = index // 12, index % 12 + 1
    day = min(moment.day, calendar.monthrange(year, month)[1])
    return calendar.timegm(moment.replace(year=year, month=month, day=day).timetuple())


def month_of(seconds):
    """The number of a calendar month: 12 x year + month - 1."""
    moment = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    return moment.year * 12 + moment.month - 1


def month_begins(month):
    return calendar.timegm((month // 12, month % 12 + 1, 1, 0, 0, 0))


def month_name(month):
    return f"{month // 12:04}-{month % 12 + 1:02}"


def by_month(begin, end):
    """(month, begin, end) of each calendar month's part of an interval."""
    while begin < end:
        month = month_of(begin)
        stop = min(end, month_begins(month + 1))
        yield month, begin, stop
        begin = stop


def months_in(begin, end, hours_per_month):
    """How many months a stretch of time is: exact. `calendar`: each month is one, whatever its length."""
    if hours_per_month != "calendar":
        return Fraction(end - begin, int(hours_per_month) * HOUR)
    return sum((Fraction(stop - start, month_begins(month + 1) - month_begins(month))
                for month, start, stop in by_month(begin, end)), Fraction(0))


def age_in_months(begin, moment):
    """Whole months since `begin`, and what part of the next one."""
    months = whole_months(begin, moment)
    last, following = add_months(begin, months), add_months(begin, months + 1)
    return months + Fraction(moment - last, following - last)


def whole_months(begin, moment):
    """How many whole months have gone by since `begin`."""
    months = month_of(moment) - month_of(begin)
    return months if add_months(begin, months) <= moment else months - 1
