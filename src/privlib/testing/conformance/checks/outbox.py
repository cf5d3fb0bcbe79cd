"""Checks of the outbox: claimed for a time, settled once, handed on, never in the way."""

from __future__ import annotations

from collections.abc import Iterable

import pendulum

from privlib.plugins.deliveries import Delivery, Outcome
from privlib.plugins.storages import Claimed, WholeStorage
from privlib.testing.conformance.samples import NOON, bare, decided, gift, order
from privlib.testing.conformance.supplied import Supplied

__all__ = ["Outbox"]

_ACCEPTED = Delivery(outcome=Outcome.ACCEPTED)


class Outbox(Supplied):
    """Requests are claimed by row and lease; what is settled for good never comes back."""

    def test_a_request_comes_with_its_decision_or_not_at_all(self) -> None:
        """Outbox row if and only if commit."""
        storage = self.new()
        decision = decided(storage, order("A-1", 5_000))
        storage.save(decision)
        claims = storage.claim(at=NOON)
        assert [claimed.request for claimed in claims] == list(decision.requests) != []
        storage.save(decision)
        assert storage.claim(at=NOON) == ()

    def test_a_request_is_claimed_from_its_moment_on(self) -> None:
        """Nothing is sent before the moment at which it was decided."""
        storage = self.new()
        _ask(storage, "r")
        assert storage.claim(at=NOON.subtract(microseconds=1)) == ()
        assert storage.claim(at=NOON) == (Claimed(gift("r"), 1),)

    def test_what_is_claimed_is_nobody_elses_while_the_lease_runs(self) -> None:
        """A lease runs to the microsecond."""
        storage = self.new()
        _ask(storage, "r")
        storage.claim(at=NOON, lease_seconds=60)
        assert storage.claim(at=NOON.add(seconds=59, microseconds=999_999)) == ()

    def test_a_lease_that_ran_out_hands_the_request_on(self) -> None:
        """A lease that ran out hands the row on, as another attempt."""
        storage = self.new()
        _ask(storage, "r")
        storage.claim(at=NOON, lease_seconds=60)
        assert storage.claim(at=NOON.add(seconds=60)) == (Claimed(gift("r"), 2),)

    def test_a_late_settlement_is_refused(self) -> None:
        """A late settle is refused, before and after the other one has settled."""
        storage = self.new()
        _ask(storage, "r")
        (mine,) = storage.claim(at=NOON, lease_seconds=60)
        (theirs,) = storage.claim(at=NOON.add(seconds=60), lease_seconds=60)
        assert not storage.settle(mine, _ACCEPTED, at=NOON.add(seconds=61))
        retry = Delivery(outcome=Outcome.RETRY)
        assert storage.settle(theirs, retry, at=NOON.add(seconds=62))
        assert not storage.settle(mine, _ACCEPTED, at=NOON.add(seconds=63))
        assert _keys(storage.claim(at=NOON.add(days=1))) == ["r"]

    def test_a_settlement_after_the_lease_counts_where_nobody_took_over(self) -> None:
        """Who was slow, but not replaced, has sent it all the same."""
        storage = self.new()
        _ask(storage, "r")
        (mine,) = storage.claim(at=NOON, lease_seconds=60)
        assert storage.settle(mine, _ACCEPTED, at=NOON.add(seconds=90))
        assert storage.claim(at=NOON.add(days=1)) == ()

    def test_what_is_settled_for_good_never_comes_back(self) -> None:
        """Accepted, refused, unknown and expired are the end of a request."""
        storage = self.new()
        final = (Outcome.ACCEPTED, Outcome.REFUSED, Outcome.UNKNOWN, Outcome.EXPIRED)
        _ask(storage, *final)
        for claimed, outcome in zip(storage.claim(at=NOON), final, strict=True):
            assert storage.settle(claimed, Delivery(outcome=outcome, reason="so"), at=NOON)
            assert not storage.settle(claimed, Delivery(outcome=Outcome.RETRY), at=NOON)
        assert storage.claim(at=NOON.add(years=1)) == ()
        decision = storage.stored(f"d-{Outcome.REFUSED}")
        assert decision is not None
        assert decision.requests == (gift(Outcome.REFUSED),)

    def test_settling_what_was_never_asked_says_so(self) -> None:
        """There is nothing to settle."""
        assert not self.new().settle(Claimed(gift("nobody"), 1), _ACCEPTED, at=NOON)

    def test_a_retry_waits_to_the_second(self) -> None:
        """A channel that says when to come again is asked then, and not before."""
        storage = self.new()
        _ask(storage, "r")
        (mine,) = storage.claim(at=NOON)
        retry = Delivery(outcome=Outcome.RETRY, retry_seconds=90)
        storage.settle(mine, retry, at=NOON.add(seconds=5))
        assert storage.claim(at=NOON.add(seconds=94)) == ()
        assert storage.claim(at=NOON.add(seconds=95)) == (Claimed(gift("r"), 2),)

    def test_a_retry_at_once_is_not_for_the_same_moment(self) -> None:
        """Who claims until nothing is left comes to an end."""
        storage = self.new()
        _ask(storage, "r")
        (mine,) = storage.claim(at=NOON)
        storage.settle(mine, Delivery(outcome=Outcome.RETRY, retry_seconds=0), at=NOON)
        assert storage.claim(at=NOON) == ()
        assert _keys(storage.claim(at=NOON.add(seconds=1))) == ["r"]

    def test_a_poison_message_blocks_nobody(self) -> None:
        """Dead letter after ten tries in vain; what only waits never dies."""
        storage = self.new()
        _ask(storage, "poison", "waiting")
        attempts: dict[str, list[int]] = {"poison": [], "waiting": [], "good": []}
        for number in range(1, 13):
            at = NOON.add(minutes=2 * number)
            storage.save(bare(f"d-{number}", at=at, requests=[gift(f"good {number}")]))
            for claimed in storage.claim(at=at):
                storage.settle(claimed, _delivery_of(claimed), at=at)
                attempts[claimed.request.key.partition(" ")[0]].append(claimed.attempt)
        assert attempts == {
            "poison": list(range(1, 11)),
            "waiting": list(range(1, 13)),
            "good": [1] * 12,
        }

    def test_requests_come_by_their_moment_and_then_as_they_were_written(self) -> None:
        """Order per customer, declared and stable: those of one moment as they were saved."""
        storage = self.new()
        storage.save(bare("z", requests=[gift("3"), gift("2"), gift("10")]))
        storage.save(bare("a", requests=[gift("a")]), bare("0", requests=[gift("0")]))
        _ask(storage, "early", at=NOON.subtract(hours=1))
        _ask(storage, "last")
        expected = ["early", "3", "2", "10", "a", "0", "last"]
        pages = [storage.claim(at=NOON, limit=limit) for limit in (1, 1, 1, 100)]
        assert [key for page in pages for key in _keys(page)] == expected

    def test_a_put_off_request_falls_behind_those_that_are_due_before_it(self) -> None:
        """A retry does not hold up the queue."""
        storage = self.new()
        _ask(storage, "a", "b")
        (first,) = storage.claim(at=NOON, limit=1)
        storage.settle(first, Delivery(outcome=Outcome.RETRY, retry_seconds=60), at=NOON)
        assert _keys(storage.claim(at=NOON.add(minutes=1))) == ["b", "a"]

    def test_no_more_are_claimed_than_asked_for_and_all_in_the_end(self) -> None:
        """A page is a page, and the last one is empty."""
        storage = self.new()
        keys = [f"{number:03}" for number in range(250)]
        storage.save(bare("d", requests=map(gift, keys)))
        pages = [_keys(storage.claim(at=NOON, limit=100)) for _ in range(4)]
        assert [len(page) for page in pages] == [100, 100, 50, 0]
        assert [key for page in pages for key in page] == keys


def _ask(storage: WholeStorage, *keys: str, at: pendulum.DateTime = NOON) -> None:
    for key in keys:
        storage.save(bare(f"d-{key}", at=at, requests=[gift(key)]))


def _keys(claims: Iterable[Claimed]) -> list[str]:
    return [claimed.request.key for claimed in claims]


def _delivery_of(claimed: Claimed) -> Delivery:
    outcomes = {"poison": Outcome.RETRY, "waiting": Outcome.WAITING}
    return Delivery(outcome=outcomes.get(claimed.request.key, Outcome.ACCEPTED))
