from functools import partial

from journal_storage import JournalStorage
from privlib.testing.conformance import StorageSuite


class TestJournalStorage(StorageSuite):
    joins_a_host = tells_a_lost_connection = tells_a_timeout = False
    tells_a_full_disk = tells_a_read_only_place = False

    def make(self):
        return JournalStorage(self.folder() / "shop.journal")

    def opener(self, storage):
        return partial(JournalStorage, storage.path)
