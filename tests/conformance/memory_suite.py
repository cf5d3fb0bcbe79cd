"""The suite as a storage in memory adopts it: it has nothing to reopen, and no ground to lose."""

from privlib.testing.conformance import StorageSuite


class MemorySuite(StorageSuite):
    survives_reopening = shared_by_processes = joins_a_host = False
    tells_a_lost_connection = tells_a_full_disk = tells_a_read_only_place = tells_a_timeout = False


def suite_of(storage):
    """The suite of a kind of storage in memory."""

    class Suite(MemorySuite):
        def make(self):
            return storage()

    return Suite
