"""The index of goods: it finds what a scan finds, and looks at few of many rules."""

from hypothesis import given, strategies as st

from privlib.policies.pricing.goods_index import GoodsIndex
from privlib.testing.strategies import catalogue_lines, price_rules
from privlib.values.goods import Goods
from privlib.values.money import yuan


@given(st.lists(price_rules().map(lambda rule: rule.goods), max_size=12), catalogue_lines())
def test_it_finds_what_a_scan_finds_in_the_order_of_the_rules(of_rules, line):
    scanned = [at for at, goods in enumerate(of_rules) if goods.include(line)]
    assert list(GoodsIndex(of_rules).found(line)) == scanned


class Counting:
    """A thing that counts how often its price is asked for."""

    product = "cup"
    paths = frozenset({"ware"})
    brand = None
    tags = frozenset({"new", "sale"})
    sku = "cup 7"
    asked = 0

    @property
    def price(self):
        self.asked += 1
        return yuan(30)


def test_of_many_rules_it_asks_only_those_that_are_about_what_is_bought():
    of_rules = [Goods(skus=[f"cup {number}"], price_from=yuan(1)) for number in range(10_000)]
    thing = Counting()
    assert list(GoodsIndex(of_rules).found(thing)) == [7]
    assert thing.asked == 1


def test_a_rule_that_is_found_in_two_ways_is_found_once():
    assert list(GoodsIndex([Goods(tags=["new", "sale"])]).found(Counting())) == [0]
