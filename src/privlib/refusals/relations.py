"""Refusals: what speaks against a friendship, or a move between stages."""

from __future__ import annotations

import pendulum
from attrs import field

from privlib.values.choice import as_tuple
from privlib.values.frozen import frozen
from privlib.values.ids import RelationId
from privlib.values.moment import moment

__all__ = [
    "AlreadyFriends",
    "LifecycleUnknown",
    "RelationUnknown",
    "StageMoveNotAllowed",
    "StageUnknown",
]


@frozen(kw_only=True)
class AlreadyFriends:
    """The customer and the employee are friends on this carrier since the moment given."""

    relation: RelationId
    since: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class RelationUnknown:
    """There is no such tie between an employee and a customer."""

    relation: RelationId


@frozen(kw_only=True)
class LifecycleUnknown:
    """The program has no lifecycle of this name."""

    lifecycle: str
    known: tuple[str, ...] = field(converter=as_tuple)


@frozen(kw_only=True)
class StageUnknown:
    """The lifecycle has no stage of this name."""

    lifecycle: str
    stage: str
    known: tuple[str, ...] = field(converter=as_tuple)


@frozen(kw_only=True)
class StageMoveNotAllowed:
    """The lifecycle has no way by hand from the one stage to the other."""

    lifecycle: str
    stage: str
    to: str
    allowed: tuple[str, ...] = field(converter=as_tuple)
