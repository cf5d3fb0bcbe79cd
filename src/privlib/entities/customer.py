"""The customer: a person the shop knows."""

from __future__ import annotations

from typing import ClassVar

import pendulum
from attrs import field
from attrs.converters import optional

from privlib.entities.entity import IndexKey, Referable, foreign_event, impossible
from privlib.events import CustomerAdded, CustomerNamed, Event
from privlib.values.frozen import frozen, replace
from privlib.values.ids import CustomerId, customer_id
from privlib.values.moment import moment
from privlib.values.personal import PersonalRef

__all__ = ["Customer"]


@frozen(kw_only=True)
class Customer(Referable):
    """A person the shop knows: since when, and through which door.

    Without `known_since` it is a blank: nobody the shop knows yet.
    """

    kind: ClassVar[str] = "customer"

    id: CustomerId = field(converter=customer_id)
    version: int = 0
    known_since: pendulum.DateTime | None = field(default=None, converter=optional(moment))
    source: str | None = None
    name: PersonalRef | None = None

    @property
    def index_keys(self) -> tuple[IndexKey, ...]:
        return ()

    def apply(self, event: Event) -> Customer:
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
            case _:
                raise foreign_event(self, event)
