"""Strategies for hints: what a little more would bring, money off or something else."""

from __future__ import annotations

from typing import Final

from attrs import evolve
from hypothesis import strategies as st

from privlib.quotes import Hint
from privlib.testing.strategies.amount import money
from privlib.testing.strategies.goods import goods, prices
from privlib.testing.strategies.ids import plain_ids
from privlib.testing.strategies.quote import gift_lines, granted_coupons
from privlib.values.money import Money
from privlib.values.rate import Rate

__all__ = ["hints"]

_NAMES: Final = st.sampled_from(["spring", "summer", "second half"]) | plain_ids()
_BROUGHT: Final = st.sampled_from(["money off", "a next step", "gift", "coupon", "points"])
_TIMES: Final = st.sampled_from([Rate(2), Rate(3, 2), Rate(4, 3)])


@st.composite
def hints(draw: st.DrawFn, *, currency: str = "CNY") -> Hint:
    """Hints at what a little more money or a few pieces more would bring.

    It is money off, a gift, a coupon for the next order or more points; some of it by a coupon in
    hand.
    """
    hint = Hint(
        promotion=draw(_NAMES),
        coupon=draw(st.none() | plain_ids()),
        goods=draw(goods(currency=currency)),
        more=draw(prices(currency=currency)),
        pieces=draw(st.none() | st.integers(1, 3)),
        takes_off=Money(0, currency),
        payable=draw(money(currency=currency)),
    )
    source = hint.coupon or hint.promotion
    off = draw(prices(currency=currency))
    match draw(_BROUGHT):
        case "gift":
            return evolve(hint, gift=evolve(draw(gift_lines()), promotion=source))
        case "coupon":
            return evolve(hint, next_coupon=evolve(draw(granted_coupons()), promotion=source))
        case "points":
            return evolve(hint, points_times=draw(_TIMES))
        case "a next step":
            more = draw(prices(currency=currency))
            return evolve(hint, takes_off=off + more, takes_off_now=off)
        case _:
            return evolve(hint, takes_off=off)
