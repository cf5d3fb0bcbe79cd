"""The daybook: the days of a customer that come every year, and when each was celebrated last."""

from __future__ import annotations

from typing import ClassVar

import pendulum
from attrs import field

from privlib.entities.entity import IndexKey, Referable, foreign_event, impossible
from privlib.events import DayCelebrated, DayReminderRaised, Event, ImportantDayLearned
from privlib.values.choice import as_tuple
from privlib.values.frozen import frozen, replace
from privlib.values.ids import CustomerId, RelationId, customer_id
from privlib.values.moment import moment
from privlib.values.personal import PersonalRef

__all__ = ["Daybook", "KnownDay"]


@frozen(kw_only=True)
class KnownDay:
    """A day that a customer told, without the day: where it lies, and by what it is known again.

    `celebrated` is the last year whose day was celebrated, and `fell_in` the calendar year in
    which that one fell, which is another for some lunar days.
    """

    name: str
    day: PersonalRef
    mark: str
    relation: RelationId | None = None
    told_at: pendulum.DateTime = field(converter=moment)
    edits: int = 0
    edited_in: int = 0
    celebrated: int | None = None
    fell_in: int | None = None


@frozen(kw_only=True)
class Daybook(Referable):
    """The important days of one customer. It keeps no date: that lies in the erasable table."""

    kind: ClassVar[str] = "daybook"

    id: CustomerId = field(converter=customer_id)
    version: int = 0
    days: tuple[KnownDay, ...] = field(default=(), converter=as_tuple)

    @property
    def index_keys(self) -> tuple[IndexKey, ...]:
        return ()

    def day(self, name: str) -> KnownDay | None:
        """What is known of the day of this name, if it was told."""
        return next((day for day in self.days if day.name == name), None)

    def apply(self, event: Event) -> Daybook:
        """The daybook after what happened."""
        match event:
            case ImportantDayLearned():
                return self._with(self._learned(event))
            case DayCelebrated():
                return self._with(self._celebrated(event))
            case DayReminderRaised():
                if self.day(event.name) is None:
                    raise impossible(self, event, f"no day {event.name} was told")
                return replace(self, version=self.version + 1)
            case _:
                raise foreign_event(self, event)

    def _learned(self, event: ImportantDayLearned) -> KnownDay:
        known = self.day(event.name)
        return KnownDay(
            name=event.name,
            day=event.day,
            mark=event.mark,
            relation=event.relation,
            told_at=event.at,
            edits=event.edits,
            edited_in=event.edited_in,
            celebrated=None if known is None else known.celebrated,
            fell_in=None if known is None else known.fell_in,
        )

    def _celebrated(self, event: DayCelebrated) -> KnownDay:
        known = self.day(event.name)
        if known is None:
            raise impossible(self, event, f"no day {event.name} was told")
        if known.celebrated is not None and event.year <= known.celebrated:
            raise impossible(self, event, f"that of {known.celebrated} was celebrated")
        return replace(known, celebrated=event.year, fell_in=event.fell_in)

    def _with(self, day: KnownDay) -> Daybook:
        others = tuple(each for each in self.days if each.name != day.name)
        days = tuple(sorted((*others, day), key=lambda each: each.name))
        return replace(self, version=self.version + 1, days=days)
