"""The machine: a PrivateDomain driven by Hypothesis, which shrinks whatever breaks a law."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from privlib.adapters.clock import Clock
from privlib.plugins.storages import WholeStorage
from privlib.program.loading import default_program
from privlib.program.program import Program
from privlib.testing.deck import Deck
from privlib.testing.storages import in_memory
from privlib.testing.watched_shop import WatchedShop

__all__ = ["PrivateDomainMachine"]

_NUMBERS: Final = st.integers(0, 5)
_AMOUNTS: Final = st.integers(0, 16)
_STAGES: Final = st.integers(0, 5)
_SLIPS: Final = st.sampled_from([0, 0, 0, 1])
_HOUR: Final = 3_600
_PAUSES: Final = st.sampled_from([1, 60, _HOUR, 24 * _HOUR, 3 * 24 * _HOUR, 30 * 24 * _HOUR])


class PrivateDomainMachine(RuleBasedStateMachine):
    """Tells a shop commands in any order, lets time pass, and holds every step against the laws.

    Override `make_program` for your own rules and `make_storage` for your own storage, each of
    which is made anew for every run; add rules of your own, which tell `self.shop`. Its `TestCase`
    is what pytest collects.
    """

    def __init__(self) -> None:
        super().__init__()
        program = self.make_program()
        self.deck = Deck(program, with_names=True)
        self.shop = WatchedShop(program, self.make_storage)

    def make_program(self) -> Program:
        """The program of the shop: the default one."""
        return default_program()

    def make_storage(self, clock: Clock) -> WholeStorage:
        """An empty storage that reads this clock: in memory."""
        return in_memory(clock)

    @rule(number=_NUMBERS, amount=_AMOUNTS, slip=_SLIPS)
    def record_order(self, number: int, amount: int, slip: int) -> None:
        self.shop.tell(self.deck.order(number, self.deck.amount(amount), slip=slip))

    @rule(numbers=st.lists(st.tuples(_NUMBERS, _AMOUNTS, st.booleans()), max_size=5))
    def record_orders(self, numbers: list[tuple[int, int, bool]]) -> None:
        self.shop.tell_many(
            self.deck.refund(number, amount, some) if back else self.deck.order(number, some)
            for number, amount, back in numbers
            for some in [self.deck.amount(amount)]
        )

    @rule(order=_NUMBERS, number=_NUMBERS, amount=st.none() | _AMOUNTS, slip=_SLIPS)
    def reverse_order(self, order: int, number: int, amount: int | None, slip: int) -> None:
        some = None if amount is None else self.deck.amount(amount)
        self.shop.tell(self.deck.refund(order, number, some, slip=slip))

    @rule(number=_NUMBERS, amount=_AMOUNTS)
    def import_member(self, number: int, amount: int) -> None:
        self.shop.tell(self.deck.member_import(number, self.deck.amount(amount)))

    @rule(number=_NUMBERS, employee=_NUMBERS, minutes=_NUMBERS)
    def accept_friend(self, number: int, employee: int, minutes: int) -> None:
        self.shop.tell(self.deck.new_friend(number, employee, minutes))

    @rule(key=_NUMBERS, number=_NUMBERS, employee=_NUMBERS, stage=_STAGES)
    def move_stage(self, key: int, number: int, employee: int, stage: int) -> None:
        self.shop.tell(self.deck.stage_move(key, number, employee, stage))

    @rule(key=_NUMBERS, offer=_NUMBERS, slip=_SLIPS)
    def issue_coupon(self, key: int, offer: int, slip: int) -> None:
        self.shop.tell(self.deck.coupon_issue(key, offer, slip=slip))

    @rule(key=_NUMBERS, order=_NUMBERS, amount=_AMOUNTS, slip=_SLIPS)
    def redeem_coupon(self, key: int, order: int, amount: int, slip: int) -> None:
        self.shop.tell(self.deck.coupon_redemption(key, order, self.deck.amount(amount), slip=slip))

    @rule(order=_NUMBERS)
    def redeem_at_the_end(self, order: int) -> None:
        ends = self.shop.pass_time_to_an_end()
        if ends is not None:
            self.shop.tell(self.deck.late_redemption(ends, order))

    @rule(key=_NUMBERS, campaign=_NUMBERS)
    def pause_campaign(self, key: int, campaign: int) -> None:
        self.shop.tell(self.deck.campaign_pause(key, campaign))

    @rule(key=_NUMBERS, campaign=_NUMBERS)
    def resume_campaign(self, key: int, campaign: int) -> None:
        self.shop.tell(self.deck.campaign_resumption(key, campaign))

    @precondition(lambda self: self.shop.told)
    @rule(which=st.integers(0, 99))
    def tell_again(self, which: int) -> None:
        self.shop.tell(self.shop.command(which))

    @precondition(lambda self: self.shop.told)
    @rule(which=st.integers(0, 99))
    def tell_otherwise(self, which: int) -> None:
        self.shop.tell(self.deck.otherwise(self.shop.command(which)))

    @rule(seconds=_PAUSES)
    def pass_time(self, seconds: int) -> None:
        self.shop.pass_time(seconds=seconds)

    @rule()
    def run_due(self) -> None:
        self.shop.run_due()

    @rule()
    def deliver(self) -> None:
        self.shop.deliver()

    @rule(out_of_order=st.booleans())
    def channel_changes(self, out_of_order: bool) -> None:  # noqa: FBT001 - Hypothesis names it
        self.shop.postbox.out_of_order = out_of_order

    @invariant()
    def all_laws_hold(self) -> None:
        self.shop.check()

    def teardown(self) -> None:
        self.shop.close()
