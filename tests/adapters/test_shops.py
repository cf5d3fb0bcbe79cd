"""Two shops in one database know nothing of each other."""

import pytest

from privlib import (
    EntityRef,
    KeyConflictError,
    Masked,
    PersonalRef,
    PersonalValue,
    Reservation,
    yuan,
)
from privlib.entities.query import Query
from privlib.events import SpendAdded
from privlib.requests import ShipGift
from privlib.testing.conformance.contents import contents
from privlib.testing.conformance.samples import FAR, NOON, PROGRAM, bare, decided, order
from privlib.timers import FollowUpDue

SECRET = b"0123456789abcdef"
WEI = EntityRef("member", "wei")


def name_of(customer, text, ref=None):
    return PersonalValue(
        ref=PersonalRef(ref or f"name:{customer}"), customer=customer, value=Masked(text)
    )


def test_two_shops_in_one_database_see_nothing_of_each_other(open_sql):
    tea, coffee = open_sql(shop="tea"), open_sql(shop="coffee")
    tea.keep_program(PROGRAM)
    decision = decided(tea, order("A-1", 6_000))
    tea.save(
        decision,
        bare(
            "more",
            reservations=[Reservation(limit_key="l", amount=5, limit=5)],
            personal=[name_of("wei", "Wei Li")],
        ),
    )
    assert contents(coffee, "l") == {
        "entities": [],
        "history": [],
        "timers": (),
        "requests": [],
        "limits": {"l": 0},
    }
    assert coffee.stored(decision.key) is None
    assert coffee.program(PROGRAM.version) is None
    assert coffee.personal([PersonalRef("name:wei")]) == {}
    assert coffee.erase_personal("wei") == 0
    assert coffee.find(Query("member", index="tier")) == ()


def test_the_same_ids_and_keys_live_side_by_side_in_two_shops(open_sql):
    tea, coffee = open_sql(shop="tea"), open_sql(shop="coffee")
    for shop, paid in ((tea, 6_000), (coffee, 10_000)):
        shop.save(
            decided(shop, order("A-1", paid)),
            bare(
                "more",
                told=str(paid),
                requests=[ShipGift(key="g", customer="wei", gift="tea", value=yuan(paid))],
                timers=[timer(NOON.add(days=paid))],
                reservations=[Reservation(limit_key="l", amount=paid, limit=paid)],
                personal=[name_of("wei", f"Wei of {paid}")],
            ),
        )
    for shop, paid in ((tea, 6_000), (coffee, 10_000)):
        (wei,) = shop.get([WEI])
        assert wei.spent == yuan(paid)
        assert shop.find(Query("member", index="tier")) == (wei,)
        assert shop.limits(["l"]) == {"l": paid}
        assert [r.event.amount for r in shop.history([WEI]) if type(r.event) is SpendAdded] == [
            yuan(paid)
        ]
        assert timer(NOON.add(days=paid)) in shop.due(FAR)
        ref = PersonalRef("name:wei")
        assert shop.personal([ref])[ref].reveal() == f"Wei of {paid}"
    with pytest.raises(KeyConflictError):
        tea.save(bare("more", told="10000"))


def timer(due):
    return FollowUpDue(
        relation="r", customer="wei", lifecycle="customer", stage="new friend", due=due
    )


def test_what_one_shop_claims_fires_and_erases_is_still_there_in_the_other(open_sql):
    tea, coffee = open_sql(shop="tea"), open_sql(shop="coffee")
    for shop in (tea, coffee):
        shop.save(
            bare(
                "a",
                requests=[ShipGift(key="g", customer="wei", gift="tea", value=yuan(1))],
                timers=[timer(NOON)],
                personal=[name_of("wei", "Wei Li")],
            )
        )
    assert len(tea.claim(at=NOON)) == 1
    tea.save(bare("b", fires=[timer(NOON)]))
    tea.erase_personal("wei")
    assert len(coffee.claim(at=NOON)) == 1
    assert coffee.due(NOON) == (timer(NOON),)
    assert len(coffee.personal([PersonalRef("name:wei")])) == 1
