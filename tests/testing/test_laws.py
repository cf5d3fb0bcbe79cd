"""The laws as checks: sound programs and verbs keep them, and a broken rule is found out.

Those of prices are in test_price_laws.py.
"""

from datetime import timedelta
from itertools import count

import pytest
from attrs import evolve, frozen
from hypothesis import Phase, settings

from privlib.commands import CouponRedemption, Order, Refund
from privlib.decisions import State, decide
from privlib.entities import Coupon, CouponState
from privlib.errors import InvalidValueError, LawBrokenError
from privlib.events import (
    CouponIssued,
    GiftGranted,
    OrderRecorded,
    RefundApplied,
    RefundWaited,
    SpendAdded,
    SpendReversed,
    TierLost,
    TierReached,
)
from privlib.program.ladder import GiftAfterRefund, Ladder
from privlib.program.loading import default_program
from privlib.requests import ShipGift
from privlib.testing import laws
from privlib.testing.strategies import programs
from privlib.timers import CouponEnds
from privlib.values.money import Money, yuan

PROGRAM = default_program()
FEW = settings(max_examples=25)
MANY = settings(max_examples=2_000, phases=[Phase.generate], derandomize=True)


@pytest.mark.parametrize("check", laws.CHECKS, ids=lambda check: check.__name__)
def test_every_program_keeps_every_law(check):
    check(PROGRAM, settings=FEW)
    check(programs(), settings=FEW)
    check(programs(currency="JPY"), settings=FEW)


@pytest.mark.parametrize("check", laws.CHECKS, ids=lambda check: check.__name__)
def test_a_program_without_tiers_stages_ways_or_campaigns_keeps_every_law(check):
    check(evolve(PROGRAM, ladder=Ladder(), campaigns=()), settings=FEW)


def test_every_check_is_public_and_names_its_law_in_a_sentence():
    checks = (*laws.CHECKS, *laws.PRICE_CHECKS)
    assert {check.__name__ for check in checks} == set(laws.__all__) - {"check_laws"}
    for check in checks:
        law, _, sentence = check.__doc__.partition(": ")
        assert all(id[0].isupper() and id[1:].isdigit() for id in law.split(", "))
        assert sentence.partition("\n\n")[0].endswith(".")


# Broken rules. Each is the sound `decide` with one thing wrong, as a slip would make it.


def without(decision, *kinds):
    return evolve(
        decision, events=[event for event in decision.events if not isinstance(event, kinds)]
    )


def loses_a_tier_by_buying(state, command, program, *, at, **by):
    decision = decide(state, command, program, at=at, **by)
    if not isinstance(command, Order) or state.member(command.customer).tier is None:
        return decision
    member = decision.after.member(command.customer)
    lost = TierLost(
        customer=member.id,
        tier=member.tier,
        to=None,
        threshold=member.spent,
        spent=member.spent,
        at=at,
    )
    return evolve(decision, events=(*decision.events, lost))


def never_loses_a_tier(state, command, program, *, at, **by):
    return without(decide(state, command, program, at=at, **by), TierLost)


def counts_spend_of_large_orders_twice(state, command, program, *, at, **by):
    decision = decide(state, command, program, at=at, **by)
    again = [e for e in decision.events if isinstance(e, SpendAdded) and e.amount > yuan(5_000)]
    return evolve(decision, events=(*decision.events, *again))


def grants_gifts_for_large_orders_only(state, command, program, *, at, **by):
    decision = decide(state, command, program, at=at, **by)
    if isinstance(command, Order) and command.paid < yuan(1_000):
        return evolve(without(decision, GiftGranted), requests=())
    return decision


def thresholds_exclusive(state, command, program, *, at, **by):
    tiers = [evolve(t, threshold=t.threshold + Money(1)) for t in program.ladder.tiers]
    stricter = evolve(program, ladder=evolve(program.ladder, tiers=tiers))
    return decide(state, command, stricter, at=at, **by)


def ships_each_gift_twice(state, command, program, *, at, **by):
    decision = decide(state, command, program, at=at, **by)
    packs = [evolve(r, key=f"{r.key}/2") for r in decision.requests if isinstance(r, ShipGift)]
    return evolve(decision, requests=(*decision.requests, *packs))


def forgets_which_gifts_were_granted(state, command, program, *, at, **by):
    members = [evolve(each, gifts=()) for each in state.entities if each.kind == "member"]
    others = [each for each in state.entities if each.kind != "member"]
    return decide(State(*others, *members, limits=state.limits), command, program, at=at, **by)


def jumps_to_the_highest_tier(state, command, program, *, at, **by):
    decision = decide(state, command, program, at=at, **by)
    reached = [event for event in decision.events if isinstance(event, TierReached)]
    return evolve(decision, events=[e for e in decision.events if e not in reached[:-1]])


def other_rule_for_gifts(state, command, program, *, at, **by):
    rule = program.ladder.gift_after_refund
    other = next(each for each in GiftAfterRefund if each is not rule)
    ladder = evolve(program.ladder, gift_after_refund=other)
    return decide(state, command, evolve(program, ladder=ladder), at=at, **by)


def names_no_program(state, command, program, *, at, **by):
    return evolve(decide(state, command, program, at=at, **by), program="latest")


def refunds_a_fen_less_of_each_line(state, command, program, *, at, **by):
    decision = decide(state, command, program, at=at, **by)
    return evolve(
        decision,
        events=[
            evolve(event, lines=event.lines[1:]) if isinstance(event, RefundApplied) else event
            for event in decision.events
        ],
    )


def refunds_leave_the_spend(state, command, program, *, at, **by):
    return without(decide(state, command, program, at=at, **by), SpendReversed)


def refunds_whatever_is_wanted(state, command, program, *, at, **by):
    decision = decide(state, command, program, at=at, **by)
    if not isinstance(command, Refund) or not decision.refusals or command.amount is None:
        return decision
    applied = RefundApplied(
        order=command.order,
        customer=command.customer,
        refund=command,
        amount=command.amount,
        at=at,
    )
    return evolve(decision, refusals=(), events=(applied,))


def reopened(state):
    return State(
        *(
            evolve(each, state=CouponState.ISSUED, order=None, redeemed_at=None)
            if isinstance(each, Coupon) and each.state is CouponState.REDEEMED
            else each
            for each in state.entities
        ),
        limits=state.limits,
    )


def uses_coupons_again(state, command, program, *, at, **by):
    return decide(reopened(state), command, program, at=at, **by)


def refuses_and_does_it_all_the_same(state, command, program, *, at, **by):
    decision = decide(state, command, program, at=at, **by)
    if isinstance(command, CouponRedemption) and decision.refusals:
        return evolve(decision, cancels=("coupon-ends",))
    return decision


def thresholds_of_coupons_exclusive(state, command, program, *, at, **by):
    if isinstance(command, CouponRedemption) and command.amount:
        command = evolve(command, amount=command.amount - Money(1))
    return decide(state, command, program, at=at, **by)


def any_order_will_do(state, command, program, *, at, **by):
    if isinstance(command, CouponRedemption):
        command = evolve(command, amount=yuan(1_000_000))
    return decide(state, command, program, at=at, **by)


def coupons_end_a_second_late(state, command, program, *, at, **by):
    if isinstance(command, CouponRedemption):
        at -= timedelta(seconds=1)
    return evolve(decide(state, command, program, at=at, **by), at=at)


def coupons_run_for_days_of_24_hours_and_one_second(state, command, program, *, at, **by):
    decision = decide(state, command, program, at=at, **by)
    return evolve(
        decision,
        events=[
            evolve(event, expires_at=event.expires_at + timedelta(seconds=1))
            if isinstance(event, CouponIssued) and event.expires_at
            else event
            for event in decision.events
        ],
    )


def reads_no_limits(state, command, program, *, at, **by):
    return decide(State(*state.entities), command, program, at=at, **by)


def takes_nothing_from_the_budget(state, command, program, *, at, **by):
    decision = decide(state, command, program, at=at, **by)
    return evolve(decision, reservations=decision.reservations[1:])


def gives_nothing_back(state, command, program, *, at, **by):
    decision = decide(state, command, program, at=at, **by)
    return evolve(decision, reservations=()) if isinstance(command, CouponEnds) else decision


def forgets_orders(state, command, program, *, at, **by):
    known = [each for each in state.entities if each.kind != "order"]
    if isinstance(command, Order):
        state = State(*known, limits=state.limits)
    return decide(state, command, program, at=at, **by)


def drops_refunds_that_come_early(state, command, program, *, at, **by):
    return without(decide(state, command, program, at=at, **by), RefundWaited)


CALLS = count()


def counts_its_calls(state, command, program, *, at, **by):
    decision = decide(state, command, program, at=at, **by)
    return evolve(decision, key=f"{decision.key}/{next(CALLS)}")


def changes_more_than_it_says(state, command, program, *, at, **by):
    decision = decide(state, command, program, at=at, **by)
    return without(decision, OrderRecorded)


@frozen(kw_only=True)
class PraiseEmployee:
    """A request of which no storage knows."""

    key: str


def asks_for_what_nobody_knows(state, command, program, *, at, **by):
    decision = decide(state, command, program, at=at, **by)
    praise = PraiseEmployee(key=f"{decision.key}/praise")
    return evolve(decision, requests=(*decision.requests, praise))


BROKEN = [
    (laws.check_tiers_never_fall_by_purchases, "T1", loses_a_tier_by_buying),
    (laws.check_tiers_follow_net_spend, "T2", never_loses_a_tier),
    (laws.check_tiers_follow_net_spend, "T2", thresholds_exclusive),
    (laws.check_splitting_an_order_brings_the_same_gifts, "T2", counts_spend_of_large_orders_twice),
    (laws.check_splitting_an_order_brings_the_same_gifts, "T2", grants_gifts_for_large_orders_only),
    (laws.check_thresholds_are_inclusive, "T3", thresholds_exclusive),
    (laws.check_each_gift_is_granted_once, "T4", ships_each_gift_twice),
    (laws.check_each_gift_is_granted_once, "T4", forgets_which_gifts_were_granted),
    (laws.check_one_order_reaches_each_tier_it_crosses, "T5", jumps_to_the_highest_tier),
    (laws.check_refunds_do_to_gifts_what_the_rule_says, "T6", other_rule_for_gifts),
    (laws.check_decisions_name_their_program, "T7", names_no_program),
    (laws.check_refunding_everything_restores_the_spend, "M4", refunds_leave_the_spend),
    (laws.check_refunding_everything_restores_the_spend, "M4", refunds_a_fen_less_of_each_line),
    (laws.check_refunds_never_exceed_what_was_paid, "M4", refunds_whatever_is_wanted),
    (laws.check_refunds_never_exceed_what_was_paid, "M4", refunds_leave_the_spend),
    (laws.check_coupons_are_used_once, "C1", uses_coupons_again),
    (laws.check_coupons_are_used_once, "C1", refuses_and_does_it_all_the_same),
    (laws.check_coupons_count_from_their_threshold, "C3", thresholds_of_coupons_exclusive),
    (laws.check_coupons_count_from_their_threshold, "C3", any_order_will_do),
    (laws.check_coupons_end_at_their_moment, "C6", coupons_run_for_days_of_24_hours_and_one_second),
    (laws.check_coupons_end_at_their_moment, "C6", coupons_end_a_second_late),
    (laws.check_budgets_are_kept, "K3", reads_no_limits),
    (laws.check_budgets_are_kept, "K3", takes_nothing_from_the_budget),
    (laws.check_budgets_are_kept, "K3", gives_nothing_back),
    (laws.check_told_twice_changes_nothing, "D1", forgets_orders),
    (laws.check_order_of_telling_makes_no_difference, "D7", drops_refunds_that_come_early),
    (laws.check_the_same_inputs_give_the_same_decision, "D3", counts_its_calls),
    (laws.check_events_say_all_that_changes, "S3", changes_more_than_it_says),
    (laws.check_decisions_can_be_stored, "S1", asks_for_what_nobody_knows),
]


@pytest.mark.parametrize(
    ("check", "law", "broken"), BROKEN, ids=lambda each: getattr(each, "__name__", each)
)
def test_a_broken_rule_is_found_out_by_its_law(check, law, broken):
    with pytest.raises(LawBrokenError, match=f"^{law} does not hold: ") as found:
        check(PROGRAM, decide=broken, settings=MANY)
    assert found.value.law == law


def test_all_laws_are_checked_at_once_and_every_broken_one_is_reported():
    with pytest.raises(ExceptionGroup, match="laws do not hold") as found:
        laws.check_laws(PROGRAM, decide=names_no_program, settings=FEW)
    assert [fault.law for fault in found.value.exceptions] == ["T7"]
    (fault,) = found.value.exceptions
    assert len(fault.example) == 1  # the smallest story there is
    assert str(fault).startswith("T7 does not hold: ")
    assert "the smallest example: [(" in str(fault)


def test_an_error_of_a_users_own_code_is_his_own():
    with pytest.raises(ZeroDivisionError):
        laws.check_thresholds_are_inclusive(PROGRAM, decide=divides_by_zero, settings=FEW)


def divides_by_zero(state, command, program, *, at, **by):
    return 1 // 0


def test_every_law_was_shown_to_bite():
    assert {check for check, _, _ in BROKEN} == set(laws.CHECKS)


@pytest.mark.parametrize("thing", ["shop.toml", None, [PROGRAM]])
def test_laws_are_checked_of_a_program_or_of_a_strategy_of_programs(thing):
    with pytest.raises(InvalidValueError, match=f"of programs; got {type(thing).__name__}"):
        laws.check_laws(thing, settings=FEW)
