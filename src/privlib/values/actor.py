"""Actors: by whom something was decided."""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen

from privlib.values.choice import choice_field
from privlib.values.ids import plain_id

__all__ = ["SYSTEM", "Actor", "ActorKind"]


class ActorKind(StrEnum):
    """What sort of actor: the shop's own software, an employee, or the customer."""

    SYSTEM = "system"
    EMPLOYEE = "employee"
    CUSTOMER = "customer"


@frozen
class Actor:
    """Who decided: kept with every decision, so that each step names its author.

    >>> Actor("employee", "mei").id
    'mei'
    """

    kind: ActorKind = choice_field(ActorKind)
    id: str = field(default="privlib", converter=plain_id)


SYSTEM = Actor(ActorKind.SYSTEM)
