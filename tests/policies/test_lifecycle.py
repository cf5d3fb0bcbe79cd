"""Lifecycle: the ways between stages, and when a follow-up is due."""

import pendulum

from privlib.entities import Relation
from privlib.policies.lifecycle import follow_up_due, move_objection
from privlib.program.stages import Stage, Stages
from privlib.refusals import StageMoveNotAllowed, StageUnknown
from privlib.timers import FollowUpDue

STAGES = Stages(
    stages=[
        Stage(name="new", leads_to=["close", "lost"], follow_up_days=3),
        Stage(name="close", leads_to=["close"], follow_up_days=1),
        Stage(name="lost"),
    ]
)


def standing(stage):
    return Relation(id="wecom:mei:wei", customer="wei", employee="mei", stage=stage)


def test_the_ways_that_the_stages_list_are_open():
    assert move_objection(standing("new"), "close", STAGES) is None
    assert move_objection(standing("new"), "lost", STAGES) is None


def test_a_stage_may_lead_to_itself_where_it_says_so():
    assert move_objection(standing("close"), "close", STAGES) is None
    assert move_objection(standing("new"), "new", STAGES) == StageMoveNotAllowed(
        stage="new", to="new", allowed=["close", "lost"]
    )


def test_other_ways_are_closed_and_the_open_ones_named():
    assert move_objection(standing("close"), "new", STAGES) == StageMoveNotAllowed(
        stage="close", to="new", allowed=["close"]
    )
    assert move_objection(standing("lost"), "new", STAGES) == StageMoveNotAllowed(
        stage="lost", to="new", allowed=[]
    )


def test_an_unknown_stage_is_refused_with_those_known():
    assert move_objection(standing("new"), "New", STAGES) == StageUnknown(
        stage="New", known=["new", "close", "lost"]
    )


def test_who_stands_in_a_stage_of_old_may_move_anywhere_that_is_known():
    assert move_objection(standing("of old"), "lost", STAGES) is None
    assert move_objection(standing("of old"), "of old", STAGES) == StageUnknown(
        stage="of old", known=["new", "close", "lost"]
    )


def test_a_follow_up_is_due_at_the_same_local_time_so_many_days_later():
    noon = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai").in_timezone("UTC")
    assert follow_up_due(standing("new"), STAGES, at=noon, zone="Asia/Shanghai") == FollowUpDue(
        relation="wecom:mei:wei",
        customer="wei",
        stage="new",
        due=pendulum.datetime(2026, 6, 4, 12, tz="Asia/Shanghai"),
    )


def test_a_follow_up_keeps_the_local_time_over_a_change_of_the_clock():
    """New York sprang forward on 2026-03-08: three days are 71 hours there."""
    noon = pendulum.datetime(2026, 3, 6, 12, tz="America/New_York").in_timezone("UTC")
    timer = follow_up_due(standing("new"), STAGES, at=noon, zone="America/New_York")
    assert timer.due == pendulum.datetime(2026, 3, 9, 12, tz="America/New_York")
    assert (timer.due - noon).total_hours() == 71


def test_where_no_follow_up_is_asked_for_none_is_due():
    noon = pendulum.datetime(2026, 6, 1, 4)
    for relation in (standing("lost"), standing("of old"), Relation(id="r"), standing(None)):
        assert follow_up_due(relation, STAGES, at=noon, zone="Asia/Shanghai") is None
