"""The walk: what the driver does to one shop, step by step, as the dice fall."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from attrs import define

from privlib.commands import Order, Refund
from privlib.testing.deck import Deck
from privlib.testing.dice import Dice
from privlib.testing.watched_shop import WatchedShop
from privlib.values.money import Money

__all__ = ["Walk"]

_HOUR: Final = 3_600
_PAUSES: Final = (1, 60, _HOUR, 6 * _HOUR, 24 * _HOUR, 7 * 24 * _HOUR)  # seconds
_BATCH: Final = 8


@define(eq=False)
class Walk:
    """One shop and the numbers that were given out in it; most steps take a new one."""

    deck: Deck
    dice: Dice
    shop: WatchedShop
    orders: int = 0
    refunds: int = 0
    coupons: int = 0
    wishes: int = 0

    def one_step(self) -> None:
        """Take the step that the dice choose."""
        _STEPS[self.dice.below(len(_STEPS))](self)

    def _slip(self) -> int:
        """Now and then something is told of the wrong customer."""
        return int(not self.dice.below(20))

    def _any_customer(self) -> int:
        return self.dice.below(self.deck.customers)

    def _any_amount(self) -> Money:
        return self.deck.amount(self.dice.below(20))

    def _order(self) -> Order:
        self.orders += 1
        return self.deck.order(self.orders, self._any_amount(), slip=self._slip())

    def _refund(self) -> Refund:
        """A refund of one of the last orders, or of one that is still to come."""
        self.refunds += 1
        order = max(self.orders + 2 - self.dice.below(40), 0)
        amount = self._any_amount() if self.dice.below(6) else None
        return self.deck.refund(order, self.refunds, amount, slip=self._slip())

    def record_order(self) -> None:
        self.shop.tell(self._order())

    def reverse_order(self) -> None:
        self.shop.tell(self._refund())

    def record_orders(self) -> None:
        """Several at once, now and then with one among them that was told before."""
        told: list[Order | Refund] = [
            self._order() if self.dice.below(3) else self._refund() for _ in range(_BATCH)
        ]
        known = self.shop.command(self.dice.below(10**6)) if self.shop.told else None
        if isinstance(known, Order | Refund):
            told.append(known)
        self.shop.tell_many(told)

    def import_member(self) -> None:
        self.shop.tell(self.deck.member_import(self._any_customer(), self._any_amount()))

    def accept_friend(self) -> None:
        minutes = self.dice.below(60)
        self.shop.tell(self.deck.new_friend(self._any_customer(), self.dice.below(2), minutes))

    def move_stage(self) -> None:
        self.wishes += 1
        self.shop.tell(
            self.deck.stage_move(
                self.wishes, self._any_customer(), self.dice.below(2), self.dice.below(12)
            )
        )

    def issue_coupon(self) -> None:
        self.coupons += 1
        offer = self.dice.below(20)
        self.shop.tell(self.deck.coupon_issue(self.coupons, offer, slip=self._slip()))

    def redeem_coupon(self) -> None:
        key = max(self.coupons - self.dice.below(30), 0)
        self.shop.tell(
            self.deck.coupon_redemption(
                key, self.dice.below(self.orders + 1), self._any_amount(), slip=self._slip()
            )
        )

    def redeem_at_the_end(self) -> None:
        """Use a coupon at the very moment at which it runs out."""
        ends = self.shop.pass_time_to_an_end()
        if ends is not None:
            self.shop.tell(self.deck.late_redemption(ends, self.orders))

    def pause_campaign(self) -> None:
        self.wishes += 1
        self.shop.tell(self.deck.campaign_pause(self.wishes, self.dice.below(20)))

    def resume_campaign(self) -> None:
        self.wishes += 1
        self.shop.tell(self.deck.campaign_resumption(self.wishes, self.dice.below(20)))

    def tell_again(self) -> None:
        if self.shop.told:
            self.shop.tell(self.shop.command(self.dice.below(10**6)))

    def tell_otherwise(self) -> None:
        if self.shop.told:
            known = self.shop.command(self.dice.below(10**6))
            self.shop.tell(self.deck.otherwise(known))

    def pass_time(self) -> None:
        self.shop.pass_time(seconds=_PAUSES[self.dice.below(len(_PAUSES))])

    def run_due(self) -> None:
        self.shop.run_due()

    def deliver(self) -> None:
        self.shop.deliver()

    def channel_changes(self) -> None:
        self.shop.postbox.out_of_order = not self.shop.postbox.out_of_order


Step: TypeAlias = Callable[[Walk], None]

_WEIGHTS: Final[dict[Step, int]] = {
    Walk.record_order: 60,
    Walk.reverse_order: 25,
    Walk.record_orders: 5,
    Walk.import_member: 4,
    Walk.accept_friend: 10,
    Walk.move_stage: 16,
    Walk.issue_coupon: 20,
    Walk.redeem_coupon: 15,
    Walk.redeem_at_the_end: 1,
    Walk.pause_campaign: 1,
    Walk.resume_campaign: 3,
    Walk.tell_again: 12,
    Walk.tell_otherwise: 6,
    Walk.pass_time: 10,
    Walk.run_due: 4,
    Walk.deliver: 1,
    Walk.channel_changes: 1,
}
_STEPS: Final[tuple[Step, ...]] = tuple(
    step for step, weight in _WEIGHTS.items() for _ in range(weight)
)
