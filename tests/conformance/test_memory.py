"""The storage in memory keeps every promise but to survive its process."""

from tests.conformance.memory_suite import MemorySuite

from privlib import InMemory


class TestInMemory(MemorySuite):
    def make(self):
        return InMemory()
