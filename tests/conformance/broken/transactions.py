"""Storages that commit half of what they should."""

from time import sleep

from tests.conformance.broken.around import LONG_ENOUGH, Around, with_key, without, without_events

from privlib import Exhausted
from privlib.plugins import Saved


class AutocommitPerStatement(Around):
    """Commits the entities by one statement and all the rest by the next."""

    def save(self, *decisions):
        for decision in decisions:
            if decision.events and self.inner.stored(decision.key) is None:
                parts = ("requests", "timers", "cancels", "fires", "reservations", "personal")
                self.inner.save(with_key(without(decision, *parts), f"{decision.key} entities"))
        sleep(LONG_ENOUGH)
        return self.inner.save(*map(without_events, decisions))


class PartialBatch(Around):
    """Saves the decisions of a batch one by one."""

    def save(self, *decisions):
        saved = []
        for decision in decisions:
            outcome = self.inner.save(decision)
            if isinstance(outcome, Exhausted):
                return outcome
            saved.extend(outcome.decisions)
        return Saved(tuple(saved))
