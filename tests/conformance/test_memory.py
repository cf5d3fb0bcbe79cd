"""The storage in memory keeps every promise but to survive its process."""

from privlib import InMemory
from privlib.testing.conformance import StorageSuite


class TestInMemory(StorageSuite):
    survives_reopening = shared_by_processes = joins_a_host = False
    # There is nothing under it that could break.
    tells_a_lost_connection = tells_a_full_disk = tells_a_read_only_place = tells_a_timeout = False

    def make(self):
        return InMemory()
