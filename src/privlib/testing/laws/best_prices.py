"""The laws of the best price: what is given in another order, and promotions more or less (C4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve
from hypothesis import strategies as st

from privlib.commands.baskets import BasketLine
from privlib.policies.pricing import quote_basket
from privlib.program.pricing import Choice, Crossing, Objective
from privlib.program.program import Program
from privlib.quotes import Quote
from privlib.testing.laws.price_cases import Asking, askings
from privlib.testing.laws.till import Pricer, PriceTrial, Till, counts_goods
from privlib.testing.laws.trial import Programs, Settings
from privlib.values.money import Money

__all__ = [
    "check_one_more_promotion_makes_nothing_dearer",
    "check_order_of_asking_makes_no_difference",
    "check_the_best_price_is_that_of_no_single_promotion",
    "check_what_is_apart_changes_no_price",
]


def check_order_of_asking_makes_no_difference(
    program: Programs, *, quote: Pricer = quote_basket, settings: Settings | None = None
) -> None:
    """C4: promotions, codes and coupons bring the same in whatever order they are given."""
    PriceTrial("C4", program, quote, settings).over(_shuffled, _differences)


@st.composite
def _shuffled(draw: st.DrawFn, program: Program) -> tuple[Asking, Program, Asking]:
    """A question, and the same with everything in another order."""
    asking = draw(askings(program))
    other = evolve(program, promotions=draw(st.permutations(program.promotions)))
    coupons = draw(st.permutations(asking.customer.coupons))
    again = evolve(
        asking,
        customer=evolve(asking.customer, coupons=coupons),
        codes=tuple(draw(st.permutations(asking.codes))),
    )
    return asking, other, again


def _differences(till: Till, case: tuple[Asking, Program, Asking]) -> Iterator[str]:
    asking, other, again = case
    one, two = _answer(till.quote(asking)), _answer(Till(other, till.pricer).quote(again))
    yield from (f"{name} is {one[name]}, or {two[name]}" for name in one if one[name] != two[name])


def _answer(quote: Quote) -> Mapping[str, object]:
    return {
        "what is paid": quote.payable,
        "what applies": quote.applied,
        "each line": quote.lines,
        "each way of shipping": quote.shipping,
        "each gift": quote.gifts,
        "what is left out": sorted(quote.left_out, key=lambda each: each.source),
    }


def _for_the_customer(program: Program) -> Program:
    """The same rules, under which what is best for the customer is chosen over all layers."""
    pricing = program.pricing
    return evolve(
        program,
        pricing=evolve(
            pricing,
            layers=[evolve(layer, choice=Choice.BEST) for layer in pricing.layers],
            objective=Objective.CUSTOMER,
            crossing=Crossing.CROSSED,
        ),
    )


def check_one_more_promotion_makes_nothing_dearer(
    program: Programs, *, quote: Pricer = quote_basket, settings: Settings | None = None
) -> None:
    """C4: where the best is chosen for the customer, no promotion makes him pay more."""
    PriceTrial("C4", program, quote, settings).over(_and_one, _dearer_with)


def check_the_best_price_is_that_of_no_single_promotion(
    program: Programs, *, quote: Pricer = quote_basket, settings: Settings | None = None
) -> None:
    """C4: where the best is chosen for the customer, no promotion by itself is better."""
    PriceTrial("C4", program, quote, settings).over(_and_one, _dearer_than_one)


def _and_one(program: Program) -> st.SearchStrategy[tuple[Asking, int]]:
    """A question, and the position of one of the promotions."""
    return st.tuples(askings(program), st.integers(0, max(0, len(program.promotions) - 1)))


def _dearer_with(till: Till, case: tuple[Asking, int]) -> Iterator[str]:
    asking, at = case
    best = Till(_for_the_customer(till.program), till.pricer)
    promotions = best.program.promotions
    yield from _dearer(best, best.of([*promotions[:at], *promotions[at + 1 :]]), asking)


def _dearer_than_one(till: Till, case: tuple[Asking, int]) -> Iterator[str]:
    asking, at = case
    best = Till(_for_the_customer(till.program), till.pricer)
    yield from _dearer(best, best.of(best.program.promotions[at : at + 1]), asking)


def _dearer(more: Till, fewer: Till, asking: Asking) -> Iterator[str]:
    quote, other = more.quote(asking), fewer.quote(asking)
    if quote.proven and quote.payable > other.payable:
        names = ", ".join(each.name for each in fewer.program.promotions)
        yield f"{quote.payable} with all promotions, and {other.payable} with these: {names}"


def check_what_is_apart_changes_no_price(
    program: Programs, *, quote: Pricer = quote_basket, settings: Settings | None = None
) -> None:
    """C4: a line that no promotion touches or counts changes nothing for the others."""
    PriceTrial("C4", program, quote, settings).over(_with_a_line_apart, _what_changes)


@st.composite
def _with_a_line_apart(draw: st.DrawFn, program: Program) -> tuple[Asking, BasketLine, int]:
    line = BasketLine(
        sku="apart",
        price=Money(draw(st.integers(0, 1_000_00)), program.currency),
        quantity=draw(st.integers(1, 3)),
        discountable=False,
    )
    asking = draw(askings(program))
    return asking, line, draw(st.integers(0, len(asking.basket.lines)))


def _what_changes(till: Till, case: tuple[Asking, BasketLine, int]) -> Iterator[str]:
    asking, line, at = case
    unmoved = till.of(each for each in till.program.promotions if not counts_goods(each.when))
    basket = asking.basket
    lines = [*basket.lines[:at], line, *basket.lines[at:]]
    more = evolve(asking, basket=evolve(basket, lines=lines))
    one, two = _rows(unmoved.quote(asking)), _rows(unmoved.quote(more))
    yield from (
        f"{row} is {one[row]}, or {two.get(row)}" for row in one if one[row] != two.get(row)
    )


def _rows(quote: Quote) -> dict[str, Money]:
    rows = {line.id: line.payable for line in quote.lines}
    return rows | {way.row: way.payable for way in quote.shipping}
