"""Storages that are broken on purpose: each keeps all promises but one.

Most of them are mistakes that were read in other people's systems. Where one only shows between two
callers, it takes a pause at the worst moment, so that it shows in every run.
"""

from collections import defaultdict
from datetime import datetime
from itertools import count
from threading import Lock, RLock
from time import sleep
from zoneinfo import ZoneInfo

from attrs import evolve

from privlib import Exhausted, InMemory, StaleDecisionError, State
from privlib.decisions.decision import EntityVersion
from privlib.plugins import Claimed, Saved
from privlib.values.moment import moment
from privlib.values.money import LARGEST_MINOR
from privlib.values.personal import Masked

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


def with_key(decision, key):
    return evolve(decision, key=key, input_hash=f"none:{key}")


def unlimited(decision):
    return evolve(
        decision,
        reservations=tuple(evolve(each, limit=LARGEST_MINOR) for each in decision.reservations),
    )


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


class Unguarded(Around):
    """Takes the versions to be those that are there now, where a child says so."""

    def save(self, *decisions):
        return self.inner.save(*map(self.guarded, decisions))

    def guarded(self, decision):
        versions = {ref: entity.version for ref, entity in self.now(decision).items()}
        before = tuple(
            evolve_version(entry, versions.get(entry.ref, 0)) for entry in decision.before
        )
        return evolve(decision, before=before)

    def now(self, decision):
        refs = [entry.ref for entry in decision.before]
        found = {(entity.kind, entity.id): entity for entity in self.inner.get(refs)}
        return {ref: found[ref] for ref in refs if ref in found}


def evolve_version(entry, version):
    return EntityVersion(entry.kind, entry.id, version)


class LastWriteWins(Unguarded):
    """Compares no versions at all."""


class VersionNotBumped(Around):
    """Writes the entity with the version that it had."""

    def save(self, *decisions):
        return self.inner.save(*map(self.with_old_versions, decisions))

    def with_old_versions(self, decision):
        versions = {entry.ref: entry.version for entry in decision.before}
        entities = [
            evolve(entity, version=versions.get(ref, entity.version))
            for ref, entity in decision.after.items()
        ]
        return evolve(decision, after=State(*entities))


class VersionComparedAsText(Unguarded):
    """Takes version 9 to be later than version 10."""

    def guarded(self, decision):
        versions = {ref: entity.version for ref, entity in self.now(decision).items()}
        passing = all(
            str(versions.get(entry.ref, 0)) <= str(entry.version) for entry in decision.before
        )
        return super().guarded(decision) if passing else decision


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


def key_only(decision):
    parts = ("requests", "timers", "cancels", "fires", "reservations", "personal")
    return without_events(without(decision, *parts))


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


class SwallowedConflict(Around):
    """Answers as if all were well when a decision is stale."""

    def save(self, *decisions):
        try:
            return self.inner.save(*decisions)
        except StaleDecisionError:
            return Saved(decisions)


class RetryWithoutReload(Unguarded):
    """When a decision is stale, saves the same once more upon what is there now."""

    def get(self, refs):
        found = self.inner.get(refs)
        sleep(A_MOMENT)
        return found

    def save(self, *decisions):
        try:
            return self.inner.save(*decisions)
        except StaleDecisionError:
            return super().save(*decisions)


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


class FloatsForMoney(Around):
    """Keeps amounts as floats."""

    def save(self, *decisions):
        return self.inner.save(*map(self.in_floats, decisions))

    def in_floats(self, decision):
        return evolve(decision, requests=tuple(map(self.request_in_floats, decision.requests)))

    def request_in_floats(self, request):
        value = getattr(request, "value", None)
        return (
            request if value is None else evolve(request, value=evolve(value, minor=whole(value)))
        )


def whole(value):
    nearest = int(float(value.minor))
    return max(-LARGEST_MINOR, min(LARGEST_MINOR, nearest))


class LocalTimeStamps(Around):
    """Keeps moments by the clock on the wall, without saying which of two equal hours it was."""

    def save(self, *decisions):
        return self.inner.save(*map(self.by_the_wall, decisions))

    def by_the_wall(self, decision):
        timers = (evolve(timer, due=on_the_wall(timer.due)) for timer in decision.timers)
        return evolve(decision, timers=tuple(timers))


def on_the_wall(instant):
    zone = ZoneInfo("America/New_York")
    if instant.year == 1:
        return instant
    wall = datetime.fromisoformat(instant.isoformat()).astimezone(zone)
    return moment(wall.replace(fold=0))


class TextCutAt255(Around):
    """Keeps text in a column of 255 characters."""

    def save(self, *decisions):
        return self.inner.save(*map(self.cut, decisions))

    def cut(self, decision):
        personal = tuple(
            evolve(each, value=Masked(each.value.reveal()[:255])) for each in decision.personal
        )
        requests = (
            evolve(each, text=each.text[:255]) if hasattr(each, "text") else each
            for each in decision.requests
        )
        return evolve(decision, personal=personal, requests=tuple(requests))


BROKEN = {
    NaiveCounter: "test_1000_callers_after_a_limit_of_100_get_exactly_100",
    CounterReadOutside: "test_1000_callers_after_a_limit_of_100_get_exactly_100",
    LastWriteWins: "test_a_stale_decision_is_refused_and_writes_nothing",
    VersionNotBumped: "test_two_that_create_the_same_cannot_both_be_saved",
    VersionComparedAsText: "test_a_stale_decision_is_refused_at_every_version",
    AutocommitPerStatement: "test_who_sees_a_part_of_a_save_sees_all_of_it",
    PartialBatch: "test_a_batch_whose_last_is_stale_writes_none",
    KeyBeforeEffect: "test_a_stale_decision_is_refused_and_writes_nothing",
    KeyAfterCommit: "test_32_callers_of_one_key_save_it_once",
    KeyWithoutInputHash: "test_other_content_under_a_key_is_a_conflict",
    KeyNotScoped: "test_keys_of_different_verbs_about_one_id_are_different_keys",
    CursorOutbox: "test_every_message_of_many_writers_is_relayed_once",
    OutboxAfterCommit: "test_who_sees_a_part_of_a_save_sees_all_of_it",
    EndlessLease: "test_a_lease_that_ran_out_hands_the_request_on",
    LateSettleAccepted: "test_a_late_settlement_is_refused",
    UnsortedLocks: "test_two_limits_taken_in_either_order_do_not_block_each_other",
    SwallowedConflict: "test_two_that_create_the_same_cannot_both_be_saved",
    RetryWithoutReload: "test_no_update_is_lost",
    CachedBalance: "test_a_batch_whose_last_finds_no_room_writes_none",
    FloatsForMoney: "test_any_amount_comes_back_to_the_fen",
    LocalTimeStamps: "test_any_moment_comes_back_to_the_microsecond",
    TextCutAt255: "test_any_text_comes_back_as_it_was",
}
"""Every broken storage, and the check that finds it out."""
