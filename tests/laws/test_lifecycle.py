"""The law of lifecycles: everybody is always in one stage of each, and goes by listed ways only."""

from collections import Counter

import pendulum
from attrs import evolve
from hypothesis import given, strategies as st

from privlib.commands import NewFriend, Order, StageMove
from privlib.decisions import State
from privlib.entities import Relation
from privlib.events import MoveCause, StageMoved
from privlib.policies.lifecycle import standing_in
from privlib.program.loading import default_program
from privlib.testing import strategies as shop
from privlib.testing.bare_shop import BareShop
from privlib.values.ids import EntityRef
from privlib.values.money import Money

JUNE = pendulum.datetime(2026, 6, 1, 4)
WEI = NewFriend(customer="wei", employee="mei", carrier="console", added_at=JUNE)
REF = EntityRef("relation", WEI.relation)
SEVERAL = st.lists(shop.lifecycles(), min_size=1, max_size=2, unique_by=lambda each: each.name)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("order"), st.integers(0, 100_00)),
        st.tuples(st.just("move"), st.integers(0, 7)),
        st.tuples(st.just("days"), st.integers(0, 120)),
    ),
    max_size=12,
)


def played(lifecycles, steps):
    """A shop in which wei was befriended, and then what the steps say happened."""
    bare = BareShop(evolve(default_program(), lifecycles=lifecycles))
    bare.tell(WEI, at=JUNE)
    at = JUNE
    for number, (step, amount) in enumerate(steps):
        if step == "days":
            at = at.add(days=amount)
            bare.run_due(at=at)
        elif step == "order":
            bare.tell(Order(id=f"A-{number}", customer="wei", paid=Money(amount)), at=at)
        else:
            life = lifecycles[amount % len(lifecycles)]
            wish = StageMove(
                key=str(number),
                relation=WEI.relation,
                to=life.names[amount % len(life.names)],
                lifecycle=life.name,
            )
            bare.tell(wish, at=at)
    return bare


def moves_of(decision):
    return [event for event in decision.events if isinstance(event, StageMoved)]


@given(SEVERAL, STEPS)
def test_everybody_is_always_in_one_stage_of_each_lifecycle(lifecycles, steps):
    for decision in played(lifecycles, steps).decisions:
        relation = decision.after.find(REF)
        if relation is not None:
            for life in lifecycles:
                assert standing_in(relation, life).stage in life.names
            names = [each.lifecycle for each in relation.standings]
            assert names == sorted({life.name for life in lifecycles})


@given(SEVERAL, STEPS)
def test_every_move_follows_a_way_that_is_listed(lifecycles, steps):
    by_name = {life.name: life for life in lifecycles}
    for decision in played(lifecycles, steps).decisions:
        for move in moves_of(decision):
            stage = by_name[move.lifecycle].get(move.came_from)
            automatic = [each.to for each in stage.moves]
            by_hand = move.cause is MoveCause.BY_HAND
            assert move.to in (stage.leads_to if by_hand else automatic)


@given(SEVERAL, STEPS)
def test_no_decision_takes_a_tie_through_one_stage_twice(lifecycles, steps):
    for decision in played(lifecycles, steps).decisions:
        left = Counter((move.lifecycle, move.came_from) for move in moves_of(decision))
        assert not left or max(left.values()) == 1


@given(SEVERAL, STEPS)
def test_all_events_from_the_beginning_lead_to_the_same_state(lifecycles, steps):
    bare = played(lifecycles, steps)
    events = [event for decision in bare.decisions for event in decision.events]
    assert State().after(events) == State.of_refs(bare.entities)
    assert isinstance(bare.entities[REF], Relation)


@given(SEVERAL, STEPS)
def test_no_timer_is_decided_upon_twice(lifecycles, steps):
    bare = played(lifecycles, steps)
    fired = [decision.key for decision in bare.decisions if decision.fires]
    assert len(set(fired)) == len(fired)
