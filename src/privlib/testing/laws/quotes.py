"""The laws of quotes: sums, floors, refunds, and the same answer twice (M3, M4, D4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from hypothesis import strategies as st

from privlib.commands import Order, Refund
from privlib.decisions.verbs import decide
from privlib.entities import OrderRecord
from privlib.policies.pricing import quote_basket
from privlib.policies.pricing.floors import floors
from privlib.program.program import Program
from privlib.quotes import Adjustment, Quote, QuotedLine, QuotedShipping
from privlib.testing.bare_shop import BareShop
from privlib.testing.laws.price_cases import Asking, askings
from privlib.testing.laws.till import Pricer, PriceTrial, Till, shelf_minor
from privlib.testing.laws.trial import Programs, Settings
from privlib.values.ids import EntityRef, OrderId, RefundId
from privlib.values.money import Money

__all__ = [
    "check_a_quote_asked_again_is_the_same",
    "check_amounts_of_a_quote_sum_up",
    "check_nothing_costs_less_than_its_floor",
    "check_what_is_refunded_of_a_quote_was_paid",
]


def check_amounts_of_a_quote_sum_up(
    program: Programs, *, quote: Pricer = quote_basket, settings: Settings | None = None
) -> None:
    """M3: what is taken off sums to the discount, pieces to lines, and lines to totals.

    Against each public platform every line stands once, with what is paid for it here.
    """
    PriceTrial("M3", program, quote, settings).over(askings, _wrong_sums)


def _wrong_sums(till: Till, asking: Asking) -> Iterator[str]:
    quote = till.quote(asking)
    rows: list[QuotedLine | QuotedShipping] = [*quote.lines, *quote.shipping]
    for row in rows:
        if row.payable_minor != row.list_minor - _sum(row.adjustments):
            yield f"{row.id} is {row.payable} of {row.list}, less {row.adjustments}"
    for line in quote.lines:
        yield from _wrong_groups(line)
    if quote.list.minor != sum(line.list_minor for line in quote.lines):
        yield f"the list prices of the lines do not sum to {quote.list}"
    if quote.goods.minor != sum(line.payable_minor for line in quote.lines):
        yield f"the lines do not sum to {quote.goods}"
    if quote.shipping_cost.minor != sum(way.payable_minor for way in quote.shipping):
        yield f"the ways of shipping do not sum to {quote.shipping_cost}"
    taken = _by_source(adjustment for row in rows for adjustment in row.adjustments)
    for applied in quote.applied:
        if taken[applied.source] != applied.amount.minor:
            yield f"{applied.source} takes off {applied.amount}, by line {taken[applied.source]}"
    yield from _wrong_against_public(quote)


def _sum(adjustments: Iterable[Adjustment]) -> int:
    return sum(each.amount_minor for each in adjustments)


def _by_source(adjustments: Iterable[Adjustment]) -> Counter[str]:
    taken: Counter[str] = Counter()
    for each in adjustments:
        taken[each.source] += each.amount_minor
    return taken


def _wrong_groups(line: QuotedLine) -> Iterator[str]:
    groups = line.groups
    if sum(group.pieces for group in groups) != line.quantity:
        yield f"the groups of {line.id} are not {line.quantity} pieces"
    if sum(group.list_minor for group in groups) != line.list_minor:
        yield f"the groups of {line.id} do not sum to {line.list}"
    if sum(group.payable_minor for group in groups) != line.payable_minor:
        yield f"the groups of {line.id} do not sum to {line.payable}"
    for group in groups:
        if group.payable_minor != group.list_minor - _sum(group.adjustments):
            yield f"a group of {line.id} is {group.payable} of {group.list}"
    by_group = _by_source(each for group in groups for each in group.adjustments)
    if by_group != _by_source(line.adjustments):
        yield f"of {line.id} is taken off {by_group} by group, and not so of the line"


def _wrong_against_public(quote: Quote) -> Iterator[str]:
    paid = {line.id: line.payable for line in quote.lines}
    for against in quote.against_public:
        ids = [*(line.id for line in against.lines), *against.unknown]
        if sorted(ids) != sorted(paid):
            yield f"against {against.platform} stand {ids} of {[*paid]}"
        for line in against.lines:
            if line.here != (payable := paid.get(line.id)):
                yield f"against {against.platform} {line.id} is {line.here}, and {payable} is paid"


def check_nothing_costs_less_than_its_floor(
    program: Programs, *, quote: Pricer = quote_basket, settings: Settings | None = None
) -> None:
    """M3: no piece costs less than nothing, or than a floor that its shelf price kept to."""
    PriceTrial("M3", program, quote, settings).over(askings, _too_cheap)


def _too_cheap(till: Till, asking: Asking) -> Iterator[str]:
    quote = till.quote(asking)
    lines = {line.id: line for line in asking.basket.lines}
    lows = dict(zip(lines, floors(tuple(lines.values()), till.program.prices), strict=True))
    for line in quote.lines:
        shelf = shelf_minor(line, lines[line.id])
        least = min(piece.minor for group in line.groups for piece in group.piece_amounts)
        if least < min(lows[line.id], shelf):
            yield f"a piece of {line.id} costs {least}, and never less than {lows[line.id]}"
    if quote.payable.minor < 0 or any(way.payable_minor < 0 for way in quote.shipping):
        yield f"{quote.payable} are paid, {quote.shipping_cost} of it for shipping"


def check_a_quote_asked_again_is_the_same(
    program: Programs, *, quote: Pricer = quote_basket, settings: Settings | None = None
) -> None:
    """D4: the same question has the same answer, to the last reason."""
    PriceTrial("D4", program, quote, settings).over(askings, _other_answers)


def _other_answers(till: Till, asking: Asking) -> Iterator[str]:
    if till.quote(asking) != till.quote(asking):
        yield "asked again, the answer is another one"


def check_what_is_refunded_of_a_quote_was_paid(
    program: Programs, *, quote: Pricer = quote_basket, settings: Settings | None = None
) -> None:
    """M4: an order that was quoted, refunded in parts, gives back what was paid for each line."""
    PriceTrial("M4", program, quote, settings).over(_refunded, _what_is_lost)


@st.composite
def _refunded(draw: st.DrawFn, program: Program) -> tuple[Asking, list[int]]:
    """A question, and the percentages of what is left that go back one after the other."""
    parts = draw(st.lists(st.integers(0, 100), max_size=3))
    return draw(askings(program)), parts


def _what_is_lost(till: Till, case: tuple[Asking, list[int]]) -> Iterator[str]:
    asking, parts = case
    order = Order.of_quote(till.quote(asking), id="A-1", customer="wei")
    shop = BareShop(till.program, decide)
    shop.knows(order.customer, since=asking.at)
    shop.tell(order, at=asking.at)
    left = order.paid.minor
    for number, part in enumerate(parts):
        back = left * part // 100
        left -= back
        shop.tell(_refund(order, number, Money(back, order.paid.currency)), at=asking.at)
    shop.tell(_refund(order, len(parts), None), at=asking.at)
    yield from _not_given_back(shop, order)


def _refund(order: Order, number: int, amount: Money | None) -> Refund:
    return Refund(
        id=RefundId(f"R-{number}"), order=order.id, customer=order.customer, amount=amount
    )


def _not_given_back(shop: BareShop, order: Order) -> Iterator[str]:
    record = shop.entities.get(EntityRef("order", OrderId(order.id)))
    if not isinstance(record, OrderRecord):
        yield "the order is not known"
        return
    if record.refunded != order.paid:
        yield f"of {order.paid}, {record.refunded} went back"
    for line in order.lines:
        if record.left_of(line.id):
            yield f"of {line.id}, {record.left_of(line.id)} did not go back"
