"""What all entities have in common: index keys, and how they refuse a foreign event."""

from __future__ import annotations

from typing import NamedTuple

from privlib.errors import ImpossibleEventError

__all__ = ["IndexKey", "foreign_event", "impossible"]


class IndexKey(NamedTuple):
    """Under which name and value an entity can be found, besides its id."""

    name: str
    value: str


def foreign_event(entity: object, event: object) -> ImpossibleEventError:
    """The error for an event that is about another kind of entity."""
    return impossible(entity, event, "it is about another kind of entity")


def impossible(entity: object, event: object, why: str) -> ImpossibleEventError:
    """The error for an event that cannot have happened to an entity as it is."""
    return ImpossibleEventError(
        f"{type(event).__name__} cannot happen to this {type(entity).__name__}: {why}"
    )
