"""One transaction for the host's order and for what follows from it, on his own Connection."""

import pytest
from tests.hosts.telling import WEI, Listener, Mailbox, friend, order

from privlib import (
    Exhausted,
    InMemory,
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


@pytest.fixture
def connection(host):
    with host.engine.connect() as connection:
        yield connection


def domain_on(connection, *plugins):
    return PrivateDomain(
        PROGRAM, plugins=[SqlStorage(connection), *plugins], secret=b"0123456789abcdef"
    )


# One transaction


def test_the_hosts_commit_commits_both(host, connection, outside):
    domain = domain_on(connection)
    host.write(connection, "A-1")
    decision = domain.record_order(order())
    assert (host.written(), outside.stored(decision.key)) == ([], None)
    connection.commit()
    assert host.written() == ["A-1"]
    assert outside.stored(decision.key) == decision
    assert outside.get([WEI])[0].tier == "silver"


def test_the_hosts_rollback_undoes_both(host, connection, outside):
    domain = domain_on(connection)
    before = contents(outside)
    host.write(connection, "A-1")
    decision = domain.record_order(order())
    connection.rollback()
    assert host.written() == []
    assert contents(outside) == before
    assert outside.stored(decision.key) is None
    assert outside.program(PROGRAM.version) is None


def test_what_comes_first_makes_no_difference(host, connection, outside):
    domain = domain_on(connection)
    domain.record_order(order())
    host.write(connection, "A-1")
    connection.rollback()
    assert (host.written(), outside.get([WEI])) == ([], ())
    domain.record_order(order())
    host.write(connection, "A-1")
    connection.commit()
    assert (host.written(), len(outside.get([WEI]))) == (["A-1"], 1)


def test_after_a_rollback_the_same_is_told_anew(connection):
    domain = domain_on(connection)
    first = domain.record_order(order())
    connection.rollback()
    again = domain.record_order(order())
    assert (again.events, again.replayed) == (first.events, False)
    connection.commit()
    assert domain.record_order(order()).replayed


def test_the_host_may_begin_after_the_domain_was_built(host, connection, outside):
    domain = domain_on(connection)
    with connection.begin():
        host.write(connection, "A-1")
        domain.record_order(order())
    assert (host.written(), len(outside.get([WEI]))) == (["A-1"], 1)


def test_an_exception_in_the_hosts_block_undoes_both(host, connection, outside):
    domain = domain_on(connection)

    def fail_at_the_end():
        with connection.begin():
            host.write(connection, "A-1")
            domain.record_order(order())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_at_the_end()
    assert (host.written(), outside.get([WEI])) == ([], ())


def test_the_host_reads_his_own_writes_and_nobody_else_does(host, connection, outside):
    domain = domain_on(connection)
    host.write(connection, "A-1")
    domain.record_order(order("A-1", 4_000))
    domain.record_order(order("A-2", 4_000))
    assert domain.progress("wei").spent == yuan(8_000)
    assert domain.record_order(order("A-1", 4_000)).replayed
    assert outside.get([WEI]) == ()
    connection.commit()
    assert outside.get([WEI])[0].spent == yuan(8_000)


def test_a_savepoint_of_the_host_takes_ours_back_with_it(host, connection, outside):
    domain = domain_on(connection)
    host.write(connection, "A-1")
    domain.record_order(order("A-1"))
    inner = connection.begin_nested()
    host.write(connection, "A-2")
    domain.record_order(order("A-2"))
    inner.rollback()
    connection.commit()
    assert host.written() == ["A-1"]
    assert outside.get([WEI])[0].orders == 1
    assert outside.stored("order:A-2:paid") is None


def test_a_stream_of_orders_is_rolled_back_whole(host, connection, outside):
    domain = domain_on(connection)
    host.write(connection, "A-1")
    summary = domain.record_orders(order(f"A-{number}", 10) for number in range(900))
    assert summary.new == 900
    connection.rollback()
    assert (host.written(), outside.get([WEI])) == ([], ())


def test_erasing_is_the_hosts_to_commit_too(connection, outside):
    domain = domain_on(connection)
    domain.accept_friend(friend())
    connection.commit()
    ref = PersonalRef("name:wei")
    assert domain.storage.erase_personal("wei") == 1
    connection.rollback()
    assert outside.personal([ref])[ref].reveal() == "Wei Li"
    domain.storage.erase_personal("wei")
    connection.commit()
    assert outside.personal([ref]) == {}


# What goes wrong


def test_a_stale_decision_is_raised_and_the_hosts_work_is_alive(host, connection, outside):
    storage = SqlStorage(connection)
    host.write(connection, "A-1")
    first, late = decided(storage, order("A-1", 10)), decided(storage, order("A-2", 20))
    storage.save(first)
    with pytest.raises(StaleDecisionError):
        storage.save(late)
    host.write(connection, "A-3")
    storage.save(decided(storage, order("A-3", 30)))
    connection.commit()
    assert host.written() == ["A-1", "A-3"]
    assert outside.get([WEI])[0].spent == yuan(40)
    assert outside.stored(late.key) is None


def test_a_domain_that_was_overtaken_raises_instead_of_trying_again(host, connection, outside):
    class Overtaken(SqlStorage):
        """The real storage, on which somebody else is faster, just before each save."""

        def save(self, *decisions):
            outside.save(decided(outside, order(f"B-{next(numbers)}", 1)))
            return super().save(*decisions)

    numbers = iter(range(100))
    storage = Overtaken(connection)
    domain = PrivateDomain(PROGRAM, plugins=[storage])
    outside.keep_program(PROGRAM)
    with pytest.raises(StaleDecisionError):
        domain.record_order(order())
    assert next(numbers) == 1
    host.write(connection, "A-1")
    connection.commit()
    assert host.written() == ["A-1"]
    assert outside.get([WEI])[0].orders == 1


def test_a_key_with_other_content_leaves_the_hosts_work_alive(host, connection, outside):
    domain = domain_on(connection)
    domain.record_order(order("A-1", 10))
    connection.commit()
    host.write(connection, "A-1")
    with pytest.raises(KeyConflictError):
        domain.record_order(order("A-1", 11))
    connection.commit()
    assert host.written() == ["A-1"]
    assert outside.get([WEI])[0].spent == yuan(10)


def test_an_exhausted_limit_leaves_the_hosts_work_alive(host, connection, outside):
    storage = SqlStorage(connection)
    host.write(connection, "A-1")
    too_much = Reservation(limit_key="l", amount=2, limit=1)
    assert isinstance(storage.save(bare("d", reservations=[too_much])), Exhausted)
    with pytest.raises(StorageBugError):
        storage.save(bare("e", reservations=[Reservation.give_back("l", 1)]))
    connection.commit()
    assert host.written() == ["A-1"]
    assert outside.stored("d") is None
    assert outside.stored("e") is None


def test_a_batch_that_falls_back_to_one_by_one_stays_in_the_hosts_transaction(
    host, connection, outside
):
    domain = domain_on(connection)
    host.write(connection, "A-1")
    problems = []
    summary = domain.record_orders(
        [order("A-1", 10), order("A-1", 11), order("A-2", 20)],
        on_problem=lambda command, problem: problems.append((command.paid, type(problem))),
    )
    assert (summary.new, problems) == (2, [(yuan(11), KeyConflictError)])
    connection.rollback()
    assert (host.written(), outside.get([WEI])) == ([], ())


# Reading


def test_reading_leaves_an_idle_connection_idle(connection):
    domain = domain_on(connection)
    assert not connection.in_transaction()
    domain.progress("wei")
    domain.storage.stored("order:A-1:paid")
    domain.storage.history([WEI])
    assert not connection.in_transaction()


def test_reading_ends_no_transaction_of_the_host(host, connection):
    domain = domain_on(connection)
    host.write(connection, "A-1")
    domain.progress("wei")
    connection.rollback()
    assert host.written() == []


# Delivering


def test_nothing_is_delivered_before_the_host_has_committed(host, connection):
    mailbox = Mailbox()
    domain = domain_on(connection, mailbox)
    host.write(connection, "A-1")
    domain.record_order(order())
    with pytest.raises(NotCommittedError, match="commit it first"):
        domain.deliver(at=NOON)
    assert mailbox.sent == []
    connection.commit()
    assert (host.written(), domain.deliver(at=NOON).accepted) == (["A-1"], 2)


def test_delivering_commits_by_itself_and_leaves_nothing_open(connection, outside):
    mailbox = Mailbox()
    domain = domain_on(connection, mailbox)
    domain.record_order(order())
    connection.commit()
    assert domain.deliver(at=NOON).accepted == 2
    assert not connection.in_transaction()
    assert len(mailbox.sent) == 2
    assert domain.deliver(at=NOON.add(days=1)).accepted == 0
    assert outside.claim(at=NOON.add(days=1)) == ()


def test_what_was_rolled_back_is_never_delivered(connection):
    mailbox = Mailbox()
    domain = domain_on(connection, mailbox)
    domain.record_order(order())
    connection.rollback()
    domain.deliver(at=NOON)
    assert mailbox.sent == []


def test_names_are_filled_in_between_the_hosts_transactions(connection):
    mailbox = Mailbox()
    domain = domain_on(connection, mailbox, Listener())
    domain.accept_friend(friend())
    domain.record_order(order())
    connection.commit()
    assert domain.deliver(at=NOON).accepted == 2
    assert mailbox.sent[0][1].startswith("Hello Wei Li, welcome to the shop!")


# Observing


def test_observers_hear_what_was_committed_and_nothing_else(connection):
    listener = Listener()
    domain = domain_on(connection, listener)
    domain.record_order(order("A-1"))
    connection.rollback()
    kept = domain.record_order(order("A-2"))
    assert listener.heard == []
    connection.commit()
    assert listener.heard == []
    domain.deliver(at=NOON)
    assert listener.heard == [kept]
    assert [heard.replayed for heard in listener.heard] == [False]


def test_observers_hear_it_once_although_it_was_told_again_after_a_rollback(connection):
    listener = Listener()
    domain = domain_on(connection, listener)
    domain.record_order(order())
    connection.rollback()
    domain.record_order(order())
    connection.commit()
    domain.deliver(at=NOON)
    domain.deliver(at=NOON)
    assert len(listener.heard) == 1


def test_observers_hear_nothing_while_the_transaction_is_open_and_all_of_it_later(connection):
    listener = Listener()
    domain = domain_on(connection, listener)
    decisions = [domain.record_order(order(f"A-{number}", 10)) for number in range(3)]
    with pytest.raises(NotCommittedError):
        domain.deliver(at=NOON)
    assert listener.heard == []
    connection.commit()
    domain.deliver(at=NOON)
    assert listener.heard == decisions


def test_observers_do_not_hear_replays(connection):
    listener = Listener()
    domain = domain_on(connection, listener)
    domain.record_order(order())
    connection.commit()
    domain.record_order(order())
    connection.commit()
    domain.deliver(at=NOON)
    assert len(listener.heard) == 1


# Timers


def test_timers_are_decided_in_the_hosts_transaction(host, connection, outside):
    domain = domain_on(connection)
    domain.accept_friend(friend())
    connection.commit()
    due = NOON.add(days=3)
    host.write(connection, "A-9")
    assert len(domain.run_due(at=due)) == 1
    connection.rollback()
    assert (host.written(), len(outside.due(due))) == ([], 1)
    assert len(domain.run_due(at=due)) == 1
    connection.commit()
    assert outside.due(due) == ()


def test_a_domain_says_whether_it_works_in_a_hosts_transaction(connection, outside):
    assert SqlStorage(connection).joined
    assert not outside.joined
    assert not InMemory().joined
