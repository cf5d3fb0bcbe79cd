"""Queries: which entities to find, as frozen data that every storage answers alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from attrs import field, frozen

from privlib.entities.entity import IndexKey
from privlib.errors import InvalidValueError

__all__ = ["Position", "Query"]


class Indexed(Protocol):
    """What a query looks at."""

    @property
    def id(self) -> str: ...

    @property
    def index_keys(self) -> tuple[IndexKey, ...]: ...


Found = TypeVar("Found", bound=Indexed)


@frozen
class Position:
    """The last entity of a page, after which the next page starts."""

    value: str
    id: str


@frozen
class Query:
    """All entities of a kind by id, or those with an index key, by its value and then by id.

    `low` and `high` bound the value, both inclusive; text is compared by code point. A page has
    at most `limit` entities; the next one starts `after` the position of its last.

    >>> Query("coupon", index="customer", low="wei", high="wei").limit
    100
    """

    kind: str
    index: str | None = field(default=None, kw_only=True)
    low: str | None = field(default=None, kw_only=True)
    high: str | None = field(default=None, kw_only=True)
    after: Position | None = field(default=None, kw_only=True)
    limit: int = field(default=100, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if type(self.limit) is not int or not 1 <= self.limit <= 10_000:
            raise InvalidValueError(f"a page has 1 to 10,000 entities; got {self.limit!r:.40}")
        if self.index is None and (self.low is not None or self.high is not None):
            raise InvalidValueError("low and high bound the values of an index: name it")

    def position_of(self, entity: Indexed) -> Position | None:
        """Where an entity stands in the answer, regardless of pages; None if it is not in it."""
        if self.index is None:
            return Position("", entity.id)
        for key in entity.index_keys:
            if key.name == self.index and self._within(key.value):
                return Position(key.value, entity.id)
        return None

    def page_of(self, entities: Iterable[Found]) -> tuple[Found, ...]:
        """The page of those among these that it describes: what a storage without index answers.

        All of them must be of its kind.
        """
        last = None if self.after is None else (self.after.value, self.after.id)
        placed = [
            ((position.value, position.id), entity)
            for entity in entities
            if (position := self.position_of(entity)) is not None
        ]
        ahead = [pair for pair in placed if last is None or pair[0] > last]
        ahead.sort(key=lambda pair: pair[0])
        return tuple([entity for _, entity in ahead[: self.limit]])

    def _within(self, value: str) -> bool:
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)
