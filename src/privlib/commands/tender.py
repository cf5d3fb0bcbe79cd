"""Commands: what somebody wants to pay with besides money: points, wallet, gift cards."""

from __future__ import annotations

from attrs import field

from privlib.errors import InvalidValueError
from privlib.values.amount import check_amount, check_optional_amount
from privlib.values.choice import as_tuple, each_of
from privlib.values.frozen import frozen
from privlib.values.ids import plain_id
from privlib.values.money import Money

__all__ = ["GiftCard", "Tender"]


@frozen(kw_only=True)
class GiftCard:
    """A gift card: its code, and what is left on it."""

    code: str = field(converter=plain_id)
    balance: Money = field(validator=check_amount)


@frozen(kw_only=True)
class Tender:
    """What somebody wants to pay with besides money; it is used as far as it goes.

    `points` are at most those he has. `wallet` is what is in it (储值).

    >>> from privlib.values.money import yuan
    >>> Tender(points=300, wallet=yuan(10)).points
    300

    Raises InvalidValueError for less than nothing, and where a gift card comes twice.
    """

    points: int = 0
    wallet: Money | None = field(default=None, validator=check_optional_amount)
    gift_cards: tuple[GiftCard, ...] = field(
        default=(), converter=as_tuple, validator=each_of(GiftCard)
    )

    def __attrs_post_init__(self) -> None:
        if type(self.points) is not int or self.points < 0:
            raise InvalidValueError(f"points are 0 or more, all whole; got {self.points!r:.40}")
        if len({card.code for card in self.gift_cards}) < len(self.gift_cards):
            raise InvalidValueError("a gift card is there twice")

    @property
    def amounts(self) -> tuple[Money, ...]:
        """The amounts of money in it."""
        own = () if self.wallet is None else (self.wallet,)
        return own + tuple(card.balance for card in self.gift_cards)
