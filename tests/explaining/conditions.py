"""What conditions find missing: each once for each shape, and what its sentence has to hold."""

from datetime import date

from privlib.refusals import AlternativesUnmet, ConditionUnmet, MetByNobody, NotOpenYet
from privlib.values.goods import Goods
from privlib.values.money import yuan

TEA = Goods(categories=["tea"])
TIER = ConditionUnmet(
    field="tier", called="tier", comparison="one_of", needs=["gold", "platinum"], has="silver"
)
AMOUNT = ConditionUnmet(
    field="amount",
    called="amount",
    comparison="at_least",
    needs=yuan(200),
    has=yuan(160),
    missing=yuan(40),
    goods=TEA,
    base="list",
)
SAMPLES = [
    (TIER, ["gold", "platinum", "silver"]),
    (AMOUNT, ["40 ", "160 ", "200 ", "tea"]),
    (
        ConditionUnmet(field="tier", called="tier", comparison="equal", needs="gold"),
        ["gold"],
    ),
    (
        ConditionUnmet(
            field="distinct",
            called="distinct",
            comparison="between",
            needs=[3, 5],
            has=1,
            missing=2,
            goods=Goods(),
        ),
        ["1", "2", "3"],
    ),
    (
        AlternativesUnmet(alternatives=[(TIER, AMOUNT), (MetByNobody(),)]),
        ["gold", "silver", "40 ", "tea"],
    ),
    (
        NotOpenYet(opens=date(2026, 6, 1), today=date(2026, 5, 30)),
        ["2026-06-01", "2026-05-30"],
    ),
    (MetByNobody(), []),
]
