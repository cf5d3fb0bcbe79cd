"""The coupon: one customer's claim to an offer of a campaign."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

import pendulum
from attrs import field
from attrs.converters import optional

from privlib.entities.entity import IndexKey, Referable, foreign_event, impossible
from privlib.events import CouponExpired, CouponIssued, CouponRedeemed, Event
from privlib.values.frozen import frozen, replace
from privlib.values.ids import CampaignName, CouponId, CustomerId, OrderId, coupon_id
from privlib.values.moment import moment
from privlib.values.money import Money

__all__ = ["Coupon", "CouponState"]


class CouponState(StrEnum):
    """Where a coupon stands."""

    BLANK = "blank"
    ISSUED = "issued"
    REDEEMED = "redeemed"
    EXPIRED = "expired"


@frozen(kw_only=True)
class Coupon(Referable):
    """One customer's claim to so much off from so much, until it is used or runs out."""

    kind: ClassVar[str] = "coupon"

    id: CouponId = field(converter=coupon_id)
    version: int = 0
    state: CouponState = CouponState.BLANK
    customer: CustomerId | None = None
    campaign: CampaignName | None = None
    template: str | None = None
    value: Money = Money(0)
    threshold: Money = Money(0)
    issued_at: pendulum.DateTime | None = field(default=None, converter=optional(moment))
    expires_at: pendulum.DateTime | None = field(default=None, converter=optional(moment))
    order: OrderId | None = None
    redeemed_at: pendulum.DateTime | None = field(default=None, converter=optional(moment))

    @property
    def index_keys(self) -> tuple[IndexKey, ...]:
        if self.customer is None or self.campaign is None:
            return ()
        return (IndexKey("customer", self.customer), IndexKey("campaign", self.campaign))

    def apply(self, event: Event) -> Coupon:
        """The coupon after what happened."""
        version = self.version + 1
        match event:
            case CouponIssued():
                self._must_be(CouponState.BLANK, event)
                return replace(
                    self,
                    version=version,
                    state=CouponState.ISSUED,
                    customer=event.customer,
                    campaign=event.campaign,
                    template=event.template,
                    value=event.value,
                    threshold=event.threshold,
                    issued_at=event.at,
                    expires_at=event.expires_at,
                )
            case CouponRedeemed():
                self._must_be(CouponState.ISSUED, event)
                return replace(
                    self,
                    version=version,
                    state=CouponState.REDEEMED,
                    order=event.order,
                    redeemed_at=event.at,
                )
            case CouponExpired():
                self._must_be(CouponState.ISSUED, event)
                return replace(self, version=version, state=CouponState.EXPIRED)
            case _:
                raise foreign_event(self, event)

    def _must_be(self, state: CouponState, event: Event) -> None:
        if self.state is not state:
            raise impossible(self, event, f"it is {self.state}")
