"""Storages that count wrongly, or stand in their own way while they count."""

from collections import defaultdict
from threading import Lock, RLock
from time import sleep

from attrs import evolve
from tests.conformance.broken.around import A_MOMENT, LONG_ENOUGH, Around

from privlib import Exhausted, StaleDecisionError
from privlib.values.money import LARGEST_MINOR


class NaiveCounter(Around):
    """Looks whether there is room, and takes it a moment later."""

    def save(self, *decisions):
        for each in [each for decision in decisions for each in decision.reservations]:
            used = self.inner.limits([each.limit_key])[each.limit_key]
            if each.amount > 0 and used + each.amount > each.limit:
                return Exhausted(
                    limit_key=each.limit_key, used=used, limit=each.limit, wanted=each.amount
                )
        sleep(A_MOMENT)
        return self.inner.save(*map(unlimited, decisions))


def unlimited(decision):
    return evolve(
        decision,
        reservations=tuple(evolve(each, limit=LARGEST_MINOR) for each in decision.reservations),
    )


class CounterReadOutside(Around):
    """Writes what it has read before the transaction, plus the amount."""

    def __init__(self):
        super().__init__()
        self.lock = Lock()

    def save(self, *decisions):
        read = self.limits_of(decisions)
        sleep(A_MOMENT)
        with self.lock:
            now = self.limits_of(decisions)
            return self.inner.save(*(self.moved(each, read, now) for each in decisions))

    def limits_of(self, decisions):
        keys = [each.limit_key for decision in decisions for each in decision.reservations]
        return self.inner.limits(keys)

    def moved(self, decision, read, now):
        return evolve(
            decision,
            reservations=tuple(
                evolve(each, amount=read[each.limit_key] + each.amount - now[each.limit_key])
                for each in decision.reservations
            ),
        )


class UnsortedLocks(Around):
    """Locks limits in the order in which a decision names them."""

    def __init__(self):
        super().__init__()
        self.locks = defaultdict(RLock)

    def save(self, *decisions):
        held = []
        try:
            for each in [each for decision in decisions for each in decision.reservations]:
                if not self.locks[each.limit_key].acquire(timeout=4 * LONG_ENOUGH):
                    raise StaleDecisionError("deadlock")
                held.append(self.locks[each.limit_key])
                sleep(LONG_ENOUGH)
            return self.inner.save(*decisions)
        finally:
            for lock in held:
                lock.release()


class CachedBalance(Around):
    """Keeps what is used of a limit beside the storage, and counts before it is saved."""

    def __init__(self):
        super().__init__()
        self.used = defaultdict(int)

    def save(self, *decisions):
        for each in [each for decision in decisions for each in decision.reservations]:
            self.used[each.limit_key] += each.amount
        return self.inner.save(*decisions)

    def limits(self, keys):
        return {key: self.used[key] for key in keys}
