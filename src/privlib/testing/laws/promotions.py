"""The laws of single promotions and prices: what they touch, and from when until when (C3, B5)."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve
from hypothesis import strategies as st

from privlib.commands.baskets import BasketLine
from privlib.policies.pricing import quote_basket
from privlib.policies.pricing.floors import floors
from privlib.program.offers import AmountOff, Bundle, BuyGet, FixedPrice, PercentOff, Spread
from privlib.program.price_book import Arbitration
from privlib.program.prices.rule import PriceKind, PriceRule
from privlib.program.program import Program
from privlib.program.promotion import Promotion
from privlib.quotes import Applied, Quote
from privlib.testing.laws.price_cases import Asking, askings
from privlib.testing.laws.till import Pricer, PriceTrial, Till, counts_goods, shelf_minor
from privlib.testing.laws.trial import Programs, Settings
from privlib.values.dates import start_of_day

__all__ = [
    "check_more_pieces_bring_no_smaller_discount",
    "check_prices_hold_on_their_days",
    "check_promotions_touch_their_goods_from_their_threshold",
]


def check_promotions_touch_their_goods_from_their_threshold(
    program: Programs, *, quote: Pricer = quote_basket, settings: Settings | None = None
) -> None:
    """C3: a promotion or coupon reduces its goods alone, where they come to its threshold."""
    PriceTrial("C3", program, quote, settings).over(askings, _wrong_touches)


def _wrong_touches(till: Till, asking: Asking) -> Iterator[str]:
    quote = till.quote(asking)
    lines = {line.id: line for line in asking.basket.lines if line.discountable}
    by_name: dict[str, Promotion] = {each.name: each for each in till.program.promotions}
    for applied in quote.applied:
        promotion = by_name.get(applied.promotion)
        touched = [
            line.id
            for line in quote.lines
            if any(
                each.source == applied.source and each.layer == applied.layer
                for each in line.adjustments
            )
        ]
        for id in touched:
            if id not in lines or (promotion is not None and not _is_among(lines[id], promotion)):
                yield f"{applied.source} takes something off {id}"
        yield from _below_threshold(quote, applied, promotion, asking=asking)


def _is_among(line: BasketLine, promotion: Promotion) -> bool:
    offer = promotion.offer
    if isinstance(offer, Bundle):
        return any(part.goods.include(line) for part in offer.parts)
    others = offer.get_goods if isinstance(offer, BuyGet) else None
    return promotion.goods.include(line) or (others is not None and others.include(line))


def _below_threshold(
    quote: Quote, applied: Applied, promotion: Promotion | None, *, asking: Asking
) -> Iterator[str]:
    """Where what applies has a threshold on a fixed price, and its goods do not come to it."""
    if promotion is None:
        (needs,) = (
            coupon.threshold for coupon in asking.customer.coupons if coupon.id == applied.coupon
        )
        base = "member"
    elif promotion.needs is not None and promotion.needs.base in {"list", "member"}:
        needs, base = promotion.needs.amount, promotion.needs.base
    else:
        return
    has = sum(
        _fixed_price(quote, line, base) * line.quantity
        for line in asking.basket.lines
        if line.ticked and line.discountable and (promotion is None or _is_among(line, promotion))
    )
    if needs is not None and has < needs.minor:
        yield f"{applied.source} starts at {needs}, and there are {has} on the {base} price"


def _fixed_price(quote: Quote, line: BasketLine, base: str) -> int:
    quoted = next((each for each in quote.lines if each.id == line.id), None)
    return line.price.minor if base == "list" or quoted is None else shelf_minor(quoted, line)


def check_prices_hold_on_their_days(
    program: Programs, *, quote: Pricer = quote_basket, settings: Settings | None = None
) -> None:
    """B5: a price of a price book counts from its first local day until its last, half open."""
    PriceTrial("B5", program, quote, settings).over(askings, _on_other_days)


def _on_other_days(till: Till, asking: Asking) -> Iterator[str]:
    book, lines = till.program.prices, {line.id: line for line in asking.basket.lines}
    on = {rule.name: _is_on(rule, asking, till.program.zone) for rule in book.rules}
    for quoted in till.quote(asking).lines:
        shelf, line = quoted.shelf, lines[quoted.id]
        heard = [] if shelf is None else [shelf.rule, *(name for name, _ in shelf.replaced)]
        yield from (
            f"{name} does not hold at {asking.at}" for name in heard if not on.get(name or "", True)
        )
        price = shelf_minor(quoted, line)
        for rule in book.rules:
            if (
                on[rule.name]
                and rule.price is not None
                and book.arbitration is Arbitration.LOWEST
                and _is_for(rule, line, asking)
                and price > max(rule.price.minor, *floors((line,), book))
            ):
                yield f"{rule.name} holds at {asking.at}, and a piece of {line.id} is {price}"


def _is_on(rule: PriceRule, asking: Asking, zone: str) -> bool:
    return (rule.starts is None or start_of_day(rule.starts, zone) <= asking.at) and (
        rule.ends is None or asking.at < start_of_day(rule.ends, zone)
    )


def _is_for(rule: PriceRule, line: BasketLine, asking: Asking) -> bool:
    basket = asking.basket
    return (
        rule.kind is not PriceKind.LIST
        and rule.goods.include(line)
        and rule.buyers.include(asking.customer)
        and rule.places.include(basket.channel, basket.platform)
    )


def check_more_pieces_bring_no_smaller_discount(
    program: Programs, *, quote: Pricer = quote_basket, settings: Settings | None = None
) -> None:
    """C3: what takes something off each piece takes no less off where there is one piece more."""
    PriceTrial("C3", program, quote, settings).over(_and_one_piece, _smaller_discounts)


@st.composite
def _and_one_piece(draw: st.DrawFn, program: Program) -> tuple[Asking, Asking]:
    """A question, and the same with one piece more of a line."""
    asking = draw(askings(program))
    lines = list(asking.basket.lines)
    at = draw(st.integers(0, len(lines) - 1))
    lines[at] = evolve(lines[at], quantity=lines[at].quantity + 1)
    return asking, evolve(asking, basket=evolve(asking.basket, lines=lines))


def _smaller_discounts(till: Till, case: tuple[Asking, Asking]) -> Iterator[str]:
    asking, more = case
    for promotion in till.program.promotions:
        if _is_by_piece(promotion):
            by_itself = till.of([promotion])
            one, two = (_taken(by_itself.quote(each), promotion) for each in (asking, more))
            if two < one:
                yield f"{promotion.name} takes off {one}, and {two} with one piece more"


def _is_by_piece(promotion: Promotion) -> bool:
    match promotion.offer:
        case PercentOff(rounded=Spread.UNIT, ceiling=None) | AmountOff(spread=Spread.UNIT):
            each = True
        case FixedPrice():
            each = True
        case _:
            each = False
    return each and promotion.limits.budget is None and not counts_goods(promotion.when)


def _taken(quote: Quote, promotion: Promotion) -> int:
    return sum(
        applied.amount.minor for applied in quote.applied if applied.promotion == promotion.name
    )
