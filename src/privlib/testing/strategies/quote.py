"""Strategies for quotes, in which all sums agree, and for what stands in them beside the lines."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from attrs import evolve
from hypothesis import strategies as st

from privlib.quotes import (
    AgainstPublic,
    Applied,
    GiftLine,
    LeftOut,
    LineAgainstPublic,
    NextCouponGranted,
    Payment,
    PaymentKind,
    Quote,
    QuotedLine,
    QuotedShipping,
    RunnerUp,
)
from privlib.testing.strategies.amount import money
from privlib.testing.strategies.condition import of_conditions
from privlib.testing.strategies.goods import prices
from privlib.testing.strategies.ids import campaign_names, plain_ids
from privlib.testing.strategies.moment import moments
from privlib.testing.strategies.price_book import of_assortment
from privlib.testing.strategies.pricing_refusal import of_pricing
from privlib.testing.strategies.quoted_line import (
    OFF_SHIPPING,
    TAKEN_OFF,
    quoted_lines,
    quoted_ways,
)
from privlib.testing.strategies.refusal import refusals
from privlib.values.money import Money, total
from privlib.values.rate import Rate

__all__ = [
    "applied_promotions",
    "gift_lines",
    "granted_coupons",
    "left_outs",
    "lines_against_public",
    "payments",
    "quotes",
    "quotes_against_public",
    "runners_up",
]

_NAMES: Final = st.sampled_from(["spring", "summer", "second half"]) | plain_ids()
_DIGESTS: Final = st.integers(0, 2**256 - 1).map("{:064x}".format)
_PLATFORMS: Final = st.sampled_from(["jd", "tmall"])
_COMPARED: Final = st.sampled_from([(), (None,), ("tmall",), ("jd", "tmall")])
_TIMES: Final = st.sampled_from([Rate(1), Rate(1), Rate(2), Rate(3, 2)])


def applied_promotions(*, currency: str = "CNY") -> st.SearchStrategy[Applied]:
    """Promotions that apply, by themselves: with a code, a coupon, or neither."""
    amount = money(currency=currency)
    return st.builds(
        Applied,
        source=_NAMES,
        promotion=_NAMES,
        layer=st.sampled_from(["line", "order", "coupon", "shipping"]),
        amount=amount,
        times=st.integers(1, 3),
        coupon=st.none() | plain_ids(),
        code=st.none() | plain_ids(),
        cut=st.none() | amount,
    )


@cache
def left_outs() -> st.SearchStrategy[LeftOut]:
    """Promotions, codes and coupons that take nothing off, with up to three reasons."""
    reasons = st.lists(refusals(kinds=of_pricing() | of_conditions()), min_size=1, max_size=3)
    return st.builds(LeftOut, source=_NAMES, reasons=reasons)


@cache
def _not_sold() -> st.SearchStrategy[LeftOut]:
    reasons = st.lists(refusals(kinds=of_assortment()), min_size=1, max_size=2)
    return st.builds(LeftOut, source=plain_ids(), reasons=reasons)


def gift_lines() -> st.SearchStrategy[GiftLine]:
    """Gifts that go with an order, some of them in place of another that was out."""
    return st.builds(
        GiftLine,
        promotion=_NAMES,
        sku=plain_ids(),
        pieces=st.integers(1, 3),
        instead_of=st.none() | plain_ids(),
    )


def granted_coupons() -> st.SearchStrategy[NextCouponGranted]:
    """Coupons that an order brings for the next one."""
    return st.builds(
        NextCouponGranted, promotion=_NAMES, campaign=campaign_names(), coupon=plain_ids()
    )


def runners_up(*, currency: str = "CNY") -> st.SearchStrategy[RunnerUp]:
    """Combinations that were not chosen, the one of nothing at all too."""
    return st.builds(
        RunnerUp,
        sources=st.lists(_NAMES, max_size=3, unique=True),
        payable=money(currency=currency),
    )


@st.composite
def payments(
    draw: st.DrawFn,
    *,
    rows: Sequence[tuple[str, int]] = (("longjing", 60_00), ("shipping:standard", 10_00)),
    kind: PaymentKind | None = None,
    currency: str = "CNY",
) -> Payment:
    """What pays for a part of these rows, by id, of what is left of each in minor units."""
    by = draw(st.sampled_from(PaymentKind)) if kind is None else kind
    shares = [(row, draw(st.integers(0, left))) for row, left in rows]
    return Payment(
        kind=by,
        amount=Money(sum(share for _, share in shares), currency),
        source=draw(plain_ids()) if by is PaymentKind.GIFT_CARD else None,
        points=draw(st.integers(1, 500)) if by is PaymentKind.POINTS else None,
        shares=[(row, share) for row, share in shares if share],
    )


@st.composite
def lines_against_public(
    draw: st.DrawFn, *, line: QuotedLine | None = None, currency: str = "CNY"
) -> LineAgainstPublic:
    """Lines on a public platform: cheaper there, dearer there, or the same."""
    of = draw(quoted_lines(currency=currency)) if line is None else line
    there = draw(st.just(of.payable) | prices(currency=currency).map(lambda it: it * of.quantity))
    return LineAgainstPublic(id=of.id, sku=of.sku, here=of.payable, there=there)


@st.composite
def quotes_against_public(
    draw: st.DrawFn, *, lines: Sequence[QuotedLine] | None = None, currency: str = "CNY"
) -> AgainstPublic:
    """Lines against a public platform, where the price of one of them at least is known."""
    if lines is None:
        lines = [draw(quoted_lines(id=id, currency=currency)) for id in ("line 1", "line 2")]
    known = draw(st.sets(st.sampled_from([line.id for line in lines]), min_size=1))
    return AgainstPublic(
        platform=draw(st.none() | _PLATFORMS),
        lines=[
            draw(lines_against_public(line=line, currency=currency))
            for line in lines
            if line.id in known
        ],
        unknown=[line.id for line in lines if line.id not in known],
        currency=currency,
    )


@st.composite
def quotes(draw: st.DrawFn, *, max_lines: int = 3, currency: str = "CNY") -> Quote:
    """Quotes of up to `max_lines` lines: what is taken off each line sums to what applies.

    Nothing in them was reckoned by any promotion's rule.
    """
    lines = [
        draw(quoted_lines(id=f"line {number}", currency=currency))
        for number in range(1, draw(st.integers(0, max_lines)) + 1)
    ]
    methods = draw(st.sampled_from([(), ("standard",), ("standard", "courier")]))
    ways = [draw(quoted_ways(method=method, currency=currency)) for method in methods]
    return Quote(
        at=draw(moments()),
        list=total((line.list for line in lines), currency=currency),
        goods=total((line.payable for line in lines), currency=currency),
        shipping_list=total((way.list for way in ways), currency=currency),
        shipping_cost=total((way.payable for way in ways), currency=currency),
        proven=draw(st.booleans()),
        lines=lines,
        shipping=ways,
        applied=_applied(lines, ways, currency),
        left_out=draw(st.lists(left_outs(), max_size=2)),
        gifts=draw(st.lists(gift_lines(), max_size=2)),
        next_coupons=draw(st.lists(granted_coupons(), max_size=1)),
        runner_up=draw(st.none() | runners_up(currency=currency)),
        program=draw(_DIGESTS),
        input=draw(_DIGESTS),
        points_times=draw(_TIMES),
        payments=_payments(draw, lines, ways, currency),
        not_sold=draw(st.lists(_not_sold(), max_size=1)),
        against_public=[
            evolve(draw(quotes_against_public(lines=lines, currency=currency)), platform=platform)
            for platform in (draw(_COMPARED) if lines else ())
        ],
    )


def _applied(
    lines: Sequence[QuotedLine], ways: Sequence[QuotedShipping], currency: str
) -> list[Applied]:
    """Each rule but that of the shelf, with all that it takes off lines and ways of shipping."""
    taken = [each for line in lines for each in line.adjustments]
    taken += [each for way in ways for each in way.adjustments]
    sums = {
        rule: sum(each.amount_minor for each in taken if (each.source, each.layer) == rule)
        for rule in (*TAKEN_OFF[1:], *OFF_SHIPPING)
    }
    return [
        Applied(
            source=source,
            promotion="coupon" if layer == "coupon" else source,
            layer=layer,
            amount=Money(amount, currency),
            coupon=source if layer == "coupon" else None,
        )
        for (source, layer), amount in sums.items()
        if amount
    ]


def _payments(
    draw: st.DrawFn,
    lines: Sequence[QuotedLine],
    ways: Sequence[QuotedShipping],
    currency: str,
) -> list[Payment]:
    """What pays besides money, each of what those before it have left."""
    left = {line.id: line.payable_minor for line in lines}
    left |= {way.row: way.payable_minor for way in ways}
    made = []
    for kind in draw(st.lists(st.sampled_from(PaymentKind), max_size=2, unique=True)):
        payment = draw(payments(rows=tuple(left.items()), kind=kind, currency=currency))
        if payment.shares:
            made.append(payment)
        for row, share in payment.shares:
            left[row] -= share
    return made
