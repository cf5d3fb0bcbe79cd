"""What holds of shelf prices whatever the book; `plain_prices` works the same out plainly."""

from datetime import date

import pendulum
import pytest
from attrs import evolve
from hypothesis import given, strategies as st
from tests.policies.pricing.plain_prices import applying, made_of, plain_floor, plain_shelf

from privlib.policies.pricing.floors import floors
from privlib.policies.pricing.shelf import shelf_prices
from privlib.program.price_book import Arbitration
from privlib.program.service import Service
from privlib.testing.strategies import catalogue_lines, price_books, shoppers
from privlib.values.dates import local_moment

ZONE = "Asia/Shanghai"
DAYS = st.integers(29, 36).map(lambda day: date.fromordinal(date(2026, 5, 1).toordinal() + day))
PLACES = st.fixed_dictionaries(
    {
        "channel": st.none() | st.sampled_from(["mini program", "shop"]),
        "platform": st.none() | st.sampled_from(["tmall", "wechat"]),
    }
)
LINES = st.lists(catalogue_lines(), min_size=1, max_size=4)


def shelf(lines, customer, book, place, day):
    at = local_moment(day, pendulum.time(12), ZONE)
    return shelf_prices(lines, customer, book, **place, at=at, zone=ZONE, service=Service())


@given(LINES, shoppers(), price_books(), PLACES, DAYS)
def test_what_the_index_finds_is_what_a_scan_finds(lines, customer, book, place, day):
    plain = [plain_shelf(line, customer, book, **place, day=day) for line in lines]
    assert list(shelf(lines, customer, book, place, day)) == plain
    assert list(floors(lines, book)) == [plain_floor(line, book)[0] for line in lines]


@given(LINES, shoppers(), price_books(arbitration=Arbitration.LOWEST), PLACES, DAYS)
def test_under_lowest_no_other_price_is_lower(lines, customer, book, place, day):
    book = evolve(book, floors=())
    for line, price in zip(lines, shelf(lines, customer, book, place, day), strict=True):
        assert all(price.price_minor <= other for _, other in price.replaced)
        rules = applying(line, customer, book, **place, day=day)
        if not any(rule.kind == "list" for rule in rules):
            prices = [made_of(rule, line.price.minor, book) for rule in rules]
            assert price.price_minor == min([line.price.minor, *prices])


@given(LINES, shoppers(), price_books(above_list=False), PLACES, DAYS)
def test_no_price_is_above_the_list_price_unless_declared(lines, customer, book, place, day):
    for line, price in zip(lines, shelf(lines, customer, book, place, day), strict=True):
        assert 0 <= price.price_minor <= line.price.minor
        assert price.rule is not None or price.price_minor == line.price.minor


@given(LINES, shoppers(), price_books(), PLACES, DAYS)
def test_with_floors_that_bind_all_no_price_is_below_its_floor(lines, customer, book, place, day):
    book = evolve(book, floors_bind="all", rules=[r for r in book.rules if r.price is None])
    lows = floors(lines, book)
    for low, price in zip(lows, shelf(lines, customer, book, place, day), strict=True):
        assert price.price_minor >= low


@pytest.mark.parametrize("arbitration", [Arbitration.LOWEST, Arbitration.PLAN])
@given(data=st.data(), lines=LINES, customer=shoppers(), where=st.tuples(PLACES, DAYS))
def test_the_order_of_rules_does_not_matter(arbitration, data, lines, customer, where):
    book, (place, day) = data.draw(price_books(arbitration=arbitration)), where
    other = evolve(
        book,
        rules=data.draw(st.permutations(book.rules)),
        floors=data.draw(st.permutations(book.floors)),
    )
    assert shelf(lines, customer, book, place, day) == shelf(lines, customer, other, place, day)


@given(LINES, shoppers(), price_books(arbitration=Arbitration.DECLARED), PLACES, DAYS)
def test_under_declared_the_first_rule_that_may_counts(lines, customer, book, place, day):
    book = evolve(book, floors=(), rules=[rule for rule in book.rules if rule.kind != "list"])
    for line, price in zip(lines, shelf(lines, customer, book, place, day), strict=True):
        rules = applying(line, customer, book, **place, day=day)
        may = [
            rule.name
            for rule in rules
            if book.above_list or made_of(rule, line.price.minor, book) <= line.price.minor
        ]
        assert price.rule == next(iter(may), None)


@given(LINES, shoppers(), price_books(), PLACES, DAYS)
def test_a_line_has_the_same_price_whatever_stands_beside_it(lines, customer, book, place, day):
    alone = [shelf([line], customer, book, place, day)[0] for line in lines]
    assert list(shelf(lines, customer, book, place, day)) == alone


@given(catalogue_lines(), shoppers(), price_books(), PLACES, DAYS)
def test_every_rule_that_was_met_is_named(line, customer, book, place, day):
    (price,) = shelf([line], customer, book, place, day)
    named = {name for name, _ in price.replaced} | {price.rule}
    met = {rule.name for rule in applying(line, customer, book, **place, day=day)}
    assert met <= named
    assert named - met <= {None} | {floor.name for floor in book.floors}
