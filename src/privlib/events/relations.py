"""Events: what happened to customers and to their ties with employees."""

from __future__ import annotations

import pendulum
from attrs import field

from privlib.events.about import AboutCustomer, AboutRelation
from privlib.values.frozen import frozen
from privlib.values.ids import CustomerId, EmployeeId, RelationId
from privlib.values.moment import moment
from privlib.values.personal import PersonalRef

__all__ = [
    "CustomerAdded",
    "CustomerNamed",
    "FollowUpRaised",
    "FriendAdded",
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
class FriendAdded(AboutRelation):
    """A customer and an employee became friends on a carrier; the relation starts in a stage."""

    relation: RelationId
    customer: CustomerId
    employee: EmployeeId
    carrier: str
    source: str
    stage: str
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class StageMoved(AboutRelation):
    """A relation went from one stage of its lifecycle to another."""

    relation: RelationId
    customer: CustomerId
    came_from: str
    to: str
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class FollowUpRaised(AboutRelation):
    """An employee was reminded to get in touch, since nobody moved the relation on."""

    relation: RelationId
    customer: CustomerId
    employee: EmployeeId
    stage: str
    at: pendulum.DateTime = field(converter=moment)
