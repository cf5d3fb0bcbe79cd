"""What all entities have in common: a reference, index keys, and how they refuse an event."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from privlib.errors import ImpossibleEventError
from privlib.values.ids import EntityRef

__all__ = ["IndexKey", "Referable", "foreign_event", "impossible"]


class Referable:
    """What is referred to by its kind and its id.

    What is `shared` is read by the decisions of many and guarded only by those that change it.
    """

    __slots__ = ()
    kind: ClassVar[str]
    shared: ClassVar[bool] = False
    id: str

    @property
    def ref(self) -> EntityRef:
        """Its kind and its id."""
        return EntityRef(self.kind, self.id)


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
