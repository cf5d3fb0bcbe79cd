"""The names beside a journal: one small file that is replaced whole, so that it can forget."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from attrs import frozen

from privlib import Decision, Masked, PersonalRef

__all__ = ["JournalNames"]


@frozen
class JournalNames:
    """Personal values, each with the decision that it came with.

    They are written before the decision is: one whose decision never came does not count.
    """

    path: Path
    is_stored: Callable[[str], bool]

    def read(self, refs: Iterable[PersonalRef]) -> dict[PersonalRef, Masked]:
        """The last value of each reference that came with a stored decision."""
        told = {ref: Masked(text) for _, ref, _, text in self._stored()}
        return {ref: told[ref.id] for ref in refs if ref.id in told}

    def add(self, decisions: Iterable[Decision]) -> None:
        """Write the values of decisions down that come next."""
        new = [
            [decision.key, each.ref.id, each.customer, each.value.reveal()]
            for decision in decisions
            for each in decision.personal
        ]
        if new:
            self._replace([*self._stored(), *new])

    def erase(self, customer: str) -> int:
        """Forget all values of a customer; how many there were."""
        stored = self._stored()
        gone = {ref for _, ref, whose, _ in stored if whose == customer}
        if gone:
            self._replace([each for each in stored if each[2] != customer])
        return len(gone)

    def _stored(self) -> list[list[str]]:
        if not self.path.exists():
            return []
        rows = json.loads(self.path.read_text(encoding="utf-8"))
        return [row for row in rows if self.is_stored(row[0])]

    def _replace(self, rows: list[list[str]]) -> None:
        new = self.path.with_suffix(".new")
        with new.open("w", encoding="utf-8") as file:
            json.dump(rows, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path)
