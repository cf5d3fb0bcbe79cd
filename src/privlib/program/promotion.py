"""Promotions: what a shop offers, to whom, when, on which goods, and what else it may meet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Final

from attrs import field, frozen
from attrs.validators import optional as if_given

from privlib.conditions.tree import Always, Condition
from privlib.errors import InvalidValueError, Problem, ProgramError
from privlib.program.offers import Bundle, Offer, SetOffer
from privlib.program.offers.checks import check_optional_count, check_price
from privlib.program.offers.gives import OffNoGoods
from privlib.values.amount import check_optional_amount
from privlib.values.choice import choice_field, kind_of
from privlib.values.goods import Goods, names
from privlib.values.ids import CustomerId, PromotionName, join_key, plain_id, promotion_name
from privlib.values.money import Money
from privlib.values.period import DatePeriod, checked_day

__all__ = [
    "COUPONS",
    "Promotion",
    "Stacking",
    "Threshold",
    "Trigger",
    "UseLimits",
    "base_layer",
    "customer_uses_key",
    "spent_key",
    "uses_key",
]


COUPONS: Final = "coupons"
"""The group of all coupons that have a value of their own."""


class Trigger(StrEnum):
    """What brings a promotion into play: `automatic`, a `code`, or a `coupon` in hand."""

    AUTOMATIC = "automatic"
    CODE = "code"
    COUPON = "coupon"


def base_layer(base: str) -> str | None:
    """The layer after which a base is reckoned; None for the other bases.

    >>> base_layer("after:line"), base_layer("list")
    ('line', None)
    """
    return base[6:] if base.startswith("after:") else None


def _base(value: str) -> str:
    if value in {"list", "member", "remaining"} or (
        isinstance(value, str) and value[:6] == "after:" and value[6:]
    ):
        return value
    raise InvalidValueError(
        f'{value!r:.40} is not one of: list, member, remaining, "after:" and a layer'
    )


@frozen(kw_only=True)
class Threshold:
    """What the promotion's goods must come to: so much money, so many pieces or products.

    A threshold is inclusive. `base` says which amounts count: `list`, `member` (the shelf price),
    `remaining` (what others have left by then), or "after:" and a layer. It never sees the
    discount of its own promotion.
    """

    amount: Money | None = field(default=None, validator=check_price)
    pieces: int | None = field(default=None, validator=check_optional_count)
    distinct: int | None = field(default=None, validator=check_optional_count)
    base: str = field(default="remaining", converter=_base)

    def __attrs_post_init__(self) -> None:
        if self.amount is None and self.pieces is None and self.distinct is None:
            raise InvalidValueError("a threshold asks for an amount, pieces or distinct products")


@frozen(kw_only=True)
class Stacking:
    """What a promotion may meet: others of its groups, others by name, or nothing at all.

    Of a group at most one applies, unless the pricing settings say how many. `only_with`: at least
    one of these must apply too. `never_with` holds both ways.
    """

    groups: tuple[str, ...] = field(default=(), converter=names)
    alone: bool = field(default=False, validator=kind_of(bool))
    only_with: tuple[str, ...] = field(default=(), converter=names)
    never_with: tuple[str, ...] = field(default=(), converter=names)

    def __attrs_post_init__(self) -> None:
        if self.alone and self.only_with:
            raise InvalidValueError("what applies alone cannot apply only with others")
        both = set(self.only_with) & set(self.never_with)
        if both:
            raise InvalidValueError(f"only_with and never_with both name {min(both)}")

    @property
    def is_bound(self) -> bool:
        """Whether there is anything that it may not meet, or cannot do without."""
        return bool(self.groups or self.alone or self.only_with or self.never_with)


@frozen(kw_only=True)
class UseLimits:
    """How often a promotion is used: by everybody, by one customer, and for how much in all."""

    uses: int | None = field(default=None, validator=check_optional_count)
    per_customer: int | None = field(default=None, validator=check_optional_count)
    budget: Money | None = field(default=None, validator=check_optional_amount)

    @property
    def is_bounded(self) -> bool:
        """Whether there is a limit at all."""
        return not (self.uses is None and self.per_customer is None and self.budget is None)


@frozen(kw_only=True)
class Promotion:
    """One promotion.

    `goods` are the goods it touches, `needs` what they must come to, `when` what else must hold.
    `base` is what it is reckoned on: `list`, `member`, `remaining`, or "after:" and a layer.
    A promotion that `uses_units` shares no piece with another such one of its layer; offers on
    sets always do. In its layer it comes before those of lower `priority`, and of the same one
    before those with a later name. `starts` and `ends` are local days, `ends` the first after it.

    Raises ProgramError with every fault.
    """

    name: PromotionName = field(converter=promotion_name)
    layer: str = field(default="order", converter=plain_id)
    offer: Offer = field(validator=kind_of(Offer))
    goods: Goods = field(default=Goods(), validator=kind_of(Goods))
    when: Condition = field(default=Always(), validator=kind_of(Condition))
    needs: Threshold | None = field(default=None, validator=if_given(kind_of(Threshold)))
    base: str = field(default="remaining", converter=_base)
    trigger: Trigger = choice_field(Trigger, Trigger.AUTOMATIC)
    codes: tuple[str, ...] = field(default=(), converter=names)
    priority: int = 0
    uses_units: bool = field(default=False, validator=kind_of(bool))
    stacking: Stacking = field(default=Stacking(), validator=kind_of(Stacking))
    limits: UseLimits = field(default=UseLimits(), validator=kind_of(UseLimits))
    starts: date | None = None
    ends: date | None = None

    def __attrs_post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise ProgramError(problems)

    def _problems(self) -> Iterator[Problem]:
        if type(self.priority) is not int or not -1_000_000 <= self.priority <= 1_000_000:
            yield Problem("priority", "is a whole number between -1,000,000 and 1,000,000")
        if (self.trigger is Trigger.CODE) is not bool(self.codes):
            yield Problem("codes", 'the trigger "code" wants codes, and no other trigger has any')
        yield from self._days_problems()
        if isinstance(self.offer, Bundle) and not self.goods.is_all:
            yield Problem("goods", "the parts of a bundle say which goods it is about")
        if self.uses_units and isinstance(self.offer, OffNoGoods):
            yield Problem("uses_units", "this kind of offer touches no pieces")
        if self.name in self.stacking.only_with or self.name in self.stacking.never_with:
            yield Problem("stacking", "a promotion cannot name itself")

    def _days_problems(self) -> Iterator[Problem]:
        path = "starts"
        try:
            if self.starts is not None:
                checked_day(self.starts)
            path = "ends"
            if self.ends is not None:
                DatePeriod(self.starts or date.min, self.ends)
        except InvalidValueError as fault:
            yield Problem(path, str(fault))

    @property
    def takes_units(self) -> bool:
        """Whether each piece it touches is then used up for others of its layer."""
        return self.uses_units or isinstance(self.offer, SetOffer)


def uses_key(promotion: str) -> str:
    """The key of the limit that counts how often a promotion is used.

    >>> uses_key("spring")
    'promotion:spring:uses'
    """
    return join_key("promotion", promotion, "uses")


def customer_uses_key(promotion: str, customer: CustomerId) -> str:
    """The key of the limit that counts how often one customer uses it."""
    return join_key("promotion", promotion, "customer", customer)


def spent_key(promotion: str) -> str:
    """The key of the limit that sums what a promotion has taken off, in minor units."""
    return join_key("promotion", promotion, "spent")
