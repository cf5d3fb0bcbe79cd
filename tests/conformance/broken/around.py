"""A sound storage to go around, and decisions with something left out of them."""

from attrs import evolve

from privlib import InMemory, State

# Where a fault only shows between two callers, it is given this long to show in every run.
A_MOMENT = 0.002
LONG_ENOUGH = 0.05


class Around:
    """A sound storage in memory; what a child does not change, it leaves to it."""

    def __init__(self):
        self.inner = InMemory()

    def __getattr__(self, name):
        return getattr(self.inner, name)


def without(decision, *parts):
    return evolve(decision, **dict.fromkeys(parts, ()))


def without_events(decision):
    return evolve(decision, before=(), events=(), after=State())


def key_only(decision):
    parts = ("requests", "timers", "cancels", "fires", "reservations", "personal")
    return without_events(without(decision, *parts))


def with_key(decision, key):
    return evolve(decision, key=key, input_hash=f"none:{key}")
