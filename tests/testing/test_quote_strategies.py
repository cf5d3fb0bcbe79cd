"""The strategies for quotes: all sums in what they draw agree, and it can be kept and explained."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings

from privlib.commands import Order
from privlib.encoding.documents import Documents
from privlib.explaining import LOCALES, explain
from privlib.quotes import PaymentKind
from privlib.testing.strategies import hints, quoted_lines, quotes
from privlib.values.money import Money, total, yuan

SOME = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
QUICK = settings(
    max_examples=2_000,
    phases=[Phase.generate],
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
ORDERS = Documents(Order)


@SOME
@given(quotes())
def test_the_lines_of_a_quote_sum_to_it(quote):
    assert total(line.list for line in quote.lines) == quote.list
    assert total(line.payable for line in quote.lines) == quote.goods
    assert total(way.list for way in quote.shipping) == quote.shipping_list
    assert total(way.payable for way in quote.shipping) == quote.shipping_cost
    assert total(quote.paid_by_row.values()) == quote.due
    assert all(yuan(0) <= left for left in quote.paid_by_row.values())


@SOME
@given(quotes())
def test_what_is_taken_off_the_lines_is_what_the_promotions_take_off(quote):
    taken = Counter()
    for line in (*quote.lines, *quote.shipping):
        for each in line.adjustments:
            taken[each.source] += each.amount_minor
    shelf = taken.pop("gold price", 0)
    assert dict(taken) == {each.source: each.amount.minor for each in quote.applied}
    assert quote.discount.minor == shelf + taken.total()


@SOME
@given(quoted_lines(max_quantity=5))
def test_the_pieces_of_a_line_sum_to_it(line):
    assert sum(group.pieces for group in line.groups) == line.quantity
    assert sum(group.list_minor for group in line.groups) == line.list_minor
    assert sum(group.payable_minor for group in line.groups) == line.payable_minor
    assert line.discount == total(each.amount for each in line.adjustments)
    for group in line.groups:
        left = group.list_minor
        for each in group.adjustments:
            assert each.base_minor == left
            left -= each.amount_minor
        assert left == group.payable_minor >= 0


@SOME
@given(quotes(currency="JPY", max_lines=1))
def test_a_quote_is_of_the_currency_named_and_no_longer_than_its_bound(quote):
    assert quote.payable.currency == quote.due.currency == "JPY"
    assert all(line.list.currency == line.payable.currency == "JPY" for line in quote.lines)
    assert all(each.amount.currency == "JPY" for each in (*quote.applied, *quote.payments))
    assert all(each.saved.currency == "JPY" for each in quote.against_public)
    assert len(quote.lines) <= 1


@SOME
@given(quotes())
def test_an_order_keeps_its_quote_and_is_read_back_with_it(quote):
    order = Order.of_quote(quote, id="A-1001", customer="wei")
    assert total(line.paid for line in order.lines) == order.paid == quote.due
    assert ORDERS.load(ORDERS.dump(order)) == order


@SOME
@given(hints(currency="JPY"))
def test_a_hint_can_be_explained_and_is_of_the_currency_named(hint):
    amounts = [hint.more, hint.takes_off, hint.takes_off_now or hint.more, hint.payable]
    assert {each.currency for each in amounts} == {"JPY"}
    assert all(explain(hint, locale=locale) for locale in LOCALES)


@SOME
@given(quotes())
def test_what_is_compared_with_public_platforms_are_the_lines_as_they_are_paid(quote):
    paid = {line.id: line.payable for line in quote.lines}
    for against in quote.against_public:
        assert {line.id: line.here for line in against.lines}.items() <= paid.items()
        assert paid.keys() - {line.id for line in against.lines} == set(against.unknown)
        assert against.saved == total(line.saved for line in against.lines)


@SOME
@given(hints())
def test_a_hint_brings_more_than_there_is_now_and_only_one_thing(hint):
    given = [hint.gift, hint.next_coupon, hint.points_times, hint.takes_off or None]
    assert sum(each is not None for each in given) == 1
    assert hint.takes_off_now is None or hint.takes_off_now < hint.takes_off
    for each in (hint.gift, hint.next_coupon):
        assert each is None or each.promotion == (hint.coupon or hint.promotion)


@pytest.mark.parametrize(
    "holds",
    [
        lambda hint: hint.coupon and hint.gift,
        lambda hint: hint.next_coupon and hint.pieces,
        lambda hint: hint.points_times and not hint.coupon,
        lambda hint: hint.takes_off_now and hint.pieces is None,
    ],
)
def test_hints_reach_the_corners(holds):
    assert find(hints(), lambda hint: bool(holds(hint)), settings=QUICK)


def test_quotes_reach_the_corners():
    for holds in (
        lambda quote: not quote.lines,
        lambda quote: quote.payable == yuan(0) < quote.list,
        lambda quote: any(line.split for line in quote.lines),
        lambda quote: any(line.shelf and line.shelf.replaced for line in quote.lines),
        lambda quote: any(way.adjustments and not way.payable for way in quote.shipping),
        lambda quote: quote.left_out and quote.not_sold,
        lambda quote: quote.gifts and quote.next_coupons and not quote.proven,
        lambda quote: quote.runner_up is not None and not quote.runner_up.sources,
        lambda quote: {payment.kind for payment in quote.payments} == {PaymentKind.POINTS},
        lambda quote: len(quote.payments) == 2 and quote.due > Money(0),
        lambda quote: [each.platform for each in quote.against_public] == [None],
        lambda quote: any(each.saved < Money(0) for each in quote.against_public),
        lambda quote: any(each.dearer and each.unknown for each in quote.against_public),
        lambda quote: len({each.saved > Money(0) for each in quote.against_public}) == 2,
    ):
        assert find(quotes(), lambda quote, holds=holds: bool(holds(quote)), settings=QUICK)
