"""Facts: what conditions of promotions ask, answered for one basket and customer."""

from __future__ import annotations

from collections.abc import Sequence

import pendulum

from privlib.commands.baskets import BasketLine
from privlib.entities.customer_state import CustomerState
from privlib.policies.pricing.applying import Standing
from privlib.policies.pricing.shopper_facts import ShopperFacts
from privlib.program.promotion import base_layer
from privlib.program.service import Service
from privlib.values.goods import Goods

__all__ = ["BasketFacts"]


class BasketFacts(ShopperFacts):
    """A customer with a basket at a moment, as a layer finds it: see `ShoppingFacts`.

    Amounts on the base `remaining` are what is left when a layer begins; `standing` is that, and
    is put in place by who asks.
    """

    def __init__(
        self,
        lines: Sequence[BasketLine],
        customer: CustomerState,
        *,
        standing: Standing,
        layers: dict[str, int],
        where: tuple[str | None, str | None],
        at: pendulum.DateTime,
        zone: str,
        service: Service,
    ) -> None:
        super().__init__(customer, where=where, at=at, zone=zone, service=service)
        self.standing = standing
        self._lines, self._layers = lines, layers

    def _among(self, goods: Goods) -> list[int]:
        if goods.is_all:
            return list(range(len(self._lines)))
        return [at for at, line in enumerate(self._lines) if goods.include(line)]

    def amount(self, goods: Goods, base: str, /) -> int:
        """What these goods come to on a base, in minor units."""
        cells = self.standing.cells
        layer = base_layer(base)
        if layer is not None:
            whole = self.standing.after[self._layers[layer]]
        elif base == "list":
            whole = cells.lists
        else:
            whole = cells.members if base == "member" else self.standing.left
        return sum(whole[cell] for cell in cells.of(self._among(goods)))

    def pieces(self, goods: Goods, /) -> int:
        """How many pieces of these goods there are."""
        return sum(self._lines[at].quantity for at in self._among(goods))

    def distinct(self, goods: Goods, /) -> int:
        """How many different products of these goods there are."""
        return len({self._lines[at].product for at in self._among(goods)})
