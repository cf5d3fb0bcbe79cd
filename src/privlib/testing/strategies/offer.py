"""Strategies for offers, one for each kind of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import accumulate
from typing import Any, Final

from hypothesis import strategies as st

from privlib.program.offers import (
    AmountOff,
    Bundle,
    BundlePart,
    BuyGet,
    CheapestFree,
    Favour,
    FixedPrice,
    FreeShipping,
    GiftWithPurchase,
    NextCoupon,
    NthItem,
    Offer,
    Packs,
    PercentOff,
    PointsTimes,
    SetsFrom,
    ShippingOff,
    Spread,
    Step,
    ThresholdOff,
    UnitAmounts,
)
from privlib.testing.strategies.goods import CATALOGUE, goods, prices
from privlib.testing.strategies.kind import of_kinds
from privlib.values.money import Money
from privlib.values.rate import Rate

__all__ = ["offers"]

_PERCENTS: Final = st.sampled_from([10, 50, 100]) | st.integers(1, 100)
_RATES: Final = _PERCENTS.map(lambda percent: Rate(percent, 100)) | st.integers(1, 10_000).map(
    lambda points: Rate(points, 10_000)
)
_PIECES: Final = st.integers(1, 3)
_AT_MOST: Final = st.none() | st.integers(1, 3)
_FAVOURS: Final = st.sampled_from(Favour)
_METHODS: Final = st.sampled_from([(), (), ("standard",), ("courier",)])
_SKUS: Final = st.sampled_from(sorted(CATALOGUE))


def offers(
    *,
    currency: str = "CNY",
    next_coupons: Iterable[tuple[str, str]] = (("june", "tea"),),
    kinds: Iterable[type[Offer]] | None = None,
) -> st.SearchStrategy[Offer]:
    """Offers of all kinds, or of the kinds named; on the small catalogue, in one currency.

    `next_coupons` are the campaigns and coupons that there are for the next order; without any,
    none are offered.

    Raises InvalidValueError for a kind that is none of them.
    """
    found, coupons = _offers(currency), tuple(next_coupons)
    if coupons:
        found = {**found, NextCoupon: st.sampled_from(coupons).map(_next_coupon)}
    return of_kinds(found, kinds)


@cache
def _offers(currency: str) -> Mapping[type[Any], st.SearchStrategy[Any]]:
    return _cuts(currency) | _sets(currency) | _gives(currency)


def _next_coupon(names: tuple[str, str]) -> NextCoupon:
    campaign, coupon = names
    return NextCoupon(campaign=campaign, coupon=coupon)


def _cuts(currency: str) -> dict[type[Any], st.SearchStrategy[Any]]:
    amount, some = prices(currency=currency), st.none() | prices(currency=currency)
    spread = st.sampled_from(Spread)
    return {
        PercentOff: st.builds(PercentOff, percent=_RATES, ceiling=some, rounded=spread),
        AmountOff: st.builds(AmountOff, amount=amount, spread=spread),
        FixedPrice: st.builds(FixedPrice, price=st.just(Money.zero(currency)) | amount),
        UnitAmounts: st.builds(
            UnitAmounts,
            first=amount,
            next=st.just(Money.zero(currency)) | amount,
            most=_AT_MOST,
            spread=st.sampled_from([Spread.LINE, Spread.ONCE]),
        ),
        ThresholdOff: _thresholds_off(currency),
    }


def _sets(currency: str) -> dict[type[Any], st.SearchStrategy[Any]]:
    rules: Any = {"at_most": _AT_MOST, "favour": _FAVOURS}
    amount, some_goods = prices(currency=currency), goods(currency=currency)
    parts = st.builds(BundlePart, goods=some_goods, pieces=st.integers(1, 2))
    bundle = st.sampled_from(["price", "off", "percent"]).flatmap(
        lambda given: st.builds(
            Bundle,
            parts=st.lists(parts, min_size=1, max_size=3),
            **{given: _RATES if given == "percent" else amount},
            **rules,
        )
    )
    return {
        NthItem: st.builds(NthItem, n=_PIECES, percent=_RATES, **rules),
        BuyGet: st.builds(
            BuyGet,
            buy=_PIECES,
            get=st.integers(1, 2),
            percent=_RATES,
            get_goods=st.none() | some_goods,
            **rules,
        ),
        CheapestFree: st.builds(
            CheapestFree, of=st.integers(2, 4), free=st.integers(1, 2), **rules
        ),
        Bundle: bundle,
        SetsFrom: _sets_from(currency),
        Packs: st.builds(Packs, pieces=_PIECES, price=amount, **rules),
    }


def _sets_from(currency: str) -> st.SearchStrategy[SetsFrom]:
    """Sets that come to an amount, pieces or products, with an amount or a percentage off."""
    amount = prices(currency=currency)
    asked = st.sampled_from([("amount",), ("pieces",), ("distinct",), ("amount", "pieces")])
    wanted = {"amount": amount, "pieces": _PIECES, "distinct": st.integers(1, 2)}
    given = {"off": amount, "percent": _RATES}
    return st.tuples(asked, st.sampled_from(sorted(given))).flatmap(
        lambda names: st.builds(
            SetsFrom,
            **{name: wanted[name] for name in names[0]},
            **{names[1]: given[names[1]]},
            at_most=_AT_MOST,
        )
    )


def _gives(currency: str) -> dict[type[Any], st.SearchStrategy[Any]]:
    amount = prices(currency=currency)
    return {
        ShippingOff: st.builds(ShippingOff, amount=amount, methods=_METHODS)
        | st.builds(ShippingOff, percent=_RATES, methods=_METHODS),
        FreeShipping: st.builds(FreeShipping, methods=_METHODS),
        GiftWithPurchase: st.builds(
            GiftWithPurchase,
            sku=_SKUS,
            pieces=_PIECES,
            every=_AT_MOST,
            at_most=_AT_MOST,
            fill=st.booleans(),
            replacements=st.lists(_SKUS, max_size=2, unique=True),
        ),
        PointsTimes: st.builds(PointsTimes, times=st.sampled_from([2, 3, "1.5"])),
    }


@st.composite
def _thresholds_off(draw: st.DrawFn, currency: str) -> ThresholdOff:
    by_pieces = draw(st.booleans())
    widths = st.lists(st.integers(1, 3 if by_pieces else 150_00), min_size=1, max_size=3)
    steps = [
        draw(_steps(currency, pieces=start) if by_pieces else _steps(currency, minor=start))
        for start in accumulate(draw(widths))
    ]
    repeat = len(steps) == 1 and steps[0].off is not None and draw(st.booleans())
    return ThresholdOff(
        steps=steps,
        repeat=repeat,
        at_most=draw(_AT_MOST) if repeat else None,
        ceiling=draw(st.none() | prices(currency=currency)),
    )


def _steps(
    currency: str, *, minor: int | None = None, pieces: int | None = None
) -> st.SearchStrategy[Step]:
    amount = None if minor is None else Money(minor, currency)
    by_amount = prices(currency=currency).map(
        lambda off: Step(amount=amount, pieces=pieces, off=off)
    )
    return by_amount | _RATES.map(lambda rate: Step(amount=amount, pieces=pieces, percent=rate))
