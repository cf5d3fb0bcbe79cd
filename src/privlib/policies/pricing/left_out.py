"""Left out: for every promotion, code and coupon that takes nothing off, all the reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define

from privlib.conditions import SHOPPING, unmet
from privlib.policies.pricing.applying import Candidate
from privlib.policies.pricing.asked import Asked
from privlib.policies.pricing.choosing import Chosen, choose
from privlib.policies.pricing.effects import Effects, holds_in, measured_in_turn
from privlib.policies.pricing.found import Found, is_affordable, spent_of
from privlib.policies.pricing.objections import objections
from privlib.policies.pricing.presented import Presented, presented_of, touched
from privlib.policies.pricing.rules import Rule
from privlib.program.offers import ThresholdOff
from privlib.program.pricing import Pricing
from privlib.program.promotion import Trigger
from privlib.quotes import LeftOut
from privlib.refusals import (
    AmountNotReached,
    Beaten,
    BudgetTooSmall,
    CodeUnknown,
    CouponOfNoPromotion,
    Excluded,
    Exclusion,
    NothingLeft,
    PartnerMissing,
    Refusal,
    SearchCutShort,
    WaitsForCode,
    WaitsForCoupon,
)
from privlib.values.money import Money

__all__ = ["Beside", "left_out"]


@define(eq=False)
class Beside:
    """What was chosen, beside which a candidate does not apply."""

    asked: Asked
    candidates: Sequence[Candidate]
    chosen: Chosen
    effects: Effects
    pricing: Pricing

    @property
    def present(self) -> list[Candidate]:
        """All that applies."""
        return [step.candidate for step in self.chosen.found.path] + list(self.effects.applied)


def left_out(beside: Beside) -> tuple[LeftOut, ...]:
    """All that does not apply, in the order of their turns, then coupons, then codes of nothing."""
    asked = beside.asked
    applied = {candidate.source for candidate in beside.present}
    able = {candidate.source: candidate for candidate in beside.candidates}
    presented = {each.source: each for each in presented_of(asked)}
    made = []
    for source in _sources(asked, presented):
        if source in applied:
            continue
        reasons: Iterator[Refusal] = _unfit(source, asked, presented)
        if source in able:
            reasons = _outdone(able[source], beside)
        made.append(LeftOut(source=source, reasons=tuple(reasons)))
    return tuple(made) + _unknown(asked)


def _sources(asked: Asked, presented: dict[str, Presented]) -> list[str]:
    """The promotions, and the coupons in hand: these stand for theirs."""
    held = {coupon.promotion for coupon in asked.customer.coupons}
    names = [
        promotion.name
        for promotion in asked.plan.promotions
        if promotion.trigger is not Trigger.COUPON or promotion.name not in held
    ]
    coupons = [coupon.id for coupon in asked.customer.coupons if coupon.id in presented]
    return list(dict.fromkeys([*names, *coupons]))


def _unfit(source: str, asked: Asked, presented: dict[str, Presented]) -> Iterator[Refusal]:
    """What speaks against it before others are looked at."""
    speaker = presented.get(source)
    if speaker is None:
        entry = asked.plan.entry(asked.plan.names[source])
        speaker = Presented(entry, source)
        if entry.promotion.trigger is Trigger.CODE:
            yield WaitsForCode(promotion=source)
        elif entry.promotion.trigger is Trigger.COUPON:
            yield WaitsForCoupon(promotion=source)
    lines = touched(speaker, asked)
    yield from objections(speaker, lines, asked)


def _outdone(candidate: Candidate, beside: Beside) -> Iterator[Refusal]:
    """Why what could apply by itself does not, beside what does."""
    name, found, asked = candidate.source, beside.chosen.found, beside.asked
    yield from _excluded(candidate, beside.present, beside.pricing)
    if not candidate.has_partner(found.mask):
        partners = candidate.rule.promotion.stacking.only_with
        yield PartnerMissing(promotion=name, partners=partners)
    if not holds_in(candidate, found, asked.facts):
        yield from unmet(candidate.rule.promotion.when, asked.facts, SHOPPING)
        return
    if not beside.chosen.proven and candidate.rule.has_money:
        yield SearchCutShort(promotion=name)
    other = _best_with(candidate, beside) if candidate.rule.has_money else None
    if other is not None:
        if not is_affordable(candidate, _taken_by(candidate, other), found.path):
            yield _nothing_taken(candidate, found, asked.currency)
        yield _beaten(name, found, other, asked.currency)
        return
    shortfall = _shortfall(candidate, found, asked)
    if shortfall is not None:
        yield shortfall
    elif name in beside.effects.refused:
        yield beside.effects.refused[name]
    elif candidate.rule.has_money:
        yield _nothing_taken(candidate, found, asked.currency)


def _taken_by(candidate: Candidate, found: Found) -> int:
    return sum([step.taken.amount for step in found.path if step.candidate is candidate])


def _best_with(candidate: Candidate, beside: Beside) -> Found | None:
    """The best combination of those in which a candidate applies."""
    priced = [each for each in beside.candidates if each.rule.has_money]
    asked = beside.asked
    chosen = choose(priced, asked.standing, beside.pricing, facts=asked.facts, needed=candidate.bit)
    return None if chosen is None else chosen.found


def _beaten(name: str, found: Found, other: Found, currency: str) -> Beaten:
    theirs = {step.candidate.source for step in other.path}
    ours = [step.candidate.source for step in found.path]
    return Beaten(
        promotion=name,
        by=tuple(source for source in ours if source not in theirs),
        amount=Money(other.payable - found.payable, currency),
    )


def _nothing_taken(candidate: Candidate, found: Found, currency: str) -> Refusal:
    """That there is nothing to take, or no budget that pays for it."""
    budget = candidate.rule.promotion.limits.budget
    if candidate.budget is None or budget is None:
        return NothingLeft(promotion=candidate.source)
    left = Money(candidate.budget - spent_of(candidate, found.path), currency)
    return BudgetTooSmall(promotion=candidate.source, budget=budget, spent=budget - left, left=left)


def _excluded(
    candidate: Candidate, present: Sequence[Candidate], pricing: Pricing
) -> Iterator[Refusal]:
    """What applies and may not meet it."""
    name, stacking = candidate.source, candidate.rule.promotion.stacking
    alone = [each.source for each in present if each.rule.promotion.stacking.alone]
    if stacking.alone and present:
        alone = [each.source for each in present]
    if alone:
        yield Excluded(promotion=name, by=tuple(alone), rule=Exclusion.ALONE)
    never = [each.source for each in present if _never_together(candidate.rule, each.rule)]
    if never:
        yield Excluded(promotion=name, by=tuple(never), rule=Exclusion.NEVER_WITH)
    for group in stacking.groups:
        members = [each.source for each in present if group in each.rule.promotion.stacking.groups]
        if len(members) >= pricing.group_limit(group):
            yield Excluded(promotion=name, by=tuple(members), rule=Exclusion.GROUP, group=group)
    if pricing.at_most is not None and len(present) >= pricing.at_most:
        yield Excluded(
            promotion=name,
            by=tuple(each.source for each in present),
            rule=Exclusion.AT_MOST,
        )


def _never_together(one: Rule, other: Rule) -> bool:
    """Whether either says that it never goes with the other."""
    theirs = other.promotion.stacking.never_with
    return other.name in one.promotion.stacking.never_with or one.name in theirs


def _shortfall(candidate: Candidate, found: Found, asked: Asked) -> Refusal | None:
    """What the goods lacked in its turn."""
    rule, offer = candidate.rule, candidate.rule.promotion.offer
    needs = rule.needs_amount
    if isinstance(offer, ThresholdOff) and rule.steps_by_money:
        needs = max(needs, offer.steps[0].start)
    has = measured_in_turn(candidate, found) if needs else 0
    if has >= needs:
        return None
    threshold = rule.promotion.needs
    return AmountNotReached(
        promotion=candidate.source,
        needs=Money(needs, asked.currency),
        has=Money(has, asked.currency),
        base="remaining" if threshold is None else threshold.base,
    )


def _unknown(asked: Asked) -> tuple[LeftOut, ...]:
    """Codes of no promotion, and coupons of promotions that are not there."""
    codes = dict.fromkeys(
        code for code in asked.codes if asked.plan.code(code) not in asked.plan.codes
    )
    made = [LeftOut(source=code, reasons=(CodeUnknown(code=code),)) for code in codes]
    made += [
        LeftOut(
            source=coupon.id,
            reasons=(CouponOfNoPromotion(coupon=coupon.id, promotion=coupon.promotion),),
        )
        for coupon in asked.customer.coupons
        if coupon.promotion is not None and coupon.promotion not in asked.plan.names
    ]
    return tuple(made)
