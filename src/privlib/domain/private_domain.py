"""PrivateDomain: the shell that loads, decides, saves and delivers through what is plugged in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

import pendulum

from privlib.adapters.clock import Clock, system_clock
from privlib.adapters.in_memory import InMemory
from privlib.commands import (
    Basket,
    CampaignPause,
    CampaignResumption,
    CouponIssue,
    CouponRedemption,
    ImportantDayTold,
    MemberImport,
    NewFriend,
    Order,
    Refund,
    StageMove,
    StageRemap,
    SurveyAnswer,
    SurveyAnswers,
    SurveyStart,
)
from privlib.decisions.decision import Decision
from privlib.decisions.progress import progress
from privlib.decisions.state import State
from privlib.domain.bulk import Bulk, OnDecision, OnProblem, Summary
from privlib.domain.delivering import Delivering, DeliveryReport
from privlib.domain.pricing import known_state, limits_used
from privlib.domain.remapping import Remapping
from privlib.domain.telling import Telling
from privlib.domain.waking import Waking
from privlib.encoding.canonical import Secret
from privlib.entities.customer_state import CustomerState
from privlib.plugins.manager import PluginFault, Plugins
from privlib.plugins.storages import WholeStorage
from privlib.policies.lifecycle import RemapPreview
from privlib.policies.tier_upgrade import Progress
from privlib.program.program import Program
from privlib.program.remapping import StageMap
from privlib.quotes import Quote
from privlib.values.actor import SYSTEM, Actor
from privlib.values.choice import expected
from privlib.values.ids import EntityRef, customer_id
from privlib.values.moment import moment

__all__ = ["PrivateDomain"]

_NOBODY: Final = CustomerState()


class PrivateDomain:
    """A shop's private domain: its program, its storage and its channels, wired together.

    Each verb loads what it needs, decides, and saves; `deliver()` sends what is in the outbox,
    `run_due()` decides the timers that have come due. Without a storage among the plugins,
    everything is kept in memory. `secret` keys the hashes of what is told; it is needed as soon
    as personal values are told, and has to stay the same.

    >>> from privlib import Order, PrivateDomain, default_program, yuan
    >>> domain = PrivateDomain(default_program())
    >>> decision = domain.record_order(Order(id="A-1001", customer="wei", paid=yuan(5_000)))
    >>> decision.after.member("wei").tier
    'silver'

    Raises PluginError for a plugin that cannot be used, naming it; a verb raises InvalidValueError
    for another verb's command.
    """

    def __init__(
        self,
        program: Program,
        plugins: Iterable[object] = (),
        *,
        secret: Secret | bytes | None = None,
        clock: Clock = system_clock,
    ) -> None:
        found = Plugins(plugins, program=expected(Program, program))
        self.program: Program = program if secret is None else program.with_secret(secret)
        self.storage: WholeStorage = (
            InMemory(clock=clock) if found.storage is None else found.storage
        )
        self._clock = clock
        self._faults: list[PluginFault] = []
        self._telling = Telling(self.storage, self.program, clock, found.observers, self._faults)
        self._delivering = Delivering(
            self.storage, found.channels, found.send_checks, self._faults, program.zone
        )

    @property
    def faults(self) -> tuple[PluginFault, ...]:
        """What plugins did wrong so far while they were used; each names its plugin."""
        return tuple(self._faults)

    def record_order(
        self, order: Order, *, at: pendulum.DateTime | None = None, by: Actor = SYSTEM
    ) -> Decision:
        """Take down a paid order. See `privlib.record_order`."""
        return self._telling.tell(expected(Order, order), at=at, by=by)

    def record_orders(
        self,
        orders: Iterable[Order | Refund],
        *,
        by: Actor = SYSTEM,
        on_decision: OnDecision | None = None,
        on_problem: OnProblem | None = None,
    ) -> Summary:
        """Take down a stream of orders and refunds, many in one transaction.

        The outcome is the same as one by one. What cannot be an order of this shop is passed to
        `on_problem` and skipped.
        """
        return Bulk(self._telling, by).tell(orders, on_decision, on_problem)

    def reverse_order(
        self, refund: Refund, *, at: pendulum.DateTime | None = None, by: Actor = SYSTEM
    ) -> Decision:
        """Take down a refund. See `privlib.reverse_order`."""
        return self._telling.tell(expected(Refund, refund), at=at, by=by)

    def import_member(
        self, imported: MemberImport, *, at: pendulum.DateTime | None = None, by: Actor = SYSTEM
    ) -> Decision:
        """Take over a member. See `privlib.import_member`."""
        return self._telling.tell(expected(MemberImport, imported), at=at, by=by)

    def accept_friend(
        self, friend: NewFriend, *, at: pendulum.DateTime | None = None, by: Actor = SYSTEM
    ) -> Decision:
        """Receive a new friend. See `privlib.accept_friend`."""
        return self._telling.tell(expected(NewFriend, friend), at=at, by=by)

    def move_stage(
        self, move: StageMove, *, at: pendulum.DateTime | None = None, by: Actor = SYSTEM
    ) -> Decision:
        """Move a relation to another stage. See `privlib.move_stage`."""
        return self._telling.tell(expected(StageMove, move), at=at, by=by)

    def tell_important_day(
        self, told: ImportantDayTold, *, at: pendulum.DateTime | None = None, by: Actor = SYSTEM
    ) -> Decision:
        """Keep a birthday or another yearly day. See `privlib.tell_important_day`."""
        return self._telling.tell(expected(ImportantDayTold, told), at=at, by=by)

    def start_survey(
        self, start: SurveyStart, *, at: pendulum.DateTime | None = None, by: Actor = SYSTEM
    ) -> Decision:
        """Ask a customer a survey. See `privlib.start_survey`."""
        return self._telling.tell(expected(SurveyStart, start), at=at, by=by)

    def answer_survey(
        self,
        answer: SurveyAnswer | SurveyAnswers,
        *,
        at: pendulum.DateTime | None = None,
        by: Actor = SYSTEM,
    ) -> Decision:
        """Take down what a customer answered, to one question or to several at once.

        See `privlib.answer_survey`.
        """
        told = answer if isinstance(answer, SurveyAnswers) else expected(SurveyAnswer, answer)
        return self._telling.tell(told, at=at, by=by)

    def remap_stage(
        self, remap: StageRemap, *, at: pendulum.DateTime | None = None, by: Actor = SYSTEM
    ) -> Decision:
        """Put a relation into another stage of a changed lifecycle. See `privlib.remap_stage`."""
        return self._telling.tell(expected(StageRemap, remap), at=at, by=by)

    def preview_remap(self, mapping: StageMap) -> RemapPreview:
        """What a map of stages would move, by stage, and whom it would leave without a stage.

        Raises ProgramError for a map that does not fit the program.
        """
        return Remapping(self.storage, self._telling, SYSTEM).preview(expected(StageMap, mapping))

    def remap_stages(
        self, mapping: StageMap, *, at: pendulum.DateTime | None = None, by: Actor = SYSTEM
    ) -> Summary:
        """Move everybody in the old stages of a map to the new ones; safe to repeat and to resume.

        Raises ProgramError for a map that does not fit the program.
        """
        remapping = Remapping(self.storage, self._telling, by)
        return remapping.apply(expected(StageMap, mapping), at=self._now(at))

    def issue_coupon(
        self, issue: CouponIssue, *, at: pendulum.DateTime | None = None, by: Actor = SYSTEM
    ) -> Decision:
        """Give a customer a coupon. See `privlib.issue_coupon`."""
        return self._telling.tell(expected(CouponIssue, issue), at=at, by=by)

    def redeem_coupon(
        self,
        redemption: CouponRedemption,
        *,
        at: pendulum.DateTime | None = None,
        by: Actor = SYSTEM,
    ) -> Decision:
        """Use a coupon on an order. See `privlib.redeem_coupon`."""
        return self._telling.tell(expected(CouponRedemption, redemption), at=at, by=by)

    def pause_campaign(
        self, pause: CampaignPause, *, at: pendulum.DateTime | None = None, by: Actor = SYSTEM
    ) -> Decision:
        """Stop a campaign for now. See `privlib.pause_campaign`."""
        return self._telling.tell(expected(CampaignPause, pause), at=at, by=by)

    def resume_campaign(
        self,
        resumption: CampaignResumption,
        *,
        at: pendulum.DateTime | None = None,
        by: Actor = SYSTEM,
    ) -> Decision:
        """Let a paused campaign run on. See `privlib.resume_campaign`."""
        return self._telling.tell(expected(CampaignResumption, resumption), at=at, by=by)

    def quote(
        self,
        basket: Basket,
        customer: str | CustomerState = _NOBODY,
        *,
        codes: Iterable[str] = (),
        out_of_stock: Collection[str] = frozenset(),
        at: pendulum.DateTime | None = None,
    ) -> Quote:
        """What a basket costs a customer, with every reason. See `privlib.quote_basket`.

        Of a customer named by his id, tier, orders, stage and coupons in hand are read from the
        storage; whatever else counts (plans, segments, tags, points) comes with a `CustomerState`.
        """
        from privlib.policies.pricing import quote_basket  # noqa: PLC0415 - if asked for

        state = (
            known_state(self.storage, self.program, customer)
            if isinstance(customer, str)
            else customer
        )
        return quote_basket(
            expected(Basket, basket),
            expected(CustomerState, state),
            self.program,
            codes=codes,
            used=limits_used(self.storage, self.program, state.id),
            out_of_stock=out_of_stock,
            at=self._now(at),
        )

    def progress(self, customer: str) -> Progress:
        """How far a member's next tier is, and its gift. See `privlib.progress`."""
        id = customer_id(customer)
        member = State(*self.storage.get([EntityRef("member", id)])).member(id)
        return progress(member, self.program)

    def run_due(
        self, *, at: pendulum.DateTime | None = None, by: Actor = SYSTEM
    ) -> tuple[Decision, ...]:
        """Decide every timer that has come due, the earliest first.

        A timer that somebody else takes in the meantime is left to him; run twice, nothing
        happens twice. One that cannot be decided holds up no other: what was wrong with it is
        raised when all others are decided.
        """
        return Waking(self.storage, self._telling, by).wake(at=self._now(at))

    def deliver(self, *, at: pendulum.DateTime | None = None) -> DeliveryReport:
        """Send what waits in the outbox; safe to repeat, since every request has its key.

        In the host's transaction it waits until the host has committed: before that it raises
        NotCommittedError.
        """
        return self._delivering.deliver_all(
            lambda: self._now(at), committed=self._telling.observe_committed
        )

    def _now(self, at: pendulum.DateTime | None) -> pendulum.DateTime:
        return moment(self._clock() if at is None else at)
