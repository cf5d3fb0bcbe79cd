"""Price rules: the price of some goods for some buyers, in some places, for some days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Final

from attrs import field, frozen
from attrs.converters import optional

from privlib.conditions import SHOPPING, Always, Condition, Vocabulary, condition_problems
from privlib.errors import InvalidValueError, Problem, ProgramError
from privlib.program.offers.checks import as_percent, check_part, check_price
from privlib.program.prices.buyers import Buyers
from privlib.program.prices.places import Places
from privlib.values.amount import check_optional_amount
from privlib.values.choice import choice_field, kind_of
from privlib.values.goods import Goods
from privlib.values.ids import plain_id
from privlib.values.money import Money
from privlib.values.period import DatePeriod, checked_day
from privlib.values.rate import Rate

__all__ = ["SHELF", "PriceKind", "PriceRule"]

SHELF: Final = Vocabulary(fields=SHOPPING.fields)
"""What a price can depend on: who buys, when and where, and not what else is in the basket."""


class PriceKind(StrEnum):
    """What a price is.

    `list`: it stands in place of the list price, where it holds, and the others are reckoned on
    it. `campaign`: a price for a time or a place. `tier`: the price of a tier of members. `plan`:
    the price of those who pay for a plan.
    """

    LIST = "list"
    CAMPAIGN = "campaign"
    TIER = "tier"
    PLAN = "plan"


@frozen(kw_only=True)
class PriceRule:
    """What one piece of some goods costs: a price, or so many percent or so much off.

    `goods` are those it is about, `buyers` whom it is for, `places` where it holds, `when` what
    else must be so: a day of the week, a tag. `starts` and `ends` are local days, `ends` the first
    after it.

    >>> from privlib.values.money import yuan
    >>> PriceRule(name="WeChat", goods=Goods(skus=["cup"]), price=yuan(25)).kind
    <PriceKind.CAMPAIGN: 'campaign'>

    Raises ProgramError with every fault.
    """

    name: str = field(converter=plain_id)
    kind: PriceKind = choice_field(PriceKind, PriceKind.CAMPAIGN)
    goods: Goods = field(default=Goods(), validator=kind_of(Goods))
    price: Money | None = field(default=None, validator=check_optional_amount)
    percent: Rate | None = field(default=None, converter=optional(as_percent), validator=check_part)
    off: Money | None = field(default=None, validator=check_price)
    buyers: Buyers = field(default=Buyers(), validator=kind_of(Buyers))
    places: Places = field(default=Places(), validator=kind_of(Places))
    when: Condition = field(default=Always(), validator=kind_of(Condition))
    starts: date | None = field(default=None, converter=optional(checked_day))
    ends: date | None = field(default=None, converter=optional(checked_day))

    def __attrs_post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise ProgramError(problems)

    def _problems(self) -> Iterator[Problem]:
        if sum(given is not None for given in (self.price, self.percent, self.off)) != 1:
            yield Problem("", "a price, a percentage or an amount off is expected: give one")
        if self.kind is PriceKind.TIER and not self.buyers.tiers:
            yield Problem("buyers.tiers", 'the kind "tier" says of which tiers')
        if self.kind is PriceKind.PLAN and not self.buyers.plans:
            yield Problem("buyers.plans", 'the kind "plan" says of which plans')
        if self.kind is PriceKind.LIST and not self.buyers.is_everybody:
            yield Problem("buyers", 'the kind "list" is for everybody')
        for problem in condition_problems(self.when, SHELF):
            yield problem.under("when")
        if self.starts is not None:
            try:
                DatePeriod(self.starts, self.ends)
            except InvalidValueError as fault:
                yield Problem("ends", str(fault))

    @property
    def is_lasting(self) -> bool:
        """Whether it holds on all days."""
        return self.starts is None and self.ends is None

    def runs_on(self, day: date) -> bool:
        """Whether it holds on a local day."""
        return (self.starts is None or self.starts <= day) and (
            self.ends is None or day < self.ends
        )
