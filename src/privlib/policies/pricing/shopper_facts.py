"""Facts of a shopper: who he is, where he buys, and what the shop's clock and calendar show."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property

import pendulum

from privlib.entities.customer_state import CustomerState
from privlib.program.service import Service
from privlib.values.dates import local_date, local_time

__all__ = ["ShopperFacts"]


class ShopperFacts:
    """A customer who buys somewhere at a moment: see `CustomerFacts`.

    `where` is the channel and the platform.
    """

    def __init__(
        self,
        customer: CustomerState,
        *,
        where: tuple[str | None, str | None],
        at: pendulum.DateTime,
        zone: str,
        service: Service,
    ) -> None:
        self.channel, self.platform = where
        self.tier, self.plans = customer.tier, customer.plans
        self.segments, self.tags = customer.segments, customer.tags
        self.stage, self.orders = customer.stage, customer.orders
        self.is_member, self.points = customer.is_member, customer.points
        self._last_order_at, self._at, self._zone = customer.last_order_at, at, zone
        self._service = service

    @cached_property
    def _local(self) -> datetime:
        return local_time(self._at, self._zone)

    @cached_property
    def date(self) -> date:
        return local_date(self._at, self._zone)

    @property
    def weekday(self) -> int:
        return self.date.weekday()

    @cached_property
    def holiday(self) -> str | None:
        """The holiday that it is, by the service hours of the shop."""
        found = self._service.holiday_on(self.date)
        return None if found is None else found.name

    @property
    def time_of_day(self) -> int:
        return self._local.hour * 60 + self._local.minute

    @cached_property
    def days_since_last_order(self) -> int | None:
        """Local days from the last order to today."""
        if self._last_order_at is None:
            return None
        return (self.date - local_date(self._last_order_at, self._zone)).days
