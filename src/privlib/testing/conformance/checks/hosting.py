"""Checks of hosting: the host's row and ours commit together, and the host commits."""

from __future__ import annotations

import pytest

from privlib.errors import StaleDecisionError
from privlib.plugins.storages import Saved
from privlib.reservations import Exhausted
from privlib.testing.conformance.contents import contents
from privlib.testing.conformance.promises import Promised
from privlib.testing.conformance.samples import WEI, bare, coupon_issued, decided, order, taking
from privlib.testing.conformance.supplied import Supplied

__all__ = ["Hosting"]


class Hosting(Supplied):
    """The host's own connection or session can be joined; then the host commits."""

    @Promised("joins_a_host")
    def test_what_a_host_has_not_committed_nobody_else_sees(self) -> None:
        """Nothing visible to another connection before commit, and everything after it."""
        storage = self.new()
        before = contents(storage, "l")
        with self.host(storage) as host:
            assert (storage.joined, host.storage.joined) == (False, True)
            decision = decided(host.storage, order("A-1", 5_000))
            room = bare("room", reservations=[taking("l", 1, limit=1)])
            assert host.storage.save(decision, room) == Saved((decision, room))
            assert host.storage.get([WEI]) == (decision.after.member("wei"),)
            assert storage.get([WEI]) == ()
            assert storage.stored(decision.key) is None
            assert storage.limits(["l"]) == {"l": 0}
            host.commit()
            assert storage.get([WEI]) == (decision.after.member("wei"),)
            assert storage.stored(decision.key) == decision
            assert storage.limits(["l"]) == {"l": 1}
        assert contents(storage, "l") != before

    @Promised("joins_a_host")
    def test_what_a_host_rolls_back_never_was(self) -> None:
        """The host's no is ours: no key, no entity, no room."""
        storage = self.new()
        before = contents(storage, "l")
        with self.host(storage) as host:
            decision = decided(host.storage, order("A-1", 5_000))
            host.storage.save(decision, bare("room", reservations=[taking("l", 1, limit=1)]))
            host.roll_back()
        assert contents(storage, "l") == before
        assert storage.stored(decision.key) is None

    @Promised("joins_a_host")
    def test_a_save_that_fails_leaves_the_host_s_work_alive(self) -> None:
        """A stale decision, or a full limit, takes back itself and nothing before it."""
        storage = self.new()
        first, late = decided(storage, order("A-1")), decided(storage, order("A-2"))
        with self.host(storage) as host:
            host.storage.save(first)
            with pytest.raises(StaleDecisionError):
                host.storage.save(late)
            full = bare("full", events=[coupon_issued("c")], reservations=[taking("l", 2, limit=1)])
            assert isinstance(host.storage.save(full), Exhausted)
            last = decided(host.storage, order("A-3"))
            host.storage.save(last)
            host.commit()
        assert storage.get([WEI]) == (last.after.member("wei"),)
        assert [storage.stored(each.key) for each in (first, late, full, last)] == [
            first,
            None,
            None,
            last,
        ]
