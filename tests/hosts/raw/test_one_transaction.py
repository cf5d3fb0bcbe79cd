"""One transaction for the host's order and for what follows from it, on his raw connection."""

import pytest
from tests.hosts.telling import WEI, Listener, Mailbox, friend, order

from privlib import (
    Exhausted,
    KeyConflictError,
    NotCommittedError,
    PersonalRef,
    PrivateDomain,
    Reservation,
    SqlStorage,
    StaleDecisionError,
    StorageBugError,
    yuan,
)
from privlib.testing.conformance.contents import contents
from privlib.testing.conformance.samples import NOON, PROGRAM, bare, decided


def domain_on(plain, *plugins):
    return PrivateDomain(
        PROGRAM, plugins=[SqlStorage(plain.connection), *plugins], secret=b"0123456789abcdef"
    )


# One transaction


def test_the_hosts_commit_commits_both(plain, host, outside):
    domain = domain_on(plain)
    plain.begin()
    plain.write("A-1")
    decision = domain.record_order(order())
    assert (host.written(), outside.stored(decision.key)) == ([], None)
    plain.commit()
    assert host.written() == ["A-1"]
    assert outside.stored(decision.key) == decision
    assert outside.get([WEI])[0].tier == "silver"


def test_the_hosts_rollback_undoes_both(plain, host, outside):
    domain = domain_on(plain)
    before = contents(outside)
    plain.begin()
    plain.write("A-1")
    decision = domain.record_order(order())
    plain.rollback()
    assert (host.written(), contents(outside)) == ([], before)
    assert outside.stored(decision.key) is None
    assert outside.program(PROGRAM.version) is None


def test_what_comes_first_makes_no_difference(plain, host, outside):
    domain = domain_on(plain)
    plain.begin()
    domain.record_order(order())
    plain.write("A-1")
    plain.rollback()
    assert (host.written(), outside.get([WEI])) == ([], ())
    plain.begin()
    domain.record_order(order())
    plain.write("A-1")
    plain.commit()
    assert (host.written(), len(outside.get([WEI]))) == (["A-1"], 1)


def test_the_domain_may_be_built_in_the_hosts_transaction(plain, host, outside):
    plain.begin()
    plain.write("A-1")
    domain_on(plain).record_order(order())
    plain.rollback()
    assert (host.written(), outside.get([WEI])) == ([], ())


def test_after_a_rollback_the_same_is_told_anew(plain):
    domain = domain_on(plain)
    plain.begin()
    first = domain.record_order(order())
    plain.rollback()
    plain.begin()
    again = domain.record_order(order())
    assert (again.events, again.replayed) == (first.events, False)
    plain.commit()
    plain.begin()
    assert domain.record_order(order()).replayed
    plain.commit()


def test_the_host_reads_his_own_writes_and_nobody_else_does(plain, outside):
    domain = domain_on(plain)
    plain.begin()
    plain.write("A-1")
    domain.record_order(order("A-1", 4_000))
    domain.record_order(order("A-2", 4_000))
    assert domain.progress("wei").spent == yuan(8_000)
    assert domain.record_order(order("A-1", 4_000)).replayed
    assert outside.get([WEI]) == ()
    plain.commit()
    assert outside.get([WEI])[0].spent == yuan(8_000)


def test_a_savepoint_of_the_host_takes_ours_back_with_it(plain, host, outside):
    domain = domain_on(plain)
    plain.begin()
    plain.write("A-1")
    domain.record_order(order("A-1"))
    plain.connection.execute("SAVEPOINT inner_part")
    plain.write("A-2")
    domain.record_order(order("A-2"))
    plain.connection.execute("ROLLBACK TO SAVEPOINT inner_part")
    plain.commit()
    assert host.written() == ["A-1"]
    assert outside.get([WEI])[0].orders == 1
    assert outside.stored("order:A-2:paid") is None


def test_a_stream_of_orders_is_rolled_back_whole(plain, host, outside):
    domain = domain_on(plain)
    plain.begin()
    plain.write("A-1")
    summary = domain.record_orders(order(f"A-{number}", 10) for number in range(300))
    assert summary.new == 300
    plain.rollback()
    assert (host.written(), outside.get([WEI])) == ([], ())


def test_erasing_is_the_hosts_to_commit_too(plain, outside):
    domain = domain_on(plain)
    plain.begin()
    domain.accept_friend(friend())
    plain.commit()
    ref = PersonalRef("name:wei")
    plain.begin()
    assert domain.storage.erase_personal("wei") == 1
    plain.rollback()
    assert outside.personal([ref])[ref].reveal() == "Wei Li"
    plain.begin()
    domain.storage.erase_personal("wei")
    plain.commit()
    assert outside.personal([ref]) == {}


# What goes wrong


def test_a_stale_decision_is_raised_and_the_hosts_work_is_alive(plain, host, outside):
    storage = SqlStorage(plain.connection)
    plain.begin()
    plain.write("A-1")
    first, late = decided(storage, order("A-1", 10)), decided(storage, order("A-2", 20))
    storage.save(first)
    with pytest.raises(StaleDecisionError):
        storage.save(late)
    plain.write("A-3")
    storage.save(decided(storage, order("A-3", 30)))
    plain.commit()
    assert host.written() == ["A-1", "A-3"]
    assert outside.get([WEI])[0].spent == yuan(40)
    assert outside.stored(late.key) is None


# On SQLite, what was read in a transaction keeps everybody else from writing until it ends.
@pytest.mark.parametrize("mode", ["sqlite3", "psycopg", "psycopg-autocommit"])
def test_a_domain_that_was_overtaken_raises_instead_of_trying_again(plain, host, outside):
    class Overtaken(SqlStorage):
        """The real storage, on which somebody else is faster, just before the first save."""

        def save(self, *decisions):
            outside.save(decided(outside, order(f"B-{next(numbers)}", 1)))
            return super().save(*decisions)

    numbers = iter(range(100))
    domain = PrivateDomain(PROGRAM, plugins=[Overtaken(plain.connection)])
    outside.keep_program(PROGRAM)
    plain.begin()
    with pytest.raises(StaleDecisionError):
        domain.record_order(order())
    assert next(numbers) == 1
    plain.write("A-1")
    plain.commit()
    assert host.written() == ["A-1"]
    assert outside.get([WEI])[0].orders == 1


def test_a_key_with_other_content_leaves_the_hosts_work_alive(plain, host, outside):
    domain = domain_on(plain)
    plain.begin()
    domain.record_order(order("A-1", 10))
    plain.commit()
    plain.begin()
    plain.write("A-1")
    with pytest.raises(KeyConflictError):
        domain.record_order(order("A-1", 11))
    plain.commit()
    assert host.written() == ["A-1"]
    assert outside.get([WEI])[0].spent == yuan(10)


def test_an_exhausted_limit_leaves_the_hosts_work_alive(plain, host, outside):
    storage = SqlStorage(plain.connection)
    plain.begin()
    plain.write("A-1")
    too_much = Reservation(limit_key="l", amount=2, limit=1)
    assert isinstance(storage.save(bare("d", reservations=[too_much])), Exhausted)
    with pytest.raises(StorageBugError):
        storage.save(bare("e", reservations=[Reservation.give_back("l", 1)]))
    plain.commit()
    assert host.written() == ["A-1"]
    assert (outside.stored("d"), outside.stored("e")) == (None, None)


def test_a_save_that_fails_begins_nothing_that_the_host_has_not_begun(plain, outside):
    storage = SqlStorage(plain.connection)
    late = decided(storage, order("A-2", 20))
    outside.save(decided(outside, order("A-1", 10)))
    with pytest.raises(StaleDecisionError):
        storage.save(late)
    assert not plain.in_transaction()
    assert outside.stored(late.key) is None


# Reading


def test_reading_leaves_an_idle_connection_idle(plain):
    domain = domain_on(plain)
    assert not plain.in_transaction()
    domain.progress("wei")
    domain.storage.stored("order:A-1:paid")
    domain.storage.history([WEI])
    assert domain.storage.get([]) == ()
    assert domain.run_due(at=NOON) == ()
    assert not plain.in_transaction()


def test_reading_ends_no_transaction_of_the_host(plain, host):
    domain = domain_on(plain)
    plain.begin()
    plain.write("A-1")
    domain.progress("wei")
    assert plain.in_transaction()
    plain.rollback()
    assert host.written() == []


# Delivering, observing, waking


def test_nothing_is_delivered_before_the_host_has_committed(plain, host):
    mailbox = Mailbox()
    domain = domain_on(plain, mailbox)
    plain.begin()
    plain.write("A-1")
    domain.record_order(order())
    with pytest.raises(NotCommittedError, match="commit it first"):
        domain.deliver(at=NOON)
    assert mailbox.sent == []
    plain.commit()
    assert (host.written(), domain.deliver(at=NOON).accepted) == (["A-1"], 2)
    assert len(mailbox.sent) == 2


def test_delivering_commits_by_itself_and_leaves_nothing_open(plain, outside):
    mailbox = Mailbox()
    domain = domain_on(plain, mailbox)
    plain.begin()
    domain.accept_friend(friend())
    domain.record_order(order())
    plain.commit()
    assert domain.deliver(at=NOON).accepted == 2
    assert not plain.in_transaction()
    assert mailbox.sent[0][1].startswith("Hello Wei Li, welcome to the shop!")
    assert domain.deliver(at=NOON.add(days=1)).accepted == 0
    assert outside.claim(at=NOON.add(days=1)) == ()


def test_what_was_rolled_back_is_never_delivered_nor_heard_of(plain):
    mailbox, listener = Mailbox(), Listener()
    domain = domain_on(plain, mailbox, listener)
    plain.begin()
    domain.record_order(order("A-1"))
    plain.rollback()
    domain.deliver(at=NOON)
    assert (mailbox.sent, listener.heard) == ([], [])
    plain.begin()
    kept = domain.record_order(order("A-2"))
    plain.commit()
    domain.deliver(at=NOON)
    assert (len(mailbox.sent), listener.heard) == (2, [kept])


def test_timers_are_decided_in_the_hosts_transaction(plain, host, outside):
    domain = domain_on(plain)
    plain.begin()
    domain.accept_friend(friend())
    plain.commit()
    due = NOON.add(days=3)
    plain.begin()
    plain.write("A-9")
    assert len(domain.run_due(at=due)) == 1
    plain.rollback()
    assert (host.written(), len(outside.due(due))) == ([], 1)
    plain.begin()
    assert len(domain.run_due(at=due)) == 1
    plain.commit()
    assert outside.due(due) == ()


# Where nobody has begun


@pytest.mark.parametrize("mode", ["sqlite3", "psycopg"])
def test_a_save_begins_the_hosts_transaction_as_any_statement_of_his_would(plain, host, outside):
    domain = domain_on(plain)
    domain.record_order(order())
    assert plain.in_transaction()
    assert outside.get([WEI]) == ()
    plain.write("A-1")
    plain.commit()
    assert (host.written(), len(outside.get([WEI]))) == (["A-1"], 1)


@pytest.mark.parametrize("mode", ["sqlite3-autocommit", "psycopg-autocommit"])
def test_in_autocommit_each_save_is_committed_as_any_statement_of_the_host_is(plain, outside):
    mailbox = Mailbox()
    domain = domain_on(plain, mailbox)
    decision = domain.record_order(order())
    assert not plain.in_transaction()
    assert outside.stored(decision.key) == decision
    plain.rollback()
    assert domain.deliver(at=NOON).accepted == 2
    assert len(mailbox.sent) == 2


@pytest.mark.parametrize("mode", ["sqlite3"])
def test_the_block_of_a_sqlite3_connection_commits_and_undoes_both(plain, host, outside):
    domain = domain_on(plain)
    with plain.connection:
        plain.write("A-1")
        domain.record_order(order("A-1", 10))

    def fail_at_the_end():
        with plain.connection:
            plain.write("A-2")
            domain.record_order(order("A-2", 20))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_at_the_end()
    assert (host.written(), outside.get([WEI])[0].spent) == (["A-1"], yuan(10))


@pytest.mark.parametrize("mode", ["psycopg", "psycopg-autocommit"])
def test_blocks_of_a_psycopg_connection_commit_and_undo_both(plain, host, outside):
    import psycopg

    domain = domain_on(plain)
    with plain.connection.transaction():
        plain.write("A-1")
        domain.record_order(order("A-1", 10))
        with plain.connection.transaction():
            plain.write("A-2")
            domain.record_order(order("A-2", 20))
            raise psycopg.Rollback
    assert (host.written(), outside.get([WEI])[0].spent) == (["A-1"], yuan(10))
