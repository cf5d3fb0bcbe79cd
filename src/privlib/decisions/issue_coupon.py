"""Issue a coupon: given out within a campaign's budget and what one customer may have."""

from __future__ import annotations

import pendulum

from privlib.commands import CouponIssue
from privlib.decisions.decision import Decision, Draft
from privlib.decisions.entering import check_customer_id
from privlib.decisions.state import State
from privlib.entities import Coupon, CouponState
from privlib.events import CouponIssued
from privlib.policies.coupon_eligibility import campaign_objections
from privlib.program.campaign import CampaignRules, CouponTemplate, budget_key, customer_key
from privlib.program.program import Program
from privlib.refusals import (
    CampaignExhausted,
    CampaignUnknown,
    CouponAlreadyIssued,
    CouponLimitReached,
    CouponUnknown,
    CustomerUnknown,
    Refusal,
)
from privlib.reservations import Reservation
from privlib.timers import CouponEnds
from privlib.values.actor import SYSTEM, Actor
from privlib.values.dates import same_time_after_days
from privlib.values.money import Money

__all__ = ["issue_coupon"]


def issue_coupon(
    state: State, issue: CouponIssue, program: Program, *, at: pendulum.DateTime, by: Actor = SYSTEM
) -> Decision:
    """Give a customer a coupon: its value is taken from the budget, and its end is set as a timer.

    Refused with all reasons: campaign or coupon unknown, customer unknown, not running, paused,
    budget exhausted, or as many as one customer may have. The same wish told twice changes nothing;
    another one under the same key is refused.

    Raises InvalidIdError for a customer id that is a phone number or e-mail address.
    """
    check_customer_id(issue.customer, program)
    draft = Draft(state, issue, program, at=at, by=by)
    given = state.coupon(issue.coupon_id)
    if given.state is not CouponState.BLANK:
        differs = _differing(given, issue)
        if differs:
            return draft.refuse(CouponAlreadyIssued(coupon=given.id, differs=differs))
        return draft.decision()
    rules = program.campaign(issue.campaign)
    if rules is None:
        return draft.refuse(CampaignUnknown(campaign=issue.campaign))
    template = rules.coupon(issue.coupon)
    if template is None:
        return draft.refuse(CouponUnknown(coupon=issue.coupon))
    refusals = [
        *_customer_objections(state, issue),
        *campaign_objections(state.campaign(issue.campaign), rules, at=draft.at, zone=program.zone),
        *_limit_objections(state, issue, rules, template),
    ]
    if refusals:
        return draft.refuse(*refusals)
    _give_out(draft, issue, rules, template)
    return draft.decision()


def _differing(given: Coupon, issue: CouponIssue) -> tuple[str, ...]:
    """In what a wish differs from the one on which a coupon was given."""
    pairs = {
        "customer": (given.customer, issue.customer),
        "campaign": (given.campaign, issue.campaign),
        "coupon": (given.template, issue.coupon),
    }
    return tuple(name for name, (was, told) in pairs.items() if was != told)


def _customer_objections(state: State, issue: CouponIssue) -> tuple[Refusal, ...]:
    if state.customer(issue.customer).known_since is None:
        return (CustomerUnknown(customer=issue.customer),)
    return ()


def _limit_objections(
    state: State, issue: CouponIssue, rules: CampaignRules, template: CouponTemplate
) -> tuple[Refusal, ...]:
    """What the limits say as they were last seen; storage has the last word."""
    refusals: list[Refusal] = []
    used = state.limits.get(budget_key(rules.name), 0)
    if used + template.value.minor > rules.budget.minor:
        refusals.append(
            CampaignExhausted(
                campaign=rules.name,
                used=Money(used, rules.budget.currency),
                budget=rules.budget,
                wanted=template.value,
            )
        )
    had = state.limits.get(customer_key(rules.name, template.name, issue.customer), 0)
    if template.per_customer is not None and had >= template.per_customer:
        refusals.append(
            CouponLimitReached(
                campaign=rules.name, coupon=template.name, had=had, limit=template.per_customer
            )
        )
    return tuple(refusals)


def _give_out(
    draft: Draft, issue: CouponIssue, rules: CampaignRules, template: CouponTemplate
) -> None:
    coupon = issue.coupon_id
    ends = None
    if template.valid_days is not None:
        ends = same_time_after_days(draft.at, template.valid_days, draft.program.zone)
        draft.set(CouponEnds(coupon=coupon, customer=issue.customer, campaign=rules.name, due=ends))
    draft.record(
        CouponIssued(
            coupon=coupon,
            customer=issue.customer,
            campaign=rules.name,
            template=template.name,
            value=template.value,
            threshold=template.threshold,
            expires_at=ends,
            at=draft.at,
        )
    )
    draft.reserve(
        Reservation(
            limit_key=budget_key(rules.name),
            amount=template.value.minor,
            limit=rules.budget.minor,
        )
    )
    if template.per_customer is not None:
        draft.reserve(
            Reservation(
                limit_key=customer_key(rules.name, template.name, issue.customer),
                amount=1,
                limit=template.per_customer,
            )
        )
