"""Drafts: what a promotion of a case is made of before its place among the others is known."""

from attrs import define, field
from tests.peers.goods import ALL

from privlib.conditions import Always, Condition
from privlib.program.offers import Offer
from privlib.values.goods import Goods

__all__ = ["Draft"]


@define(kw_only=True)
class Draft:
    """One offer of ours: what it gives, on which goods, and which kind of stage it belongs to.

    `when` is asked beside what its promotion asks; what is `met` its own pieces meet.
    """

    offer: Offer
    kind: str
    goods: Goods = ALL
    when: Condition = field(factory=Always)
    met: list = field(factory=list)
    is_order_percent: bool = False
