"""Invariants: what must hold of a storage at any time, seen beside the witness's account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pendulum

from privlib.entities import Member
from privlib.plugins.storages import WholeStorage
from privlib.program.ladder import Ladder, TierAfterRefund
from privlib.testing.plain_ladder import standing_for, tier_for
from privlib.testing.postbox import Postbox
from privlib.testing.witness import Breach, Witness
from privlib.values.ids import EntityRef
from privlib.values.moment import moment
from privlib.values.money import Money

__all__ = [
    "breaches_among",
    "breaches_of_all",
    "breaches_of_limits",
    "breaches_of_sending",
    "lost_requests",
]

_EVER: Final = moment(pendulum.datetime(9000, 1, 1))
_PAGE: Final = 1_000


def breaches_among(
    refs: Iterable[EntityRef], witness: Witness, storage: WholeStorage
) -> Iterator[Breach]:
    """What is not right with these entities."""
    wanted = list(dict.fromkeys(refs))
    found = {each.ref: each for each in storage.get(wanted)}
    for ref in wanted:
        stored, folded = found.get(ref), witness.entities.get(ref)
        if stored != folded:
            yield "S3", f"{ref.kind} {ref.id} is stored as {stored}, and its events say {folded}"
        if isinstance(folded, Member):
            yield from _of_a_member(folded, witness)


def _of_a_member(member: Member, witness: Witness) -> Iterator[Breach]:
    """Spend and tier of a member, by his account."""
    account, ladder = witness.account(member.id), witness.program.ladder
    counted = (member.spent.minor, member.paid.minor, member.orders)
    if counted != (account.spent, account.paid, account.orders):
        yield "M4", f"{member.id} is at {counted}, and his orders come to {account}"
    keeps = ladder.tier_after_refund is TierAfterRefund.KEEP
    counts = Money(account.peak if keeps else account.spent, member.spent.currency)
    expected = tier_for(ladder, counts)
    if member.tier != expected:
        yield "T2", f"{member.id} stands in {member.tier}; by {account} it is {expected}"
    if member.gifts:
        yield from _of_gifts(member, ladder)


def _of_gifts(member: Member, ladder: Ladder) -> Iterator[Breach]:
    """Whether each gift is marked, or not, as the rule for refunds says."""
    for gift in member.gifts:
        if gift.standing is not standing_for(ladder, gift.id, member.spent):
            yield "T6", f"{gift.id} of {member.id} is {gift.standing} at {member.spent}"


def breaches_of_all(witness: Witness, storage: WholeStorage) -> Iterator[Breach]:
    """What is not right with anything there is: entities, limits, timers."""
    refs = list(witness.entities)
    for start in range(0, len(refs), _PAGE):
        yield from breaches_among(refs[start : start + _PAGE], witness, storage)
    yield from breaches_of_limits(witness, storage)
    yield from _of_timers(witness, storage)


def breaches_of_limits(witness: Witness, storage: WholeStorage) -> Iterator[Breach]:
    """What is not right with the limits: room taken is that of the coupons, and within bounds."""
    used = storage.limits(witness.used)
    for key, expected in witness.used.items():
        if used[key] != expected:
            yield (
                "K3",
                f"{used[key]} is taken of {key}, and the coupons that are out say {expected}",
            )
        most = witness.bounds.get(key)
        if most is not None and expected > most:
            yield "K3", f"{expected} is taken of {key}, of which there is {most}"


def _of_timers(witness: Witness, storage: WholeStorage) -> Iterator[Breach]:
    """Those that wait are the follow-ups of stages and the ends of open coupons, each once."""
    waiting = {timer.key: timer for timer in storage.due(_EVER, limit=len(witness.timers) + 100)}
    for key in waiting.keys() | witness.timers.keys():
        if waiting.get(key) != witness.timers.get(key):
            yield "timers", f"{key} is {waiting.get(key)}, and should be {witness.timers.get(key)}"


def breaches_of_sending(witness: Witness, postbox: Postbox) -> Iterator[Breach]:
    """What is not right with what was sent: each request once, and none that nobody asked for."""
    for key, times in postbox.accepted.items():
        if times != 1:
            yield "outbox", f"{key} was sent {times} times"
        if key not in witness.requests:
            yield "outbox", f"{key} was sent, and never asked for"


def lost_requests(witness: Witness, postbox: Postbox, *, at: pendulum.DateTime) -> Iterator[Breach]:
    """What was asked for and never sent, though it was not too late for it."""
    for key, request in witness.requests.items():
        is_too_late = request.not_after is not None and request.not_after < at
        if key not in postbox.accepted and not is_too_late:
            yield "outbox", f"{key} was never sent"
