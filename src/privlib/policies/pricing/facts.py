"""Facts: what conditions of promotions ask, answered for one basket and customer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property

import pendulum

from privlib.commands.baskets import BasketLine
from privlib.entities.customer_state import CustomerState
from privlib.policies.pricing.applying import Standing
from privlib.program.promotion import base_layer
from privlib.values.dates import local_date, local_time
from privlib.values.goods import Goods

__all__ = ["BasketFacts"]


class BasketFacts:
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
    ) -> None:
        self.standing = standing
        self.channel, self.platform = where
        self.tier, self.plans = customer.tier, customer.plans
        self.segments, self.tags = customer.segments, customer.tags
        self.stage, self.orders = customer.stage, customer.orders
        self.is_member, self.points = customer.is_member, customer.points
        self._lines, self._layers = lines, layers
        self._last_order_at, self._at, self._zone = customer.last_order_at, at, zone

    @cached_property
    def _local(self) -> datetime:
        return local_time(self._at, self._zone)

    @cached_property
    def date(self) -> date:
        return local_date(self._at, self._zone)

    @property
    def weekday(self) -> int:
        return self.date.weekday()

    @property
    def time_of_day(self) -> int:
        return self._local.hour * 60 + self._local.minute

    @cached_property
    def days_since_last_order(self) -> int | None:
        """Local days from the last order to today."""
        if self._last_order_at is None:
            return None
        return (self.date - local_date(self._last_order_at, self._zone)).days

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
