"""The laws of coupons and of the budgets they are taken from (C1, C3, C6, K3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pendulum
from attrs import frozen

from privlib.commands import CouponIssue, CouponRedemption
from privlib.decisions.decision import Decision
from privlib.decisions.verbs import decide
from privlib.entities import Coupon, CouponState
from privlib.events import CouponExpired, CouponIssued, CouponRedeemed
from privlib.program.campaign import CampaignRules, CouponTemplate, budget_key, customer_key
from privlib.program.program import Program
from privlib.testing.bare_shop import BareShop, Decide
from privlib.testing.laws.coupon_cases import WHO, Steps, coupon_steps
from privlib.testing.laws.trial import Programs, Settings, Trial
from privlib.values.dates import same_time_after_days
from privlib.values.ids import CustomerId, EntityRef

__all__ = [
    "check_budgets_are_kept",
    "check_coupons_are_used_once",
    "check_coupons_count_from_their_threshold",
    "check_coupons_end_at_their_moment",
]


@frozen
class _Step:
    """What was told and when, the coupon as it was before, and what was decided."""

    at: pendulum.DateTime
    command: CouponIssue | CouponRedemption
    before: Coupon
    decision: Decision

    @property
    def used(self) -> bool:
        return any(isinstance(event, CouponRedeemed) for event in self.decision.events)

    @property
    def is_in_time(self) -> bool:
        return self.before.expires_at is None or self.at < self.before.expires_at


def _told(shop: BareShop, steps: Steps) -> Iterator[_Step]:
    for at, command in steps:
        shop.knows(*WHO, since=at)
        if command is None:
            shop.run_due(at=at)
            continue
        before = _coupon(shop, command)
        yield _Step(at, command, before, shop.tell(command, at=at))


def _coupon(shop: BareShop, command: CouponIssue | CouponRedemption) -> Coupon:
    id = command.coupon_id if isinstance(command, CouponIssue) else command.coupon
    found = shop.entities.get(EntityRef("coupon", id))
    return found if isinstance(found, Coupon) else Coupon(id=id)


def check_coupons_are_used_once(
    program: Programs, *, decide: Decide = decide, settings: Settings | None = None
) -> None:
    """C1: a coupon is issued once, then used once or run out; what is refused changes nothing."""
    Trial("C1", program, decide, settings).over(coupon_steps, _second_uses)


def _second_uses(shop: BareShop, steps: Steps) -> Iterator[str]:
    for step in _told(shop, steps):
        if step.decision.refusals and not step.decision.changes_nothing:
            yield f"{step.decision.key} is refused, and changes something"
    happened = [event for decision in shop.decisions for event in decision.events]
    issued = Counter(event.coupon for event in happened if isinstance(event, CouponIssued))
    ended = Counter(
        event.coupon for event in happened if isinstance(event, CouponRedeemed | CouponExpired)
    )
    yield from (f"{id} was issued {n} times" for id, n in issued.items() if n > 1)
    yield from (f"{id} came to an end {n} times" for id, n in ended.items() if n > issued[id])


def check_coupons_count_from_their_threshold(
    program: Programs, *, decide: Decide = decide, settings: Settings | None = None
) -> None:
    """C3: an open coupon is used from its threshold on, and never reduces more than is paid."""
    Trial("C3", program, decide, settings).over(coupon_steps, _wrong_uses)


def _wrong_uses(shop: BareShop, steps: Steps) -> Iterator[str]:
    for step in _told(shop, steps):
        command, coupon = step.command, step.before
        if not isinstance(command, CouponRedemption) or coupon.state is not CouponState.ISSUED:
            continue
        meets = command.amount >= coupon.threshold
        if step.is_in_time and step.used != meets:
            yield f"{'' if step.used else 'not '}used on {command.amount}, from {coupon.threshold}"
        if step.used and coupon.value > command.amount:
            yield f"{coupon.value} off {command.amount}"


def check_coupons_end_at_their_moment(
    program: Programs, *, decide: Decide = decide, settings: Settings | None = None
) -> None:
    """C6: so many local days after it was given out, to the moment, a coupon is good no more."""
    Trial("C6", program, decide, settings).over(coupon_steps, _wrong_ends)


def _wrong_ends(shop: BareShop, steps: Steps) -> Iterator[str]:
    for step in _told(shop, steps):
        if step.used and not step.is_in_time:
            yield f"{step.before.id} ended at {step.before.expires_at} and was used at {step.at}"
        for event in step.decision.events:
            if isinstance(event, CouponIssued) and event.expires_at != _end(shop.program, event):
                yield f"{event.coupon} is good from {event.at} until {event.expires_at}"
        for timer in step.decision.timers:
            if timer.due != _coupon(shop, step.command).expires_at:
                yield f"{timer.key} is due at {timer.due}"


def _end(program: Program, issued: CouponIssued) -> pendulum.DateTime | None:
    rules = program.campaign(issued.campaign)
    template = None if rules is None else rules.coupon(issued.template)
    if template is None or template.valid_days is None:
        return None
    return same_time_after_days(issued.at, template.valid_days, program.zone)


def check_budgets_are_kept(
    program: Programs, *, decide: Decide = decide, settings: Settings | None = None
) -> None:
    """K3, C2: coupons that are out never exceed the budget, nor what one customer may have."""
    Trial("K3", program, decide, settings).over(coupon_steps, _overdrafts)


def _overdrafts(shop: BareShop, steps: Steps) -> Iterator[str]:
    for _ in _told(shop, steps):
        yield from _overdrawn(shop)
    yield from _overdrawn(shop)


def _overdrawn(shop: BareShop) -> Iterator[str]:
    """What of the limits is not as the coupons there are say."""
    there = [entity for entity in shop.entities.values() if isinstance(entity, Coupon)]
    for rules in shop.program.campaigns:
        given = [coupon for coupon in there if coupon.campaign == rules.name]
        out = sum(each.value.minor for each in given if each.state is not CouponState.EXPIRED)
        used = shop.limits.get(budget_key(rules.name), 0)
        if not used == out <= rules.budget.minor:
            yield f"{out} is out and {used} taken of a budget of {rules.budget.minor}"
        for template in rules.coupons:
            had = Counter(each.customer for each in given if each.template == template.name)
            yield from _had_too_often(shop, rules, template, had)


def _had_too_often(
    shop: BareShop, rules: CampaignRules, template: CouponTemplate, had: Counter[CustomerId | None]
) -> Iterator[str]:
    limit = template.per_customer
    for customer in WHO:
        used = shop.limits.get(customer_key(rules.name, template.name, customer), 0)
        if limit is not None and not used == had[customer] <= limit:
            yield f"{customer} had {had[customer]} of {limit}, and {used} are counted"
