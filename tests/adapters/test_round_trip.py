"""Extremes go into every storage and come out whole; what was saved outlives its storage."""

import pendulum
import pytest
from sqlalchemy import select, text
from tests.adapters.deciding import FAR, NOON, PROGRAM, bare, contents, decided

from privlib import (
    EntityRef,
    MemberImport,
    Money,
    NewFriend,
    Order,
    OrderLine,
    Refund,
    Reservation,
    StageMove,
    yuan,
)
from privlib.adapters.sql.tables import ENTITIES, LIMITS, TIMERS
from privlib.entities.query import Query
from privlib.events import CouponIssued
from privlib.requests import SendMessage, ShipGift, Variable
from privlib.timers import FollowUpDue
from privlib.values.money import LARGEST_MINOR
from privlib.values.personal import Masked, PersonalRef, PersonalValue

FIRST = pendulum.datetime(1, 1, 1)
LAST = pendulum.datetime(9999, 12, 31, 23, 59, 59, 999_999)
TEXTS = {
    "64 KiB": "微信x" * 16_384,
    "64 Ki emoji": "👩" * 65_536,
    "joined emoji": "👩‍👩‍👧🏽‍🦱",
    "right to left": "שלום \u202e\u2067مرحبا",
    "white space": " \t\r\n\u00a0\u3000 ",
    "quotes": "'\"`\\;--%s%(x)s:x?{}$1",
    "controls": "\x01\x1f\x7f\x85\ufeff\ufffe\uffff",
    "normal forms": "é e\u0301 ﬀ Å Å",
    "empty": "",
    "null": "null",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_any_text_comes_back_as_it_was(storage, text):
    message = SendMessage(
        key="m",
        customer="wei",
        relation="r",
        employee="mei",
        carrier="wecom",
        text=text,
        variables=[Variable("name", PersonalRef("name:wei")), Variable("shop", text)],
    )
    value = PersonalValue(ref=PersonalRef("name:wei"), customer="wei", value=Masked(text))
    decision = bare("d", requests=[message], personal=[value])
    storage.save(decision)
    assert storage.stored("d").requests == (message,)
    assert [claimed.request for claimed in storage.claim(at=NOON)] == [message]
    assert storage.personal([value.ref])[value.ref].reveal() == text


@pytest.mark.parametrize(
    "moment",
    [
        FIRST,
        FIRST.add(microseconds=1),
        pendulum.datetime(1969, 12, 31, 23, 59, 59, 999_999),
        pendulum.datetime(1970, 1, 1),
        pendulum.datetime(2026, 6, 1, 12, 0, 0, 123_456),
        pendulum.datetime(2038, 1, 19, 3, 14, 8),
        LAST,
    ],
    ids=str,
)
def test_any_moment_comes_back_to_the_microsecond(make_storage, moment):
    storage = make_storage(clock=lambda: moment)
    due = FollowUpDue(relation="r", customer="wei", stage="new friend", due=moment)
    issued = CouponIssued(
        coupon="c",
        customer="wei",
        campaign="june",
        template="20 off",
        value=yuan(20),
        threshold=yuan(100),
        expires_at=moment,
        at=moment,
    )
    decision = bare("d", at=moment, events=[issued], timers=[due])
    storage.save(decision)
    (coupon,) = storage.get([EntityRef("coupon", "c")])
    assert (coupon.expires_at, coupon.issued_at) == (moment, moment)
    assert storage.due(LAST) == (due,)
    assert storage.stored("d") == decision
    (recorded,) = storage.history([EntityRef("coupon", "c")])
    assert (recorded.decided_at, recorded.recorded_at) == (moment, moment)


@pytest.mark.parametrize("minor", [0, 1, 2**53 + 1, LARGEST_MINOR, -1, -LARGEST_MINOR])
def test_any_amount_comes_back_to_the_fen(storage, minor):
    gift = ShipGift(key="g", customer="wei", gift="tea", value=Money(minor))
    storage.save(bare("d", requests=[gift]))
    assert storage.stored("d").requests == (gift,)
    (claimed,) = storage.claim(at=NOON)
    assert type(claimed.request.value.minor) is int
    assert claimed.request.value == Money(minor)


@pytest.mark.parametrize("amount", [0, 2**53 + 1, LARGEST_MINOR])
def test_any_reservation_comes_back_whole(storage, amount):
    take = Reservation(limit_key="l", amount=amount, limit=LARGEST_MINOR)
    back = Reservation.give_back("l", amount)
    storage.save(bare("take", reservations=[take]))
    assert storage.limits(["l"]) == {"l": amount}
    storage.save(bare("back", reservations=[back]))
    assert storage.stored("take").reservations == (take,)
    assert storage.stored("back").reservations == (back,)
    assert storage.limits(["l"]) == {"l": 0}


def test_the_richest_member_of_all_times_comes_back_whole(storage):
    storage.save(
        decided(storage, MemberImport(customer="wei", joined_at=FIRST, spent=Money(0)), at=FIRST)
    )
    order = Order(
        id="A-1",
        customer="wei",
        paid=Money(LARGEST_MINOR),
        paid_at=NOON,
        lines=[
            OrderLine(sku="tea", quantity=LARGEST_MINOR, paid=Money(LARGEST_MINOR)),
            OrderLine(sku="bag", paid=Money(0)),
        ],
    )
    decision = decided(storage, order)
    storage.save(decision)
    member, record = storage.get([EntityRef("member", "wei"), EntityRef("order", "A-1")])
    assert (member, record) == (decision.after.member("wei"), decision.after.order("A-1"))
    assert member.spent == Money(LARGEST_MINOR)
    assert member.joined_at == FIRST
    assert len(member.gifts) == 4


@pytest.mark.parametrize(
    "letter", ["x", "微", "👩", ":", "%"], ids=["x", "微", "emoji", "colon", "percent"]
)
def test_the_longest_ids_fit_into_every_key(make_storage, letter):
    storage = make_storage(shop=varied("s", letter))
    friend = NewFriend(
        customer=varied("c", letter),
        employee=varied("e", letter),
        carrier=varied("w", letter),
        added_at=NOON,
        source=varied("q", letter),
    )
    storage.save(decided(storage, friend))
    storage.save(
        decided(storage, Order(id=varied("o", letter), customer=friend.customer, paid=yuan(9_999)))
    )
    storage.save(
        decided(
            storage, StageMove(key=varied("k", letter), relation=friend.relation, to="in touch")
        )
    )
    (timer,) = [timer for timer in storage.due(FAR) if timer.about.id == friend.relation]
    storage.save(decided(storage, timer, at=timer.due))
    (relation,) = storage.find(
        Query("relation", index="customer", low=friend.customer, high=friend.customer)
    )
    assert (relation.id, relation.follow_ups) == (friend.relation, 1)


def varied(first, letter):
    """An id of 128 characters that does not compress well."""
    return first + "".join(
        letter if ordinal % 3 else chr(ord(letter) + ordinal % 7) for ordinal in range(127)
    )


# Reopening


def test_reopening_keeps_all(open_sql):
    storage = open_sql()
    storage.keep_program(PROGRAM)
    decisions = []
    for told in (
        Order(id="A-1", customer="wei", paid=yuan(60_000), paid_at=NOON),
        NewFriend(customer="wei", employee="mei", carrier="wecom", added_at=NOON),
        Refund(id="R-1", order="A-1", customer="wei", amount=yuan(20_000), refunded_at=NOON),
        Refund(id="R-2", order="A-2", customer="wei", refunded_at=NOON),
    ):
        decisions.append(decided(storage, told))
        storage.save(decisions[-1])
    storage.save(bare("limit", reservations=[Reservation(limit_key="l", amount=7, limit=7)]))
    before = contents(storage, "l")
    storage.close()
    again = open_sql()
    assert contents(again, "l") == before
    assert [again.stored(decision.key) for decision in decisions] == decisions
    assert again.program(PROGRAM.version) == PROGRAM
    assert len(before["entities"]) > 4


def test_a_closed_storage_opens_again_by_itself(open_sql):
    storage = open_sql()
    storage.save(decided(storage, Order(id="A-1", customer="wei", paid=yuan(10))))
    storage.close()
    assert len(storage.get([EntityRef("member", "wei")])) == 1


# Looked at from outside


def test_numbers_are_whole_numbers_in_the_database_too(open_sql):
    storage = open_sql()
    taking = Reservation(limit_key="l", amount=LARGEST_MINOR, limit=LARGEST_MINOR)
    due = FollowUpDue(relation="r", customer="wei", stage="new friend", due=LAST)
    storage.save(bare("d", at=LAST, reservations=[taking], timers=[due]))
    with storage._access.reading() as connection:
        values = [
            connection.scalar(select(LIMITS.c.used)),
            connection.scalar(select(TIMERS.c.due)),
        ]
    assert values == [LARGEST_MINOR, 253_402_300_799_999_999]
    assert {type(value) for value in values} == {int}


def test_text_is_stored_as_utf_8_that_anybody_can_read(open_sql):
    storage = open_sql()
    storage.save(decided(storage, Order(id="微信-1", customer="魏", paid=yuan(10))))
    with storage._access.reading() as connection:
        body = connection.scalar(select(ENTITIES.c.body).where(ENTITIES.c.kind == "order"))
        length = connection.scalar(
            text("SELECT length(id) FROM privlib_entities WHERE kind = 'order'")
        )
    assert '"id":"微信-1"' in body
    assert length == 4
