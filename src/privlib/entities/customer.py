"""The customer: a person the shop knows."""

from __future__ import annotations

from typing import ClassVar

import attrs
import pendulum
from attrs.converters import optional

from privlib.entities.entity import IndexKey, Referable, foreign_event, impossible
from privlib.events import (
    CustomerAdded,
    CustomerNamed,
    Event,
    ProfileFieldCleared,
    ProfileFieldSet,
    RelationBegun,
)
from privlib.values.answer import Answer, as_answer
from privlib.values.choice import as_tuple
from privlib.values.frozen import frozen, replace
from privlib.values.ids import CustomerId, RelationId, customer_id
from privlib.values.moment import moment
from privlib.values.personal import PersonalRef

__all__ = ["Customer", "ProfileField"]


@frozen(kw_only=True)
class ProfileField:
    """What one source says of a field of a customer's profile, and since when."""

    field: str
    source: str
    value: Answer = attrs.field(converter=as_answer)
    at: pendulum.DateTime = attrs.field(converter=moment)


@frozen(kw_only=True)
class Customer(Referable):
    """A person the shop knows: since when, through which door, his ties, what is known of him.

    Of a field of the profile each source has its say, and the newest counts. Without
    `known_since` it is a blank: nobody the shop knows yet.
    """

    kind: ClassVar[str] = "customer"

    id: CustomerId = attrs.field(converter=customer_id)
    version: int = 0
    known_since: pendulum.DateTime | None = attrs.field(default=None, converter=optional(moment))
    source: str | None = None
    name: PersonalRef | None = None
    profile: tuple[ProfileField, ...] = attrs.field(default=(), converter=as_tuple)
    relations: tuple[RelationId, ...] = attrs.field(default=(), converter=as_tuple)

    @property
    def index_keys(self) -> tuple[IndexKey, ...]:
        return ()

    def told(self, field: str) -> Answer | None:
        """What is known of a field of the profile: the newest that any source says of it."""
        said = [each for each in self.profile if each.field == field]
        return max(said, key=lambda each: (each.at, each.source)).value if said else None

    def apply(self, event: Event) -> Customer:  # noqa: C901 - a table, one row an event
        """The customer after what happened."""
        match event:
            case CustomerAdded():
                if self.known_since is not None:
                    raise impossible(self, event, "the shop knows him already")
                return replace(
                    self,
                    version=self.version + 1,
                    known_since=event.at,
                    source=event.source,
                    name=event.name,
                )
            case CustomerNamed():
                if self.known_since is None or self.name is not None:
                    raise impossible(self, event, "the shop knows his name, or nobody of his id")
                return replace(self, version=self.version + 1, name=event.name)
            case ProfileFieldSet():
                if self.known_since is None:
                    raise impossible(self, event, "the shop knows nobody of his id")
                said = ProfileField(
                    field=event.field, source=event.source, value=event.value, at=event.at
                )
                return replace(self, version=self.version + 1, profile=self._with(said))
            case ProfileFieldCleared():
                rest = self._without(event)
                if len(rest) == len(self.profile):
                    raise impossible(self, event, "the source says nothing of it")
                return replace(self, version=self.version + 1, profile=rest)
            case RelationBegun():
                if event.relation in self.relations:
                    raise impossible(self, event, f"he has the relation {event.relation} already")
                relations = tuple(sorted((*self.relations, event.relation)))
                return replace(self, version=self.version + 1, relations=relations)
            case _:
                raise foreign_event(self, event)

    def _with(self, said: ProfileField) -> tuple[ProfileField, ...]:
        """The profile in which a source says this, in the order of fields and sources."""
        fields = [*self._without(said), said]
        return tuple(sorted(fields, key=lambda each: (each.field, each.source)))

    def _without(self, said: ProfileField | ProfileFieldCleared) -> tuple[ProfileField, ...]:
        place = (said.field, said.source)
        return tuple(each for each in self.profile if (each.field, each.source) != place)
