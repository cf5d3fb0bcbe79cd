"""Asking: service time in moments, as the rules of a shop speak of it.

Hours are open from the first moment at which the clock on the wall shows when they open until the
first at which it shows when they close. Minutes between are minutes that pass, so where clocks are
put back a night has more of them, and where they are put forward fewer.
"""

from __future__ import annotations

from datetime import time
from typing import Final

import pendulum

from privlib.errors import InvalidValueError
from privlib.policies.service_time.openings import SEARCHED_DAYS, openings_of
from privlib.program.service import Service
from privlib.values.dates import add_days, local_date, local_moment
from privlib.values.moment import from_micros, moment, to_micros
from privlib.values.time_of_day import DAY_MINUTES, checked_clock, minutes_of

__all__ = [
    "after_service_minutes",
    "is_service_time",
    "next_service",
    "next_service_day",
    "service_minutes_between",
]

_MINUTE_MICROS: Final = 60_000_000


def is_service_time(at: pendulum.DateTime, service: Service, *, zone: str) -> bool:
    """Whether customers are served at a moment.

    >>> late = pendulum.datetime(2026, 6, 1, 20, 59, 59, tz="Asia/Shanghai")
    >>> is_service_time(late, Service(), zone="Asia/Shanghai")
    True
    >>> is_service_time(late.add(seconds=1), Service(), zone="Asia/Shanghai")
    False
    """
    return openings_of(service, zone).is_open(to_micros(moment(at)))


def next_service(at: pendulum.DateTime, service: Service, *, zone: str) -> pendulum.DateTime | None:
    """The moment itself if customers are served then, or else the next one from which they are.

    >>> night = pendulum.datetime(2026, 6, 1, 22, tz="Asia/Shanghai")
    >>> next_service(night, Service(), zone="Asia/Shanghai").in_tz("Asia/Shanghai").isoformat()
    '2026-06-02T09:00:00+08:00'

    None where there is none in the 400 days that follow.
    """
    found = openings_of(service, zone).next_open(to_micros(moment(at)))
    return None if found is None else from_micros(found)


def after_service_minutes(
    at: pendulum.DateTime, minutes: int, service: Service, *, zone: str
) -> pendulum.DateTime | None:
    """The moment when so many minutes of service time will have passed.

    They are counted from the next opening where it is closed; the last of them may end at the
    very moment at which it closes.

    >>> late = pendulum.datetime(2026, 6, 1, 20, 50, tz="Asia/Shanghai")
    >>> due = after_service_minutes(late, 30, Service(), zone="Asia/Shanghai")
    >>> due.in_tz("Asia/Shanghai").isoformat()
    '2026-06-02T09:20:00+08:00'

    None where the 400 days that follow have not so many. Raises InvalidValueError for less than
    one minute.
    """
    if type(minutes) is not int or minutes < 1:
        raise InvalidValueError(f"service time is counted in minutes, from 1; got {minutes!r:.40}")
    found = openings_of(service, zone).after(to_micros(moment(at)), minutes * _MINUTE_MICROS)
    return None if found is None else from_micros(found)


def service_minutes_between(
    start: pendulum.DateTime, end: pendulum.DateTime, service: Service, *, zone: str
) -> int:
    """How many whole minutes of service time lie between two moments, negative backwards.

    >>> evening = pendulum.datetime(2026, 6, 1, 20, 50, tz="Asia/Shanghai")
    >>> morning = pendulum.datetime(2026, 6, 2, 9, 20, tz="Asia/Shanghai")
    >>> service_minutes_between(evening, morning, Service(), zone="Asia/Shanghai")
    30
    """
    first, last = to_micros(moment(start)), to_micros(moment(end))
    if last < first:
        return -service_minutes_between(end, start, service, zone=zone)
    found = openings_of(service, zone).between(first, last)
    return sum([closes - opens for opens, closes in found]) // _MINUTE_MICROS


def next_service_day(
    at: pendulum.DateTime, clock: str, service: Service, *, zone: str
) -> pendulum.DateTime | None:
    """A time of the next day on which customers are served, after the local day of a moment.

    The time need not be one at which they are: who is reminded at 08:00 is prepared at 09:00.

    >>> friday = pendulum.datetime(2026, 6, 5, 15, tz="Asia/Shanghai")
    >>> next_service_day(friday, "08:00", Service(), zone="Asia/Shanghai").isoformat()
    '2026-06-06T00:00:00+00:00'

    None where none of the 400 days that follow is one. Raises InvalidValueError for what is no
    time of a day.
    """
    on_the_wall = _time(clock)
    today = local_date(at, zone)
    for days in range(1, SEARCHED_DAYS + 1):
        day = add_days(today, days)
        if service.stretches_on(day):
            found = local_moment(day, on_the_wall, zone)
            if found > at and local_date(found, zone) == day:  # a zone may skip a day
                return found
    return None


def _time(clock: str) -> time:
    minutes = minutes_of(checked_clock(clock)) or 0
    if minutes == DAY_MINUTES:
        raise InvalidValueError('24:00 is no time of a day; the next one begins at "00:00"')
    return time(*divmod(minutes, 60))
