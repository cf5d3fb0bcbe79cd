"""Checks of visibility: nobody sees half of what is being saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from privlib.decisions.decision import Decision
from privlib.plugins.storages import WholeStorage
from privlib.testing.conformance.callers import until
from privlib.testing.conformance.promises import Promised
from privlib.testing.conformance.samples import (
    FAR,
    bare,
    coupon_issued,
    follow_up,
    gift,
    taking,
)
from privlib.testing.conformance.supplied import Supplied
from privlib.values.ids import CustomerId, EntityRef
from privlib.values.personal import Masked, PersonalRef, PersonalValue

__all__ = ["Visibility"]


class Visibility(Supplied):
    """A save is seen whole or not at all, by whoever looks while it is under way."""

    @Promised("shared_by_threads")
    def test_who_sees_a_part_of_a_save_sees_all_of_it(self) -> None:
        """Nothing is visible before commit, and then everything is, whichever part comes first."""
        for storage in self.rounds():
            writing, watching = self.seats(storage, 2)
            with ThreadPoolExecutor(1) as pool:
                for first in _parts(watching, ""):
                    saving = pool.submit(writing.save, _whole(first))
                    parts = _parts(watching, first)
                    until(parts[first], or_else=saving.done)
                    missing = [part for part, is_seen in parts.items() if not is_seen()]
                    saving.result()
                    assert missing == [], f"{first} was seen before"


def _whole(name: str) -> Decision:
    """A decision that writes everything that a decision can write."""
    ref = PersonalRef(f"name:{name}")
    return bare(
        name,
        events=[coupon_issued(name)],
        requests=[gift(name)],
        timers=[follow_up(name)],
        reservations=[taking(name, 1, limit=1)],
        personal=[PersonalValue(ref=ref, customer=CustomerId("wei"), value=Masked(name))],
    )


def _parts(storage: WholeStorage, name: str) -> Mapping[str, Callable[[], bool]]:
    """How each part of such a decision is seen."""
    ref = EntityRef("coupon", name)
    return {
        "decision": lambda: storage.stored(name) is not None,
        "entity": lambda: storage.get([ref]) != (),
        "history": lambda: storage.history([ref]) != (),
        "timer": lambda: follow_up(name) in storage.due(FAR, limit=10_000),
        "limit": lambda: storage.limits([name])[name] == 1,
        "name": lambda: bool(storage.personal([PersonalRef(f"name:{name}")])),
        "request": lambda: _is_asked(storage, name),
    }


def _is_asked(storage: WholeStorage, name: str) -> bool:
    """Whether a request can be claimed; the lease is over at once, for others to see it too."""
    claims = storage.claim(at=FAR, limit=10_000, lease_seconds=0)
    return gift(name) in [claimed.request for claimed in claims]
