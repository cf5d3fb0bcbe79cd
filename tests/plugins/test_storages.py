"""What a query describes is found whole, in however many pages."""

import pytest

from privlib import InMemory, Order, PrivateDomain, default_program, yuan
from privlib.entities.query import Query
from privlib.plugins.storages import all_found


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 100])
def test_all_that_a_query_describes_is_found_once_however_long_its_pages(limit):
    storage = InMemory()
    domain = PrivateDomain(default_program(), [storage])
    for customer in ("li", "wei", "zhao", "chen"):
        domain.record_order(Order(id=f"A-{customer}", customer=customer, paid=yuan(5_000)))
    found = all_found(storage, Query("member", index="tier", low="silver", limit=limit))
    assert [each.id for each in found] == ["chen", "li", "wei", "zhao"]
    assert [each.id for each in all_found(storage, Query("coupon", limit=limit))] == []
