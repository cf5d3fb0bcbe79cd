"""The price book: what goods cost before promotions, where and for whom, and at least."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from attrs import field, frozen

from privlib.errors import Problem, ProgramError
from privlib.program.naming import duplicate_names
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
    `rounding` is for what a percentage takes off one piece.

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

    def __attrs_post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise ProgramError(problems)

    def _problems(self) -> Iterator[Problem]:
        yield from duplicate_names(_names(self.rules), "rules[{}].name")
        yield from duplicate_names(_names(self.floors), "floors[{}].name")
        yield from duplicate_names(_names(self.sold_only), "sold_only[{}].name")
        yield from self._one_name_for_two_kinds()
        yield from self._public_twice()
        yield from self._never_charged()
        currency = self.currency
        for path, amount in self.amounts:
            if amount.currency != currency:
                yield Problem(path, f"{amount} is not in {currency}, as the amounts before it are")

    def _one_name_for_two_kinds(self) -> Iterator[Problem]:
        """Floors beside rules: a quote says by its name what has set a price."""
        rules = {rule.name for rule in self.rules}
        for at, floor in enumerate(self.floors):
            if floor.name in rules:
                yield Problem(f"floors[{at}].name", f'"{floor.name}" is the name of a rule already')

    def _public_twice(self) -> Iterator[Problem]:
        first: dict[tuple[str, str | None], int] = {}
        for at, public in enumerate(self.public):
            place = first.setdefault((public.sku, public.platform), at)
            if place != at:
                yield Problem(f"public[{at}]", f"the same sku and platform stand at [{place}]")

    def _never_charged(self) -> Iterator[Problem]:
        """Prices below a floor of just the same goods."""
        if self.floors_bind is not FloorReach.ALL:
            return
        lowest = {floor.goods: floor.price for floor in self.floors if floor.price is not None}
        for at, rule in enumerate(self.rules):
            floor = lowest.get(rule.goods)
            if rule.price is None or floor is None or rule.price.currency != floor.currency:
                continue
            if rule.price < floor:
                yield Problem(f"rules[{at}].price", f"{rule.price} is below the floor of {floor}")

    @property
    def amounts(self) -> Iterator[tuple[str, Money]]:
        """The amounts of money in it, each with its path."""
        for part in ("rules", "floors", "sold_only", "public"):
            for at, each in enumerate(getattr(self, part)):
                for path, amount in each.amounts:
                    yield f"{part}[{at}].{path}", amount

    @property
    def is_empty(self) -> bool:
        """Whether it settles nothing, so that every line has its list price."""
        return not (self.rules or self.floors or self.sold_only)

    @cached_property
    def currency(self) -> str | None:
        """The currency of its amounts; one without amounts has none."""
        return next((amount.currency for _, amount in self.amounts), None)

    @cached_property
    def made(self) -> dict[str, object]:
        """What policies work out of the book once and keep, by their names."""
        return {}


class _Named(Protocol):
    @property
    def name(self) -> str: ...


def _names(named: Iterable[_Named]) -> dict[int, str]:
    return {at: each.name for at, each in enumerate(named)}
