"""Checks of write skew: two that each read what the other changes cannot both be right."""

from __future__ import annotations

import pytest
from attrs import evolve

from privlib.decisions.decision import Decision, EntityVersion
from privlib.decisions.state import State
from privlib.errors import StaleDecisionError
from privlib.events import CampaignPaused, CampaignResumed
from privlib.plugins.storages import Saved, WholeStorage
from privlib.testing.conformance.callers import all_at_once
from privlib.testing.conformance.effort import effort
from privlib.testing.conformance.promises import Promised
from privlib.testing.conformance.samples import NOON, bare
from privlib.testing.conformance.supplied import Supplied
from privlib.values.ids import CampaignName

__all__ = ["Skew"]


class Skew(Supplied):
    """What was read and left alone is held still until the decision is saved."""

    @Promised("keeps_write_skew_out")
    def test_write_skew_is_refused(self) -> None:
        """Of two that each read what the other changes, the second is stale."""
        storage = self.new()
        one, other = _crossing(_both_paused(storage, "0"))
        assert storage.save(one) == Saved((one,))
        with pytest.raises(StaleDecisionError):
            storage.save(other)
        assert storage.stored(other.key) is None

    @Promised("keeps_write_skew_out", "shared_by_threads")
    def test_write_skew_is_refused_to_two_at_once(self) -> None:
        """Of two that each read what the other changes at one time, one is stale."""
        storage = self.new()
        seats = self.seats(storage, 2)
        for number in range(10 * effort().rounds):
            pair = _crossing(_both_paused(storage, str(number)))
            assert _saved_at_once(seats, pair) == ["Saved", "StaleDecisionError"]

    @Promised("keeps_write_skew_out_of_blanks", "shared_by_threads")
    def test_write_skew_over_what_is_not_there_is_refused(self) -> None:
        """Of two that each read that there is nothing where the other writes, one is stale."""
        storage = self.new()
        seats = self.seats(storage, 2)
        for number in range(10 * effort().rounds):
            pair = _crossing(_neither_known(str(number)))
            assert _saved_at_once(seats, pair) == ["Saved", "StaleDecisionError"]


def _both_paused(storage: WholeStorage, suffix: str) -> State:
    names = [CampaignName(f"{letter}-{suffix}") for letter in "ab"]
    events = [CampaignPaused(campaign=name, at=NOON) for name in names]
    storage.save(bare(f"pause {suffix}", events=events))
    return State().after(events)


def _neither_known(suffix: str) -> State:
    state = State()
    return State(*(state.campaign(f"{letter}-{suffix}") for letter in "ab"))


def _crossing(state: State) -> tuple[Decision, Decision]:
    """Two decisions that both read all of a state of two, of which each changes one."""
    guarded = tuple(EntityVersion(*ref, entity.version) for ref, entity in state.items())
    one, other = (
        evolve(
            bare(f"change {ref.id}", before=state, events=[_next(state, CampaignName(ref.id))]),
            before=guarded,
        )
        for ref, _ in state.items()
    )
    return one, other


def _next(state: State, name: CampaignName) -> CampaignPaused | CampaignResumed:
    paused = state.campaign(name).paused_since is not None
    return (CampaignResumed if paused else CampaignPaused)(campaign=name, at=NOON)


def _saved_at_once(seats: tuple[WholeStorage, ...], pair: tuple[Decision, Decision]) -> list[str]:
    tries = [
        lambda seat=seat, each=each: _outcome(seat, each)
        for seat, each in zip(seats, pair, strict=True)
    ]
    return sorted(all_at_once(tries))


def _outcome(storage: WholeStorage, decision: Decision) -> str:
    try:
        return type(storage.save(decision)).__name__
    except StaleDecisionError:
        return "StaleDecisionError"
