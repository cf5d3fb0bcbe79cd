"""Importing a member: what he had spent, and what he is owed for it."""

import pendulum
import pytest
from attrs import evolve

from privlib.commands import MemberImport, Order
from privlib.decisions import EntityVersion, State, import_member, record_order
from privlib.entities import Customer, Member, MemberGift, Reached
from privlib.errors import CurrencyMismatchError, InvalidIdError
from privlib.events import (
    CustomerAdded,
    GiftAlreadyGiven,
    GiftGranted,
    MemberImported,
    TierReached,
)
from privlib.program.loading import default_program
from privlib.refusals import AlreadyMember
from privlib.requests import ShipGift
from privlib.values.money import Money, yuan

REWARDED = default_program()
CATCHING_UP = evolve(REWARDED, enrolment=evolve(REWARDED.enrolment, imported_member="catch_up"))
JOINED = pendulum.datetime(2020, 1, 1, 4)
NOW = pendulum.datetime(2026, 6, 1, 4)


def told(spent="12000", **others):
    return MemberImport(
        **{
            "customer": "wei",
            "joined_at": JOINED,
            "spent": spent if isinstance(spent, Money) else yuan(spent),
        }
        | others
    )


def imported(state, command, program=REWARDED):
    decision = import_member(state, command, program, at=NOW)
    assert decision.after == state.after(decision.events)
    assert decision.timers == decision.cancels == decision.reservations == ()
    return decision


def reached(tier, threshold, spent=12_000):
    return TierReached(
        customer="wei", tier=tier, threshold=yuan(threshold), spent=yuan(spent), at=NOW
    )


def test_an_imported_member_stands_in_his_tier_and_his_gifts_count_as_given():
    decision = imported(State(), told())
    gift = {"customer": "wei", "at": NOW}
    assert decision.key == "member:wei:import"
    assert decision.events == (
        CustomerAdded(customer="wei", source="import", at=NOW),
        MemberImported(customer="wei", joined_at=JOINED, spent=yuan(12_000), at=NOW),
        reached("silver", 5_000),
        GiftAlreadyGiven(gift="silver-pack", tier="silver", value=yuan(300), **gift),
        reached("gold", 10_000),
        GiftAlreadyGiven(gift="gold-pack", tier="gold", value=yuan(800), **gift),
    )
    assert decision.requests == ()
    assert decision.before == (
        EntityVersion("customer", "wei", 0),
        EntityVersion("member", "wei", 0),
    )
    assert decision.after.member("wei") == Member(
        id="wei",
        version=5,
        joined_at=JOINED,
        spent=yuan(12_000),
        paid=yuan(0),
        tier="gold",
        reached=[
            Reached(tier="silver", threshold=yuan(5_000), at=NOW),
            Reached(tier="gold", threshold=yuan(10_000), at=NOW),
        ],
        gifts=[
            MemberGift(id="silver-pack", value=yuan(300), at=NOW),
            MemberGift(id="gold-pack", value=yuan(800), at=NOW),
        ],
    )


def test_where_the_program_catches_up_every_gift_is_owed():
    decision = imported(State(), told(), CATCHING_UP)
    assert [type(event) for event in decision.events[2:]] == [
        TierReached,
        GiftGranted,
        TierReached,
        GiftGranted,
    ]
    assert decision.requests == (
        ShipGift(
            key="member:wei:import/gift/silver-pack",
            customer="wei",
            gift="silver-pack",
            items=["tea sampler", "thermos"],
            value=yuan(300),
        ),
        ShipGift(
            key="member:wei:import/gift/gold-pack",
            customer="wei",
            gift="gold-pack",
            items=["tea set"],
            value=yuan(800),
        ),
    )


@pytest.mark.parametrize(("spent", "tier"), [("0", None), ("4999.99", None), ("5000", "silver")])
def test_the_tier_follows_what_was_spent(spent, tier):
    assert imported(State(), told(spent)).after.member("wei").tier == tier


def test_a_gift_taken_as_given_does_not_come_with_a_later_order():
    state = imported(State(), told("4999.99")).after
    order = Order(id="A-1", customer="wei", paid=yuan("0.01"))
    assert len(record_order(state, order, REWARDED, at=NOW).requests) == 1
    state = imported(State(), told("5000")).after
    assert record_order(state, order, REWARDED, at=NOW).requests == ()


def test_a_customer_whom_the_shop_knows_is_not_added_again():
    state = State(Customer(id="wei", version=1, known_since=JOINED, source="friend"))
    decision = imported(state, told("0"))
    assert decision.events == (
        MemberImported(customer="wei", joined_at=JOINED, spent=yuan(0), at=NOW),
    )


def test_whoever_is_a_member_is_refused():
    state = State(Member(id="wei", version=1, joined_at=JOINED, spent=yuan(100)))
    decision = imported(state, told())
    assert decision.refusals == (AlreadyMember(customer="wei", since=JOINED),)
    assert decision.changes_nothing


@pytest.mark.law("D1")
def test_importing_twice_imports_once():
    """Told twice, the second time changes nothing."""
    first = imported(State(), told())
    again = imported(first.after, told())
    assert again.changes_nothing
    assert again.after == first.after


def test_spend_in_another_currency_is_an_error():
    with pytest.raises(CurrencyMismatchError):
        imported(State(), told(spent=Money(0, "USD")))


def test_a_customer_id_that_is_personal_is_an_error():
    with pytest.raises(InvalidIdError):
        imported(State(), told(customer="wei@example.com"))
