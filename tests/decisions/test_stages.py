"""Moving a relation through its stages, and reminding its employee."""

import pendulum
import pytest
from attrs import evolve

from privlib.commands import StageMove
from privlib.decisions import EntityVersion, State, move_stage, remind_employee
from privlib.entities import Relation, Standing
from privlib.events import FollowUpRaised, StageMoved
from privlib.program.loading import default_program
from privlib.refusals import RelationUnknown, StageMoveNotAllowed, StageUnknown
from privlib.requests import RemindEmployee
from privlib.timers import FollowUpDue

PROGRAM = default_program()
SINCE = pendulum.datetime(2026, 6, 1, 4)
NOW = pendulum.datetime(2026, 6, 4, 4)
RELATION = Relation(
    id="wecom:mei:wei",
    version=1,
    customer="wei",
    employee="mei",
    carrier="wecom",
    source="friend",
    since=SINCE,
    standings=[Standing(lifecycle="customer", stage="new friend", since=SINCE)],
)
TIMER = FollowUpDue(
    relation="wecom:mei:wei", customer="wei", lifecycle="customer", stage="new friend", due=NOW
)

CHECK = "stage-check:wecom%3Amei%3Awei"


def standing(stage):
    return evolve(RELATION, standings=[Standing(lifecycle="customer", stage=stage, since=SINCE)])


def moved(state, to):
    move = StageMove(key="k-1", relation="wecom:mei:wei", to=to)
    decision = move_stage(state, move, PROGRAM, at=NOW)
    assert decision.after == state.after(decision.events)
    assert decision.key == "move-stage:k-1"
    assert decision.requests == decision.fires == decision.reservations == ()
    return decision


def reminded(state, timer=TIMER):
    decision = remind_employee(state, timer, PROGRAM, at=NOW)
    assert decision.after == state.after(decision.events)
    assert decision.fires == (timer,)
    return decision


def test_a_move_sets_the_follow_up_of_the_new_stage_in_place_of_the_old_one():
    decision = moved(State(RELATION), "first response")
    assert decision.events == (
        StageMoved(
            relation="wecom:mei:wei",
            customer="wei",
            lifecycle="customer",
            came_from="new friend",
            to="first response",
            at=NOW,
        ),
    )
    assert decision.timers == (
        FollowUpDue(
            relation="wecom:mei:wei",
            customer="wei",
            lifecycle="customer",
            stage="first response",
            version=2,
            due=NOW.add(days=14),
        ),
    )
    assert decision.timers[0].key == TIMER.key
    assert decision.cancels == (CHECK,)
    assert decision.before == (EntityVersion("relation", "wecom:mei:wei", 1),)
    assert decision.after.relation("wecom:mei:wei") == evolve(
        RELATION,
        version=2,
        standings=(Standing(lifecycle="customer", stage="first response", since=NOW, moved=True),),
    )


def test_a_move_into_a_stage_without_follow_up_cancels_the_old_one():
    decision = moved(State(RELATION), "lost")
    assert decision.timers == ()
    assert decision.cancels == (TIMER.key, CHECK)


def test_a_move_that_no_way_leads_to_is_refused_with_the_open_ways():
    decision = moved(State(RELATION), "dormant")
    assert decision.refusals == (
        StageMoveNotAllowed(
            lifecycle="customer",
            stage="new friend",
            to="dormant",
            allowed=["first response", "agent", "lost"],
        ),
    )
    assert decision.changes_nothing


def test_a_move_to_an_unknown_stage_is_refused_with_those_known():
    assert moved(State(RELATION), "gone").refusals == (
        StageUnknown(lifecycle="customer", stage="gone", known=PROGRAM.lifecycles[0].names),
    )


@pytest.mark.parametrize("state", [State(), State(Relation(id="wecom:mei:wei"))])
def test_a_relation_that_is_not_there_cannot_be_moved(state):
    decision = moved(state, "first response")
    assert decision.refusals == (RelationUnknown(relation="wecom:mei:wei"),)
    assert decision.changes_nothing


def test_who_stands_in_a_stage_that_the_program_lost_moves_on():
    decision = moved(State(standing("of old")), "lost")
    assert decision.events[0].came_from == "of old"
    assert decision.cancels == (TIMER.key, CHECK)


def test_a_due_follow_up_reminds_the_employee_once():
    decision = reminded(State(RELATION))
    assert decision.key == TIMER.decision_key
    assert decision.events == (
        FollowUpRaised(
            relation="wecom:mei:wei",
            customer="wei",
            employee="mei",
            stage="new friend",
            at=NOW,
        ),
    )
    assert decision.requests == (
        RemindEmployee(
            key=f"{TIMER.decision_key}/reminder/1",
            customer="wei",
            relation="wecom:mei:wei",
            employee="mei",
            stage="new friend",
            since=SINCE,
        ),
    )
    assert decision.before == (EntityVersion("relation", "wecom:mei:wei", 1),)
    assert decision.timers == decision.cancels == ()


@pytest.mark.parametrize(
    "state", [State(standing("first response")), State(Relation(id=RELATION.id)), State()]
)
def test_a_follow_up_of_a_stage_that_was_left_only_takes_its_timer_off(state):
    decision = reminded(state)
    assert decision.events == decision.requests == ()
    assert not decision.changes_nothing
