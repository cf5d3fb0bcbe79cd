"""The hint: what a little more in the basket would bring."""

from __future__ import annotations

from attrs import frozen

from privlib.quotes.quote import GiftLine, NextCouponGranted
from privlib.values.goods import Goods
from privlib.values.money import Money
from privlib.values.rate import Rate

__all__ = ["Hint"]


@frozen(kw_only=True)
class Hint:
    """What a little more would bring: so much money or so many pieces more of some goods.

    `coupon` is the id of the coupon in hand that would bring it. `takes_off` is what the promotion
    then takes off, `takes_off_now` what it takes off already, `payable` what is paid in all then.
    A promotion that takes no money off brings a `gift`, a `next_coupon`, or `points_times`: how
    many times the points the order earns then.
    """

    promotion: str
    coupon: str | None = None
    goods: Goods
    more: Money
    pieces: int | None = None
    takes_off: Money
    takes_off_now: Money | None = None
    gift: GiftLine | None = None
    next_coupon: NextCouponGranted | None = None
    points_times: Rate | None = None
    payable: Money
