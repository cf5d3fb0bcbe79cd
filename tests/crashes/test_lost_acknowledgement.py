"""A commit whose acknowledgement is lost: the outcome is unknown, and can be asked for by key."""

import pytest
from sqlalchemy import make_url
from tests.crashes.shops import Undisturbed, tell_until_known
from tests.crashes.wire import Wire
from tests.crashes.workload import START, order, shop_over
from tests.profiles import FAULTS_IN_SQL, spread

from privlib import yuan
from privlib.errors import OutcomeUnknownError
from privlib.testing.faults import WRITING_CALLS

ORDER = order("A-1", "wei", 5_000, START)


@pytest.fixture(params=[True, False], ids=["committed", "not committed"])
def wire(request, postgres_url):
    """A wire to an empty PostgreSQL; where it is cut, its server has committed or has not."""
    wire = Wire(make_url(postgres_url), heard=request.param)
    yield wire
    wire.close()


def test_an_order_whose_outcome_is_unknown_is_asked_for_by_key(wire, new_shop):
    shop = new_shop(wire.url)
    domain = shop_over(shop.storage, shop.log)
    domain.record_order(order("A-0", "ana", 10, START))
    wire.cut_at_commit(1)
    with pytest.raises(OutcomeUnknownError, match="the connection broke while committing"):
        domain.record_order(ORDER)
    assert (shop.storage.stored(ORDER.decision_key) is not None) is wire.heard
    shop.storage.close()


def test_an_order_whose_outcome_is_unknown_can_be_told_again(wire, new_shop):
    shop = new_shop(wire.url)
    domain = shop_over(shop.storage, shop.log)
    domain.record_order(order("A-0", "ana", 10, START))
    wire.cut_at_commit(1)
    with pytest.raises(OutcomeUnknownError):
        domain.record_order(ORDER)
    again = domain.record_order(ORDER)
    assert again.replayed is wire.heard
    wei = again.after.member("wei")
    assert (wei.spent, wei.orders, wei.tier) == (yuan(5_000), 1, "silver")
    sent = [claimed.request for claimed in shop.storage.claim(at=START)]
    assert [each for each in sent if each.customer == "wei"] == list(again.requests)
    shop.storage.close()


def test_whichever_commit_of_the_workload_is_not_acknowledged_telling_again_is_enough(
    wire, postgres_url, new_shop
):
    shop = new_shop(postgres_url)
    undisturbed = Undisturbed.in_shop(shop)
    shop.storage.close()
    commits = [name for name in undisturbed.calls if name in WRITING_CALLS]
    for number, name in spread(list(enumerate(commits, start=1)), FAULTS_IN_SQL):
        shop = new_shop(wire.url)
        wire.cut_at_commit(number)
        errors = tell_until_known(shop_over(shop.storage, shop.log))
        assert [type(error) for error in errors] == [OutcomeUnknownError]
        is_sent_again = name == "settle" and not wire.heard
        undisturbed.assert_same(shop, doubled=int(is_sent_again), why=(number, name))
        shop.storage.close()
