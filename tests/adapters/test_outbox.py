"""The outbox of every storage: claimed for a time, settled once, handed on, never in the way."""

import pytest
from tests.adapters.deciding import NOON, bare, decided

from privlib import InMemory, Order, yuan
from privlib.plugins import Claimed, Delivery
from privlib.requests import ShipGift

ACCEPTED = Delivery(outcome="accepted")


def gift(key, customer="wei"):
    return ShipGift(key=key, customer=customer, gift="tea", value=yuan(1))


def asked(storage, *keys, at=NOON):
    """Put one request of each key into the outbox, each by a decision of its own."""
    for key in keys:
        storage.save(bare(f"d-{key}", at=at, requests=[gift(key)]))


def keys_of(claims):
    return [claimed.request.key for claimed in claims]


def test_a_request_is_claimed_whole_from_its_moment_on(storage):
    asked(storage, "r")
    assert storage.claim(at=NOON.subtract(microseconds=1)) == ()
    assert storage.claim(at=NOON) == (Claimed(gift("r"), 1),)


def test_what_is_claimed_is_nobody_elses_while_the_lease_runs(storage):
    asked(storage, "r")
    storage.claim(at=NOON, lease_seconds=60)
    assert storage.claim(at=NOON.add(seconds=59, microseconds=999_999)) == ()


def test_a_lease_that_runs_out_hands_the_request_on(storage):
    asked(storage, "r")
    storage.claim(at=NOON, lease_seconds=60)
    assert storage.claim(at=NOON.add(seconds=60)) == (Claimed(gift("r"), 2),)


def test_a_late_settlement_is_refused(storage):
    asked(storage, "r")
    (mine,) = storage.claim(at=NOON, lease_seconds=60)
    (theirs,) = storage.claim(at=NOON.add(seconds=60), lease_seconds=60)
    assert not storage.settle(mine, ACCEPTED, at=NOON.add(seconds=61))
    assert storage.settle(theirs, Delivery(outcome="retry"), at=NOON.add(seconds=62))
    assert not storage.settle(mine, ACCEPTED, at=NOON.add(seconds=63))
    assert keys_of(storage.claim(at=NOON.add(days=1))) == ["r"]


def test_a_settlement_after_the_lease_counts_where_nobody_else_took_over(storage):
    asked(storage, "r")
    (mine,) = storage.claim(at=NOON, lease_seconds=60)
    assert storage.settle(mine, ACCEPTED, at=NOON.add(seconds=90))
    assert storage.claim(at=NOON.add(days=1)) == ()


@pytest.mark.parametrize("outcome", ["accepted", "refused", "unknown", "expired"])
def test_what_is_settled_for_good_is_never_handed_out_again(storage, outcome):
    asked(storage, "r")
    (mine,) = storage.claim(at=NOON)
    assert storage.settle(mine, Delivery(outcome=outcome), at=NOON)
    assert not storage.settle(mine, Delivery(outcome="retry"), at=NOON)
    assert storage.claim(at=NOON.add(years=1)) == ()


def test_a_retry_waits_to_the_second(storage):
    asked(storage, "r")
    (mine,) = storage.claim(at=NOON)
    storage.settle(mine, Delivery(outcome="retry", retry_seconds=90), at=NOON.add(seconds=5))
    assert storage.claim(at=NOON.add(seconds=94)) == ()
    assert storage.claim(at=NOON.add(seconds=95)) == (Claimed(gift("r"), 2),)


def test_a_retry_at_once_is_not_handed_out_within_the_same_moment(storage):
    asked(storage, "r")
    (mine,) = storage.claim(at=NOON)
    storage.settle(mine, Delivery(outcome="retry", retry_seconds=0), at=NOON)
    assert storage.claim(at=NOON) == ()
    assert keys_of(storage.claim(at=NOON.add(seconds=1))) == ["r"]


def test_after_ten_tries_in_vain_a_request_is_dead_and_blocks_nobody(storage):
    asked(storage, "poison", "good")
    at = NOON
    for number in range(1, 11):
        claims = storage.claim(at=at)
        poison = next(claimed for claimed in claims if claimed.request.key == "poison")
        assert poison.attempt == number
        storage.settle(poison, Delivery(outcome="retry", retry_seconds=60), at=at)
        at = at.add(minutes=2)
    assert keys_of(storage.claim(at=at.add(years=1))) == ["good"]


def test_a_request_that_only_waits_never_dies(storage):
    asked(storage, "r")
    at = NOON
    for number in range(1, 31):
        (claimed,) = storage.claim(at=at)
        assert claimed.attempt == number
        storage.settle(claimed, Delivery(outcome="waiting", retry_seconds=60), at=at)
        at = at.add(minutes=1)
    assert keys_of(storage.claim(at=at)) == ["r"]


def test_requests_come_by_their_moment_and_then_as_they_were_written(make_storage):
    clock = iter([NOON, NOON, NOON.add(hours=1), NOON.add(hours=2)])
    storage = make_storage(clock=lambda: next(clock))
    storage.save(bare("z", requests=[gift("3"), gift("2"), gift("10")]))
    storage.save(bare("a", requests=[gift("a")]))
    asked(storage, "early", at=NOON.subtract(hours=1))
    asked(storage, "later written")
    assert keys_of(storage.claim(at=NOON)) == ["early", "a", "3", "2", "10", "later written"]


def test_a_put_off_request_falls_behind_those_that_are_due_before_it(storage):
    asked(storage, "a", "b")
    (first,) = storage.claim(at=NOON, limit=1)
    storage.settle(first, Delivery(outcome="retry", retry_seconds=60), at=NOON)
    assert keys_of(storage.claim(at=NOON.add(minutes=1))) == ["b", "a"]


def test_no_more_are_claimed_than_asked_for_and_all_in_the_end(storage):
    storage.save(bare("d", requests=[gift(f"{number:03}") for number in range(250)]))
    claimed = []
    while page := storage.claim(at=NOON, limit=100):
        assert len(page) <= 100
        claimed.extend(keys_of(page))
    assert claimed == [f"{number:03}" for number in range(250)]


def test_settling_what_never_was_asked_says_so(storage):
    assert not storage.settle(Claimed(gift("nobody"), 1), ACCEPTED, at=NOON)


def test_a_request_comes_with_its_decision_or_not_at_all(storage):
    decision = decided(storage, Order(id="A-1", customer="wei", paid=yuan(5_000)))
    storage.save(decision)
    claims = storage.claim(at=NOON)
    assert [claimed.request for claimed in claims] == list(decision.requests)
    assert storage.stored(decision.key).requests == decision.requests


def test_settling_does_not_change_the_stored_decision(storage):
    asked(storage, "r")
    (mine,) = storage.claim(at=NOON)
    storage.settle(mine, Delivery(outcome="refused", reason="no such customer"), at=NOON)
    assert storage.stored("d-r").requests == (gift("r"),)


def test_two_at_once_share_the_outbox_without_overlap(make_storage):
    one, other = make_storage(), make_storage()
    if isinstance(one, InMemory):
        other = one
    one.save(bare("d", requests=[gift(str(number)) for number in range(10)]))
    mine, theirs = one.claim(at=NOON, limit=6), other.claim(at=NOON, limit=6)
    assert (len(mine), len(theirs)) == (6, 4)
    assert sorted(keys_of(mine + theirs)) == [str(number) for number in range(10)]
