"""Re-mapping: which stages become which others where a lifecycle is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from privlib.encoding.canonical import canonical, digest
from privlib.errors import InvalidValueError
from privlib.values.choice import as_tuple
from privlib.values.ids import plain_id

__all__ = ["StageMap"]


def _stages(given: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    several = given.items() if isinstance(given, Mapping) else as_tuple(given)
    pairs = tuple((plain_id(old), plain_id(new)) for old, new in several)
    if not pairs:
        raise InvalidValueError("at least one stage is mapped to another; got none")
    return tuple(sorted(pairs))


@frozen
class StageMap:
    """Old stages of a lifecycle, and the stage into which those in each of them go.

    >>> StageMap("customer", {"in touch": "first response"}).to("in touch")
    'first response'
    """

    lifecycle: str = field(converter=plain_id)
    stages: tuple[tuple[str, str], ...] = field(converter=_stages)

    def to(self, stage: str) -> str | None:
        """Into which stage those in an old one go, if it says so."""
        return next((new for old, new in self.stages if old == stage), None)

    @property
    def key(self) -> str:
        """What names this map: the same one has the same key everywhere."""
        return digest(canonical([self.lifecycle, [list(pair) for pair in self.stages]]))
