"""The till: what prices baskets by a program, on trial for a law of prices."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from typing import Protocol, TypeAlias, TypeVar

import pendulum
from attrs import evolve, frozen
from hypothesis import strategies as st

from privlib.commands.baskets import Basket, BasketLine
from privlib.conditions import Condition, Measured, leaves
from privlib.decisions.verbs import decide
from privlib.entities.customer_state import CustomerState
from privlib.program.program import Program
from privlib.program.promotion import COUPONS, Promotion
from privlib.quotes import Quote, QuotedLine
from privlib.testing.bare_shop import BareShop
from privlib.testing.laws.price_cases import Asking
from privlib.testing.laws.trial import Programs, Settings, Trial

__all__ = ["PriceTrial", "Pricer", "Till", "counts_goods", "shelf_minor"]

Case = TypeVar("Case")


class Pricer(Protocol):
    """What prices a basket: `quote_basket`, or your own in its place."""

    def __call__(
        self,
        basket: Basket,
        customer: CustomerState,
        program: Program,
        *,
        codes: Iterable[str],
        at: pendulum.DateTime,
    ) -> Quote: ...


@frozen
class Till:
    """A program, and what prices by it."""

    program: Program
    pricer: Pricer

    def quote(self, asking: Asking) -> Quote:
        """What is asked, as it is priced."""
        return self.pricer(
            asking.basket, asking.customer, self.program, codes=asking.codes, at=asking.at
        )

    def of(self, promotions: Iterable[Promotion]) -> Till:
        """The same with these promotions alone; what they say of others is left out.

        One that applies only with others goes where none of them is left.
        """
        kept = list(promotions)
        names = {each.name for each in kept}
        stay = [each for each in kept if _has_partner(each, names)]
        if len(stay) < len(kept):
            return self.of(stay)
        groups = {group for each in stay for group in each.stacking.groups} | {COUPONS}
        pricing = self.program.pricing
        program = evolve(
            self.program,
            promotions=[_among(each, names) for each in stay],
            pricing=evolve(pricing, groups=[it for it in pricing.groups if it.name in groups]),
        )
        return Till(program, self.pricer)


def _has_partner(promotion: Promotion, names: Collection[str]) -> bool:
    partners = promotion.stacking.only_with
    return not partners or any(name in names for name in partners)


def _among(promotion: Promotion, names: Collection[str]) -> Promotion:
    """A promotion that names none but these."""
    stacking = evolve(
        promotion.stacking,
        only_with=[name for name in promotion.stacking.only_with if name in names],
        never_with=[name for name in promotion.stacking.never_with if name in names],
    )
    return evolve(promotion, stacking=stacking)


def counts_goods(condition: Condition) -> bool:
    """Whether it looks at the goods of the basket, at those that keep their price too."""
    return any(isinstance(leaf, Measured) for leaf in leaves(condition))


def shelf_minor(quoted: QuotedLine, line: BasketLine) -> int:
    """What a piece of a line costs before promotions, in minor units."""
    return line.price.minor if quoted.shelf is None else quoted.shelf.price_minor


TillBreaches: TypeAlias = Callable[[Till, Case], Iterator[str]]


@frozen
class PriceTrial:
    """A law of prices on trial: see `Trial`."""

    law: str
    programs: Programs
    pricer: Pricer
    settings: Settings | None = None

    def over(
        self, cases: Callable[[Program], st.SearchStrategy[Case]], breaches: TillBreaches[Case]
    ) -> None:
        """Try the law on cases drawn for each program; each breach is told in a sentence.

        Raises LawBrokenError with the smallest case that breaks the law.
        """
        trial = Trial(self.law, self.programs, decide, self.settings)
        trial.over(cases, partial(_at_the_till, self.pricer, breaches))


def _at_the_till(
    pricer: Pricer, breaches: TillBreaches[Case], shop: BareShop, case: Case
) -> Iterator[str]:
    return breaches(Till(shop.program, pricer), case)
