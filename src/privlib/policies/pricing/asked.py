"""Asked: what a quote is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pendulum
from attrs import define

from privlib.commands.baskets import Basket, BasketColumns, BasketLine
from privlib.entities.customer_state import CustomerState
from privlib.policies.pricing.applying import Standing
from privlib.policies.pricing.facts import BasketFacts
from privlib.policies.pricing.plan import Plan
from privlib.program.service import Service
from privlib.quotes import LeftOut, ShelfPrice
from privlib.values.goods import Goods

__all__ = ["Asked"]


@define(eq=False)
class Asked:
    """What a quote is asked for, and how things stand before any promotion."""

    plan: Plan
    basket: Basket
    columns: BasketColumns
    customer: CustomerState
    codes: Sequence[str]
    used: Mapping[str, int]
    at: pendulum.DateTime
    currency: str
    zone: str
    service: Service
    standing: Standing
    shelf: Sequence[ShelfPrice]
    not_sold: Sequence[LeftOut]
    _facts: BasketFacts | None = None

    @property
    def facts(self) -> BasketFacts:
        """What conditions ask."""
        if self._facts is None:
            self._facts = BasketFacts(
                self.lines,
                self.customer,
                standing=self.standing,
                layers=self.plan.layers,
                where=(self.basket.channel, self.basket.platform),
                at=self.at,
                zone=self.zone,
                service=self.service,
            )
        return self._facts

    @property
    def lines(self) -> Sequence[BasketLine]:
        return self.columns.lines

    def lines_among(self, goods: Goods) -> tuple[int, ...]:
        """The lines of some goods that may be discounted."""
        lines, open_rows = self.columns.lines, self.columns.open_rows
        if goods.is_all:
            return tuple(open_rows)
        return tuple([row for row in open_rows if goods.include(lines[row])])

    def pieces(self, rows: Iterable[int]) -> int:
        """How many pieces some lines have."""
        return sum([self.columns.pieces[row] for row in rows])

    def distinct(self, rows: Iterable[int]) -> int:
        """Of how many different products some lines are."""
        return len({self.columns.products[row] for row in rows})
