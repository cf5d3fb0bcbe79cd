"""Checks of round trips: extremes go in and come out whole."""

from __future__ import annotations

from typing import Final

import pendulum

from privlib.commands import MemberImport, NewFriend, Order, OrderLine, StageMove
from privlib.entities.query import Query
from privlib.requests import SendMessage, Variable
from privlib.reservations import Reservation
from privlib.testing.conformance.samples import (
    FAR,
    NOON,
    WEI,
    bare,
    coupon_issued,
    decided,
    follow_up,
    gift,
    taking,
)
from privlib.testing.conformance.supplied import Supplied
from privlib.values.ids import CustomerId, EmployeeId, EntityRef, OrderId, RelationId
from privlib.values.money import LARGEST_MINOR, Money, yuan
from privlib.values.personal import Masked, PersonalRef, PersonalValue

__all__ = ["RoundTrips"]

_FIRST: Final = pendulum.datetime(1, 1, 1)
_LAST: Final = pendulum.datetime(9999, 12, 31, 23, 59, 59, 999_999)
_MOMENTS: Final = (
    _FIRST,
    _FIRST.add(microseconds=1),
    pendulum.datetime(1940, 5, 31, 16),  # midnight in Shanghai, which did not strike
    pendulum.datetime(1969, 12, 31, 23, 59, 59, 999_999),
    pendulum.datetime(1970, 1, 1),
    pendulum.datetime(2026, 6, 1, 12, 0, 0, 123_456),
    pendulum.datetime(2026, 11, 1, 5, 30),  # 1:30 in New York, for the first time
    pendulum.datetime(2026, 11, 1, 6, 30),  # and for the second
    pendulum.datetime(2038, 1, 19, 3, 14, 8),
    _LAST,
)
_TEXTS: Final = (
    "",
    "null",
    "微信x" * 16_384,
    "👩" * 65_536,
    "👩‍👩‍👧🏽‍🦱",
    "שלום \u202e\u2067مرحبا",
    " \t\r\n\u00a0\u3000 ",
    "'\"`\\;--%s%(x)s:x?{}$1",
    "\x01\x1f\x7f\x85\ufeff\ufffe\uffff",
    "é e\u0301 ﬀ Å Å",
)
_LETTERS: Final = ("x", "微", "👩", ":", "%")


class RoundTrips(Supplied):
    """Any text, moment, amount and id is the same afterwards."""

    def test_any_text_comes_back_as_it_was(self) -> None:
        """64 KiB, emoji, right-to-left, quotes and controls: text is any Unicode but NUL."""
        storage = self.new()
        ref = PersonalRef("name:wei")
        for number, text in enumerate(_TEXTS):
            message = SendMessage(
                key=f"m-{number}",
                customer=CustomerId("wei"),
                relation=RelationId("r"),
                employee=EmployeeId("mei"),
                carrier="wecom",
                text=text,
                variables=[Variable("name", ref), Variable("shop", text)],
            )
            value = PersonalValue(ref=ref, customer=CustomerId("wei"), value=Masked(text))
            decision = bare(f"d-{number}", requests=[message], personal=[value])
            storage.save(decision)
            stored = storage.stored(decision.key)
            assert stored is not None
            assert stored.requests == (message,)
            assert [claimed.request for claimed in storage.claim(at=NOON)] == [message]
            assert storage.personal([ref])[ref].reveal() == text

    def test_any_moment_comes_back_to_the_microsecond(self) -> None:
        """Years 1 and 9999, before 1970, and the hours that local clocks strike twice or never."""
        for moment in _MOMENTS:
            storage = self.new()
            due = follow_up("r", due=moment)
            issued = coupon_issued("c", at=moment, expires_at=moment)
            decision = bare("d", at=moment, events=[issued], timers=[due], requests=[gift("g")])
            storage.save(decision)
            assert storage.get([EntityRef("coupon", "c")]) == decision.changed
            assert storage.due(moment) == (due,), str(moment)
            assert storage.stored("d") == decision
            assert [claimed.request for claimed in storage.claim(at=moment, lease_seconds=0)] == [
                gift("g")
            ]
            (recorded,) = storage.history([EntityRef("coupon", "c")])
            assert (recorded.event, recorded.decided_at) == (issued, moment)

    def test_any_amount_comes_back_to_the_fen(self) -> None:
        """0 and +-(2^63-1), and what a float cannot count."""
        storage = self.new()
        amounts = (0, 1, 2**53 + 1, LARGEST_MINOR, -1, -LARGEST_MINOR)
        requests = [gift(str(minor), value=Money(minor)) for minor in amounts]
        decision = bare("d", requests=requests)
        storage.save(decision)
        assert storage.stored("d") == decision
        values = [getattr(claimed.request, "value", None) for claimed in storage.claim(at=NOON)]
        assert values == [Money(minor) for minor in amounts]

    def test_any_reservation_comes_back_whole(self) -> None:
        """Limits are used by whole numbers, however large."""
        storage = self.new()
        for amount in (0, 1, 2**53 + 1, LARGEST_MINOR):
            take = bare(f"take {amount}", reservations=[taking("l", amount, limit=LARGEST_MINOR)])
            back = bare(f"back {amount}", reservations=[Reservation.give_back("l", amount)])
            storage.save(take)
            assert storage.limits(["l"]) == {"l": amount}
            storage.save(back)
            assert storage.limits(["l"]) == {"l": 0}
            assert (storage.stored(take.key), storage.stored(back.key)) == (take, back)

    def test_the_richest_member_of_all_times_comes_back_whole(self) -> None:
        """An entity of the largest numbers and the first of all moments."""
        storage = self.new()
        spent_nothing = MemberImport(customer=CustomerId("wei"), joined_at=_FIRST, spent=Money(0))
        storage.save(decided(storage, spent_nothing, at=_FIRST))
        order = Order(
            id=OrderId("A-1"),
            customer=CustomerId("wei"),
            paid=Money(LARGEST_MINOR),
            paid_at=NOON,
            lines=[
                OrderLine(sku="tea", quantity=LARGEST_MINOR, paid=Money(LARGEST_MINOR)),
                OrderLine(sku="bag", paid=Money(0)),
            ],
        )
        decision = decided(storage, order)
        storage.save(decision)
        found = storage.get([WEI, EntityRef("order", "A-1")])
        assert found == (decision.after.member("wei"), decision.after.order("A-1"))
        assert decision.after.member("wei").spent == Money(LARGEST_MINOR)

    def test_the_longest_ids_fit_into_every_key(self) -> None:
        """Keys made of several ids of 128 characters each, every one of them escaped."""
        for letter in _LETTERS:
            storage = self.new()
            friend = NewFriend(
                customer=CustomerId(_long("c", letter)),
                employee=EmployeeId(_long("e", letter)),
                carrier=_long("w", letter),
                added_at=NOON,
                source=_long("q", letter),
            )
            order = Order(id=OrderId(_long("o", letter)), customer=friend.customer, paid=yuan(9))
            move = StageMove(key=_long("k", letter), relation=friend.relation, to="in touch")
            for told in (friend, order, move):
                storage.save(decided(storage, told))
            (timer,) = [each for each in storage.due(FAR) if each.about.id == friend.relation]
            storage.save(decided(storage, timer, at=timer.due))
            whose = Query("relation", index="customer", low=friend.customer, high=friend.customer)
            assert [relation.id for relation in storage.find(whose)] == [friend.relation]
            assert [claimed.request.customer for claimed in storage.claim(at=FAR)][-1:] == [
                friend.customer
            ]


def _long(first: str, letter: str) -> str:
    """An id of 128 characters that does not compress well."""
    return first + "".join(
        letter if ordinal % 3 else chr(ord(letter) + ordinal % 7) for ordinal in range(127)
    )
