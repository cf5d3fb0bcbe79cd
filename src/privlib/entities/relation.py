"""The relation: one employee's tie to one customer on one carrier."""

from __future__ import annotations

from typing import ClassVar

import pendulum
from attrs import field
from attrs.converters import optional

from privlib.entities.entity import IndexKey, Referable, foreign_event, impossible
from privlib.events import Event, FollowUpRaised, FriendAdded, StageMoved, TagsChanged
from privlib.values.choice import as_tuple
from privlib.values.frozen import frozen, replace
from privlib.values.ids import CustomerId, EmployeeId, RelationId, relation_id
from privlib.values.moment import moment

__all__ = ["Relation", "Tagged"]


@frozen
class Tagged:
    """A tag that a relation has, and by which cause."""

    tag: str
    cause: str


@frozen(kw_only=True)
class Relation(Referable):
    """One employee's tie to one customer on one carrier: where it came from, and its stage.

    Without `since` it is a blank: the two are not friends yet.
    """

    kind: ClassVar[str] = "relation"

    id: RelationId = field(converter=relation_id)
    version: int = 0
    customer: CustomerId | None = None
    employee: EmployeeId | None = None
    carrier: str | None = None
    source: str | None = None
    since: pendulum.DateTime | None = field(default=None, converter=optional(moment))
    stage: str | None = None
    in_stage_since: pendulum.DateTime | None = field(default=None, converter=optional(moment))
    follow_ups: int = 0
    tagged: tuple[Tagged, ...] = field(default=(), converter=as_tuple)

    @property
    def tags(self) -> frozenset[str]:
        """The tags that it has, by whatever cause."""
        return frozenset(each.tag for each in self.tagged)

    @property
    def index_keys(self) -> tuple[IndexKey, ...]:
        if self.customer is None or self.employee is None:
            return ()
        return (IndexKey("customer", self.customer), IndexKey("employee", self.employee))

    def apply(self, event: Event) -> Relation:
        """The relation after what happened."""
        version = self.version + 1
        match event:
            case FriendAdded():
                if self.since is not None:
                    raise impossible(self, event, "the two are friends already")
                return replace(
                    self,
                    version=version,
                    customer=event.customer,
                    employee=event.employee,
                    carrier=event.carrier,
                    source=event.source,
                    since=event.at,
                    stage=event.stage,
                    in_stage_since=event.at,
                )
            case StageMoved():
                if event.came_from != self.stage:
                    raise impossible(self, event, f"it stands in {self.stage}")
                return replace(self, version=version, stage=event.to, in_stage_since=event.at)
            case FollowUpRaised():
                if self.since is None:
                    raise impossible(self, event, "the two are not friends")
                return replace(self, version=version, follow_ups=self.follow_ups + 1)
            case TagsChanged():
                if self.since is None:
                    raise impossible(self, event, "the two are not friends")
                return replace(self, version=version, tagged=self._tagged_after(event))
            case _:
                raise foreign_event(self, event)

    def _tagged_after(self, event: TagsChanged) -> tuple[Tagged, ...]:
        removed = {Tagged(tag, event.cause) for tag in event.removed}
        added = {Tagged(tag, event.cause) for tag in event.added}
        tagged = (set(self.tagged) - removed) | added
        return tuple(sorted(tagged, key=lambda each: (each.tag, each.cause)))
