"""Accept a friend: a customer added an employee, and is received at once."""

from __future__ import annotations

import pendulum

from privlib.commands import NewFriend
from privlib.decisions.decision import Decision, Draft
from privlib.decisions.entering import befriend, check_customer_id, check_secret
from privlib.decisions.moving import move_on
from privlib.decisions.state import State
from privlib.program.program import Program
from privlib.refusals import AlreadyFriends
from privlib.values.actor import SYSTEM, Actor

__all__ = ["accept_friend"]


def accept_friend(
    state: State, friend: NewFriend, program: Program, *, at: pendulum.DateTime, by: Actor = SYSTEM
) -> Decision:
    """What follows from a new friendship: one welcome within its deadline, and one follow-up.

    Raises InvalidIdError for a customer id that is a phone number or e-mail address,
    SecretMissingError for a name told to a program without a secret.
    """
    check_customer_id(friend.customer, program)
    check_secret(friend, program)
    draft = Draft(state, friend, program, at=at, by=by)
    since = state.relation(friend.relation).since
    if since is not None:
        return draft.refuse(AlreadyFriends(relation=friend.relation, since=since))
    befriend(draft, friend)
    move_on(draft, friend.relation)
    return draft.decision()
