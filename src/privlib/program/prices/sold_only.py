"""Sold only: goods that are sold in some places, or to some buyers, and not elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import field, frozen
from attrs.converters import optional

from privlib.errors import Problem, ProgramError
from privlib.program.prices.buyers import Buyers
from privlib.program.prices.places import Places
from privlib.values.choice import kind_of
from privlib.values.goods import Goods
from privlib.values.ids import plain_id
from privlib.values.period import checked_day

__all__ = ["SoldOnly"]


@frozen(kw_only=True)
class SoldOnly:
    """Some goods are sold only in these places, and only to these buyers.

    From the local day `opens` on they are sold to everybody; before it, to the buyers alone, who
    have them early. Goods that several of these are about must satisfy each of them.

    >>> SoldOnly(name="new tea", goods=Goods(tags=["new"]), buyers=Buyers(members_only=True)).opens

    Raises ProgramError with every fault.
    """

    name: str = field(converter=plain_id)
    goods: Goods = field(default=Goods(), validator=kind_of(Goods))
    places: Places = field(default=Places(), validator=kind_of(Places))
    buyers: Buyers = field(default=Buyers(), validator=kind_of(Buyers))
    opens: date | None = field(default=None, converter=optional(checked_day))

    def __attrs_post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise ProgramError(problems)

    def _problems(self) -> Iterator[Problem]:
        if self.places.is_everywhere and self.buyers.is_everybody:
            yield Problem("", "it says neither where its goods are sold only, nor to whom")
        elif self.opens is not None and self.buyers.is_everybody:
            yield Problem("opens", "it opens to everybody what everybody may buy: name the buyers")
