"""Contents: all that a storage holds, as it can be seen through its protocol."""

from __future__ import annotations

from attrs import evolve

from privlib.entities import ENTITY_KINDS, Entity
from privlib.entities.query import Query
from privlib.plugins.storages import WholeStorage
from privlib.testing.conformance.samples import FAR
from privlib.values.ids import EntityRef

__all__ = ["contents", "everything"]


def everything(storage: WholeStorage, query: Query) -> list[Entity]:
    """All that a query finds, page by page."""
    found: list[Entity] = []
    while page := storage.find(query):
        assert not {each.id for each in page} & {each.id for each in found}, "a page comes twice"
        found.extend(page)
        query = evolve(query, after=query.position_of(page[-1]))
    return found


def contents(storage: WholeStorage, *limits: str) -> dict[str, object]:
    """All that a storage holds, as it can be seen through its protocol."""
    entities = [each for kind in ENTITY_KINDS for each in everything(storage, Query(kind))]
    refs = [EntityRef(entity.kind, entity.id) for entity in entities]
    return {
        "entities": entities,
        "history": [
            (recorded.event, recorded.decision, recorded.number, recorded.decided_at)
            for recorded in storage.history(refs)
        ],
        "timers": storage.due(FAR, limit=10_000),
        "requests": [
            claimed.request for claimed in storage.claim(at=FAR, limit=10_000, lease_seconds=0)
        ],
        "limits": dict(storage.limits(limits)),
    }
