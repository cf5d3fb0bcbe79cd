"""Time of day: what a clock shows, in minutes since midnight, and the days of the week."""

from __future__ import annotations

import re
from typing import Final

from privlib.errors import InvalidValueError

__all__ = ["DAY_MINUTES", "WEEKDAYS", "checked_clock", "clock_of", "minutes_of"]

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MINUTES: Final = 24 * 60
_CLOCK: Final = re.compile(r"(?:([01][0-9]|2[0-3]):([0-5][0-9])|24:00)")


def minutes_of(clock: object) -> int | None:
    """The minutes since midnight of a time such as "22:00", at the most of 24:00.

    >>> minutes_of("22:00"), minutes_of("24:00"), minutes_of("9:00")
    (1320, 1440, None)

    None for what is no such time.
    """
    found = _CLOCK.fullmatch(clock) if isinstance(clock, str) else None
    if found is None:
        return None
    return int(found[1]) * 60 + int(found[2]) if found[1] else DAY_MINUTES


def clock_of(minutes: int) -> str:
    """What a clock shows so many minutes after midnight.

    >>> clock_of(1_350)
    '22:30'
    """
    return f"{minutes // 60:02}:{minutes % 60:02}"


def checked_clock(value: object) -> str:
    """A time of day, if it is written as one.

    >>> checked_clock("09:00")
    '09:00'
    """
    if minutes_of(value) is None or not isinstance(value, str):
        raise InvalidValueError(f'a time such as "22:00" is expected; got {value!r:.40}')
    return value
