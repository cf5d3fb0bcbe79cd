"""Questions in which amounts are shared in odd units, and lines are looked at by themselves later.

What one promotion leaves of a line, another shares by: so that one can be in the other's way by a
unit.
"""

from attrs import evolve
from hypothesis import strategies as st
from tests.laws.pricing_cases import Question, fen

from privlib import default_program
from privlib.commands.baskets import Basket, BasketLine
from privlib.entities.customer_state import CustomerState
from privlib.program.offers import (
    AmountOff,
    FixedPrice,
    PercentOff,
    Step,
    ThresholdOff,
    UnitAmounts,
)
from privlib.program.pricing import Pricing
from privlib.program.promotion import Promotion, Stacking
from privlib.values.allocation import Overflow
from privlib.values.goods import Goods
from privlib.values.rate import Rounding
from privlib.values.remainder import Remainder

__all__ = ["questions_of_shares"]

SKUS = ("s0", "s1", "s2", "s3")


def baskets():
    line = st.tuples(fen(1, 30), st.sampled_from([1, 1, 2]))
    return st.lists(line, min_size=2, max_size=4).map(
        lambda drawn: Basket(
            lines=[
                BasketLine(sku=sku, price=price, quantity=quantity)
                for sku, (price, quantity) in zip(SKUS, drawn, strict=False)
            ]
        )
    )


def offers():
    return st.one_of(
        st.builds(AmountOff, amount=fen(1, 12), spread=st.sampled_from(["once", "once", "line"])),
        st.builds(
            PercentOff,
            percent=st.sampled_from([10, 20, 33, 50, 100, "12.5"]),
            rounded=st.sampled_from(["once", "line"]),
        ),
        st.builds(FixedPrice, price=fen(0, 9)),
        st.builds(
            UnitAmounts,
            first=fen(1, 9),
            next=fen(0, 5),
            most=st.sampled_from([None, 1, 2]),
            spread=st.sampled_from(["once", "line"]),
        ),
        st.builds(Step, amount=fen(5, 60), off=fen(1, 12)).map(
            lambda step: ThresholdOff(steps=[step])
        ),
    )


def promotions(name):
    return st.builds(
        Promotion,
        name=st.just(name),
        layer=st.sampled_from(["line", "order", "coupon"]),
        offer=offers(),
        goods=st.lists(st.sampled_from(SKUS), max_size=2, unique=True).map(
            lambda skus: Goods(skus=skus)
        ),
        base=st.sampled_from(["remaining", "remaining", "remaining", "member"]),
        uses_units=st.sampled_from([False, False, True]),
        stacking=st.sampled_from([[], [], [], ["g"]]).map(lambda groups: Stacking(groups=groups)),
    )


@st.composite
def questions_of_shares(draw, most=5):
    """A basket of whole lines, and promotions that share and look again."""
    pricing = st.builds(
        Pricing,
        rounding=st.sampled_from(Rounding),
        remainder=st.sampled_from(Remainder),
        overflow=st.sampled_from(Overflow),
    )
    names = "abcdefghijkl"[: draw(st.integers(3, most))]
    program = evolve(
        default_program(),
        promotions=[draw(promotions(name)) for name in names],
        pricing=draw(pricing),
    )
    return Question(draw(baskets()), CustomerState(id="wei"), program)
