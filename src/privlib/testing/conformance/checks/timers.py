"""Checks of timers: set, moved, cancelled and fired with the decisions; none lost, none twice."""

from __future__ import annotations

from typing import Final

import pytest

from privlib.errors import StaleDecisionError
from privlib.testing.conformance.contents import contents
from privlib.testing.conformance.samples import NOON, bare, follow_up, gift
from privlib.testing.conformance.supplied import Supplied
from privlib.timers import CouponEnds
from privlib.values.ids import CampaignName, CouponId, CustomerId

__all__ = ["Timers"]

_DUE: Final = NOON.add(days=3)


class Timers(Supplied):
    """A timer fires once, as it stands when it fires."""

    def test_a_timer_is_due_from_its_moment_on(self) -> None:
        """Not a microsecond before; and it stays due until it is fired."""
        storage = self.new()
        timer = follow_up("r", due=_DUE)
        storage.save(bare("a", timers=[timer]))
        assert storage.due(_DUE.subtract(microseconds=1)) == ()
        assert storage.due(_DUE) == storage.due(_DUE.add(years=1)) == (timer,)

    def test_timers_come_by_their_moment_and_then_by_key(self) -> None:
        """Due order is declared: by moment, and then by key, code point by code point."""
        storage = self.new()
        coupon = CouponEnds(
            coupon=CouponId("c"),
            customer=CustomerId("wei"),
            campaign=CampaignName("june"),
            due=_DUE.subtract(days=1),
        )
        late = follow_up("late", due=_DUE.add(microseconds=1))
        others = [follow_up(name, due=_DUE) for name in ("b", "Z", "微信", "a")]
        storage.save(bare("a", timers=[late, *others, coupon]))
        due = storage.due(_DUE.add(days=1))
        assert [each.key for each in due] == [
            "coupon-ends:c",
            "follow-up:Z:customer",
            "follow-up:a:customer",
            "follow-up:b:customer",
            "follow-up:微信:customer",
            "follow-up:late:customer",
        ]
        assert storage.due(_DUE.add(days=1), limit=2) == due[:2]

    def test_a_timer_that_is_set_again_is_moved(self) -> None:
        """One timer a key: the last word holds, later or earlier, in one save or several."""
        storage = self.new()
        later = follow_up("r", due=_DUE.add(days=4), stage="in touch")
        storage.save(bare("a", timers=[follow_up("r", due=_DUE)]))
        storage.save(bare("b", timers=[later]))
        assert storage.due(_DUE.add(days=3)) == ()
        assert storage.due(_DUE.add(days=4)) == (later,)
        earlier = follow_up("r", due=NOON)
        storage.save(bare("c", cancels=[later.key]), bare("d", timers=[earlier]))
        assert storage.due(_DUE.add(days=9)) == (earlier,)

    def test_a_cancelled_timer_is_gone(self) -> None:
        """And to cancel what is not set does nothing."""
        storage = self.new()
        storage.save(bare("a", timers=[follow_up("r"), follow_up("other")]))
        storage.save(bare("b", cancels=[follow_up("r").key, "follow-up:nobody"]))
        assert storage.due(_DUE) == (follow_up("other"),)

    def test_a_fired_timer_is_gone_and_cannot_fire_again(self) -> None:
        """None twice: the second time it is stale, and nothing is written."""
        storage = self.new()
        storage.save(bare("a", timers=[follow_up("r")]))
        storage.save(bare("b", fires=[follow_up("r")]))
        assert storage.due(_DUE) == ()
        with pytest.raises(StaleDecisionError):
            storage.save(bare("c", fires=[follow_up("r")]))
        assert storage.stored("c") is None

    def test_a_timer_that_is_no_longer_the_same_does_not_fire(self) -> None:
        """Cancelled, moved or changed since it was seen, it is stale, and nothing is written."""
        since = {
            "cancelled": bare("c", cancels=[follow_up("r").key]),
            "moved": bare("c", timers=[follow_up("r", due=NOON.add(microseconds=1))]),
            "changed": bare("c", timers=[follow_up("r", stage="in touch")]),
        }
        for how, change in since.items():
            storage = self.new()
            storage.save(bare("a", timers=[follow_up("r")]))
            storage.save(change)
            before = contents(storage)
            with pytest.raises(StaleDecisionError):
                storage.save(bare("b", fires=[follow_up("r")], requests=[gift("g")]))
            assert contents(storage) == before, how

    def test_a_timer_can_be_fired_and_set_anew_in_one_save(self) -> None:
        """What fires may set itself again; what was set in the same save may fire."""
        storage = self.new()
        storage.save(bare("a", timers=[follow_up("r")]))
        again = follow_up("r", due=_DUE)
        storage.save(bare("b", fires=[follow_up("r")], timers=[again]))
        assert storage.due(_DUE) == (again,)
        storage.save(bare("c", timers=[follow_up("s")]), bare("d", fires=[follow_up("s")]))
        assert storage.due(_DUE) == (again,)

    def test_what_the_batch_has_cancelled_does_not_fire(self) -> None:
        """An earlier decision of one save comes before a later one."""
        storage = self.new()
        storage.save(bare("a", timers=[follow_up("r")]))
        with pytest.raises(StaleDecisionError):
            storage.save(bare("b", cancels=[follow_up("r").key]), bare("c", fires=[follow_up("r")]))
        assert storage.due(_DUE) == (follow_up("r"),)
