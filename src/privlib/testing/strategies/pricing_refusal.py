"""Strategies for what promotions, codes and coupons take nothing off for."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pendulum
from hypothesis import strategies as st

from privlib.refusals import (
    AmountNotReached,
    Beaten,
    BudgetTooSmall,
    CodeUnknown,
    CouponNotYetGood,
    CouponOfNoPromotion,
    CouponRanOut,
    Excluded,
    Exclusion,
    GiftInBasket,
    GiftOutOfStock,
    NothingLeft,
    NothingToTouch,
    PartnerMissing,
    PiecesNotReached,
    ProductsNotReached,
    PromotionNotRunning,
    Refusal,
    SearchCutShort,
    TooFewForSet,
    UsesSpent,
    WaitsForCode,
    WaitsForCoupon,
    WaitsForCustomer,
)
from privlib.testing.strategies.amount import money
from privlib.testing.strategies.ids import coupon_ids, plain_ids
from privlib.testing.strategies.moment import moments
from privlib.values.money import Money

__all__ = ["of_pricing"]

_NAMES: Final = st.sampled_from(["spring", "members day", "满300减50"]) | plain_ids()
_SOME: Final = st.lists(_NAMES, min_size=1, max_size=3, unique=True)
_MORE: Final = st.integers(1, 9)
_HAD: Final = st.integers(0, 9)
_BASES: Final = st.sampled_from(["list", "member", "remaining", "after:line"])
_ENDS_GIVEN: Final = st.sampled_from(
    [frozenset({"starts"}), frozenset({"ends"}), frozenset({"starts", "ends"})]
)
_SHORT: Final = money(min_value=Money(1))

Drawn = dict[type[Refusal], st.SearchStrategy[Refusal]]


def of_pricing() -> Drawn:
    """Why a promotion, a code or a coupon takes nothing off, each kind of it."""
    return _of_goods() | _of_others() | _of_limits() | _of_codes()


def _of_goods() -> Drawn:
    return {
        AmountNotReached: st.builds(_amount_not_reached, _NAMES, money(), _SHORT, _BASES),
        NothingToTouch: st.builds(NothingToTouch, promotion=_NAMES),
        NothingLeft: st.builds(NothingLeft, promotion=_NAMES),
        **{
            kind: st.builds(_too_few, st.just(kind), _NAMES, _HAD, _MORE)
            for kind in (PiecesNotReached, ProductsNotReached, TooFewForSet)
        },
    }


def _amount_not_reached(name: str, has: Money, short: Money, base: str) -> AmountNotReached:
    return AmountNotReached(promotion=name, needs=has + short, has=has, base=base)


def _too_few(
    kind: type[PiecesNotReached | ProductsNotReached | TooFewForSet],
    name: str,
    has: int,
    more: int,
) -> Refusal:
    return kind(promotion=name, needs=has + more, has=has)


def _of_others() -> Drawn:
    return {
        Beaten: st.builds(Beaten, promotion=_NAMES, by=_SOME, amount=money()),
        Excluded: st.sampled_from(Exclusion).flatmap(_excluded),
        PartnerMissing: st.builds(PartnerMissing, promotion=_NAMES, partners=_SOME),
        GiftInBasket: st.builds(_in_basket, _NAMES, plain_ids(), gives=_MORE, more=_HAD),
        GiftOutOfStock: st.builds(
            GiftOutOfStock,
            promotion=_NAMES,
            skus=st.lists(plain_ids(), min_size=1, max_size=3, unique=True),
        ),
        SearchCutShort: st.builds(SearchCutShort, promotion=_NAMES),
    }


def _in_basket(name: str, sku: str, *, gives: int, more: int) -> GiftInBasket:
    return GiftInBasket(promotion=name, sku=sku, gives=gives, has=gives + more)


def _excluded(rule: Exclusion) -> st.SearchStrategy[Refusal]:
    group = _NAMES if rule is Exclusion.GROUP else st.none()
    return st.builds(Excluded, promotion=_NAMES, by=_SOME, rule=st.just(rule), group=group)


def _of_limits() -> Drawn:
    return {
        PromotionNotRunning: st.builds(
            _not_running, _NAMES, moments(), st.integers(1, 400), _ENDS_GIVEN
        ),
        UsesSpent: st.builds(_uses_spent, _NAMES, _MORE, _HAD, st.booleans()),
        BudgetTooSmall: st.builds(_budget_too_small, _NAMES, money(), money()),
    }


def _not_running(
    name: str, starts: pendulum.DateTime, days: int, given: frozenset[str]
) -> PromotionNotRunning:
    ends = starts + timedelta(days=days)
    return PromotionNotRunning(
        promotion=name,
        starts=starts if "starts" in given else None,
        ends=ends if "ends" in given else None,
    )


def _uses_spent(name: str, limit: int, more: int, by_customer: bool) -> UsesSpent:  # noqa: FBT001 - drawn
    return UsesSpent(promotion=name, limit=limit, used=limit + more, by_customer=by_customer)


def _budget_too_small(name: str, spent: Money, left: Money) -> BudgetTooSmall:
    return BudgetTooSmall(promotion=name, budget=spent + left, spent=spent, left=left)


def _of_codes() -> Drawn:
    coupon = coupon_ids()
    return {
        WaitsForCode: st.builds(WaitsForCode, promotion=_NAMES),
        WaitsForCoupon: st.builds(WaitsForCoupon, promotion=_NAMES),
        WaitsForCustomer: st.builds(WaitsForCustomer, promotion=_NAMES),
        CodeUnknown: st.builds(CodeUnknown, code=_NAMES),
        CouponOfNoPromotion: st.builds(CouponOfNoPromotion, coupon=coupon, promotion=_NAMES),
        CouponNotYetGood: st.builds(CouponNotYetGood, coupon=coupon, at=moments()),
        CouponRanOut: st.builds(CouponRanOut, coupon=coupon, at=moments()),
    }
