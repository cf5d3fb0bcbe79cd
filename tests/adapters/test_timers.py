"""Timers in every storage: set, moved, cancelled and fired with the decisions, none twice."""

import pytest
from attrs import evolve
from tests.adapters.deciding import NOON, bare, contents, decided

from privlib import NewFriend, StageMove, StaleDecisionError
from privlib.timers import CouponEnds, FollowUpDue

DUE = NOON.add(days=3)


def timer(relation="r", *, stage="new friend", due=DUE):
    return FollowUpDue(relation=relation, customer="wei", stage=stage, due=due)


def test_a_timer_is_due_from_its_moment_on(storage):
    storage.save(bare("a", timers=[timer()]))
    assert storage.due(DUE.subtract(microseconds=1)) == ()
    assert storage.due(DUE) == (timer(),)
    assert storage.due(DUE.add(years=1)) == (timer(),)


def test_timers_come_by_their_moment_and_then_by_key(storage):
    given = [
        timer("late", due=DUE.add(microseconds=1)),
        timer("b"),
        timer("Z"),
        timer("微信"),
        timer("a"),
        CouponEnds(coupon="c", customer="wei", campaign="june", due=DUE.subtract(days=1)),
    ]
    storage.save(bare("a", timers=given))
    due = storage.due(DUE.add(days=1))
    assert [each.key for each in due] == [
        "coupon-ends:c",
        "follow-up:Z",
        "follow-up:a",
        "follow-up:b",
        "follow-up:微信",
        "follow-up:late",
    ]
    assert storage.due(DUE.add(days=1), limit=2) == due[:2]


def test_a_timer_that_is_set_again_is_moved(storage):
    storage.save(bare("a", timers=[timer()]))
    later = timer(due=DUE.add(days=4), stage="in touch")
    storage.save(bare("b", timers=[later]))
    assert storage.due(DUE.add(days=3)) == ()
    assert storage.due(DUE.add(days=4)) == (later,)


def test_a_timer_can_be_moved_to_an_earlier_moment(storage):
    storage.save(bare("a", timers=[timer()]))
    storage.save(bare("b", timers=[timer(due=NOON)]))
    assert storage.due(DUE) == (timer(due=NOON),)


def test_a_cancelled_timer_is_gone(storage):
    storage.save(bare("a", timers=[timer("r"), timer("other")]))
    storage.save(bare("b", cancels=[timer("r").key]))
    assert storage.due(DUE) == (timer("other"),)


def test_cancelling_what_is_not_set_does_nothing(storage):
    storage.save(bare("b", cancels=["follow-up:nobody"]))
    assert storage.due(DUE) == ()


def test_a_fired_timer_is_gone_and_cannot_fire_again(storage):
    storage.save(bare("a", timers=[timer()]))
    storage.save(bare("b", fires=[timer()]))
    assert storage.due(DUE) == ()
    with pytest.raises(StaleDecisionError, match="moved, cancelled or fired"):
        storage.save(bare("c", fires=[timer()]))
    assert storage.stored("c") is None


@pytest.mark.parametrize(
    "since",
    [
        {"cancels": ["follow-up:r"]},
        {"timers": [timer(due=DUE.add(microseconds=1))]},
        {"timers": [timer(stage="in touch")]},
    ],
    ids=["cancelled", "moved", "of another stage"],
)
def test_a_timer_that_is_no_longer_the_same_does_not_fire(storage, since):
    storage.save(bare("a", timers=[timer()]))
    firing = bare("b", fires=[timer()])
    storage.save(bare("c", **since))
    before = contents(storage)
    with pytest.raises(StaleDecisionError):
        storage.save(firing)
    assert contents(storage) == before


def test_a_timer_can_be_set_and_fired_in_one_save(storage):
    storage.save(bare("a", timers=[timer()]), bare("b", fires=[timer()]))
    assert storage.due(DUE) == ()


def test_a_timer_can_be_fired_and_set_anew_in_one_save(storage):
    storage.save(bare("a", timers=[timer()]))
    again = timer(due=DUE.add(days=14))
    storage.save(bare("b", fires=[timer()], timers=[again]))
    assert storage.due(DUE.add(days=14)) == (again,)


def test_what_an_earlier_decision_of_the_batch_cancelled_does_not_fire(storage):
    storage.save(bare("a", timers=[timer()]))
    with pytest.raises(StaleDecisionError):
        storage.save(bare("b", cancels=[timer().key]), bare("c", fires=[timer()]))
    assert storage.due(DUE) == (timer(),)


def test_the_last_word_of_a_batch_holds(storage):
    storage.save(
        bare("a", timers=[timer(due=NOON)]),
        bare("b", cancels=[timer().key]),
        bare("c", timers=[timer(due=NOON.add(days=1))]),
    )
    assert storage.due(DUE) == (timer(due=NOON.add(days=1)),)


def test_a_move_between_stages_moves_or_cancels_the_follow_up(storage):
    friend = NewFriend(customer="wei", employee="mei", carrier="wecom", added_at=NOON)
    storage.save(decided(storage, friend))
    assert [each.due for each in storage.due(DUE)] == [NOON.in_timezone("UTC").add(days=3)]
    move = StageMove(key="m-1", relation=friend.relation, to="in touch")
    storage.save(decided(storage, move, at=NOON.add(days=1)))
    assert storage.due(NOON.add(days=14)) == ()
    assert [each.stage for each in storage.due(NOON.add(days=15))] == ["in touch"]
    storage.save(decided(storage, evolve(move, key="m-2", to="customer"), at=NOON.add(days=2)))
    assert storage.due(NOON.add(years=9)) == ()
