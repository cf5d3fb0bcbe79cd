"""Drafts: what a promotion of a case is made of before its place among the others is known."""

from attrs import define, field
from tests.peers.goods import ALL

from privlib.conditions import Always, Condition
from privlib.program.offers import Offer
from privlib.program.promotion import Threshold
from privlib.values.goods import Goods

__all__ = ["Draft"]


@define(kw_only=True)
class Draft:
    """One offer of ours: what it gives, on which goods, and which kind of stage it belongs to.

    `when` is asked beside what its promotion asks. `keeps` are the conditions of its promotion that
    the offer itself asks for already. A `share` is what its percentage or amount is reckoned on.
    """

    offer: Offer
    kind: str
    goods: Goods = ALL
    when: Condition = field(factory=Always)
    needs: Threshold | None = None
    base: str | None = None
    asks_itself: bool = False
    uses_units: bool | None = None
    is_order_percent: bool = False
    groups: tuple[str, ...] = ()
