"""Storages that save what is stale."""

from time import sleep

from attrs import evolve
from tests.conformance.broken.around import A_MOMENT, Around

from privlib import StaleDecisionError, State
from privlib.decisions.decision import EntityVersion
from privlib.plugins import Saved


class Unguarded(Around):
    """Takes the versions to be those that are there now, where a child says so."""

    def save(self, *decisions):
        return self.inner.save(*map(self.guarded, decisions))

    def guarded(self, decision):
        versions = self.versions(decision)
        before = tuple(EntityVersion(*ref, version) for ref, version in versions.items())
        return evolve(decision, before=before)

    def versions(self, decision):
        refs = [entry.ref for entry in decision.before]
        found = {(entity.kind, entity.id): entity.version for entity in self.inner.get(refs)}
        return {ref: found.get(ref, 0) for ref in refs}


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
        versions = self.versions(decision)
        passing = all(str(versions[entry.ref]) <= str(entry.version) for entry in decision.before)
        return super().guarded(decision) if passing else decision


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
