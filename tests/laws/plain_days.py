"""Days celebrated the plain way: every day of the calendar is looked at, one after the other."""

from calendar import isleap, monthrange
from datetime import date, timedelta

from privlib.program import OnTheDay, WholeMonth
from privlib.values.dates import LeapDay, local_moment, local_time


def falls(day, year, leap_day):
    if (day.month, day.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28) if leap_day is LeapDay.FEB_28 else date(year, 3, 1)
    return date(year, day.month, day.day)


def is_open(rule, on, today):
    match rule.window:
        case OnTheDay():
            return today == on
        case WholeMonth():
            last = monthrange(on.year, on.month)[1]
            return on.replace(day=1) <= today <= on.replace(day=last)
        case around:
            before, after = timedelta(around.days_before), timedelta(around.days_after)
            return on - before <= today <= on + after


def celebrations(told, rule, *, zone, since, until):
    """Of which years a solar day is celebrated, and when: `told` are moments with days, in order.

    It is looked at each day at the time of the rule, and whenever the day was told anew.
    """
    first, last = local_time(since, zone).date(), local_time(until, zone).date()
    moments = [
        (local_moment(first + timedelta(days=number), rule.clock, zone), 0, None)
        for number in range((last - first).days + 1)
    ]
    moments += [(at, 1, day) for at, day in told]
    known, done, passed_over = None, [], set()
    for at, _, day in sorted(moments, key=lambda each: each[:2]):
        if at > until or (day is not None and day == known):
            continue
        if day is not None:
            known, passed_over = day, set()
        now = local_time(at, zone)
        if known is None or now.time() < rule.clock:
            continue
        for year in range(now.year - 1, now.year + 2):
            is_over = year in passed_over or (done and year <= done[-1][0])
            if is_over or not is_open(rule, falls(known, year, rule.leap_day), now.date()):
                continue
            if (now.date() - first).days >= rule.min_tenure_days:
                done.append((year, at))
            else:
                passed_over.add(year)
    return done
