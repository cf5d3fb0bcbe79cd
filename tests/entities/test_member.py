"""The member: spend, tier and gifts, event by event."""

import pendulum
import pytest
from attrs import evolve

from privlib.entities import GiftStanding, IndexKey, Member, MemberGift, Reached
from privlib.errors import CurrencyMismatchError, ImpossibleEventError, InvalidValueError
from privlib.events import (
    GiftAlreadyGiven,
    GiftGranted,
    GiftReearned,
    GiftReturnable,
    MemberImported,
    MemberJoined,
    SpendAdded,
    SpendReversed,
    TierLost,
    TierReached,
)
from privlib.values.money import Money, yuan

JUNE = pendulum.datetime(2026, 6, 1, 4)
JULY = pendulum.datetime(2026, 7, 1, 4)


def spend(amount, order="A-1"):
    return SpendAdded(customer="wei", order=order, amount=amount, at=JUNE)


def refund(amount):
    return SpendReversed(customer="wei", order="A-1", refund="R-1", amount=amount, at=JUNE)


def reached(tier, threshold, *, order="A-1", at=JUNE):
    return TierReached(
        customer="wei", tier=tier, threshold=threshold, spent=threshold, order=order, at=at
    )


def granted(gift="silver-pack"):
    return GiftGranted(customer="wei", gift=gift, tier="silver", value=yuan(300), at=JUNE)


def test_a_member_who_joined_has_spent_nothing_in_the_currency_of_the_shop():
    member = Member(id="wei").apply(MemberJoined(customer="wei", currency="JPY", at=JUNE))
    nothing = Money(0, "JPY")
    assert member == Member(id="wei", version=1, joined_at=JUNE, spent=nothing, paid=nothing)


def test_an_imported_member_joined_when_he_did_and_paid_nothing_here():
    event = MemberImported(customer="wei", joined_at=JUNE, spent=yuan(7_000), at=JULY)
    assert Member(id="wei").apply(event) == Member(
        id="wei", version=1, joined_at=JUNE, spent=yuan(7_000), paid=yuan(0)
    )


@pytest.mark.parametrize(
    "event",
    [
        MemberJoined(customer="wei", currency="CNY", at=JULY),
        MemberImported(customer="wei", joined_at=JULY, spent=yuan(1), at=JULY),
    ],
)
def test_nobody_joins_twice_and_loses_what_he_spent(event):
    with pytest.raises(ImpossibleEventError, match="he is a member already"):
        Member(id="wei", joined_at=JUNE, spent=yuan(6_000)).apply(event)


@pytest.mark.parametrize("field", ["spent", "paid"])
def test_what_a_member_spent_and_paid_is_money(field):
    with pytest.raises(InvalidValueError, match=r"Money.*; got int"):
        Member(id="wei", **{field: 4_900})


def test_an_order_counts_in_spent_paid_and_orders():
    member = Member(id="wei", joined_at=JUNE).apply(spend(yuan("199.90"))).apply(spend(yuan(0)))
    assert member == Member(
        id="wei",
        version=2,
        joined_at=JUNE,
        spent=yuan("199.90"),
        paid=yuan("199.90"),
        orders=2,
        last_order_at=spend(yuan(0)).at,
    )


def test_the_last_order_is_the_latest_paid_in_whatever_order_they_are_told():
    early, late = spend(yuan(1)), evolve(spend(yuan(2)), at=JUNE.add(days=9))
    for told in ([early, late], [late, early]):
        member = Member(id="wei", joined_at=JUNE)
        for event in told:
            member = member.apply(event)
        assert member.last_order_at == late.at


def test_a_refund_takes_from_what_was_spent_and_not_from_what_was_paid():
    member = Member(id="wei", joined_at=JUNE).apply(spend(yuan(200))).apply(refund(yuan(50)))
    assert (member.spent, member.paid, member.orders) == (yuan(150), yuan(200), 1)


def test_all_that_was_spent_can_go_back_and_not_a_fen_more():
    member = Member(id="wei", joined_at=JUNE, spent=yuan(200))
    assert member.apply(refund(yuan(200))).spent == yuan(0)
    with pytest.raises(ImpossibleEventError, match=r"only 200\.00 CNY were spent"):
        member.apply(refund(yuan("200.01")))


def test_spend_in_another_currency_is_an_error():
    with pytest.raises(CurrencyMismatchError):
        Member(id="wei", joined_at=JUNE, spent=yuan(200)).apply(spend(Money(1, "USD")))


def test_reaching_a_tier_remembers_the_order_and_the_moment():
    member = Member(id="wei", joined_at=JUNE).apply(reached("silver", yuan(5_000)))
    assert member.tier == "silver"
    assert member.reached == (Reached(tier="silver", threshold=yuan(5_000), order="A-1", at=JUNE),)


def test_a_tier_that_is_lost_and_reached_again_was_first_reached_the_first_time():
    lost = TierLost(
        customer="wei", tier="silver", to=None, threshold=yuan(5_000), spent=yuan(0), at=JUNE
    )
    again = reached("silver", yuan(5_000), order="A-2", at=JULY)
    member = Member(id="wei", joined_at=JUNE).apply(reached("silver", yuan(5_000))).apply(lost)
    assert member.tier is None
    member = member.apply(again)
    assert member.tier == "silver"
    assert [(first.order, first.at) for first in member.reached] == [("A-1", JUNE)]
    assert member.version == 3


def test_a_member_who_loses_his_tier_falls_to_the_one_named():
    lost = TierLost(
        customer="wei",
        tier="gold",
        to="silver",
        threshold=yuan(10_000),
        spent=yuan(6_000),
        at=JUNE,
    )
    assert Member(id="wei", joined_at=JUNE, tier="gold").apply(lost).tier == "silver"


@pytest.mark.parametrize("tier", [None, "silver", "diamond"])
def test_nobody_loses_a_tier_he_does_not_stand_in(tier):
    lost = TierLost(
        customer="wei",
        tier="gold",
        to="silver",
        threshold=yuan(10_000),
        spent=yuan(6_000),
        at=JUNE,
    )
    with pytest.raises(ImpossibleEventError, match=f"he stands in {tier}"):
        Member(id="wei", joined_at=JUNE, tier=tier).apply(lost)


def test_a_gift_is_granted_and_marked_and_earned_again():
    member = Member(id="wei", joined_at=JUNE).apply(granted())
    pack = MemberGift(id="silver-pack", value=yuan(300), at=JUNE)
    assert member.gifts == (pack,)
    assert member.gift("silver-pack") == pack
    assert member.gift("gold-pack") is None
    member = member.apply(
        GiftReturnable(customer="wei", gift="silver-pack", value=yuan(300), at=JULY)
    )
    assert member.gift("silver-pack").standing is GiftStanding.RETURNABLE
    member = member.apply(
        GiftReearned(customer="wei", gift="silver-pack", value=yuan(300), at=JULY)
    )
    assert member.gifts == (pack,)


def test_marking_one_gift_leaves_the_others_in_place():
    member = Member(id="wei", joined_at=JUNE).apply(granted("a")).apply(granted("b"))
    member = member.apply(granted("c"))
    marked = member.apply(GiftReturnable(customer="wei", gift="b", value=yuan(300), at=JULY))
    assert [(gift.id, gift.standing.value) for gift in marked.gifts] == [
        ("a", "earned"),
        ("b", "returnable"),
        ("c", "earned"),
    ]


@pytest.mark.parametrize("event_kind", [GiftGranted, GiftAlreadyGiven])
def test_a_gift_is_never_granted_twice(event_kind):
    again = event_kind(customer="wei", gift="silver-pack", tier="silver", value=yuan(300), at=JULY)
    with pytest.raises(ImpossibleEventError, match="the gift silver-pack was granted before"):
        Member(id="wei", joined_at=JUNE).apply(granted()).apply(again)


@pytest.mark.parametrize("event_kind", [GiftReturnable, GiftReearned])
def test_a_gift_that_was_not_granted_cannot_be_marked(event_kind):
    event = event_kind(customer="wei", gift="silver-pack", value=yuan(300), at=JULY)
    with pytest.raises(ImpossibleEventError, match="is not there to be marked"):
        Member(id="wei", joined_at=JUNE).apply(event)


def test_a_gift_is_not_marked_as_what_it_is_already():
    member = Member(id="wei", joined_at=JUNE).apply(granted())
    with pytest.raises(ImpossibleEventError):
        member.apply(GiftReearned(customer="wei", gift="silver-pack", value=yuan(300), at=JULY))
    returnable = GiftReturnable(customer="wei", gift="silver-pack", value=yuan(300), at=JULY)
    with pytest.raises(ImpossibleEventError):
        member.apply(returnable).apply(returnable)


def test_a_member_is_found_by_his_tier_once_he_has_one():
    assert Member(id="wei").index_keys == ()
    assert Member(id="wei", tier="gold").index_keys == (IndexKey("tier", "gold"),)


def test_what_a_new_member_paid_is_nothing_in_the_currency_he_spends():
    assert Member(id="wei", spent=Money(500, "USD")).paid == Money(0, "USD")
