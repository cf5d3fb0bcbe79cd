"""One transaction for the host's objects and for what follows from them, in his own ORM Session."""

import pytest
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from tests.hosts.telling import WEI, order

from privlib import (
    ConsoleChannel,
    NotCommittedError,
    PrivateDomain,
    SqlStorage,
    StaleDecisionError,
    StorageError,
    yuan,
)
from privlib.testing.conformance.samples import NOON, PROGRAM, decided


class Base(DeclarativeBase):
    """The host's own mapping."""


class ShopOrder(Base):
    """The host's own row of an order."""

    __tablename__ = "shop_orders"

    id: Mapped[str] = mapped_column(primary_key=True)
    fen: Mapped[int]


@pytest.fixture
def session(host):
    with Session(host.engine) as session:
        yield session


def paid_webhook(session, id):
    """What the host does when an order was paid, as in the design."""
    domain = PrivateDomain(PROGRAM, plugins=[SqlStorage(session), ConsoleChannel()])
    session.add(ShopOrder(id=id, fen=600_000))
    domain.record_order(order(id))
    return domain


def test_the_hosts_commit_commits_both(host, session, outside):
    paid_webhook(session, "A-1")
    assert (host.written(), outside.get([WEI])) == ([], ())
    session.commit()
    assert host.written() == ["A-1"]
    assert outside.get([WEI])[0].tier == "silver"


def test_the_hosts_rollback_undoes_both(host, session, outside):
    paid_webhook(session, "A-1")
    session.rollback()
    assert (host.written(), outside.get([WEI])) == ([], ())


def test_a_flushed_object_is_undone_with_ours(host, session, outside):
    session.add(ShopOrder(id="A-1", fen=1))
    session.flush()
    domain = PrivateDomain(PROGRAM, plugins=[SqlStorage(session)])
    domain.record_order(order())
    session.rollback()
    assert (host.written(), outside.get([WEI])) == ([], ())


def test_the_session_may_begin_after_the_domain_was_built(host, session, outside):
    domain = PrivateDomain(PROGRAM, plugins=[SqlStorage(session)])
    with session.begin():
        session.add(ShopOrder(id="A-1", fen=1))
        domain.record_order(order())
    assert (host.written(), len(outside.get([WEI]))) == (["A-1"], 1)


def test_a_session_that_is_closed_without_a_commit_keeps_nothing(host, outside):
    with Session(host.engine) as session:
        paid_webhook(session, "A-1")
    assert (host.written(), outside.get([WEI])) == ([], ())


def test_one_domain_serves_one_transaction_after_the_other(host, session, outside):
    domain = PrivateDomain(PROGRAM, plugins=[SqlStorage(session)])
    for number in range(3):
        session.add(ShopOrder(id=f"A-{number}", fen=1))
        domain.record_order(order(f"A-{number}", 10))
        session.commit()
    assert host.written() == ["A-0", "A-1", "A-2"]
    assert outside.get([WEI])[0].orders == 3


def test_a_stale_decision_is_raised_and_the_hosts_objects_are_alive(host, session, outside):
    storage = SqlStorage(session)
    first, late = decided(storage, order("A-1", 10)), decided(storage, order("A-2", 20))
    mine = ShopOrder(id="A-1", fen=1_000)
    session.add(mine)
    session.flush()
    storage.save(first)
    with pytest.raises(StaleDecisionError):
        storage.save(late)
    assert mine in session
    mine.fen = 999
    session.add(ShopOrder(id="A-3", fen=1))
    session.commit()
    assert host.written() == ["A-1", "A-3"]
    assert outside.get([WEI])[0].spent == yuan(10)
    assert session.get(ShopOrder, "A-1").fen == 999


def test_nothing_is_delivered_before_the_host_has_committed(host, session, capsys):
    domain = paid_webhook(session, "A-1")
    with pytest.raises(NotCommittedError):
        domain.deliver(at=NOON)
    assert capsys.readouterr().out == ""
    session.commit()
    assert domain.deliver(at=NOON).accepted == 2
    assert "silver-pack" in capsys.readouterr().out
    assert domain.deliver(at=NOON).accepted == 0
    assert not session.in_transaction()


def test_an_object_that_waits_to_be_written_is_not_written_by_delivering(host, session):
    domain = paid_webhook(session, "A-1")
    session.commit()
    session.add(ShopOrder(id="A-2", fen=1))
    with pytest.raises(NotCommittedError):
        domain.deliver(at=NOON)
    session.rollback()
    assert host.written() == ["A-1"]


def test_delivering_leaves_the_hosts_loaded_objects_as_they_are(host, outside):
    with Session(host.engine, expire_on_commit=False) as session:
        domain = PrivateDomain(PROGRAM, plugins=[SqlStorage(session), ConsoleChannel()])
        mine = ShopOrder(id="A-1", fen=600_000)
        session.add(mine)
        domain.record_order(order())
        session.commit()
        domain.deliver(at=NOON)
        domain.progress("wei")
        assert set(mine.__dict__) >= {"id", "fen"}
        assert mine in session


def test_reading_leaves_an_idle_session_idle(session):
    domain = PrivateDomain(PROGRAM, plugins=[SqlStorage(session)])
    domain.progress("wei")
    assert domain.run_due(at=NOON) == ()
    assert not session.in_transaction()


def test_a_failed_read_leaves_an_idle_session_idle_and_usable(session, host, outside):
    storage = SqlStorage(session)
    with host.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE privlib_limits")
    with pytest.raises(StorageError):
        storage.limits(["l"])
    assert not session.in_transaction()
    assert storage.get([WEI]) == ()


def test_ten_lines_as_in_the_design(host, session, outside):
    """A new domain for each webhook, over one database."""
    for number in range(3):
        with Session(host.engine) as own:
            domain = paid_webhook(own, f"A-{number}")
            own.commit()
            domain.deliver(at=NOON)
    assert outside.get([WEI])[0].tier == "gold"
    assert len(host.written()) == 3
