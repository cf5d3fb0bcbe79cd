"""The plan: a program's promotions made ready, and found by the goods they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from attrs import define, field

from privlib.commands.baskets import Names
from privlib.entities.customer_state import CouponInHand
from privlib.policies.pricing.entry import Entry, entry_of
from privlib.policies.pricing.overlay import Lists, overlaid
from privlib.program.codes import matched_code
from privlib.program.offers import AmountOff, Bundle
from privlib.program.pricing import Choice, Pricing
from privlib.program.promotion import COUPONS, Promotion, Stacking, Threshold, Trigger
from privlib.values.choice import expected
from privlib.values.goods import Goods
from privlib.values.ids import PromotionName
from privlib.values.money import Money

__all__ = ["MANY", "Plan", "plan_of"]


Turn: TypeAlias = tuple[int, str]

MANY: Final = 32
"""From how many promotions about one name on they are not all gathered before one is tried."""


@define(eq=False)
class Plan:
    """Promotions by their position, and where to find those that a line concerns.

    Their turns order them by layer, then priority, then name, as positions do unless one was put in
    later. `indexes` are by sku, product, category, brand and tag, and list positions in the
    order of their turns. What wants a code or coupon is found by these. `declared` are the names in
    the order of the program.
    """

    promotions: list[Promotion]
    pricing: Pricing
    zone: str
    layers: dict[str, int]
    declared: list[PromotionName]
    indexes: tuple[Lists, ...]
    everywhere: list[int] = field(factory=list)
    codes: dict[str, int] = field(factory=dict)
    longest: int = 0
    entries: list[Entry | None] = field(factory=list)
    _own_coupons: dict[object, Entry] = field(factory=dict)
    is_sorted: bool = True
    _names: dict[str, int] | None = None
    _is_in_order: bool | None = None
    _is_exclusive: bool | None = None

    @property
    def names(self) -> dict[str, int]:
        """The positions by name."""
        if self._names is None:
            self._names = {each.name: at for at, each in enumerate(self.promotions)}
        return self._names

    @property
    def is_in_order(self) -> bool:
        """Whether nothing has to be chosen: each applies that can, in its turn."""
        if self._is_in_order is None:
            pricing = self.pricing
            self._is_in_order = pricing.at_most is None and all(
                layer.choice is Choice.IN_ORDER for layer in pricing.layers
            )
        return self._is_in_order

    @property
    def is_exclusive(self) -> bool:
        """Whether what a promotion touches is used up for all that come after it."""
        if self._is_exclusive is None:
            automatic = [each for each in self.promotions if each.trigger is Trigger.AUTOMATIC]
            self._is_exclusive = (
                not self.everywhere
                and len({each.layer for each in automatic}) == 1
                and all(each.takes_units for each in automatic)
            )
        return self._is_exclusive

    def entry(self, position: int) -> Entry:
        """The promotion at a position, made ready."""
        found = self.entries[position]
        if found is None:
            found = self.entries[position] = self._made(self.promotions[position])
        return found

    def _made(self, promotion: Promotion) -> Entry:
        return entry_of(promotion, self.pricing, layers=self.layers, zone=self.zone)

    def code(self, code: str) -> str:
        """A code as it is compared."""
        return matched_code(code, self.pricing.codes)

    def entry_of(self, coupon: CouponInHand) -> Entry | None:
        """What a coupon brings: its promotion, or so much off from so much."""
        if coupon.promotion is not None:
            position = self.names.get(coupon.promotion)
            return None if position is None else self.entry(position)
        key = coupon.value, coupon.threshold
        found = self._own_coupons.get(key)
        if found is None:
            found = self._own_coupons[key] = self._made(_of_own_value(coupon, self.layers))
        return found

    def concerned(self, named: Sequence[Names]) -> dict[int, list[int]]:
        """The automatic promotions that some goods are named by, with the rows of these goods."""
        found: dict[int, list[int]] = {}
        for index, names in zip(self.indexes, named, strict=True):
            if not index:
                continue
            for name, row in names:
                if name in index:
                    for position in index[name]:
                        rows = found.get(position)
                        if rows is None:
                            found[position] = [row]
                        elif rows[-1] != row:
                            rows.append(row)
        return found

    def turn(self, position: int) -> Turn:
        """What the promotion at a position is ordered by."""
        if self.is_sorted:
            return position, ""
        return _turn(self.promotions[position], self.layers)

    def in_turn(self, positions: Iterable[int]) -> list[int]:
        """Some positions in the order of their turns."""
        return sorted(positions, key=None if self.is_sorted else self.turn)

    def with_promotion(self, promotion: Promotion) -> Plan:
        """The same plan with one promotion more; what is there is not made again."""
        position = len(self.promotions)
        last = self.promotions[-1] if self.promotions else promotion
        is_last = _turn(last, self.layers) <= _turn(promotion, self.layers)
        plan = Plan(
            [*self.promotions, promotion],
            self.pricing,
            self.zone,
            self.layers,
            [*self.declared, promotion.name],
            self.indexes,
            [*self.everywhere],
            self.codes | {self.code(code): position for code in promotion.codes},
            self.longest,
            [*self.entries, None],
            is_sorted=self.is_sorted and is_last,
        )
        if promotion.trigger is Trigger.AUTOMATIC:
            plan._list(position, *_looked_for(promotion).narrowest)
        return plan

    def _list(self, position: int, kind: int, names: Iterable[str]) -> None:
        """Lists a promotion by its names, over the indexes that another plan has too."""
        index = self.indexes[kind]
        lists = {name: self.in_turn([*index.get(name, ()), position]) for name in names}
        if not lists:
            self.everywhere.append(position)
        self.longest = max([self.longest, *map(len, lists.values())])
        self.indexes = (*self.indexes[:kind], overlaid(index, lists), *self.indexes[kind + 1 :])


def plan_of(promotions: Iterable[Promotion], pricing: Pricing, zone: str) -> Plan:
    """A plan of these promotions."""
    layers = {layer.name: at for at, layer in enumerate(pricing.layers)}
    declared = list(promotions)
    given = sorted(declared, key=lambda promotion: _turn(promotion, layers))
    indexes: tuple[dict[str, list[int]], ...] = ({}, {}, {}, {}, {})
    names, entries = [promotion.name for promotion in declared], [None] * len(given)
    plan = Plan(given, pricing, zone, layers, names, indexes, entries=[*entries])
    for position, promotion in enumerate(given):
        plan.codes |= {plan.code(code): position for code in promotion.codes}
        if promotion.trigger is Trigger.AUTOMATIC:
            kind, goods = _looked_for(promotion).narrowest
            for name in goods:
                indexes[kind].setdefault(name, []).append(position)
            if not goods:
                plan.everywhere.append(position)
    plan.longest = max([len(listed) for index in indexes for listed in index.values()], default=0)
    return plan


def _turn(promotion: Promotion, layers: Mapping[str, int]) -> Turn:
    """What promotions are ordered by: layer and priority as one number, then name."""
    return (layers[promotion.layer] << 21) - promotion.priority, promotion.name


def _of_own_value(coupon: CouponInHand, layers: Mapping[str, int]) -> Promotion:
    """A coupon that is worth so much from so much, as a promotion."""
    threshold = coupon.threshold
    return Promotion(
        name=PromotionName("coupon"),
        layer=_layer_of_coupons(layers),
        offer=AmountOff(amount=expected(Money, coupon.value)),
        needs=Threshold(amount=threshold, base="member") if threshold else None,
        trigger=Trigger.COUPON,
        stacking=Stacking(groups=(COUPONS,)),
    )


def _layer_of_coupons(layers: Mapping[str, int]) -> str:
    """The layer "coupon", or else the last one of goods."""
    names = [name for name in layers if name != "shipping"] or list(layers)
    return "coupon" if "coupon" in layers else names[-1]


def _looked_for(promotion: Promotion) -> Goods:
    """The goods without which a promotion can do nothing."""
    offer = promotion.offer
    if isinstance(offer, Bundle):
        return offer.parts[0].goods
    return promotion.goods
