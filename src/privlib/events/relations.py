"""Events: what happened to customers and to their ties with employees."""

from __future__ import annotations

from enum import StrEnum

import pendulum
from attrs import field

from privlib.events.about import AboutCustomer, AboutRelation
from privlib.values.choice import as_tuple, choice_field
from privlib.values.frozen import frozen
from privlib.values.ids import CustomerId, EmployeeId, RelationId
from privlib.values.moment import moment
from privlib.values.personal import PersonalRef

__all__ = [
    "CustomerAdded",
    "CustomerNamed",
    "FollowUpRaised",
    "FriendAdded",
    "MoveCause",
    "Placed",
    "RelationBegun",
    "StageMoved",
]


@frozen(kw_only=True)
class CustomerAdded(AboutCustomer):
    """The shop got to know somebody, through the door named `source`."""

    customer: CustomerId
    source: str
    name: PersonalRef | None = None
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class CustomerNamed(AboutCustomer):
    """The shop learned the name of a customer whom it knew without one."""

    customer: CustomerId
    name: PersonalRef
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class RelationBegun(AboutCustomer):
    """A customer has one more tie to an employee."""

    customer: CustomerId
    relation: RelationId
    at: pendulum.DateTime = field(converter=moment)


@frozen
class Placed:
    """In which stage of a lifecycle a relation starts."""

    lifecycle: str
    stage: str


@frozen(kw_only=True)
class FriendAdded(AboutRelation):
    """A customer and an employee became friends on a carrier.

    The relation is placed in a stage of each lifecycle that the program has.
    """

    relation: RelationId
    customer: CustomerId
    employee: EmployeeId
    carrier: str
    source: str
    placed: tuple[Placed, ...] = field(default=(), converter=as_tuple)
    at: pendulum.DateTime = field(converter=moment)

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages in which it starts."""
        return tuple(each.stage for each in self.placed)


class MoveCause(StrEnum):
    """Why a relation went to another stage.

    `by_hand`: somebody moved it. `by_itself`: a condition of the lifecycle came to hold.
    `re_mapped`: the lifecycle was changed, and its stage is another now.
    """

    BY_HAND = "by_hand"
    BY_ITSELF = "by_itself"
    RE_MAPPED = "re_mapped"


@frozen(kw_only=True)
class StageMoved(AboutRelation):
    """A relation went from one stage of a lifecycle to another.

    Under which rules it did, the program version of its decision says.
    """

    relation: RelationId
    customer: CustomerId
    lifecycle: str
    came_from: str
    to: str
    cause: MoveCause = choice_field(MoveCause, default=MoveCause.BY_HAND)
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class FollowUpRaised(AboutRelation):
    """An employee was reminded to get in touch, since nobody moved the relation on."""

    relation: RelationId
    customer: CustomerId
    employee: EmployeeId
    stage: str
    at: pendulum.DateTime = field(converter=moment)
