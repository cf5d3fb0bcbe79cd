"""Openings: the hours of a shop in its zone, in microseconds since 1970."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Final

from privlib.program.service import Service
from privlib.values.dates import checked_zone, local_moment
from privlib.values.moment import to_micros
from privlib.values.stretches import Stretch, merged
from privlib.values.time_of_day import DAY_MINUTES

__all__ = ["DAY_MICROS", "SEARCHED_DAYS", "Openings", "openings_of"]

DAY_MICROS: Final = 86_400_000_000
SEARCHED_DAYS: Final = 400
"""How far ahead an opening is looked for: a shop may be closed for good."""
_FIRST_DAY: Final = date(1970, 1, 1).toordinal()
_AROUND: Final = 2
"""A night may end a day after it began, and a zone may be a day ahead of UTC, or behind it."""
_BEGINNING, _END = date.min.toordinal() + _AROUND, date.max.toordinal() - _AROUND
_KEPT: Final = 4_096


class Openings:
    """When a shop is open, for hot loops: moments are whole microseconds, nothing is checked.

    What is worked out of a day is kept, so that the calendar is asked but once for it.
    """

    def __init__(self, service: Service, zone: str) -> None:
        self._service, self._zone = service, checked_zone(zone)
        self._on_days: dict[int, tuple[Stretch, ...]] = {}
        self._begun_on: dict[int, tuple[Stretch, ...]] = {}

    def is_open(self, at: int) -> bool:
        """Whether it is open at a moment."""
        return any(opens <= at < closes for opens, closes in self.on_day(at // DAY_MICROS))

    def next_open(self, at: int) -> int | None:
        """The moment itself where it is open then, or else that of the next opening."""
        return next((opens for opens, _ in self.ahead(at)), None)

    def after(self, at: int, micros: int) -> int | None:
        """The moment when it will have been open for so long; at a closing, that very moment."""
        left = micros
        for opens, closes in self.ahead(at):
            if left <= closes - opens:
                return opens + left
            left -= closes - opens
        return None

    def ahead(self, at: int) -> Iterator[Stretch]:
        """The stretches open from a moment on, as far ahead as is looked."""
        return self.between(at, at + SEARCHED_DAYS * DAY_MICROS)

    def between(self, start: int, end: int) -> Iterator[Stretch]:
        """The stretches open between two moments; one that runs over midnight in UTC in two."""
        for number in range(start // DAY_MICROS, -(-end // DAY_MICROS)):
            for opens, closes in self.on_day(number):
                if start < closes and opens < end:
                    yield max(opens, start), min(closes, end)

    def on_day(self, number: int) -> tuple[Stretch, ...]:
        """The stretches open on a day of UTC, of which 0 is 1 January 1970."""
        found = self._on_days.get(number)
        if found is None:
            if len(self._on_days) >= _KEPT:
                self._on_days, self._begun_on = {}, {}
            found = self._on_days[number] = self._worked_out(number)
        return found

    def _worked_out(self, number: int) -> tuple[Stretch, ...]:
        starts, ends = number * DAY_MICROS, (number + 1) * DAY_MICROS
        today = number + _FIRST_DAY
        return merged(
            (max(opens, starts), min(closes, ends))
            for day in range(today - _AROUND, today + _AROUND + 1)
            for opens, closes in self._begun(day)
            if opens < ends and starts < closes
        )

    def _begun(self, day: int) -> tuple[Stretch, ...]:
        """The stretches of the hours that begin on a local day; of the calendar's ends, none."""
        found = self._begun_on.get(day)
        if found is None:
            minutes = (
                self._service.stretches_on(date.fromordinal(day))
                if _BEGINNING <= day <= _END
                else ()
            )
            found = self._begun_on[day] = tuple(
                [(self._at(day, opens), self._at(day, closes)) for opens, closes in minutes]
            )
        return found

    def _at(self, day: int, minutes: int) -> int:
        """When the clock on the wall shows so many minutes since midnight, the first time."""
        days, minutes = divmod(minutes, DAY_MINUTES)
        hour, minute = divmod(minutes, 60)
        return to_micros(local_moment(date.fromordinal(day + days), time(hour, minute), self._zone))


def openings_of(service: Service, zone: str) -> Openings:
    """The openings of a shop in a zone, made once.

    >>> openings_of(Service(), "Asia/Shanghai").is_open(0)  # at 08:00 on 1 January 1970
    False
    """
    found = service.made.get(zone)
    if not isinstance(found, Openings):
        found = service.made[zone] = Openings(service, zone)
    return found
