"""The watched shop: a PrivateDomain with a witness beside it, for the machine and the driver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pendulum
from attrs import define, evolve, field

from privlib.commands import Command, CouponRedemption, Order, Refund
from privlib.decisions.decision import Decision
from privlib.domain.private_domain import PrivateDomain
from privlib.errors import KeyConflictError, LawBrokenError
from privlib.plugins.storages import WholeStorage
from privlib.program.program import Program
from privlib.testing.invariants import (
    breaches_among,
    breaches_of_all,
    breaches_of_limits,
    breaches_of_sending,
    lost_requests,
)
from privlib.testing.postbox import Postbox
from privlib.testing.storages import MakeStorage, close_storage, in_memory
from privlib.testing.verbs import tell_domain
from privlib.testing.witness import Breach, Witness
from privlib.timers import CouponEnds
from privlib.values.moment import later, moment

__all__ = ["WatchedShop"]

_OPENED: Final = moment(pendulum.datetime(2026, 6, 1, 4))
_LONGER_THAN_ANY_RETRY: Final = 36_000  # seconds
_SECRET: Final = b"a secret that only tests know of"


@define(eq=False)
class WatchedShop:
    """A shop of which every step is held against the laws, by a witness's own account.

    Time stands still between the steps that let it pass. Whatever breaks a law is a
    LawBrokenError, with the command that was told last as its example; the shop is then of no use
    any more but to be closed.

    >>> from privlib import default_program, yuan
    >>> shop = WatchedShop(default_program())
    >>> decision = shop.tell(Order(id="A-1001", customer="wei", paid=yuan(5_000)))
    >>> shop.tell(Order(id="A-1001", customer="wei", paid=yuan(5_000))).replayed
    True
    """

    program: Program
    make_storage: MakeStorage = in_memory
    at: pendulum.DateTime = _OPENED
    told: dict[str, tuple[Command, Decision]] = field(init=False, factory=dict)
    _keys: list[str] = field(init=False, factory=list)
    _is_broken: bool = field(init=False, default=False)
    postbox: Postbox = field(init=False)
    witness: Witness = field(init=False)
    storage: WholeStorage = field(init=False)
    domain: PrivateDomain = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.program = self.program.with_secret(_SECRET)
        self.witness = Witness(self.program)
        self.postbox = Postbox(frozenset({"console", self.program.enrolment.carrier}))
        self.storage = self.make_storage(self._now)
        self.domain = PrivateDomain(self.program, [self.storage, self.postbox], clock=self._now)

    def _now(self) -> pendulum.DateTime:
        return self.at

    def tell(self, command: Command) -> Decision | None:
        """Tell a command: anew, again (D1), or under a known key with other content (D2).

        The answer is None where it is a conflict.
        """
        try:
            decision = tell_domain(self.domain, command, at=self.at)
        except KeyConflictError:
            self._hold(self._of_conflict(command), command)
            return None
        self._hold(self._of_answer(command, decision), command)
        return decision

    def command(self, number: int) -> Command:
        """One of the commands told so far, by any number; there must be some."""
        command, _ = self.told[self._keys[number % len(self._keys)]]
        return command

    def tell_many(self, commands: Iterable[Order | Refund]) -> None:
        """Tell orders and refunds in bulk: many in one transaction."""
        self.domain.record_orders(
            commands, on_decision=self._told_in_bulk, on_problem=self._failed_in_bulk
        )

    def _told_in_bulk(self, command: Command, decision: Decision) -> None:
        self._hold(self._of_answer(command, decision, in_bulk=True), command)

    def _failed_in_bulk(self, command: Command, problem: Exception) -> None:
        if not isinstance(problem, KeyConflictError):
            raise problem
        self._hold(self._of_conflict(command, in_bulk=True), command)

    def _of_conflict(self, command: Command, *, in_bulk: bool = False) -> Iterator[Breach]:
        known = self.told.get(command.decision_key)
        if known is None or known[0] == command:
            yield "D2", f"{command.decision_key} is called a conflict"
        elif not in_bulk:
            yield from self._of_stored(known[1])

    def _of_answer(
        self, command: Command, decision: Decision, *, in_bulk: bool = False
    ) -> Iterator[Breach]:
        known = self.told.get(command.decision_key)
        if known is None:
            kept = evolve(decision, personal=()) if decision.personal else decision
            self.told[command.decision_key] = (command, kept)
            self._keys.append(command.decision_key)
            if decision.replayed:
                yield "D1", f"{decision.key} was never told, and is answered from the storage"
            yield from self._of_news(command, decision)
        elif known[0] != command:
            yield "D2", f"{decision.key} was told with other content, and it is no conflict"
        elif not decision.replayed or decision != known[1]:
            yield "D1", f"{decision.key}, told again, is answered in another way"
        if not in_bulk:  # in bulk, what was told after it is stored too by now
            yield from self._of_stored(decision)

    def _of_news(self, command: Command, decision: Decision) -> Iterator[Breach]:
        yield from self.witness.take(decision)
        if not decision.refusals and not decision.events:
            yield "S3", f"{decision.key} is not refused, and nothing happens"
        if isinstance(command, CouponRedemption) and decision.events:
            yield from self._of_a_use(command)

    def _of_a_use(self, command: CouponRedemption) -> Iterator[Breach]:
        issued = self.witness.coupons[command.coupon]
        if command.amount < issued.threshold:
            yield "C3", f"{command.coupon}, from {issued.threshold}, is used on {command.amount}"
        if issued.expires_at is not None and self.at >= issued.expires_at:
            yield "C6", f"{command.coupon}, good until {issued.expires_at}, is used at {self.at}"

    def _of_stored(self, decision: Decision) -> Iterator[Breach]:
        """What is not right with all that a decision touched, as it is stored."""
        yield from breaches_among(decision.abouts, self.witness, self.storage)
        if decision.reservations:
            yield from breaches_of_limits(self.witness, self.storage)

    def pass_time(self, *, seconds: int) -> None:
        """Let time pass."""
        self.at = later(self.at, seconds=seconds)

    def pass_time_to_an_end(self) -> CouponEnds | None:
        """Let time pass to the very moment at which the next coupon runs out; None without one."""
        ends = [
            timer
            for timer in self.witness.timers.values()
            if isinstance(timer, CouponEnds) and timer.due > self.at
        ]
        earliest = min(ends, key=lambda timer: (timer.due, timer.key), default=None)
        if earliest is not None:
            self.at = earliest.due
        return earliest

    def run_due(self) -> int:
        """Decide what has come due, and see that nothing due is left; how much it was."""
        decided = self.domain.run_due(at=self.at)
        self._hold(self._of_woken(decided), self.at)
        return len(decided)

    def _of_woken(self, decided: tuple[Decision, ...]) -> Iterator[Breach]:
        for decision in decided:
            yield from self.witness.take(decision)
        for decision in decided:
            yield from self._of_stored(decision)
        for timer in self.witness.timers.values():
            if timer.due <= self.at:
                yield "timers", f"{timer.key} was due at {timer.due}, and is not decided"

    def deliver(self) -> None:
        """Send what is in the outbox, and see that each request is sent once, and only if asked."""
        self.domain.deliver(at=self.at)
        self._hold(breaches_of_sending(self.witness, self.postbox), self.at)

    def check(self) -> None:
        """Hold all that is stored against the witness's account: entities, limits, timers."""
        self._hold(breaches_of_all(self.witness, self.storage), self.at)

    def close(self) -> None:
        """Send all that is left, and see that none was lost; then give the storage back."""
        try:
            if not self._is_broken:
                self._deliver_the_rest()
        finally:
            close_storage(self.storage)

    def _deliver_the_rest(self) -> None:
        self.postbox.out_of_order = False
        self.pass_time(seconds=_LONGER_THAN_ANY_RETRY)
        self.deliver()
        self.check()
        self._hold(lost_requests(self.witness, self.postbox, at=self.at), self.at)

    def _hold(self, breaches: Iterable[Breach], example: object) -> None:
        for law, breach in breaches:
            self._is_broken = True
            raise LawBrokenError(law, breach, example)
