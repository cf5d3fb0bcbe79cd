"""A plan with one promotion more is as if it had been there, and the plan that was there stays."""

import pytest

from privlib.policies.pricing.plan import plan_of
from privlib.program.offers import AmountOff
from privlib.program.pricing import Layer, Pricing
from privlib.program.promotion import Promotion
from privlib.values.goods import Goods
from privlib.values.money import yuan

SHANGHAI = "Asia/Shanghai"
NAMED = ((("cup", 0), ("pot", 1)), (), (("tea", 1),), (), ())
"""A cup and a pot, the pot among tea things."""


def promotion(name, *, priority=0, **goods):
    return Promotion(
        name=name,
        layer="line",
        goods=Goods(**goods),
        offer=AmountOff(amount=yuan(1)),
        priority=priority,
    )


PROMOTIONS = (
    promotion("b", skus=["cup", "pot"]),
    promotion("a", priority=-1, skus=["cup"]),
    promotion("d", priority=5, categories=["tea"]),
    promotion("c", skus=["pot"]),
    promotion("e"),
)


def found(plan):
    """The names of what is found, in turn, with the rows."""
    concerned = plan.concerned(NAMED)
    turns = [(plan.promotions[at].name, concerned[at]) for at in plan.in_turn(concerned)]
    lists = {
        name: [plan.promotions[at].name for at in index[name]]
        for index in plan.indexes
        for name in index
    }
    return turns, lists, [plan.promotions[at].name for at in plan.everywhere]


@pytest.mark.parametrize("last", range(len(PROMOTIONS)))
def test_a_promotion_that_is_added_takes_its_turn(last):
    pricing = Pricing(layers=[Layer(name="line")])
    others = [each for at, each in enumerate(PROMOTIONS) if at != last]
    before = plan_of(others, pricing, SHANGHAI)
    as_it_was = found(before)
    after = before.with_promotion(PROMOTIONS[last])
    assert found(after) == found(plan_of(PROMOTIONS, pricing, SHANGHAI))
    assert found(before) == as_it_was
    assert [after.names[name] for name in "abcde"] == [
        [each.name for each in after.promotions].index(name) for name in "abcde"
    ]


def test_turns_go_by_priority_and_then_by_name():
    plan = plan_of(PROMOTIONS, Pricing(layers=[Layer(name="line")]), SHANGHAI)
    assert found(plan)[0] == [("d", [1]), ("b", [0, 1]), ("c", [1]), ("a", [0])]
    assert plan.declared == ["b", "a", "d", "c", "e"]
