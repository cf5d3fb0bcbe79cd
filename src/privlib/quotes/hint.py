"""The hint: what a little more in the basket would bring."""

from __future__ import annotations

from attrs import frozen

from privlib.values.goods import Goods
from privlib.values.money import Money

__all__ = ["Hint"]


@frozen(kw_only=True)
class Hint:
    """What a little more would bring: so much money or so many pieces more of some goods.

    `takes_off` is what the promotion then takes off, `payable` what is paid in all then.
    """

    promotion: str
    goods: Goods
    more: Money
    pieces: int | None = None
    takes_off: Money
    payable: Money
