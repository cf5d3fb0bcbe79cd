"""Lifecycle: where a tie stands, the ways from there, what moves by itself, when to look again."""

import pendulum
import pytest

from privlib.conditions import field
from privlib.entities import Member, Relation, Standing
from privlib.policies.lifecycle import (
    Move,
    TieFacts,
    automatic_moves,
    follow_up_due,
    move_objections,
    next_look,
    standing_in,
    ways_of,
)
from privlib.program import AutomaticMove, Lifecycle, Program, Shop, Stage, Welcome
from privlib.refusals import ConditionUnmet, StageMoveNotAllowed, StageUnknown
from privlib.timers import FollowUpDue
from privlib.values.money import yuan

SHANGHAI = "Asia/Shanghai"
NOON = pendulum.datetime(2026, 6, 1, 12, tz=SHANGHAI)
bought = field("orders").at_least
silent = field("days_since_last_order").at_least
LIFE = Lifecycle(
    name="customer",
    stages=[
        Stage(name="new", leads_to=["close", "lost"], follow_up_days=3),
        Stage(
            name="close",
            leads_to=["close", "vip"],
            moves=[
                AutomaticMove(to="asleep", when=silent(90)),
                AutomaticMove(to="vip", when=bought(5)),
            ],
            follow_up_days=1,
        ),
        Stage(
            name="vip",
            leads_to=["close"],
            moves=[AutomaticMove(to="asleep", when=silent(180))],
            enters_when=field("spent").at_least(yuan(1_000)),
            leaves_when=field("days_in_stage").at_least(30),
        ),
        Stage(
            name="asleep",
            role="dormant",
            leads_to=["lost"],
            moves=[
                AutomaticMove(to="close", when=field("days_since_last_order").less_than(90)),
            ],
        ),
        Stage(name="lost", role="terminal"),
    ],
)
PROGRAM = Program(shop=Shop(name="Tea"), lifecycles=[LIFE], welcome=Welcome(text="Hi"))
WAYS = ways_of(PROGRAM)["customer"]
NAMES = ["new", "close", "vip", "asleep", "lost"]


def tie(stage, *, since=NOON):
    return Relation(
        id="wecom:mei:wei",
        customer="wei",
        employee="mei",
        since=NOON,
        standings=[Standing(lifecycle="customer", stage=stage, since=since)],
    )


def facts(stage, *, orders=0, spent=0, last=None, since=NOON, at=NOON):
    member = Member(id="wei", joined_at=NOON, spent=yuan(spent), orders=orders, last_order_at=last)
    relation = tie(stage, since=since)
    return TieFacts(relation, member, relation.standings[0], at=at, shop=PROGRAM.shop)


def objections(stage, to, **known):
    return move_objections(stage, to, facts(stage, **known), WAYS)


def gone(stage, **known):
    return [move.to for move in automatic_moves(stage, facts(stage, **known), WAYS)]


def test_a_tie_stands_in_the_first_stage_of_a_lifecycle_that_came_after_it():
    later = Lifecycle(name="later", stages=[Stage(name="aware")])
    assert standing_in(tie("new"), later) == Standing(lifecycle="later", stage="aware", since=NOON)
    assert standing_in(tie("new"), LIFE).stage == "new"
    assert standing_in(Relation(id="r"), LIFE) is None


def test_the_ways_that_the_stages_list_are_open():
    assert objections("new", "close") == objections("new", "lost") == ()


def test_a_stage_may_lead_to_itself_where_it_says_so():
    assert objections("close", "close") == ()
    assert objections("new", "new") == (
        StageMoveNotAllowed(lifecycle="customer", stage="new", to="new", allowed=["close", "lost"]),
    )


def test_other_ways_are_closed_and_the_open_ones_named():
    [objection] = objections("lost", "new")
    assert objection == StageMoveNotAllowed(
        lifecycle="customer", stage="lost", to="new", allowed=[]
    )


def test_an_unknown_stage_is_refused_with_those_known():
    unknown = StageUnknown(lifecycle="customer", stage="New", known=NAMES)
    assert objections("new", "New") == (unknown,)


def test_who_stands_in_a_stage_of_old_may_move_anywhere_that_is_known():
    assert objections("of old", "lost") == ()
    assert type(objections("of old", "of old")[0]) is StageUnknown
    assert len(objections("of old", "vip")) == 1  # what guards the new one still does


@pytest.mark.parametrize(("spent", "missing"), [(999, yuan(1)), (1_000, None)])
def test_a_guard_on_entering_refuses_with_what_is_missing(spent, missing):
    found = [each.missing for each in objections("close", "vip", spent=spent)]
    assert found == ([] if missing is None else [missing])


@pytest.mark.parametrize(("days", "missing"), [(29, 1), (30, None)])
def test_a_guard_on_leaving_refuses_with_the_days_that_are_missing(days, missing):
    found = objections("vip", "close", at=NOON.add(days=days))
    assert [each.missing for each in found] == ([] if missing is None else [missing])


def test_all_that_speaks_against_a_move_comes_at_once():
    found = objections("new", "vip", spent=600)
    assert [type(each) for each in found] == [StageMoveNotAllowed, ConditionUnmet]
    assert found[1].missing == yuan(400)


def test_the_first_move_that_holds_is_gone():
    known = {"orders": 5, "spent": 2_000, "last": NOON}
    assert gone("close", at=NOON.add(days=89), **known) == ["vip"]
    assert gone("close", at=NOON.add(days=90), **known) == ["asleep"]


def test_a_guard_holds_an_automatic_move_back_too():
    assert gone("close", orders=5, spent=999, last=NOON) == []
    assert gone("vip", orders=5, last=NOON, since=NOON.add(days=160), at=NOON.add(days=180)) == []


def test_moves_follow_each_other_at_one_moment_and_come_back_to_no_stage():
    known = {"orders": 5, "spent": 2_000, "last": NOON, "at": NOON.add(days=3)}
    assert gone("asleep", **known) == ["close", "vip"]
    moves = automatic_moves("asleep", facts("asleep", **known), WAYS, passed=["close"])
    assert moves == ()
    assert automatic_moves("of old", facts("of old", **known), WAYS) == ()


def test_after_a_move_the_days_in_the_stage_begin_anew():
    at = NOON.add(days=200)
    assert gone("vip", orders=5, last=NOON, at=at) == ["asleep"]
    life = Lifecycle(
        name="customer",
        stages=[
            Stage(name="a", moves=[AutomaticMove(to="b", when=field("days_in_stage").at_least(2))]),
            Stage(name="b", moves=[AutomaticMove(to="c", when=field("days_in_stage").at_least(2))]),
            Stage(name="c", role="terminal"),
        ],
    )
    program = Program(shop=Shop(name="Tea"), lifecycles=[life], welcome=Welcome(text="Hi"))
    moves = automatic_moves("a", facts("a", at=at), ways_of(program)["customer"])
    assert moves == (Move("a", "b"),)


def test_days_are_those_of_the_shop_and_count_from_midnight_to_midnight():
    late = NOON.set(hour=23, minute=59)
    assert facts("new", last=late, at=late.add(minutes=1)).days_since_last_order == 1
    assert facts("new", last=late, at=NOON).days_since_last_order == 0
    assert facts("new", last=late.add(days=2), at=NOON).days_since_last_order == 0
    assert facts("new").days_since_last_order is None


def test_the_next_look_is_the_midnight_at_which_a_condition_turns():
    midnight = NOON.start_of("day")
    known = facts("close", orders=1, last=NOON)
    assert next_look("close", known, WAYS) == midnight.add(days=90)
    passed = facts("close", orders=1, last=NOON, at=NOON.add(days=90))
    assert next_look("close", passed, WAYS) is None
    assert next_look("close", facts("close"), WAYS) is None  # without an order no days count
    assert next_look("new", facts("new"), WAYS) is None
    assert next_look("of old", facts("of old"), WAYS) is None
    both = facts("vip", last=NOON, since=NOON)
    assert next_look("vip", both, WAYS) == midnight.add(days=30)


def test_a_follow_up_is_due_at_the_same_local_time_so_many_days_later():
    at = NOON.in_timezone("UTC")
    assert follow_up_due(tie("new"), LIFE, at=at, zone=SHANGHAI) == FollowUpDue(
        relation="wecom:mei:wei",
        customer="wei",
        lifecycle="customer",
        stage="new",
        due=pendulum.datetime(2026, 6, 4, 12, tz=SHANGHAI),
    )


def test_a_follow_up_keeps_the_local_time_over_a_change_of_the_clock():
    """New York sprang forward on 2026-03-08: three days are 71 hours there."""
    noon = pendulum.datetime(2026, 3, 6, 12, tz="America/New_York").in_timezone("UTC")
    timer = follow_up_due(tie("new"), LIFE, at=noon, zone="America/New_York")
    assert timer.due == pendulum.datetime(2026, 3, 9, 12, tz="America/New_York")
    assert (timer.due - noon).total_hours() == 71


def test_where_no_follow_up_is_asked_for_none_is_due():
    for relation in (tie("lost"), tie("of old"), Relation(id="r")):
        assert follow_up_due(relation, LIFE, at=NOON, zone=SHANGHAI) is None
