"""Moving: what several verbs do when ties may go on in their lifecycles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pendulum

from privlib.decisions.decision import Draft
from privlib.entities import Customer, Member, Relation
from privlib.events import MoveCause, StageMoved
from privlib.policies.lifecycle import (
    TieFacts,
    Ways,
    automatic_moves,
    facts_of,
    follow_up_due,
    next_look,
    standing_in,
    ways_of,
)
from privlib.timers import StageCheckDue, follow_up_key, stage_check_key
from privlib.values.frozen import made_of
from privlib.values.ids import CustomerId, RelationId

__all__ = ["BY_HAND", "move", "move_all_on", "move_on", "stage_moved", "tie_facts"]

stage_moved = made_of(StageMoved)
"""The event of a move, of values that need no check any more."""

BY_HAND: Final = MoveCause.BY_HAND  # read once: in Python 3.11 a member is slow to read
_BY_ITSELF: Final = MoveCause.BY_ITSELF
_NOTHING: Mapping[str, str] = {}


def tie_facts(draft: Draft, relation: Relation, ways: Ways) -> TieFacts | None:
    """What is so of a tie now, in a lifecycle; None where there is no tie."""
    standing = standing_in(relation, ways.lifecycle)
    if standing is None or relation.customer is None:
        return None
    member = draft.of(Member, relation.customer)
    return facts_of(relation, member, standing, draft.at, draft.program.shop)


def move(
    draft: Draft, relation: Relation, lifecycle: str, came_from: str, to: str, *, cause: MoveCause
) -> None:
    """Let a tie go from one stage to another."""
    if relation.customer is not None:
        draft.record(
            stage_moved(relation.id, relation.customer, lifecycle, came_from, to, cause, draft.at)
        )


def move_all_on(draft: Draft, customer: CustomerId) -> None:
    """Let all ties of a customer go on where their lifecycles say so."""
    relations = draft.of(Customer, customer).relations
    if relations and any(ways.moves_by_itself for ways in ways_of(draft.program).values()):
        for relation in relations:
            move_on(draft, relation)


def move_on(draft: Draft, id: RelationId, *, left: Mapping[str, str] = _NOTHING) -> None:
    """Let a tie go on by itself, in each lifecycle, and see when to look at it again.

    `left` are stages that it has just left otherwise, by their lifecycles: it does not come back to
    them at once.
    """
    looks: list[pendulum.DateTime] = []
    has_moved = bool(left)
    for name, ways in ways_of(draft.program).items():
        relation = draft.of(Relation, id)
        standing = standing_in(relation, ways.lifecycle)
        if standing is not None and name not in left and ways.rests_in(standing.stage):
            continue
        facts = tie_facts(draft, relation, ways)
        if facts is None or standing is None:
            return
        passed = (left[name],) if name in left else ()
        moves = automatic_moves(standing.stage, facts, ways, passed=passed)
        for came_from, to in moves:
            move(draft, relation, name, came_from, to, cause=_BY_ITSELF)
        if moves or passed:
            _follow_up(draft, id, ways)
            has_moved = True
        stage = moves[-1].to if moves else standing.stage
        look = next_look(stage, facts.just_moved() if moves else facts, ways)
        looks += [] if look is None else [look]
    _look_again(draft, id, looks, has_moved=has_moved)


def _follow_up(draft: Draft, id: RelationId, ways: Ways) -> None:
    """The old stage's follow-up is off, and that of the new one is set."""
    timer = follow_up_due(
        draft.of(Relation, id), ways.lifecycle, at=draft.at, zone=draft.program.zone
    )
    if timer is None:
        draft.cancel(follow_up_key(id, ways.lifecycle.name))
    else:
        draft.set(timer)


def _look_again(
    draft: Draft, id: RelationId, looks: list[pendulum.DateTime], *, has_moved: bool
) -> None:
    relation = draft.of(Relation, id)
    if looks and relation.customer is not None:
        member = draft.of(Member, relation.customer)
        draft.set(
            StageCheckDue(
                relation=id,
                customer=relation.customer,
                version=relation.version + member.version,
                due=min(looks),
            )
        )
    elif has_moved and any(ways.counts_days for ways in ways_of(draft.program).values()):
        draft.cancel(stage_check_key(id))
