"""State: the entities a decision is based on, and how far the limits it meets are used up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from privlib.entities import (
    ENTITY_KINDS,
    Campaign,
    Coupon,
    Customer,
    Daybook,
    Entity,
    Member,
    OrderRecord,
    Relation,
    SurveyRecord,
)
from privlib.errors import InvalidValueError
from privlib.events import Event
from privlib.values.ids import (
    CampaignName,
    CouponId,
    CustomerId,
    EntityRef,
    OrderId,
    RelationId,
    survey_record_id,
)

__all__ = ["State", "applied"]

E = TypeVar("E", Customer, Relation, Member, OrderRecord, Coupon, Campaign, Daybook, SurveyRecord)

_NO_LIMITS: Final[Mapping[str, int]] = {}


def applied(entities: dict[EntityRef, Entity], event: Event) -> EntityRef:
    """Let an event happen to the one entity it is about, a blank where there was none."""
    about = event.about
    entity = entities.get(about)
    if entity is None:
        entity = ENTITY_KINDS[about.kind](id=about.id)
    entities[about] = entity.apply(event)
    return about


class State:
    """What was loaded: asked for what is not there, it answers with a blank.

    >>> State().member("nobody").joined_at is None
    True
    """

    __slots__ = ("_entities", "limits")

    def __init__(self, *entities: Entity, limits: Mapping[str, int] | None = None) -> None:
        try:
            self._entities = {entity.ref: entity for entity in entities}
        except AttributeError:
            raise InvalidValueError(
                "a state is made of entities, one by one: State(wei, order)"
            ) from None
        self.limits: Mapping[str, int] = dict(limits) if limits else _NO_LIMITS

    @classmethod
    def of_refs(
        cls, entities: dict[EntityRef, Entity], limits: Mapping[str, int] | None = None
    ) -> State:
        """A state of entities that are by reference already; the dict is the state's from now."""
        state = cls(limits=limits)
        state._entities = entities
        return state

    def with_more(self, *entities: Entity) -> State:
        """The same, with what was loaded besides."""
        return State.of_refs(
            self._entities | {entity.ref: entity for entity in entities}, self.limits
        )

    @property
    def entities(self) -> tuple[Entity, ...]:
        """All that was loaded, in the order given."""
        return tuple(self._entities.values())

    def items(self) -> Iterable[tuple[EntityRef, Entity]]:
        """All that was loaded, each with its reference."""
        return self._entities.items()

    def by_ref(self) -> dict[EntityRef, Entity]:
        """A copy of the entities by reference, for a fold to change."""
        return dict(self._entities)

    def find(self, ref: EntityRef) -> Entity | None:
        """The entity of this reference, if it was loaded."""
        return self._entities.get(ref)

    def after(self, events: Iterable[Event]) -> State:
        """The state after what happened: the fold of the events."""
        entities = dict(self._entities)
        for event in events:
            applied(entities, event)
        return State.of_refs(entities, self.limits)

    def of(self, kind: type[E], id: str) -> E:
        """The entity of this kind and id, or a blank."""
        found = self._entities.get((kind.kind, id))  # type: ignore[call-overload]  # equals the reference
        return found if isinstance(found, kind) else kind(id=id)

    def customer(self, id: CustomerId | str) -> Customer:
        return self.of(Customer, id)

    def relation(self, id: RelationId | str) -> Relation:
        return self.of(Relation, id)

    def member(self, id: CustomerId | str) -> Member:
        return self.of(Member, id)

    def order(self, id: OrderId | str) -> OrderRecord:
        return self.of(OrderRecord, id)

    def coupon(self, id: CouponId | str) -> Coupon:
        return self.of(Coupon, id)

    def campaign(self, id: CampaignName | str) -> Campaign:
        return self.of(Campaign, id)

    def daybook(self, id: CustomerId | str) -> Daybook:
        return self.of(Daybook, id)

    def survey(self, name: str, customer: CustomerId | str) -> SurveyRecord:
        return self.of(SurveyRecord, survey_record_id(name, customer))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, State):
            return NotImplemented
        return self._entities == other._entities and self.limits == other.limits

    __hash__ = None  # type: ignore[assignment]  # it holds dicts

    def __repr__(self) -> str:
        return f"State({', '.join(map(repr, self._entities.values()))})"
