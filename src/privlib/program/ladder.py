"""The ladder: tiers by cumulative net spend, each with its gift pack."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import pairwise

from attrs import field, frozen
from attrs.validators import optional

from privlib.errors import InvalidValueError, Problem, ProgramError
from privlib.program.naming import duplicate_names
from privlib.values.amount import check_amount
from privlib.values.choice import as_tuple, choice_field, each_of, kind_of
from privlib.values.ids import GiftId, TierName, gift_id, plain_text, tier_name
from privlib.values.money import Money

__all__ = ["Gift", "GiftAfterRefund", "Ladder", "Tier", "TierAfterRefund", "tier_problems"]


class TierAfterRefund(StrEnum):
    """What a refund does to the tier: `recompute` from net spend (default), or `keep`."""

    RECOMPUTE = "recompute"
    KEEP = "keep"


class GiftAfterRefund(StrEnum):
    """What a refund does to a gift whose spend it takes away.

    `returnable` (default): the gift is kept and marked, so that the shop may ask for it.
    `keep`: it is kept, and nothing is marked.
    """

    RETURNABLE = "returnable"
    KEEP = "keep"


def _items(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(plain_text(item) for item in as_tuple(items))


@frozen(kw_only=True)
class Gift:
    """A gift pack: what is in it and what it is worth. It is granted once, by its id."""

    id: GiftId = field(converter=gift_id)
    value: Money = field(validator=check_amount)
    items: tuple[str, ...] = field(default=(), converter=_items)


@frozen(kw_only=True)
class Tier:
    """A rung of the ladder: its name, the net spend that reaches it, and its gift pack."""

    name: TierName = field(converter=tier_name)
    threshold: Money = field(validator=kind_of(Money))
    gift: Gift | None = field(default=None, validator=optional(kind_of(Gift)))

    @threshold.validator
    def _above_zero(self, _attribute: object, threshold: Money) -> None:
        if threshold.minor <= 0:
            raise InvalidValueError(f"a threshold is above 0; got {threshold}")


@frozen(kw_only=True)
class Ladder:
    """The tiers in ascending order, and what a refund does to tier and gift.

    A threshold is inclusive: spending exactly that much reaches the tier.

    Raises ProgramError with every fault among the tiers.
    """

    tiers: tuple[Tier, ...] = field(default=(), converter=as_tuple, validator=each_of(Tier))
    tier_after_refund: TierAfterRefund = choice_field(TierAfterRefund, TierAfterRefund.RECOMPUTE)
    gift_after_refund: GiftAfterRefund = choice_field(GiftAfterRefund, GiftAfterRefund.RETURNABLE)
    _thresholds: tuple[int, ...] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        problems = list(tier_problems(dict(enumerate(self.tiers))))
        if problems:
            raise ProgramError(problems)
        object.__setattr__(self, "_thresholds", tuple(tier.threshold.minor for tier in self.tiers))

    def rungs_reached(self, spent_minor: int) -> int:
        """How many tiers a net spend reaches, in minor units."""
        return bisect_right(self._thresholds, spent_minor)

    def rung_of(self, name: TierName | None) -> int:
        """Which rung a tier is, counted from 1; 0 for none and for a name the ladder lacks."""
        return next((rung for rung, tier in enumerate(self.tiers, 1) if tier.name == name), 0)


def tier_problems(tiers: Mapping[int, Tier]) -> Iterator[Problem]:
    """What is wrong between tiers, each at its position in the ladder."""
    yield from duplicate_names({at: tier.name for at, tier in tiers.items()}, "tiers[{}].name")
    gifts = {at: tier.gift.id for at, tier in tiers.items() if tier.gift}
    yield from duplicate_names(gifts, "tiers[{}].gift.id")
    for (_, lower), (at, upper) in pairwise(tiers.items()):
        path = f"tiers[{at}].threshold"
        if lower.threshold.currency != upper.threshold.currency:
            yield Problem(path, "all thresholds must be in one currency")
        elif upper.threshold <= lower.threshold:
            yield Problem(
                path,
                f"{upper.threshold} is not above {lower.threshold} of "
                f'"{lower.name}": thresholds must ascend',
            )
