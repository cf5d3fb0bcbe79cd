"""Commands: a customer's birthday, or another day of his that comes every year."""

from __future__ import annotations

import pendulum
from attrs import field
from attrs.converters import optional

from privlib.values.choice import kind_of
from privlib.values.frozen import frozen
from privlib.values.ids import CustomerId, RelationId, customer_id, join_key, plain_id, relation_id
from privlib.values.important_day import YearlyDay
from privlib.values.moment import moment, to_micros

__all__ = ["ImportantDayTold"]


@frozen(kw_only=True)
class ImportantDayTold:
    """A customer said when his birthday, or another day that the program celebrates, is.

    `name` is that of the program's rule. Greetings go over the relation, if one is given. The day
    is personal: it goes into the erasable table, and needs a program with a secret. It is
    celebrated from the moment on as of which this is decided, not from `told_at` on, so that days
    that are taken over from elsewhere bring nothing for the years before.
    """

    customer: CustomerId = field(converter=customer_id)
    name: str = field(converter=plain_id)
    day: YearlyDay = field(validator=kind_of(YearlyDay))
    told_at: pendulum.DateTime = field(converter=moment)
    relation: RelationId | None = field(default=None, converter=optional(relation_id))

    @property
    def decision_key(self) -> str:
        return join_key("important-day", self.customer, self.name, str(to_micros(self.told_at)))
