"""Events: what happened to the days of a customer that come every year."""

from __future__ import annotations

import pendulum
from attrs import field

from privlib.events.about import AboutDaybook
from privlib.values.frozen import frozen
from privlib.values.ids import CustomerId, EmployeeId, RelationId
from privlib.values.moment import moment
from privlib.values.personal import PersonalRef

__all__ = ["DayCelebrated", "DayReminderRaised", "ImportantDayLearned"]


@frozen(kw_only=True)
class ImportantDayLearned(AboutDaybook):
    """The shop learned a day of a customer, for the first time or in place of another.

    The day itself is personal; by its `mark`, a keyed digest, it is known again. With this one he
    has changed it `edits` times in the calendar year `edited_in`.
    """

    customer: CustomerId
    name: str
    day: PersonalRef
    mark: str
    edits: int
    edited_in: int
    relation: RelationId | None = None
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class DayCelebrated(AboutDaybook):
    """A customer's day was celebrated, which happens once for each year.

    `year` is the year whose day it was, for a lunar day the lunar one; `fell_in` is the calendar
    year in which it fell.
    """

    customer: CustomerId
    name: str
    year: int
    fell_in: int
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class DayReminderRaised(AboutDaybook):
    """An employee was reminded that a day of his customer is near."""

    customer: CustomerId
    relation: RelationId
    employee: EmployeeId
    name: str
    year: int
    at: pendulum.DateTime = field(converter=moment)
