"""Commands: new friends, and moves between stages."""

from __future__ import annotations

import pendulum
from attrs import field
from attrs.converters import optional

from privlib.values.frozen import frozen
from privlib.values.ids import (
    CustomerId,
    EmployeeId,
    RelationId,
    customer_id,
    employee_id,
    join_key,
    plain_id,
    relation_id,
)
from privlib.values.moment import moment, to_micros
from privlib.values.personal import Masked, masked

__all__ = ["NewFriend", "StageMove", "StageRemap"]


@frozen(kw_only=True)
class NewFriend:
    """A customer and an employee became friends on a carrier.

    `source` is the door he came through. The name is personal: it goes into the erasable table,
    and needs a program with a secret. Of a customer whose name is known already it changes nothing.
    """

    customer: CustomerId = field(converter=customer_id)
    employee: EmployeeId = field(converter=employee_id)
    carrier: str = field(converter=plain_id)
    added_at: pendulum.DateTime = field(converter=moment)
    source: str = field(default="friend", converter=plain_id)
    name: Masked | None = field(default=None, converter=optional(masked))

    @property
    def relation(self) -> RelationId:
        """The id of the relation: one employee's tie to one customer on one carrier."""
        return RelationId(join_key(self.carrier, self.employee, self.customer))

    @property
    def decision_key(self) -> str:
        return join_key("friend", self.relation, str(to_micros(self.added_at)))


@frozen(kw_only=True)
class StageMove:
    """A wish to move a relation to another stage of a lifecycle, the first unless it is named."""

    key: str = field(converter=plain_id)
    relation: RelationId = field(converter=relation_id)
    to: str = field(converter=plain_id)
    lifecycle: str | None = field(default=None, converter=optional(plain_id))

    @property
    def decision_key(self) -> str:
        return join_key("move-stage", self.key)


@frozen(kw_only=True)
class StageRemap:
    """A wish to put a relation into another stage, since its lifecycle was changed.

    Nothing guards it: neither ways nor conditions.
    """

    key: str = field(converter=plain_id)
    relation: RelationId = field(converter=relation_id)
    lifecycle: str = field(converter=plain_id)
    to: str = field(converter=plain_id)

    @property
    def decision_key(self) -> str:
        return join_key("remap-stage", self.key)
