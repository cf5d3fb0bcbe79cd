"""Checks of finding: page by page, an answer is what a scan of everything would find."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import evolve

from privlib.commands import Refund
from privlib.decisions.state import State
from privlib.entities.query import Position, Query
from privlib.events import CampaignPaused
from privlib.plugins.storages import WholeStorage
from privlib.testing.conformance.contents import everything
from privlib.testing.conformance.samples import NOON, bare, coupon_issued, decided, order
from privlib.testing.conformance.supplied import Supplied
from privlib.values.ids import CampaignName, CustomerId, OrderId, RefundId

__all__ = ["Finding"]

_ODD: Final = (
    *("a", "A", "Z", "_", "é", "e\u0301", "ﬀ", "ß", "微信", "微", "👩‍👩‍👧", "\uffee", "𝒜"),
    *("%", "'", '"', "\\", "a b", "10", "9"),
)
_BOUNDS: Final = (None, "Z", "a", "e", "微", "\uffee", "𝒜")
_FOUR: Final = {"c-1": "wei", "c-2": "mei", "c-3": "wei", "c-4": "li"}


class Finding(Supplied):
    """Queries are answered in their order, by code point, a page at a time."""

    def test_pages_put_together_are_the_scan(self) -> None:
        """The fast answer is that of a scan, whatever the ids, the bounds and the page."""
        storage = self.new()
        _issue(storage, dict(zip(_ODD, reversed(_ODD), strict=True)))
        everywhere = everything(storage, Query("coupon", limit=3))
        assert [coupon.id for coupon in everywhere] == sorted(_ODD)
        queries = [
            Query("coupon", index="customer", low=low, high=high, limit=limit)
            for low in _BOUNDS
            for high in _BOUNDS
            for limit in (2, 100)
        ]
        for query in queries:
            placed = [(query.position_of(coupon), coupon.id) for coupon in everywhere]
            scan = sorted((at.value, id) for at, id in placed if at is not None)
            found = [coupon.id for coupon in everything(storage, query)]
            assert found == [id for _, id in scan], query

    def test_all_of_a_kind_come_by_id(self) -> None:
        """A query without an index has all of a kind, in the order of their ids."""
        storage = self.new()
        _issue(storage, _FOUR)
        assert _ids(storage, Query("coupon")) == ["c-1", "c-2", "c-3", "c-4"]
        assert _ids(storage, Query("coupon", limit=3)) == ["c-1", "c-2", "c-3"]
        assert _ids(storage, Query("coupon", after=Position("", "c-3"))) == ["c-4"]
        assert _ids(storage, Query("coupon", after=Position("", "c-2½"))) == ["c-3", "c-4"]
        assert _ids(storage, Query("coupon", after=Position("", "c-4"))) == []

    def test_an_index_is_ordered_by_value_and_then_by_id(self) -> None:
        """Bounds are inclusive, and a page starts after the position of the last one."""
        storage = self.new()
        _issue(storage, _FOUR)
        everybody = Query("coupon", index="customer")
        bounded = {
            (None, None): ["c-4", "c-2", "c-1", "c-3"],
            ("wei", "wei"): ["c-1", "c-3"],
            (None, "mei"): ["c-4", "c-2"],
            ("mej", None): ["c-1", "c-3"],
            ("wei", "mei"): [],
        }
        for (low, high), expected in bounded.items():
            assert _ids(storage, evolve(everybody, low=low, high=high)) == expected
        assert _ids(storage, evolve(everybody, after=Position("wei", "c-1"))) == ["c-3"]

    def test_an_unknown_kind_or_index_finds_nothing(self) -> None:
        """What nobody has cannot be found by it."""
        storage = self.new()
        _issue(storage, _FOUR)
        assert storage.find(Query("no such kind")) == ()
        assert storage.find(Query("member")) == ()
        assert storage.find(Query("coupon", index="tier")) == ()

    def test_what_is_found_is_the_entity_as_it_is_now(self) -> None:
        """A query finds whole entities, in their last version."""
        storage = self.new()
        paused = CampaignPaused(campaign=CampaignName("june"), at=NOON)
        storage.save(bare("pause", events=[paused]))
        assert storage.find(Query("campaign")) == State().after([paused]).entities

    def test_an_entity_whose_key_changes_is_found_under_the_new_one_only(self) -> None:
        """An index follows the entity: it comes under a key, moves to another, and loses it."""
        storage = self.new()
        silver = Query("member", index="tier", low="silver", high="silver")
        gold = evolve(silver, low="gold", high="gold")
        storage.save(decided(storage, order("A-1", 4_999)))
        assert _ids(storage, silver) == []
        storage.save(decided(storage, order("A-2", 1)))
        assert _ids(storage, silver) == ["wei"]
        storage.save(decided(storage, order("A-3", 5_000)))
        assert (_ids(storage, silver), _ids(storage, gold)) == ([], ["wei"])
        for paid in ("A-1", "A-3"):
            told = Refund(id=RefundId(paid), order=OrderId(paid), customer=CustomerId("wei"))
            storage.save(decided(storage, told))
        assert storage.find(Query("member", index="tier")) == ()
        assert _ids(storage, Query("member")) == ["wei"]


def _issue(storage: WholeStorage, customers: Mapping[str, str]) -> None:
    storage.save(
        *(
            bare(f"issue {id}", events=[coupon_issued(id, customer=customer)])
            for id, customer in customers.items()
        )
    )


def _ids(storage: WholeStorage, query: Query) -> list[str]:
    return [entity.id for entity in storage.find(query)]
