"""The library: what is done of a move by hand, between what was loaded and what is saved."""

from attrs import evolve
from tests.benchmarks.moved.workload import AT, LIFECYCLE, ORDERS

from privlib import Member, Relation, default_program, yuan
from privlib.decisions.moving import BY_HAND, stage_moved
from privlib.events import FriendAdded, Placed
from privlib.policies.lifecycle import facts_of, move_objections, standing_in, ways_of

__all__ = ["friend", "move"]

_PROGRAM = evolve(default_program(), lifecycles=[LIFECYCLE])
_WAYS = ways_of(_PROGRAM)[LIFECYCLE.name]
_PLACED = (Placed(LIFECYCLE.name, LIFECYCLE.first.name),)
_MEMBER = Member(
    id="wei", joined_at=AT, spent=yuan(4_900), paid=yuan(4_900), orders=ORDERS, tier="silver"
)


def friend(placed=_PLACED):
    """The relation that is moved, in the first stage; or in no lifecycle."""
    added = FriendAdded(
        relation="wecom:mei:wei",
        customer="wei",
        employee="mei",
        carrier="wecom",
        source="code 7",
        placed=placed,
        at=AT,
    )
    return Relation(id=added.relation).apply(added)


def move(relation, to, at, told):
    """The relation afterwards, where nothing speaks against it; None where something does."""
    standing = standing_in(relation, LIFECYCLE)
    facts = facts_of(relation, _MEMBER, standing, at, _PROGRAM.shop)
    stage = standing.stage
    if move_objections(stage, to, facts, _WAYS):
        return None
    event = stage_moved(relation.id, relation.customer, LIFECYCLE.name, stage, to, BY_HAND, at)
    told(event)
    return relation.apply(event)
