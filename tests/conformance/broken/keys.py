"""Storages that do not know what was told before."""

from itertools import count
from time import sleep

from attrs import evolve
from tests.conformance.broken.around import LONG_ENOUGH, Around, key_only, with_key

from privlib import Exhausted
from privlib.plugins import Saved


class KeyBeforeEffect(Around):
    """Stores the key first, in a transaction of its own."""

    def save(self, *decisions):
        saved = []
        for decision in decisions:
            (known,) = self.inner.save(key_only(decision)).decisions
            if not known.replayed:
                outcome = self.inner.save(with_key(decision, f"{decision.key} effect"))
                if isinstance(outcome, Exhausted):
                    return outcome
                known = decision
            saved.append(known)
        return Saved(tuple(saved))


class KeyAfterCommit(Around):
    """Stores the key when everything else is committed."""

    def __init__(self):
        super().__init__()
        self.numbers = count()

    def save(self, *decisions):
        saved = []
        for decision in decisions:
            known = self.inner.stored(decision.key)
            if known is None:
                sleep(LONG_ENOUGH)
                number = next(self.numbers)
                outcome = self.inner.save(with_key(decision, f"{decision.key} effect {number}"))
                if isinstance(outcome, Exhausted):
                    return outcome
                self.inner.save(key_only(decision))
            saved.append(known or decision)
        return Saved(tuple(saved))


class KeyWithoutInputHash(Around):
    """Knows the key, but not what was told under it."""

    def save(self, *decisions):
        known = [self.inner.stored(decision.key) for decision in decisions]
        return Saved(tuple(known)) if None not in known else self.inner.save(*decisions)


class KeyNotScoped(Around):
    """Stores a key by its last part, whatever was told about it."""

    def save(self, *decisions):
        return self.inner.save(*(evolve(each, key=last_part(each.key)) for each in decisions))

    def stored(self, key):
        return self.inner.stored(last_part(key))


def last_part(key):
    return key.rpartition(":")[2]
