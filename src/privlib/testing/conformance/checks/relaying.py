"""Checks of relaying: many write messages, many send them, and each is sent once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event
from time import monotonic, sleep
from typing import Final

from privlib.plugins.deliveries import Delivery, Outcome
from privlib.plugins.storages import WholeStorage
from privlib.testing.conformance.callers import PATIENCE, all_at_once
from privlib.testing.conformance.effort import effort
from privlib.testing.conformance.promises import Promised
from privlib.testing.conformance.samples import NOON, bare, gift
from privlib.testing.conformance.supplied import Supplied

__all__ = ["Relaying"]

_WRITERS: Final = 8
_EACH: Final = 50
_PAUSES: Final = (0.0, 0.002, 0.0, 0.001, 0.005)


class Relaying(Supplied):
    """The outbox is claimed by row and lease, never by "id greater than the last"."""

    @Promised("shared_by_threads")
    def test_every_message_of_many_writers_is_relayed_once(self) -> None:
        """Outbox gap: 8 writers with delays of their own, 400 messages, 400 relayed."""
        storage = self.new()
        seats = self.seats(storage, _WRITERS + 2)
        all_written = Event()
        with ThreadPoolExecutor(_WRITERS + 2) as pool:
            relays = [pool.submit(_relay, seat, all_written) for seat in seats[:2]]
            writers = [pool.submit(_write, seat, number) for number, seat in enumerate(seats[2:])]
            for writer in writers:
                writer.result()
            all_written.set()
            relayed = sorted(key for relay in relays for key in relay.result())
        assert relayed == sorted(
            f"{writer}-{number:02}" for writer in range(_WRITERS) for number in range(_EACH)
        )

    @Promised("shared_by_threads")
    def test_what_many_claim_at_once_is_nobody_s_twice(self) -> None:
        """Four claim at one moment: no request is given to two of them."""
        storage = self.new()
        seats = self.seats(storage, 4)
        for number in range(effort().rounds):
            keys = [f"{number}-{place:02}" for place in range(20)]
            storage.save(bare(f"d-{number}", requests=map(gift, keys)))
            claim = [partial(seat.claim, at=NOON, limit=5, lease_seconds=600) for seat in seats]
            claims = [claimed for page in all_at_once(claim) for claimed in page]
            claims += storage.claim(at=NOON, lease_seconds=600)
            assert sorted(claimed.request.key for claimed in claims) == keys
            assert {claimed.attempt for claimed in claims} == {1}


def _write(storage: WholeStorage, writer: int) -> None:
    for number in range(_EACH):
        key = f"{writer}-{number:02}"
        storage.save(bare(f"d-{key}", requests=[gift(key)]))
        sleep(_PAUSES[(writer + number) % len(_PAUSES)])


def _relay(storage: WholeStorage, all_written: Event) -> list[str]:
    """Claim and settle until all is written and nothing is left."""
    relayed: list[str] = []
    deadline = monotonic() + PATIENCE
    while monotonic() < deadline:
        nothing_more = all_written.is_set()
        claims = storage.claim(at=NOON, limit=3, lease_seconds=600)
        for claimed in claims:
            assert storage.settle(claimed, Delivery(outcome=Outcome.ACCEPTED), at=NOON)
            relayed.append(claimed.request.key)
        if nothing_more and not claims:
            break
        sleep(0 if claims else 0.002)
    return relayed
