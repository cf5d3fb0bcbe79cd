"""Paying: how far points, wallet and gift cards pay for what is left; they are no discount."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from privlib.commands.tender import Tender
from privlib.program.paying import PointsAsMoney
from privlib.program.pricing import Pricing
from privlib.quotes import Payment, PaymentKind
from privlib.values.allocation import allocate
from privlib.values.money import Money
from privlib.values.rate import Rounding, divide

__all__ = ["payments_of"]


def payments_of(
    tender: Tender,
    pricing: Pricing,
    *,
    left: Sequence[tuple[str, int]],
    goods: int,
    held: int,
    currency: str,
) -> tuple[Payment, ...]:
    """What pays for what: points first, then the wallet, then gift cards in their order.

    `left` are the rows of the basket, by id, with what is to be paid for each; the first `goods`
    of them are goods, the rest is shipping. `held` are the points that he has.
    """
    return tuple(_payments(tender, pricing, dict(left), goods=goods, held=held, currency=currency))


def _payments(
    tender: Tender,
    pricing: Pricing,
    left: dict[str, int],
    *,
    goods: int,
    held: int,
    currency: str,
) -> Iterator[Payment]:
    rule = pricing.points_as_money
    if rule is not None and tender.points:
        rows = list(left)[: None if rule.pays_shipping else goods]
        points, amount = _points(rule, min(tender.points, held), sum(left[row] for row in rows))
        if amount:
            shares = _shared(amount, rows, left)
            yield _payment(PaymentKind.POINTS, shares, currency, points=points)
    sources = [] if tender.wallet is None else [(PaymentKind.WALLET, None, tender.wallet)]
    for kind, source, most in [
        *sources,
        *((PaymentKind.GIFT_CARD, card.code, card.balance) for card in tender.gift_cards),
    ]:
        amount = min(most.minor, sum(left.values()))
        if amount:
            shares = _shared(amount, list(left), left)
            yield _payment(kind, shares, currency, source=source)


def _points(rule: PointsAsMoney, points: int, payable: int) -> tuple[int, int]:
    """How many points are spent, and what they pay."""
    if rule.minimum is not None and payable < rule.minimum.minor:
        return 0, 0
    most = payable
    if rule.ceiling is not None:
        most = min(most, rule.ceiling.minor)
    if rule.at_most is not None:
        most = min(most, rule.at_most.of(payable, rounding=Rounding.DOWN))
    enough = divide(most * rule.points, rule.worth.minor, rounding=Rounding.CEILING)
    spent = min(points, enough) // rule.step * rule.step
    return spent, min(most, spent * rule.worth.minor // rule.points)


def _shared(amount: int, rows: Sequence[str], left: dict[str, int]) -> tuple[tuple[str, int], ...]:
    """An amount over rows by what is left of each, which is then less."""
    parts = allocate(amount, [left[row] for row in rows])
    for row, part in zip(rows, parts, strict=True):
        left[row] -= part
    return tuple((row, part) for row, part in zip(rows, parts, strict=True) if part)


def _payment(
    kind: PaymentKind,
    shares: tuple[tuple[str, int], ...],
    currency: str,
    *,
    source: str | None = None,
    points: int | None = None,
) -> Payment:
    amount = Money(sum(part for _, part in shares), currency)
    return Payment(kind=kind, amount=amount, source=source, points=points, shares=shares)
