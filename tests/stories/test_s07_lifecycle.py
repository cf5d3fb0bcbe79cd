"""S7, lifecycle (客户生命周期).

Editable stages with entry and exit conditions, moves by hand and by themselves; a follow-up
reminder to the responsible employee by time in stage; removing a stage re-maps those in it. (Time
since last contact is not there yet.)
"""

import io

import pendulum
import pytest
from attrs import evolve

from privlib import (
    ConsoleChannel,
    InMemory,
    Lifecycle,
    NewFriend,
    Order,
    PrivateDomain,
    Stage,
    StageMove,
    default_program,
    explain,
    yuan,
)
from privlib.entities import Standing
from privlib.errors import ProgramError
from privlib.events import FollowUpRaised, StageMoved
from privlib.program.remapping import StageMap
from privlib.refusals import LifecycleUnknown, RelationUnknown, StageMoveNotAllowed, StageUnknown

pytestmark = pytest.mark.system("S7")

NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
WEI = "console:mei:wei"


def opened(*stages, zone="Asia/Shanghai"):
    """A shop with these stages, or the default ones, in which wei has just added mei."""
    program = default_program()
    program = evolve(program, shop=evolve(program.shop, zone=zone))
    if stages:
        program = evolve(program, lifecycles=[Lifecycle(name="customer", stages=stages)])
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


def stage_of(decision):
    return decision.after.relation(WEI).standing("customer").stage


def ordered(domain, id, *, at, paid=200):
    return domain.record_order(Order(id=id, customer="wei", paid=yuan(paid), paid_at=at))


def reminders(console):
    return [line for line in console.getvalue().splitlines() if line.startswith("Remind")]


def test_everybody_starts_in_the_first_stage():
    domain, _ = opened()
    relation = befriended(domain).after.relation(WEI)
    assert relation.standings == (Standing(lifecycle="customer", stage="new friend", since=NOON),)


def test_a_customer_goes_his_way_through_the_stages():
    domain, _ = opened()
    befriended(domain)
    way = ["first response", "lost", "won back", "lost", "won back", "repeat"]
    before = "new friend"
    for day, stage in enumerate(way, 1):
        at = NOON.add(days=day)
        decision = moved(domain, stage, key=f"m-{day}", at=at)
        assert decision.events == (
            StageMoved(
                relation=WEI,
                customer="wei",
                lifecycle="customer",
                came_from=before,
                to=stage,
                at=at,
            ),
        )
        relation = decision.after.relation(WEI)
        assert relation.standings == (
            Standing(lifecycle="customer", stage=stage, since=at, moved=True),
        )
        before = stage


def test_only_the_ways_that_the_program_lists_are_open():
    domain, _ = opened()
    befriended(domain)
    shortcut = moved(domain, "repeat", key="m-1", at=NOON)
    assert shortcut.refusals == (
        StageMoveNotAllowed(
            lifecycle="customer",
            stage="new friend",
            to="repeat",
            allowed=["first response", "agent", "lost"],
        ),
    )
    standing_still = moved(domain, "new friend", key="m-2", at=NOON)
    assert standing_still.refusals == (
        StageMoveNotAllowed(
            lifecycle="customer",
            stage="new friend",
            to="new friend",
            allowed=["first response", "agent", "lost"],
        ),
    )
    nowhere = moved(domain, "costumer", key="m-3", at=NOON)
    assert nowhere.refusals == (
        StageUnknown(
            lifecycle="customer",
            stage="costumer",
            known=default_program().lifecycles[0].names,
        ),
    )
    assert stage_of(nowhere) == "new friend"


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
    moved(domain, "first response", key="m-1", at=NOON.add(days=2))
    assert domain.run_due(at=NOON.add(days=16).subtract(seconds=1)) == ()
    domain.deliver(at=NOON.add(days=15))
    assert reminders(console) == []


def test_each_stage_counts_its_own_days_from_the_day_it_was_entered():
    domain, console = opened()
    befriended(domain)
    moved(domain, "first response", key="m-1", at=NOON.add(days=2))
    [decision] = domain.run_due(at=NOON.add(days=16))
    assert [event.stage for event in decision.events] == ["first response"]
    domain.deliver(at=NOON.add(days=16))
    assert reminders(console) == [
        "Remind mei to get in touch with wei, in stage first response since 2026-06-03 12:00."
    ]


def test_a_stage_without_follow_up_days_ends_the_reminders():
    domain, console = opened()
    befriended(domain)
    moved(domain, "first response", key="m-1", at=NOON.add(days=1))
    moved(domain, "lost", key="m-2", at=NOON.add(days=2))
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
    moved(domain, "first response", key="m-1", at=NOON)
    again = moved(domain, "first response", key="m-1", at=NOON.add(days=1))
    assert again.replayed
    assert again.after.relation(WEI).standing("customer").since == NOON


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
    stages = [Stage(name="guest", leads_to=["regular"]), Stage(name="regular", role="terminal")]
    new, _ = reopened(
        evolve(default_program(), lifecycles=[Lifecycle(name="customer", stages=stages)]), storage
    )
    decision = moved(new, "regular", key="m-1", at=NOON.add(days=1))
    assert stage_of(decision) == "regular"
    assert new.run_due(at=NOON.add(days=30)) == ()


def test_the_first_order_moves_a_friend_on_by_itself():
    domain, _ = opened()
    befriended(domain)
    decision = ordered(domain, "A-1", at=NOON.add(days=1))
    assert decision.events[-1] == StageMoved(
        relation=WEI,
        customer="wei",
        lifecycle="customer",
        came_from="new friend",
        to="first purchase",
        cause="by_itself",
        at=NOON.add(days=1),
    )
    assert explain(decision.events[-1]) == (
        "wei moved from stage new friend to stage first purchase of lifecycle customer by itself."
    )
    assert stage_of(ordered(domain, "A-2", at=NOON.add(days=2))) == "repeat"


def test_who_buys_nothing_for_ninety_days_falls_asleep_and_an_order_wins_him_back():
    domain, _ = opened()
    befriended(domain)
    ordered(domain, "A-1", at=NOON)
    midnight = NOON.add(days=90).start_of("day")
    assert domain.run_due(at=midnight.subtract(seconds=1)) == ()
    [decision] = domain.run_due(at=midnight)
    assert stage_of(decision) == "dormant"
    assert domain.run_due(at=midnight.add(days=29)) == ()
    assert stage_of(ordered(domain, "A-2", at=NOON.add(days=120))) == "won back"
    *_, decision = domain.run_due(at=NOON.add(days=150))
    assert stage_of(decision) == "repeat"


def test_each_order_puts_the_sleep_off():
    domain, _ = opened()
    befriended(domain)
    for day in (0, 60, 120):
        ordered(domain, f"A-{day}", at=NOON.add(days=day))
    [decision] = domain.run_due(at=NOON.add(days=365))
    assert [event.to for event in decision.events] == ["dormant"]


def test_a_guard_refuses_a_move_with_its_numbers():
    domain, _ = opened()
    befriended(domain)
    refused = moved(domain, "agent", key="m-1", at=NOON)
    assert [explain(each) for each in refused.refusals] == [
        "The membership has to be yes; it is no."
    ]
    ordered(domain, "A-1", at=NOON.add(days=1))
    assert stage_of(moved(domain, "agent", key="m-2", at=NOON.add(days=2))) == "agent"


def test_two_lifecycles_stand_side_by_side():
    customer = default_program().lifecycles[0]
    care = Lifecycle(
        name="care",
        stages=[Stage(name="calm", leads_to=["upset"]), Stage(name="upset", leads_to=["calm"])],
    )
    program = evolve(default_program(), lifecycles=[customer, care])
    domain, _ = reopened(program, InMemory())
    befriended(domain)
    upset = StageMove(key="m-1", relation=WEI, to="upset", lifecycle="care")
    after = domain.move_stage(upset, at=NOON).after.relation(WEI)
    assert [(each.lifecycle, each.stage) for each in after.standings] == [
        ("care", "upset"),
        ("customer", "new friend"),
    ]
    unknown = StageMove(key="m-2", relation=WEI, to="upset", lifecycle="caer")
    assert domain.move_stage(unknown, at=NOON).refusals == (
        LifecycleUnknown(lifecycle="caer", known=["customer", "care"]),
    )


def test_a_removed_stage_is_re_mapped_after_a_preview_and_only_once():
    storage = InMemory()
    old, _ = reopened(default_program(), storage)
    for name in ("wei", "lan"):
        friend = NewFriend(customer=name, employee="mei", carrier="console", added_at=NOON)
        old.accept_friend(friend)
    moved(old, "first response", key="m-1", at=NOON)
    stages = [Stage(name="guest", leads_to=["regular"]), Stage(name="regular", role="terminal")]
    changed = evolve(default_program(), lifecycles=[Lifecycle(name="customer", stages=stages)])
    new, _ = reopened(changed, storage)
    half = StageMap("customer", {"new friend": "guest"})
    preview = new.preview_remap(half)
    assert (preview.moving, preview.uncovered) == ({"new friend": 1}, {"first response": 1})
    whole = StageMap("customer", {"new friend": "guest", "first response": "regular"})
    assert new.preview_remap(whole).uncovered == {}
    assert new.remap_stages(whole, at=NOON.add(days=1)).told == 2
    assert new.remap_stages(whole, at=NOON.add(days=2)).told == 0
    preview = new.preview_remap(whole)
    assert (preview.moving, preview.uncovered) == ({}, {})
    with pytest.raises(ProgramError, match='new friend: there is no stage "gest"'):
        new.remap_stages(StageMap("customer", {"new friend": "gest"}))
