"""What is known of a customer when he asks for a price: tier, plans, coupons in hand, history."""

from __future__ import annotations

import pendulum
from attrs import field
from attrs.converters import optional

from privlib.entities.coupon import Coupon
from privlib.errors import InvalidValueError
from privlib.values.amount import check_optional_amount
from privlib.values.choice import as_set, as_tuple, each_of
from privlib.values.frozen import frozen
from privlib.values.ids import (
    CouponId,
    CustomerId,
    PromotionName,
    TierName,
    coupon_id,
    customer_id,
    promotion_name,
    tier_name,
)
from privlib.values.moment import moment
from privlib.values.money import Money

__all__ = ["CouponInHand", "CustomerState"]


@frozen(kw_only=True)
class CouponInHand:
    """A coupon that a customer could use: of a promotion, or worth so much from so much.

    It is good from `starts_at`, which belongs to it, until `expires_at`, which does not.

    >>> from privlib.values.money import yuan
    >>> CouponInHand(id="c-1", value=yuan(20), threshold=yuan(100)).id
    'c-1'

    Raises InvalidValueError where it is neither or both.
    """

    id: CouponId = field(converter=coupon_id)
    promotion: PromotionName | None = field(default=None, converter=optional(promotion_name))
    value: Money | None = field(default=None, validator=check_optional_amount)
    threshold: Money | None = field(default=None, validator=check_optional_amount)
    starts_at: pendulum.DateTime | None = field(default=None, converter=optional(moment))
    expires_at: pendulum.DateTime | None = field(default=None, converter=optional(moment))

    def __attrs_post_init__(self) -> None:
        if (self.promotion is None) == (self.value is None):
            raise InvalidValueError("a coupon is of a promotion, or has a value: give one")

    @classmethod
    def of(cls, coupon: Coupon) -> CouponInHand:
        """An issued coupon as its customer holds it."""
        return cls(
            id=coupon.id,
            value=coupon.value,
            threshold=coupon.threshold,
            starts_at=coupon.issued_at,
            expires_at=coupon.expires_at,
        )


@frozen(kw_only=True)
class CustomerState:
    """A customer as a price depends on him. Somebody unknown is the default of everything.

    `plans` are the paid plans that run, `orders` the number of orders before this one, `points`
    those he can spend.

    >>> CustomerState(id="wei", tier="gold", tags=["tea lover"]).tier
    'gold'
    """

    id: CustomerId | None = field(default=None, converter=optional(customer_id))
    is_member: bool = False
    tier: TierName | None = field(default=None, converter=optional(tier_name))
    plans: frozenset[str] = field(default=frozenset(), converter=as_set)
    segments: frozenset[str] = field(default=frozenset(), converter=as_set)
    tags: frozenset[str] = field(default=frozenset(), converter=as_set)
    stage: str | None = None
    points: int = 0
    orders: int = 0
    last_order_at: pendulum.DateTime | None = field(default=None, converter=optional(moment))
    coupons: tuple[CouponInHand, ...] = field(
        default=(), converter=as_tuple, validator=each_of(CouponInHand)
    )

    def __attrs_post_init__(self) -> None:
        for name in ("points", "orders"):
            count = getattr(self, name)
            if type(count) is not int or count < 0:
                raise InvalidValueError(f"{name} is a whole number of 0 or more; got {count!r:.40}")
        if len({coupon.id for coupon in self.coupons}) < len(self.coupons):
            raise InvalidValueError("two of the coupons in hand have one id")
