"""The example of a storage by somebody else, beyond what the suite says of it."""

import pytest

from journal_storage import JournalStorage
from privlib import (
    EntityRef,
    Masked,
    NewFriend,
    Order,
    PrivateDomain,
    StorageUnavailableError,
    default_program,
    yuan,
)
from privlib.testing.conformance.samples import NOON

WEI = EntityRef("member", "wei")


def told(storage, id):
    domain = PrivateDomain(default_program(), plugins=[storage])
    return domain.record_order(Order(id=id, customer="wei", paid=yuan(10), paid_at=NOON), at=NOON)


def test_a_line_without_an_end_is_not_read_and_is_written_over(tmp_path):
    path = tmp_path / "shop.journal"
    told(JournalStorage(path), "A-1")
    whole = path.read_bytes()
    told(JournalStorage(path), "A-2")
    path.write_bytes(path.read_bytes()[:-1])
    after_the_crash = JournalStorage(path)
    assert after_the_crash.stored("order:A-2:paid") is None
    assert not told(after_the_crash, "A-2").replayed
    assert JournalStorage(path).get([WEI])[0].spent == yuan(20)
    assert path.read_bytes().startswith(whole)


def test_a_name_lies_beside_the_journal_and_is_gone_when_it_is_erased(tmp_path):
    storage = JournalStorage(tmp_path / "shop.journal")
    program = default_program().with_secret(b"0123456789abcdef")
    domain = PrivateDomain(program, plugins=[storage])
    friend = NewFriend(
        customer="wei", employee="mei", carrier="wecom", added_at=NOON, name=Masked("Wei Canary")
    )
    domain.accept_friend(friend, at=NOON)
    assert holding(tmp_path) == ["shop.names"]
    assert storage.erase_personal("wei") == 1
    assert holding(tmp_path) == []


def holding(folder):
    return [path.name for path in folder.iterdir() if b"Canary" in path.read_bytes()]


def test_a_journal_that_cannot_be_opened_is_unavailable(tmp_path):
    storage = JournalStorage(tmp_path / "no such folder" / "shop.journal")
    with pytest.raises(StorageUnavailableError, match="No such file"):
        storage.get([WEI])
