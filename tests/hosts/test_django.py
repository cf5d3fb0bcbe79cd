"""One transaction for a Django host: his model and ours in `atomic()`, on the raw connection."""

import pytest
from sqlalchemy import make_url
from tests.hosts.telling import WEI, Mailbox, order

from privlib import NotCommittedError, PrivateDomain, SqlStorage, StaleDecisionError, yuan
from privlib.adapters.sql import create_tables
from privlib.testing.conformance.samples import NOON, PROGRAM, decided

pytest.importorskip("django", reason="the story of a Django host needs Django")
import django
from django.conf import settings
from django.db import IntegrityError, connection, connections, models, transaction

if not settings.configured:
    settings.configure(DATABASES={"default": {}}, INSTALLED_APPS=[], LOGGING_CONFIG=None)
    django.setup()


class ShopOrder(models.Model):  # noqa: DJ008 - nobody prints it
    """The host's own row of an order."""

    id = models.TextField(primary_key=True)
    fen = models.IntegerField()

    class Meta:
        app_label = "shop"
        db_table = "shop_orders"


def database_of(url):
    """What a host writes into DATABASES for this database."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": parsed.database}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parsed.database,
        "USER": parsed.username,
        "PASSWORD": parsed.password or "",
        "HOST": parsed.host or parsed.query.get("host", ""),
        "PORT": parsed.port or "",
        "OPTIONS": {"options": parsed.query["options"]},
    }


@pytest.fixture(autouse=True)
def database(database_url):
    """Django's default database, empty but for the tables that migrations make."""
    connections.settings["default"].update({"OPTIONS": {}, **database_of(database_url)})
    connections["default"] = connections.create_connection("default")
    with connection.schema_editor() as editor:
        editor.create_model(ShopOrder)
        create_tables(editor.connection.connection)
    yield
    connection.close()
    del connections["default"]


@pytest.fixture
def outside(database_url, database):
    """Another storage over the same data, which sees what is committed and nothing else."""
    storage = SqlStorage(database_url)
    yield storage
    storage.close()


def domain_here(*plugins):
    return PrivateDomain(PROGRAM, plugins=[SqlStorage(connection.connection), *plugins])


def paid_webhook(id, mailbox):
    """What the host does when an order was paid."""
    with transaction.atomic():
        ShopOrder.objects.create(id=id, fen=600_000)
        domain = domain_here(mailbox)
        domain.record_order(order(id))
        transaction.on_commit(lambda: domain.deliver(at=NOON))


def written():
    return list(ShopOrder.objects.order_by("id").values_list("id", flat=True))


def state_of_django():
    """All that Django remembers of its transaction, and how it has set the driver."""
    raw = connection.connection
    return {
        "atomic": connection.in_atomic_block,
        "savepoints": list(connection.savepoint_ids),
        "autocommit": connection.get_autocommit(),
        "must roll back": connection.needs_rollback,
        "usable": connection.is_usable(),
        "waits for the commit": len(connection.run_on_commit),
        "driver": getattr(raw, "isolation_level", None),
        "driver's autocommit": getattr(raw, "autocommit", None),
    }


def test_the_webhook_commits_both_and_delivers_afterwards(outside):
    mailbox = Mailbox()
    paid_webhook("A-1", mailbox)
    assert written() == ["A-1"]
    assert outside.get([WEI])[0].tier == "silver"
    assert len(mailbox.sent) == 2
    assert outside.claim(at=NOON.add(days=1)) == ()


def test_the_same_webhook_twice_is_the_hosts_no_and_sends_nothing_twice(outside):
    mailbox = Mailbox()
    paid_webhook("A-1", mailbox)
    with pytest.raises(IntegrityError):
        paid_webhook("A-1", mailbox)
    paid_webhook("A-2", mailbox)
    assert written() == ["A-1", "A-2"]
    assert outside.get([WEI])[0].orders == 2
    assert len({key for key, _ in mailbox.sent}) == len(mailbox.sent)


def test_an_exception_in_the_hosts_block_undoes_both_and_delivers_nothing(outside):
    mailbox = Mailbox()

    def fail_at_the_end():
        with transaction.atomic():
            paid_webhook("A-1", mailbox)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_at_the_end()
    assert (written(), outside.get([WEI]), mailbox.sent) == ([], (), [])
    assert outside.program(PROGRAM.version) is None


def test_nothing_is_seen_or_delivered_before_the_host_has_committed(outside):
    mailbox = Mailbox()
    with transaction.atomic():
        domain = domain_here(mailbox)
        domain.record_order(order())
        with pytest.raises(NotCommittedError, match="commit it first"):
            domain.deliver(at=NOON)
        assert outside.get([WEI]) == ()
    assert mailbox.sent == []
    assert domain.deliver(at=NOON).accepted == 2


def test_an_inner_block_that_fails_takes_ours_back_with_it(outside):
    mailbox = Mailbox()

    def fail_at_the_end():
        with transaction.atomic():
            paid_webhook("A-2", mailbox)
            raise RuntimeError

    with transaction.atomic():
        paid_webhook("A-1", mailbox)
        with pytest.raises(RuntimeError):
            fail_at_the_end()
    assert written() == ["A-1"]
    assert outside.get([WEI])[0].orders == 1
    assert outside.stored("order:A-2:paid") is None


def test_a_stale_decision_is_raised_and_the_hosts_work_is_alive(outside):
    with transaction.atomic():
        storage = SqlStorage(connection.connection)
        ShopOrder.objects.create(id="A-1", fen=1)
        first, late = decided(storage, order("A-1", 10)), decided(storage, order("A-2", 20))
        storage.save(first)
        with pytest.raises(StaleDecisionError):
            storage.save(late)
        ShopOrder.objects.create(id="A-3", fen=3)
    assert written() == ["A-1", "A-3"]
    assert outside.get([WEI])[0].spent == yuan(10)
    assert outside.stored(late.key) is None


def test_django_notices_nothing():
    mailbox = Mailbox()
    idle = state_of_django()
    with transaction.atomic():
        ShopOrder.objects.create(id="A-1", fen=1)
        with transaction.atomic():
            before = state_of_django()
            domain = domain_here(mailbox)
            domain.record_order(order())
            domain.progress("wei")
            with pytest.raises(NotCommittedError):
                domain.deliver(at=NOON)
            assert state_of_django() == before
    assert state_of_django() == idle
    domain.deliver(at=NOON)
    domain.run_due(at=NOON.add(days=3))
    assert state_of_django() == idle
    with transaction.atomic():
        ShopOrder.objects.create(id="A-2", fen=2)
    assert written() == ["A-1", "A-2"]


def test_outside_of_atomic_each_save_is_committed_as_each_query_of_django_is(outside):
    ShopOrder.objects.create(id="A-1", fen=600_000)
    mailbox = Mailbox()
    domain = domain_here(mailbox)
    decision = domain.record_order(order())
    assert outside.stored(decision.key) == decision
    assert domain.deliver(at=NOON).accepted == 2
    assert not connection.in_atomic_block


def test_one_domain_serves_one_block_after_the_other(outside):
    connection.ensure_connection()
    domain = domain_here()
    for number in range(3):
        with transaction.atomic():
            ShopOrder.objects.create(id=f"A-{number}", fen=1)
            domain.record_order(order(f"A-{number}", 10))
    assert written() == ["A-0", "A-1", "A-2"]
    assert outside.get([WEI])[0].orders == 3


def test_functions_that_django_adds_to_sqlite_are_still_its_own():
    with transaction.atomic():
        ShopOrder.objects.create(id="A-1", fen=1)
        domain_here().record_order(order())
    assert ShopOrder.objects.filter(fen__regex=r"^\d$").count() == 1
