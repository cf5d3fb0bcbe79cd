"""Windows: when a promotion of a case runs, as local days and times of ours."""

from datetime import date, timedelta

from attrs import frozen
from tests.peers.asked import every
from tests.peers.shopping import moment_of

from privlib.conditions import Always, Condition, field
from privlib.values.period import Period

__all__ = ["Window", "window_of"]

_LENGTH_OF_DAY = len("2026-06-01")


@frozen
class Window:
    """The local days of a promotion, and what its times ask beside them."""

    starts: object = None
    ends: object = None
    when: Condition = Always()


def window_of(told, zone):
    """A window; a bare day is the whole of it, a moment at its end is no longer in it."""
    if not told:
        return Window()
    start, end = told.get("start"), told.get("last_day") or told.get("end")
    if start and end:
        Period(moment_of(start, zone), _end_of(end, zone))
    return Window(
        None if not start else _day(moment_of(start, zone).in_timezone(zone)),
        None if not end else _first_day_after(end, zone),
        every([*_from(start, zone), *_until(end, zone)]),
    )


def _end_of(text, zone):
    end = moment_of(text, zone)
    return end.add(days=1) if len(text) == _LENGTH_OF_DAY else end


def _first_day_after(text, zone):
    end = _end_of(text, zone).in_timezone(zone)
    is_midnight = (end.hour, end.minute, end.second) == (0, 0, 0)
    return _day(end) if is_midnight else _day(end) + timedelta(days=1)


def _day(moment):
    return date(moment.year, moment.month, moment.day)


def _minute(moment):
    return f"{moment.hour:02}:{moment.minute:02}"


def _from(text, zone):
    """What holds from a time of the first day on."""
    if text and len(text) > _LENGTH_OF_DAY:
        start = moment_of(text, zone).in_timezone(zone)
        if start.hour or start.minute:
            later = field("date").more_than(_day(start))
            yield later | field("time_of_day").at_least(_minute(start))


def _until(text, zone):
    """What holds until a time of the last day."""
    if text and len(text) > _LENGTH_OF_DAY:
        end = moment_of(text, zone).in_timezone(zone)
        if end.hour or end.minute:
            earlier = field("date").less_than(_day(end))
            yield earlier | field("time_of_day").less_than(_minute(end))
