"""Reversing an order: the whole or a part, before or after it is known."""

import pendulum
import pytest
from attrs import evolve

from privlib.commands import Order, OrderLine, Refund, RefundLine
from privlib.decisions import EntityVersion, State, record_order, reverse_order
from privlib.errors import CurrencyMismatchError, InvalidIdError
from privlib.events import (
    GiftReturnable,
    RefundApplied,
    RefundWaited,
    SpendReversed,
    TierLost,
)
from privlib.program.loading import default_program
from privlib.refusals import (
    LineRefundExceedsPaid,
    OrderOfAnother,
    RefundAlreadyRecorded,
    RefundExceedsPaid,
    RefundLineUnknown,
)
from privlib.values.money import Money, yuan

PROGRAM = default_program()
KEEPING_TIERS = evolve(PROGRAM, ladder=evolve(PROGRAM.ladder, tier_after_refund="keep"))
KEEPING_GIFTS = evolve(PROGRAM, ladder=evolve(PROGRAM.ladder, gift_after_refund="keep"))
JUNE = pendulum.datetime(2026, 6, 1, 4)
JULY = pendulum.datetime(2026, 7, 1, 4)


def refund(amount=None, id="R-1", **others):
    told = {"id": id, "order": "A-1", "customer": "wei", "amount": amount}
    return Refund(**told | others)


def ordered(paid, *lines):
    told = Order(
        id="A-1",
        customer="wei",
        paid=yuan(paid),
        lines=[OrderLine(sku=sku, paid=yuan(of)) for sku, of in lines],
    )
    return record_order(State(), told, PROGRAM, at=JUNE).after


def reversed_(state, told, program=PROGRAM, at=JULY):
    decision = reverse_order(state, told, program, at=at)
    assert decision.after == state.after(decision.events)
    assert decision.key == told.decision_key
    assert decision.requests == decision.cancels == ()
    assert all(timer.key == "stage-check:console%3Ashop%3Awei" for timer in decision.timers)
    return decision


def test_a_part_goes_back():
    told = refund(yuan(50))
    decision = reversed_(ordered(200), told)
    assert decision.events == (
        RefundApplied(order="A-1", customer="wei", refund=told, amount=yuan(50), at=JULY),
        SpendReversed(customer="wei", order="A-1", refund="R-1", amount=yuan(50), at=JULY),
    )
    after = decision.after.member("wei")
    assert (after.spent, after.paid, after.orders) == (yuan(150), yuan(200), 1)


def test_the_whole_goes_back_with_tier_and_gift():
    told = refund()
    decision = reversed_(ordered(12_000), told)
    assert decision.events == (
        RefundApplied(order="A-1", customer="wei", refund=told, amount=yuan(12_000), at=JULY),
        SpendReversed(customer="wei", order="A-1", refund="R-1", amount=yuan(12_000), at=JULY),
        TierLost(
            customer="wei",
            tier="gold",
            to=None,
            threshold=yuan(10_000),
            spent=yuan(0),
            at=JULY,
        ),
        GiftReturnable(customer="wei", gift="silver-pack", value=yuan(300), at=JULY),
        GiftReturnable(customer="wei", gift="gold-pack", value=yuan(800), at=JULY),
    )
    assert decision.after.member("wei").tier is None


@pytest.mark.parametrize(
    ("amount", "tier", "returnable"),
    [
        ("2000", "gold", []),
        ("2000.01", "silver", ["gold-pack"]),
        ("7000", "silver", ["gold-pack"]),
        ("7000.01", None, ["silver-pack", "gold-pack"]),
    ],
)
def test_a_tier_is_lost_one_fen_below_its_threshold(amount, tier, returnable):
    after = reversed_(ordered(12_000), refund(yuan(amount))).after.member("wei")
    assert after.tier == tier
    assert [gift.id for gift in after.gifts if gift.standing == "returnable"] == returnable


@pytest.mark.law("T6")
def test_the_named_rules_keep_tier_or_gift():
    """A refund follows the named rule."""
    kept = reversed_(ordered(12_000), refund(), KEEPING_TIERS)
    assert [type(event) for event in kept.events[2:]] == [GiftReturnable, GiftReturnable]
    assert kept.after.member("wei").tier == "gold"
    unmarked = reversed_(ordered(12_000), refund(), KEEPING_GIFTS)
    assert [type(event) for event in unmarked.events[2:]] == [TierLost]


@pytest.mark.law("T4")
def test_a_gift_comes_once_however_often_its_tier_is_lost_and_reached():
    """Each gift is granted at most once over any sequence of purchases and refunds."""
    state, shipped = ordered(5_000), 0
    for number in range(2, 6):
        state = reverse_order(
            state, refund(order=f"A-{number - 1}", id=f"R-{number}"), PROGRAM, at=JULY
        ).after
        assert state.member("wei").tier is None
        told = Order(id=f"A-{number}", customer="wei", paid=yuan(5_000))
        decision = record_order(state, told, PROGRAM, at=JULY)
        state, shipped = decision.after, shipped + len(decision.requests)
        assert state.member("wei").tier == "silver"
    assert shipped == 0
    assert [gift.standing.value for gift in state.member("wei").gifts] == ["earned"]


def test_a_refund_before_its_order_waits():
    told = refund(yuan(50), refunded_at=JUNE)
    decision = reversed_(State(), told)
    assert decision.events == (RefundWaited(refund=told, at=JUNE),)
    assert decision.before == (EntityVersion("order", "A-1", 0),)
    assert decision.after.member("wei").joined_at is None


@pytest.mark.law("D7")
@pytest.mark.parametrize("amount", [None, yuan(0), yuan("0.01"), yuan(7_000), yuan(12_000)])
def test_a_refund_and_its_order_commute(amount):
    """In net spend, tier, and counts it makes no difference which of the two was told first."""
    order = Order(id="A-1", customer="wei", paid=yuan(12_000))
    after = reversed_(ordered(12_000), refund(amount)).after
    before = record_order(reversed_(State(), refund(amount)).after, order, PROGRAM, at=JULY).after
    for state in (after, before):
        assert state.order("A-1").waiting == ()
    one, other = after.member("wei"), before.member("wei")
    assert (one.spent, one.paid, one.tier, one.orders) == (
        other.spent,
        other.paid,
        other.tier,
        other.orders,
    )
    assert after.order("A-1").refunded == before.order("A-1").refunded


def test_more_than_is_left_is_refused_with_the_numbers():
    state = reversed_(ordered(200), refund(yuan(50), id="R-0")).after
    assert reversed_(state, refund(yuan(150))).refusals == ()
    decision = reversed_(state, refund(yuan("150.01")))
    assert decision.refusals == (
        RefundExceedsPaid(order="A-1", paid=yuan(200), refunded=yuan(50), wanted=yuan("150.01")),
    )
    assert decision.changes_nothing


def test_all_reasons_against_a_refund_are_given():
    lines = [RefundLine(line="pot", amount=yuan(1)), RefundLine(line="tea", amount=yuan(300))]
    decision = reversed_(ordered(200, ("tea", 200)), refund(yuan(301), lines=lines))
    assert decision.refusals == (
        RefundExceedsPaid(order="A-1", paid=yuan(200), refunded=yuan(0), wanted=yuan(301)),
        RefundLineUnknown(order="A-1", line="pot"),
        LineRefundExceedsPaid(order="A-1", line="tea", left=yuan(200), wanted=yuan(300)),
    )
    assert decision.changes_nothing


def test_a_refund_of_somebody_elses_order_is_refused():
    decision = reversed_(ordered(200), refund(yuan(1), customer="ana"))
    assert decision.refusals == (OrderOfAnother(order="A-1", customer="ana"),)
    assert decision.changes_nothing


def test_a_refund_is_shared_over_lines_and_the_whole_is_exact_per_line():
    state = ordered(100, ("tea", "33.33"), ("cup", "66.67"))
    part = reversed_(state, refund(yuan(10), id="R-0"))
    assert part.events[0].lines == (
        RefundLine(line="tea", amount=yuan("3.33")),
        RefundLine(line="cup", amount=yuan("6.67")),
    )
    rest = reversed_(part.after, refund())
    assert rest.events[0].lines == (
        RefundLine(line="tea", amount=yuan(30)),
        RefundLine(line="cup", amount=yuan(60)),
    )


def test_an_order_that_is_all_back_gives_nothing_more():
    state = reversed_(ordered(100, ("tea", 100)), refund(id="R-0")).after
    decision = reversed_(state, refund())
    assert decision.events[0].amount == yuan(0)
    assert decision.after.member("wei").spent == yuan(0)


@pytest.mark.law("D1")
@pytest.mark.parametrize("state", [State(), ordered(200)], ids=["waiting", "applied"])
def test_the_same_refund_told_twice_changes_nothing(state):
    """Whether it waits or was applied, told again it makes no event."""
    first = reversed_(state, refund(yuan(50)))
    again = reversed_(first.after, refund(yuan(50)), at=JULY.add(days=1))
    assert again.changes_nothing
    assert again.refusals == ()
    assert again.after == first.after


@pytest.mark.law("D2")
@pytest.mark.parametrize("state", [State(), ordered(200)], ids=["waiting", "applied"])
@pytest.mark.parametrize(
    "other", [{"amount": yuan(51)}, {"amount": None}, {"customer": "ana"}, {"refunded_at": JUNE}]
)
def test_a_refund_told_again_with_other_content_is_refused(state, other):
    """What was recorded stands; nothing changes."""
    first = reversed_(state, refund(yuan(50)))
    decision = reversed_(first.after, refund(**{"amount": yuan(50)} | other))
    assert decision.refusals == (RefundAlreadyRecorded(order="A-1", refund="R-1"),)
    assert decision.changes_nothing


def test_a_refund_that_could_not_be_borne_is_remembered_too():
    state = reversed_(State(), refund(yuan(50), customer="ana")).after
    order = Order(id="A-1", customer="wei", paid=yuan(200))
    state = record_order(state, order, PROGRAM, at=JULY).after
    assert reversed_(state, refund(yuan(50), customer="ana")).changes_nothing
    assert reversed_(state, refund(yuan(50))).refusals == (
        RefundAlreadyRecorded(order="A-1", refund="R-1"),
    )


def test_a_refund_in_another_currency_is_an_error():
    with pytest.raises(CurrencyMismatchError):
        reverse_order(ordered(200), refund(Money(0, "USD")), PROGRAM, at=JULY)


def test_a_refund_of_a_customer_id_that_is_personal_is_an_error():
    with pytest.raises(InvalidIdError):
        reverse_order(State(), refund(customer="13800138000"), PROGRAM, at=JULY)


def test_what_was_read_is_guarded():
    assert reversed_(ordered(200), refund(yuan(1))).before == (
        EntityVersion("customer", "wei", 2),
        EntityVersion("member", "wei", 2),
        EntityVersion("order", "A-1", 1),
        EntityVersion("relation", "console:shop:wei", 2),
    )
