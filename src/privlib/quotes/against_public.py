"""Against public platforms: what is saved or lost with a quote against buying the same there."""

from __future__ import annotations

from attrs import field, frozen

from privlib.values.choice import as_tuple
from privlib.values.money import Money, total

__all__ = ["AgainstPublic", "LineAgainstPublic"]


@frozen(kw_only=True)
class LineAgainstPublic:
    """What all pieces of a line cost here and on the public platform.

    `saved` is above 0 where it is cheaper here, and below where money is lost.
    """

    id: str
    sku: str
    here: Money
    there: Money

    @property
    def saved(self) -> Money:
        return self.there - self.here


@frozen(kw_only=True)
class AgainstPublic:
    """A quote against buying the same on a public platform, shipping apart.

    What is paid there is the public price of each piece, without any promotion of that platform.
    `unknown` are the ids of those lines whose public price is not known; they count nowhere. A
    `platform` of None stands for all that are not named.
    """

    platform: str | None = None
    lines: tuple[LineAgainstPublic, ...] = field(default=(), converter=as_tuple)
    unknown: tuple[str, ...] = field(default=(), converter=as_tuple)
    currency: str = "CNY"

    @property
    def saved(self) -> Money:
        """What is saved in all, or lost where it is below 0."""
        return total((line.saved for line in self.lines), currency=self.currency)

    @property
    def dearer(self) -> tuple[str, ...]:
        """The skus that cost more here, each once."""
        return tuple(dict.fromkeys(line.sku for line in self.lines if line.here > line.there))
