"""Pricing: a basket quoted with what the storage knows of its customer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve

from privlib.entities import Coupon, CouponState, Entity, Member, Relation
from privlib.entities.customer_state import CouponInHand, CustomerState
from privlib.entities.query import Query
from privlib.plugins.storages import Storage, all_found
from privlib.policies.lifecycle import standing_in
from privlib.program.program import Program
from privlib.program.promotion import customer_uses_key, spent_key, uses_key
from privlib.values.ids import CustomerId, EntityRef, customer_id

__all__ = ["known_state", "limits_used"]

_PAGE = 200


def known_state(storage: Storage, program: Program, customer: str) -> CustomerState:
    """What the storage knows of a customer: his tier, orders, stage, and the coupons he holds.

    The stage is that of his oldest relation in the program's first lifecycle.
    """
    id = customer_id(customer)
    member = next(iter(storage.get([EntityRef(Member.kind, id)])), None)
    state = CustomerState(
        id=id,
        stage=_stage(storage, program, id),
        coupons=tuple(
            CouponInHand.of(each)
            for each in _coupons(storage, id)
            if each.state is CouponState.ISSUED
        ),
    )
    if not isinstance(member, Member) or member.joined_at is None:
        return state
    return evolve(
        state,
        is_member=True,
        tier=member.tier,
        orders=member.orders,
        last_order_at=member.last_order_at,
    )


def _stage(storage: Storage, program: Program, customer: CustomerId) -> str | None:
    for relation in _relations(storage, customer):
        standing = standing_in(relation, program.lifecycles[0])
        return None if standing is None else standing.stage
    return None


def _coupons(storage: Storage, customer: CustomerId) -> Iterator[Coupon]:
    for entity in _of_customer(storage, Coupon.kind, customer):
        if isinstance(entity, Coupon):
            yield entity


def _relations(storage: Storage, customer: CustomerId) -> list[Relation]:
    found = [
        entity
        for entity in _of_customer(storage, Relation.kind, customer)
        if isinstance(entity, Relation) and entity.since is not None
    ]
    return sorted(found, key=lambda relation: (relation.since, relation.id))


def _of_customer(storage: Storage, kind: str, customer: CustomerId) -> Iterator[Entity]:
    """All entities of a kind that are this customer's."""
    query = Query(kind, index="customer", low=customer, high=customer, limit=_PAGE)
    return all_found(storage, query)


def limits_used(
    storage: Storage, program: Program, customer: CustomerId | None
) -> Mapping[str, int]:
    """How far the limits of the program's promotions are used up."""
    keys: list[str] = []
    for promotion in program.promotions:
        limits, name = promotion.limits, promotion.name
        if limits.uses is not None:
            keys.append(uses_key(name))
        if limits.budget is not None:
            keys.append(spent_key(name))
        if limits.per_customer is not None and customer is not None:
            keys.append(customer_uses_key(name, customer))
    return storage.limits(keys) if keys else {}
