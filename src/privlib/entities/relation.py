"""The relation: one employee's tie to one customer on one carrier."""

from __future__ import annotations

from typing import ClassVar

import pendulum
from attrs import field
from attrs.converters import optional

from privlib.entities.entity import IndexKey, Referable, foreign_event, impossible
from privlib.events import Event, FollowUpRaised, FriendAdded, StageMoved, TagsChanged
from privlib.values.choice import as_tuple
from privlib.values.frozen import frozen, made_of, replace, replacer
from privlib.values.ids import CustomerId, EmployeeId, RelationId, join_key, relation_id
from privlib.values.moment import moment

__all__ = ["Relation", "Standing", "Tagged", "stage_value"]


@frozen
class Tagged:
    """A tag that a relation has, and by which cause."""

    tag: str
    cause: str


@frozen(kw_only=True)
class Standing:
    """In which stage of a lifecycle a relation stands, and since when.

    It has not `moved` where it still stands where it was placed when the tie began.
    """

    lifecycle: str
    stage: str
    since: pendulum.DateTime = field(converter=moment)
    moved: bool = False


_standing = made_of(Standing)


def stage_value(lifecycle: str, stage: str) -> str:
    """The value of the index key `stage`, under which those in a stage are found."""
    return join_key(lifecycle, stage)


@frozen(kw_only=True)
class Relation(Referable):
    """One employee's tie to one customer on one carrier: where it came from, and its stages.

    Without `since` it is a blank: the two are not friends yet. `standings` are in the order of
    their lifecycles' names; a lifecycle that the program has got since has none in it yet, and
    the relation is in its first stage, see `privlib.policies.lifecycle.standing_in`.
    """

    kind: ClassVar[str] = "relation"

    id: RelationId = field(converter=relation_id)
    version: int = 0
    customer: CustomerId | None = None
    employee: EmployeeId | None = None
    carrier: str | None = None
    source: str | None = None
    since: pendulum.DateTime | None = field(default=None, converter=optional(moment))
    standings: tuple[Standing, ...] = field(default=(), converter=as_tuple)
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
        return (
            IndexKey("customer", self.customer),
            IndexKey("employee", self.employee),
            *(
                IndexKey("stage", stage_value(each.lifecycle, each.stage))
                for each in self.standings
            ),
        )

    def standing(self, lifecycle: str) -> Standing | None:
        """Where it was put in a lifecycle of this name, if it ever was."""
        for each in self.standings:
            if each.lifecycle == lifecycle:
                return each
        return None

    def apply(self, event: Event) -> Relation:
        """The relation after what happened."""
        version = self.version + 1
        match event:
            case StageMoved():
                return _with_standings(self, version, self._moved(event))
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
                    standings=_placed(event),
                )
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

    def _moved(self, event: StageMoved) -> tuple[Standing, ...]:
        """The standings after a move. Whoever was never put into a lifecycle is in its first."""
        if self.since is None:
            raise impossible(self, event, "the two are not friends")
        before = self.standing(event.lifecycle)
        if before is not None and event.came_from != before.stage:
            raise impossible(self, event, f"it stands in {before.stage}")
        after = _standing(event.lifecycle, event.to, event.at, True)  # noqa: FBT003 - by position
        if len(self.standings) == 1 and before is not None:
            return (after,)
        others = [each for each in self.standings if each is not before]
        return tuple(sorted([*others, after], key=_by_name))


_with_standings = replacer(Relation, "version", "standings")


def _placed(event: FriendAdded) -> tuple[Standing, ...]:
    placed = [
        Standing(lifecycle=each.lifecycle, stage=each.stage, since=event.at)
        for each in event.placed
    ]
    return tuple(sorted(placed, key=_by_name))


def _by_name(standing: Standing) -> str:
    return standing.lifecycle
