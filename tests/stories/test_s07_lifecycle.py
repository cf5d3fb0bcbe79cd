"""S7, lifecycle (客户生命周期).

Editable stages with entry and exit; a follow-up reminder to the responsible employee by time in
stage. (Conditions, time since last contact and re-mapping of removed stages are not there yet.)
"""

import io

import pendulum
import pytest
from attrs import evolve

from privlib import (
    ConsoleChannel,
    InMemory,
    NewFriend,
    PrivateDomain,
    Stage,
    StageMove,
    Stages,
    default_program,
)
from privlib.events import FollowUpRaised, StageMoved
from privlib.refusals import RelationUnknown, StageMoveNotAllowed, StageUnknown

pytestmark = pytest.mark.system("S7")

NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
WEI = "console:mei:wei"


def opened(*stages, zone="Asia/Shanghai"):
    """A shop with these stages, or the default ones, in which wei has just added mei."""
    program = default_program()
    program = evolve(program, shop=evolve(program.shop, zone=zone))
    if stages:
        program = evolve(program, stages=Stages(stages=stages))
    return reopened(program, InMemory())


def reopened(program, storage):
    console = io.StringIO()
    channel = ConsoleChannel(stream=console, zone=program.zone)
    domain = PrivateDomain(program, plugins=[storage, channel], clock=lambda: NOON)
    return domain, console


def befriended(domain, *, at=NOON):
    friend = NewFriend(customer="wei", employee="mei", carrier="console", added_at=at)
    return domain.accept_friend(friend)


def moved(domain, to, *, key, at):
    return domain.move_stage(StageMove(key=key, relation=WEI, to=to), at=at)


def reminders(console):
    return [line for line in console.getvalue().splitlines() if line.startswith("Remind")]


def test_everybody_starts_in_the_first_stage():
    domain, _ = opened()
    relation = befriended(domain).after.relation(WEI)
    assert (relation.stage, relation.in_stage_since) == ("new friend", NOON)


def test_a_customer_goes_his_way_through_the_stages():
    domain, _ = opened()
    befriended(domain)
    way = ["in touch", "customer", "dormant", "customer", "lost", "in touch"]
    before = "new friend"
    for day, stage in enumerate(way, 1):
        at = NOON.add(days=day)
        decision = moved(domain, stage, key=f"m-{day}", at=at)
        assert decision.events == (
            StageMoved(relation=WEI, customer="wei", came_from=before, to=stage, at=at),
        )
        relation = decision.after.relation(WEI)
        assert (relation.stage, relation.in_stage_since) == (stage, at)
        before = stage


def test_only_the_ways_that_the_program_lists_are_open():
    domain, _ = opened()
    befriended(domain)
    shortcut = moved(domain, "customer", key="m-1", at=NOON)
    assert shortcut.refusals == (
        StageMoveNotAllowed(stage="new friend", to="customer", allowed=["in touch", "lost"]),
    )
    standing_still = moved(domain, "new friend", key="m-2", at=NOON)
    assert standing_still.refusals == (
        StageMoveNotAllowed(stage="new friend", to="new friend", allowed=["in touch", "lost"]),
    )
    nowhere = moved(domain, "costumer", key="m-3", at=NOON)
    assert nowhere.refusals == (
        StageUnknown(
            stage="costumer", known=["new friend", "in touch", "customer", "dormant", "lost"]
        ),
    )
    assert nowhere.after.relation(WEI).stage == "new friend"


def test_who_is_no_friend_has_no_stage():
    domain, _ = opened()
    assert moved(domain, "lost", key="m-1", at=NOON).refusals == (RelationUnknown(relation=WEI),)


def test_who_stays_too_long_in_a_stage_is_followed_up():
    domain, console = opened()
    befriended(domain)
    assert domain.run_due(at=NOON.add(days=3).subtract(microseconds=1)) == ()
    domain.run_due(at=NOON.add(days=3))
    domain.deliver(at=NOON.add(days=3))
    assert reminders(console) == [
        "Remind mei to get in touch with wei, in stage new friend since 2026-06-01 12:00."
    ]


def test_who_moves_on_in_time_brings_no_reminder():
    domain, console = opened()
    befriended(domain)
    moved(domain, "in touch", key="m-1", at=NOON.add(days=2))
    assert domain.run_due(at=NOON.add(days=16).subtract(seconds=1)) == ()
    domain.deliver(at=NOON.add(days=15))
    assert reminders(console) == []


def test_each_stage_counts_its_own_days_from_the_day_it_was_entered():
    domain, console = opened()
    befriended(domain)
    moved(domain, "in touch", key="m-1", at=NOON.add(days=2))
    [decision] = domain.run_due(at=NOON.add(days=16))
    assert [event.stage for event in decision.events] == ["in touch"]
    domain.deliver(at=NOON.add(days=16))
    assert reminders(console) == [
        "Remind mei to get in touch with wei, in stage in touch since 2026-06-03 12:00."
    ]


def test_a_stage_without_follow_up_days_ends_the_reminders():
    domain, console = opened()
    befriended(domain)
    moved(domain, "in touch", key="m-1", at=NOON.add(days=1))
    moved(domain, "customer", key="m-2", at=NOON.add(days=2))
    assert domain.run_due(at=NOON.add(years=5)) == ()
    domain.deliver(at=NOON.add(years=5))
    assert reminders(console) == []


def test_a_refused_move_leaves_the_reminder_as_it_was():
    domain, _ = opened()
    befriended(domain)
    assert moved(domain, "dormant", key="m-1", at=NOON.add(days=1)).refusals
    [decision] = domain.run_due(at=NOON.add(days=3))
    assert [type(event) for event in decision.events] == [FollowUpRaised]


def test_the_same_wish_told_twice_moves_once():
    domain, _ = opened()
    befriended(domain)
    moved(domain, "in touch", key="m-1", at=NOON)
    again = moved(domain, "in touch", key="m-1", at=NOON.add(days=1))
    assert again.replayed
    assert again.after.relation(WEI).in_stage_since == NOON


def test_a_reminder_is_raised_once_and_a_return_to_the_stage_sets_it_anew():
    domain, console = opened(
        Stage(name="warm", leads_to=["cold"], follow_up_days=1),
        Stage(name="cold", leads_to=["warm"]),
    )
    befriended(domain)
    assert len(domain.run_due(at=NOON.add(days=10))) == 1
    assert domain.run_due(at=NOON.add(days=20)) == ()
    moved(domain, "cold", key="m-1", at=NOON.add(days=20))
    moved(domain, "warm", key="m-2", at=NOON.add(days=21))
    assert domain.run_due(at=NOON.add(days=22).subtract(seconds=1)) == ()
    assert len(domain.run_due(at=NOON.add(days=22))) == 1
    domain.deliver(at=NOON.add(days=30))
    assert len(reminders(console)) == 2


def test_a_day_in_a_stage_is_a_day_on_the_wall_of_the_shop():
    """On 8 March 2026 New York puts its clocks forward: noon comes 23 hours after noon."""
    domain, _ = opened(zone="America/New_York")
    saturday = pendulum.datetime(2026, 3, 7, 12, tz="America/New_York")
    befriended(domain, at=saturday)
    assert domain.run_due(at=saturday.add(hours=71).subtract(seconds=1)) == ()
    assert len(domain.run_due(at=saturday.add(hours=71))) == 1


def test_who_stands_in_a_stage_that_was_removed_may_move_anywhere():
    storage = InMemory()
    old, _ = reopened(default_program(), storage)
    befriended(old)
    stages = Stages(stages=[Stage(name="guest", leads_to=["regular"]), Stage(name="regular")])
    new, _ = reopened(evolve(default_program(), stages=stages), storage)
    decision = moved(new, "regular", key="m-1", at=NOON.add(days=1))
    assert decision.after.relation(WEI).stage == "regular"
    assert new.run_due(at=NOON.add(days=30)) == ()
