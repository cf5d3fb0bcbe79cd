"""Re-mapping: everybody in the old stages of a lifecycle, found and moved to the new ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pendulum
from attrs import frozen

from privlib.commands import StageRemap
from privlib.domain.bulk import Summary
from privlib.domain.telling import Telling
from privlib.encoding.canonical import canonical, digest
from privlib.entities import Relation
from privlib.entities.query import Query
from privlib.entities.relation import stage_value
from privlib.errors import ProgramError
from privlib.plugins.storages import WholeStorage, all_found
from privlib.policies.lifecycle import RemapPreview, remap_preview, remap_problems
from privlib.program.remapping import StageMap
from privlib.values.actor import Actor

__all__ = ["Remapping"]

_PAGE: Final = 200


@frozen
class Remapping:
    """Applies a map of stages to all relations that a storage has, or says what it would do."""

    storage: WholeStorage
    telling: Telling
    by: Actor

    def preview(self, mapping: StageMap) -> RemapPreview:
        """What the map would move, and whom it leaves in a stage that is no longer there."""
        self._check(mapping)
        relations = (
            each
            for each in all_found(self.storage, Query(Relation.kind, limit=_PAGE))
            if isinstance(each, Relation)
        )
        return remap_preview(relations, mapping, self.telling.program)

    def apply(self, mapping: StageMap, *, at: pendulum.DateTime) -> Summary:
        """Move everybody, one decision each, so that an interrupted run is just run again."""
        self._check(mapping)
        summary = Summary()
        for old, new in mapping.stages:
            for relation in self._standing_in(mapping.lifecycle, old):
                wish = StageRemap(
                    key=digest(canonical([mapping.key, relation.id, relation.version])),
                    relation=relation.id,
                    lifecycle=mapping.lifecycle,
                    to=new,
                )
                summary.count(self.telling.tell(wish, at=at, by=self.by))
        return summary

    def _standing_in(self, lifecycle: str, stage: str) -> Iterator[Relation]:
        value = stage_value(lifecycle, stage)
        query = Query(Relation.kind, index="stage", low=value, high=value, limit=_PAGE)
        for each in all_found(self.storage, query):
            if isinstance(each, Relation):
                yield each

    def _check(self, mapping: StageMap) -> None:
        problems = list(remap_problems(mapping, self.telling.program))
        if problems:
            raise ProgramError(problems)
