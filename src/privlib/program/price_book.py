"""The price book: what goods cost before promotions, where and for whom, and at least."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property

from attrs import field, frozen

from privlib.errors import Problem, ProgramError
from privlib.program.amounts_within import amounts_within
from privlib.program.price_checks import book_problems
from privlib.program.prices.floor import PriceFloor
from privlib.program.prices.public_price import PublicPrice
from privlib.program.prices.rule import PriceRule
from privlib.program.prices.sold_only import SoldOnly
from privlib.values.choice import as_tuple, choice_field, each_of, kind_of
from privlib.values.money import Money
from privlib.values.rate import Rounding

__all__ = ["Arbitration", "FloorReach", "PriceBook"]


class Arbitration(StrEnum):
    """Which of several prices of a line counts.

    `lowest`: the lowest. `plan`: the lowest of those of the customer's paid plans, if there is
    one, and else the lowest. `declared`: that of the rule which stands first in the book.
    """

    LOWEST = "lowest"
    PLAN = "plan"
    DECLARED = "declared"


class FloorReach(StrEnum):
    """What floors bind: `all` prices, or what `promotions` take off and not the price book."""

    ALL = "all"
    PROMOTIONS = "promotions"


@frozen(kw_only=True, slots=False)
class PriceBook:
    """All that settles what one piece costs before any promotion.

    A rule whose price is above the price for everybody does not count, unless `above_list` lets
    it: that is the list price, or what a rule of the kind "list" puts in its place. Where a price
    that counts is below a floor, the floor counts, unless floors bind promotions alone.
    `rounding` is for what a percentage takes off one piece. The `currency` is that of its amounts;
    a book without amounts has none.

    >>> from privlib.values.money import yuan
    >>> PriceBook(rules=[PriceRule(name="spring", percent=10)]).arbitration
    <Arbitration.LOWEST: 'lowest'>

    Raises ProgramError with every fault.
    """

    rules: tuple[PriceRule, ...] = field(
        default=(), converter=as_tuple, validator=each_of(PriceRule)
    )
    floors: tuple[PriceFloor, ...] = field(
        default=(), converter=as_tuple, validator=each_of(PriceFloor)
    )
    sold_only: tuple[SoldOnly, ...] = field(
        default=(), converter=as_tuple, validator=each_of(SoldOnly)
    )
    public: tuple[PublicPrice, ...] = field(
        default=(), converter=as_tuple, validator=each_of(PublicPrice)
    )
    arbitration: Arbitration = choice_field(Arbitration, Arbitration.LOWEST)
    above_list: bool = field(default=False, validator=kind_of(bool))
    floors_bind: FloorReach = choice_field(FloorReach, FloorReach.ALL)
    rounding: Rounding = choice_field(Rounding, Rounding.HALF_UP)
    currency: str | None = field(init=False, default=None, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        problems = list(
            book_problems(
                dict(enumerate(self.rules)),
                dict(enumerate(self.floors)),
                dict(enumerate(self.sold_only)),
                dict(enumerate(self.public)),
                lifts=self.floors_bind is FloorReach.ALL,
            )
        )
        amounts = list(self._amounts())
        currency = amounts[0][1].currency if amounts else None
        for path, amount in amounts:
            if amount.currency != currency:
                said = f"{amount} is not in {currency}, as the amounts before it are"
                problems.append(Problem(path, said))
        if problems:
            raise ProgramError(problems)
        object.__setattr__(self, "currency", currency)

    def _amounts(self) -> Iterator[tuple[str, Money]]:
        """The amounts of money in it, each with its path."""
        for name in ("rules", "floors", "sold_only", "public"):
            yield from amounts_within(getattr(self, name), name)

    @cached_property
    def made(self) -> dict[str, object]:
        """What policies work out of the book once and keep, by their names."""
        return {}
