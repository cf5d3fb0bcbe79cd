"""The witness: a second, plain account of what a shop decided, kept in whole numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from attrs import Factory, define

from privlib.decisions.decision import Decision
from privlib.decisions.state import applied
from privlib.entities import Entity
from privlib.events import (
    CouponExpired,
    CouponIssued,
    CouponRedeemed,
    Event,
    FriendAdded,
    GiftAlreadyGiven,
    GiftGranted,
    MemberImported,
    OrderRecorded,
    RefundApplied,
    StageMoved,
)
from privlib.program.campaign import budget_key, customer_key
from privlib.program.program import Program
from privlib.requests import Request, ShipGift
from privlib.timers import (
    CouponEnds,
    FollowUpDue,
    StageCheckDue,
    Timer,
    coupon_ends_key,
    follow_up_key,
)
from privlib.values.dates import same_time_after_days
from privlib.values.ids import CouponId, CustomerId, EntityRef, GiftId, OrderId

__all__ = ["Account", "Breach", "Witness"]

Breach: TypeAlias = tuple[str, str]
"""A law that is broken, and a sentence that says how."""


@define(eq=False)
class Account:
    """What a customer's orders come to, in minor units: net now, net at most ever, and gross."""

    spent: int = 0
    peak: int = 0
    paid: int = 0
    orders: int = 0


@define(eq=False)
class Witness:
    """Follows what a shop decides, and works out anew what must be true of it by now.

    Spend is added up from orders and refunds, room in limits from coupons, timers from stages and
    coupons: of these, nothing is taken from what the decisions say themselves.
    """

    program: Program
    entities: dict[EntityRef, Entity] = Factory(dict)
    accounts: dict[CustomerId, Account] = Factory(dict)
    left: dict[OrderId, int] = Factory(dict)
    gifts: set[tuple[CustomerId, GiftId]] = Factory(set)
    used: dict[str, int] = Factory(dict)
    bounds: dict[str, int] = Factory(dict)
    coupons: dict[CouponId, CouponIssued] = Factory(dict)
    timers: dict[str, Timer] = Factory(dict)
    requests: dict[str, Request] = Factory(dict)

    def take(self, decision: Decision) -> Iterator[Breach]:
        """Follow a new decision, and tell which laws it breaks by itself."""
        if decision.refusals and not decision.changes_nothing:
            yield "C1", f"{decision.key} is refused, and changes something"
        if decision.program != self.program.version:
            yield "T7", f"{decision.key} names the program {decision.program}"
        granted: list[GiftId] = []
        self._look_again(decision)
        for event in decision.events:
            applied(self.entities, event)
            yield from self._follow(event)
            if isinstance(event, GiftGranted):
                granted.append(event.gift)
        for about in decision.abouts:
            if about.kind == "member":
                account = self.account(CustomerId(about.id))
                account.peak = max(account.peak, account.spent)
        yield from self._asked(decision, granted)

    def account(self, customer: CustomerId) -> Account:
        """The account of a customer, opened where there was none."""
        return self.accounts.setdefault(customer, Account())

    def _follow(self, event: Event) -> Iterator[Breach]:  # noqa: C901 - one row an event
        match event:
            case OrderRecorded():
                self._count_order(event)
            case RefundApplied():
                self.account(event.customer).spent -= event.amount.minor
                self.left[event.order] -= event.amount.minor
                if self.left[event.order] < 0:
                    yield "M4", f"{-self.left[event.order]} too much went back of {event.order}"
            case MemberImported():
                self.account(event.customer).spent = event.spent.minor
            case GiftGranted() | GiftAlreadyGiven():
                if (event.customer, event.gift) in self.gifts:
                    yield "T4", f"{event.customer} is granted {event.gift} a second time"
                self.gifts.add((event.customer, event.gift))
            case CouponIssued():
                self._count_coupon(event)
            case CouponRedeemed() | CouponExpired():
                self._end_coupon(event)
            case FriendAdded():
                for each in event.placed:
                    self._stands(event, each.lifecycle, each.stage)
            case StageMoved():
                self._stands(event, event.lifecycle, event.to)
            case _:
                pass

    def _count_order(self, event: OrderRecorded) -> None:
        account, paid = self.account(event.order.customer), event.order.paid.minor
        self.left[event.order.id] = paid
        account.spent += paid
        account.paid += paid
        account.orders += 1

    def _count_coupon(self, event: CouponIssued) -> None:
        self.coupons[event.coupon] = event
        self._use(event)
        if event.expires_at is not None:
            self.timers[coupon_ends_key(event.coupon)] = CouponEnds(
                coupon=event.coupon,
                customer=event.customer,
                campaign=event.campaign,
                due=event.expires_at,
            )

    def _end_coupon(self, event: CouponRedeemed | CouponExpired) -> None:
        issued = self.coupons[event.coupon]
        self.timers.pop(coupon_ends_key(event.coupon), None)
        if isinstance(event, CouponExpired):
            self.used[budget_key(issued.campaign)] -= issued.value.minor

    def _use(self, issued: CouponIssued) -> None:
        """A coupon takes its value from the budget, and one from what the customer may have."""
        rules = self.program.campaign(issued.campaign)
        template = None if rules is None else rules.coupon(issued.template)
        if rules is None or template is None:
            return
        self._take_room(budget_key(rules.name), issued.value.minor, rules.budget.minor)
        if template.per_customer is not None:
            own = customer_key(rules.name, template.name, issued.customer)
            self._take_room(own, 1, template.per_customer)

    def _take_room(self, key: str, amount: int, most: int) -> None:
        self.used[key] = self.used.get(key, 0) + amount
        self.bounds[key] = most

    def _stands(self, event: FriendAdded | StageMoved, name: str, to: str) -> None:
        """A relation stands in a stage: its follow-up is due so many days later, or none is."""
        lifecycle, key = self.program.lifecycle(name), follow_up_key(event.relation, name)
        stage = None if lifecycle is None else lifecycle.get(to)
        self.timers.pop(key, None)
        if stage is not None and stage.follow_up_days is not None:
            self.timers[key] = FollowUpDue(
                relation=event.relation,
                customer=event.customer,
                lifecycle=name,
                stage=to,
                version=self.entities[EntityRef("relation", event.relation)].version,
                due=same_time_after_days(event.at, stage.follow_up_days, self.program.zone),
            )

    def _look_again(self, decision: Decision) -> None:
        """What was fired is gone; when to look at stages again, the decision alone says."""
        for key in (*(timer.key for timer in decision.fires), *decision.cancels):
            if isinstance(self.timers.get(key), StageCheckDue | FollowUpDue):
                del self.timers[key]
        checks = [timer for timer in decision.timers if isinstance(timer, StageCheckDue)]
        self.timers.update((timer.key, timer) for timer in checks)

    def _asked(self, decision: Decision, granted: list[GiftId]) -> Iterator[Breach]:
        packs = [each.gift for each in decision.requests if isinstance(each, ShipGift)]
        if packs != granted:
            yield "T4", f"{decision.key} grants {granted} and ships {packs}"
        for request in decision.requests:
            if request.key in self.requests:
                yield "D1", f"{request.key} is asked for a second time"
            self.requests[request.key] = request
