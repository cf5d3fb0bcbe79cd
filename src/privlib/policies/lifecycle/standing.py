"""Standing: in which stage of a lifecycle a tie is, which is always exactly one."""

from __future__ import annotations

from privlib.entities.relation import Relation, Standing
from privlib.program.lifecycle import Lifecycle

__all__ = ["standing_in"]


def standing_in(relation: Relation, lifecycle: Lifecycle) -> Standing | None:
    """Where a tie stands in a lifecycle; None only where there is no tie.

    In a lifecycle that the program got after the tie had begun, it has been in the first stage
    since its beginning. The stage may be one that the program has no longer.
    """
    if relation.since is None:
        return None
    found = relation.standing(lifecycle.name)
    if found is not None:
        return found
    return Standing(lifecycle=lifecycle.name, stage=lifecycle.first.name, since=relation.since)
