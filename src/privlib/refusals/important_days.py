"""Refusals: what speaks against taking down a day that comes every year."""

from __future__ import annotations

import pendulum
from attrs import field

from privlib.values.choice import as_tuple
from privlib.values.frozen import frozen
from privlib.values.ids import CustomerId
from privlib.values.moment import moment

__all__ = [
    "DayAlreadyKnown",
    "DayEditsUsedUp",
    "DayToldLater",
    "ImportantDayUnknown",
    "LunarCalendarMissing",
]


@frozen(kw_only=True)
class ImportantDayUnknown:
    """The program celebrates no day of this name."""

    name: str
    known: tuple[str, ...] = field(converter=as_tuple)


@frozen(kw_only=True)
class DayAlreadyKnown:
    """The shop knows this very day since the moment given."""

    customer: CustomerId
    name: str
    since: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class DayToldLater:
    """The customer told his day anew after this: at the moment given."""

    customer: CustomerId
    name: str
    told_at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class DayEditsUsedUp:
    """The customer has changed his day as often this calendar year as the program allows."""

    customer: CustomerId
    name: str
    year: int
    edits: int
    limit: int


@frozen(kw_only=True)
class LunarCalendarMissing:
    """A lunar day was told, and the program has no lunar calendar to reckon by."""

    customer: CustomerId
    name: str
