"""Looking: when a tie may next move by itself because days have passed."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import Final

import pendulum

from privlib.policies.lifecycle.facts import TieFacts
from privlib.policies.lifecycle.ways import Ways
from privlib.values.dates import start_of_day

__all__ = ["next_look"]

_LAST_DAY: Final = date.max.toordinal() - 1


def next_look(stage: str, facts: TieFacts, ways: Ways) -> pendulum.DateTime | None:
    """The first midnight of the shop after which a way out of this stage may be open, or closed.

    None where no condition of it counts days, or all of them have passed.
    """
    out = ways.stages.get(stage)
    if out is None or not out.turns:
        return None
    today = facts.date.toordinal()
    ahead: list[int] = []
    for name, days in out.turns:
        began = facts.counts_from(name)
        if began is not None:
            passed = bisect_right(days, today - began)
            ahead += [began + day for day in days[passed : passed + 1]]
    first = min(ahead, default=_LAST_DAY + 1)
    return None if first > _LAST_DAY else start_of_day(date.fromordinal(first), facts.zone)
