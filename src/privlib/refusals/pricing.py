"""Refusals: why a promotion, a code or a coupon takes nothing off a basket."""

from __future__ import annotations

from enum import StrEnum

import pendulum
from attrs import field
from attrs.converters import optional

from privlib.values.choice import as_tuple
from privlib.values.frozen import frozen
from privlib.values.moment import moment
from privlib.values.money import Money

__all__ = [
    "AmountNotReached",
    "Beaten",
    "BudgetTooSmall",
    "CodeUnknown",
    "CouponNotYetGood",
    "CouponOfNoPromotion",
    "CouponRanOut",
    "Excluded",
    "Exclusion",
    "GiftInBasket",
    "GiftOutOfStock",
    "NothingLeft",
    "NothingToTouch",
    "PartnerMissing",
    "PiecesNotReached",
    "ProductsNotReached",
    "PromotionNotRunning",
    "SearchCutShort",
    "TooFewForSet",
    "UsesSpent",
    "WaitsForCode",
    "WaitsForCoupon",
    "WaitsForCustomer",
]


class Exclusion(StrEnum):
    """Which rule keeps two promotions apart."""

    ALONE = "alone"
    GROUP = "group"
    NEVER_WITH = "never_with"
    AT_MOST = "at_most"


@frozen(kw_only=True)
class AmountNotReached:
    """The goods do not come to the amount that the promotion starts at.

    `base` says which prices are counted, as the threshold has it.
    """

    promotion: str
    needs: Money
    has: Money
    base: str = "remaining"

    @property
    def missing(self) -> Money:
        return self.needs - self.has


@frozen(kw_only=True)
class PiecesNotReached:
    """There are fewer pieces of the goods than the promotion starts at."""

    promotion: str
    needs: int
    has: int

    @property
    def missing(self) -> int:
        return self.needs - self.has


@frozen(kw_only=True)
class ProductsNotReached:
    """There are fewer different products than the promotion starts at."""

    promotion: str
    needs: int
    has: int

    @property
    def missing(self) -> int:
        return self.needs - self.has


@frozen(kw_only=True)
class TooFewForSet:
    """The pieces do not make up one set. `missing` says how many more are needed at least."""

    promotion: str
    needs: int
    has: int

    @property
    def missing(self) -> int:
        return self.needs - self.has


@frozen(kw_only=True)
class NothingToTouch:
    """Nothing in the basket is among the promotion's goods, or may be discounted."""

    promotion: str


@frozen(kw_only=True)
class NothingLeft:
    """It would take nothing off: the price is as low already, at its floor, or nothing."""

    promotion: str


@frozen(kw_only=True)
class Beaten:
    """It could apply, but what was chosen in its place is better, by so much.

    `by` are the promotions that apply instead; `amount` is what the customer would pay more with
    this one. At 0 the two are equal, and the names decide.
    """

    promotion: str
    by: tuple[str, ...] = field(converter=as_tuple)
    amount: Money


@frozen(kw_only=True)
class Excluded:
    """What was chosen before keeps it out: `by` which, and by what rule."""

    promotion: str
    by: tuple[str, ...] = field(converter=as_tuple)
    rule: Exclusion
    group: str | None = None


@frozen(kw_only=True)
class PartnerMissing:
    """It applies only together with one of these, and none of them applies."""

    promotion: str
    partners: tuple[str, ...] = field(converter=as_tuple)


@frozen(kw_only=True)
class PromotionNotRunning:
    """The promotion has not begun yet, or is over."""

    promotion: str
    starts: pendulum.DateTime | None = field(default=None, converter=optional(moment))
    ends: pendulum.DateTime | None = field(default=None, converter=optional(moment))


@frozen(kw_only=True)
class UsesSpent:
    """It was used as often as it may be, by everybody or by this customer."""

    promotion: str
    limit: int
    used: int
    by_customer: bool = False


@frozen(kw_only=True)
class BudgetTooSmall:
    """What is left of its budget does not pay for what it would take off."""

    promotion: str
    budget: Money
    spent: Money
    left: Money


@frozen(kw_only=True)
class WaitsForCode:
    """It wants a code, and none of its codes was given."""

    promotion: str


@frozen(kw_only=True)
class WaitsForCoupon:
    """It wants a coupon, and none of its coupons is in hand."""

    promotion: str


@frozen(kw_only=True)
class WaitsForCustomer:
    """It is limited by customer, and nobody knows who buys."""

    promotion: str


@frozen(kw_only=True)
class CodeUnknown:
    """No promotion has this code."""

    code: str


@frozen(kw_only=True)
class CouponOfNoPromotion:
    """The coupon names a promotion that the program does not have."""

    coupon: str
    promotion: str


@frozen(kw_only=True)
class CouponNotYetGood:
    """The coupon is good from a later moment on."""

    coupon: str
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class CouponRanOut:
    """The coupon was good until a moment that is past."""

    coupon: str
    at: pendulum.DateTime = field(converter=moment)


@frozen(kw_only=True)
class GiftInBasket:
    """As many of the gift as it gives are in the basket already."""

    promotion: str
    sku: str
    gives: int
    has: int


@frozen(kw_only=True)
class GiftOutOfStock:
    """The gift is out, and so is all that could take its place."""

    promotion: str
    skus: tuple[str, ...] = field(converter=as_tuple)


@frozen(kw_only=True)
class SearchCutShort:
    """The search for the best combination ended before it was tried with all others."""

    promotion: str
