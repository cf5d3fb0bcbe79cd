"""The speaker: says values, and things by their sentences, in a locale and a zone."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import Final

import pendulum
from attrs import frozen

from privlib.commands import Order, Refund
from privlib.explaining.wording import Wording
from privlib.values.choice import as_tuple
from privlib.values.dates import local_time
from privlib.values.goods import Goods
from privlib.values.money import Money

__all__ = ["Speaker"]

_FIELD: Final = re.compile(r"\{([a-z_.]+)\}")


@frozen
class Speaker:
    """Says things in the words of a locale; times are those of `zone`, or else of UTC."""

    wording: Wording
    zone: str | None

    def sentence(self, thing: object) -> str:
        """A thing that the catalogue knows, in its sentence."""
        sentence = self.wording.sentences[type(thing)]
        template = sentence if isinstance(sentence, str) else sentence(thing)
        return _FIELD.sub(lambda found: self.said(attrgetter(found[1])(thing)), template)

    def said(self, value: object) -> str:
        """A value in words."""
        match value:
            case Money():
                return self.wording.money(value)
            case pendulum.DateTime():
                clock = "%H:%M:%S" if value.second else "%H:%M"
                local = local_time(value, self.zone or "UTC").strftime(f"%Y-%m-%d {clock}")
                return local if self.zone else f"{local} UTC"
            case Order() | Refund():
                return value.id
            case Goods():
                return self.wording.goods(value)
            case tuple():
                return self._said_of_several(value) or self.wording.nothing
            case _:
                return self.wording.yes_or_no[value] if isinstance(value, bool) else str(value)

    def _said_of_several(self, values: tuple[object, ...]) -> str:
        """Several values; several ways to meet a condition, each with all that it takes."""
        match values:
            case (tuple(), *_):
                ways = [[self.sentence(each) for each in as_tuple(way)] for way in values]  # type: ignore[arg-type]  # reasons
                return self.wording.alternatives(ways)
        return self.wording.comma.join(self.said(each) for each in values)
