"""Storages that lose messages, or let the wrong one settle them."""

from itertools import count
from threading import Lock
from time import sleep

from attrs import evolve
from tests.conformance.broken.around import LONG_ENOUGH, Around, key_only, with_key, without

from privlib.plugins import Claimed, Saved


class CursorOutbox(Around):
    """Relays what has a greater number than the last that it relayed."""

    def __init__(self):
        super().__init__()
        self.numbers = count()
        self.number_of = {}
        self.last = -1
        self.lock = Lock()

    def save(self, *decisions):
        number = next(self.numbers)
        for decision in decisions:
            self.number_of.update((request.key, number) for request in decision.requests)
        sleep(LONG_ENOUGH if number % 40 == 7 else 0)
        return self.inner.save(*decisions)

    def claim(self, **settings):
        with self.lock:
            claims = self.inner.claim(**settings)
            later = [each for each in claims if self.number_of[each.request.key] > self.last]
            self.last = max([self.last, *(self.number_of[each.request.key] for each in later)])
            return tuple(later)


class OutboxAfterCommit(Around):
    """Writes the requests when everything else is committed."""

    def save(self, *decisions):
        outcome = self.inner.save(*(without(each, "requests") for each in decisions))
        sleep(LONG_ENOUGH)
        if isinstance(outcome, Saved):
            for each in decisions:
                rest = without(key_only(each), "refusals")
                rest = evolve(rest, requests=each.requests)
                self.inner.save(with_key(rest, f"{each.key} requests"))
        return outcome


class EndlessLease(Around):
    """Leases for ever what was claimed once."""

    def claim(self, *, at, limit=100, lease_seconds=60):
        return self.inner.claim(at=at, limit=limit, lease_seconds=10**9)


class LateSettleAccepted(Around):
    """Lets anybody settle, whoever has it now."""

    def __init__(self):
        super().__init__()
        self.latest = {}

    def claim(self, **settings):
        claims = self.inner.claim(**settings)
        self.latest.update((each.request.key, each.attempt) for each in claims)
        return claims

    def settle(self, claimed, delivery, *, at):
        attempt = self.latest.get(claimed.request.key, claimed.attempt)
        return self.inner.settle(Claimed(claimed.request, attempt), delivery, at=at)
