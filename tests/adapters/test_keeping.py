"""What every storage keeps beside the entities: programs, personal values, histories, shops."""

from datetime import date

import pytest
from attrs import evolve
from tests.adapters.deciding import FAR, NOON, PROGRAM, bare, contents, decided

from privlib import (
    Actor,
    CampaignRules,
    EntityRef,
    InMemory,
    KeyConflictError,
    Masked,
    NewFriend,
    Order,
    PersonalRef,
    PersonalValue,
    Refund,
    Reservation,
    Shop,
    State,
    decide,
    program_from_toml,
    yuan,
)
from privlib.entities.query import Query
from privlib.events import SpendAdded
from privlib.requests import ShipGift
from privlib.timers import FollowUpDue

SECRET = b"0123456789abcdef"
WEI = EntityRef("member", "wei")


def order(id, paid=10, customer="wei", at=NOON):
    return Order(id=id, customer=customer, paid=yuan(paid), paid_at=at)


def kept(storage, *values):
    storage.save(bare("keep " + " ".join(value.ref.id for value in values), personal=values))


def name_of(customer, text, ref=None):
    return PersonalValue(
        ref=PersonalRef(ref or f"name:{customer}"), customer=customer, value=Masked(text)
    )


# Programs


@pytest.mark.parametrize(
    "program",
    [
        PROGRAM,
        evolve(
            PROGRAM, campaigns=[], shop=Shop(name="Tea, 茶 & 'co' 👩‍👩‍👧", zone="America/New_York")
        ),
        evolve(
            PROGRAM,
            campaigns=[
                CampaignRules(
                    name="may",
                    starts=date(2026, 5, 1),
                    ends=date(2026, 6, 1),
                    budget=yuan("92233720368547758.07"),
                )
            ],
        ),
        program_from_toml(
            '[shop]\nname="Kaffee"\ncurrency="EUR"\nzone="Europe/Berlin"\n'
            '[[stages]]\nname="new"\n[welcome]\ntext="Hallo {name}"\n'
            '[[ladder.tiers]]\nname="one"\nthreshold="0.01"\n'
        ),
    ],
    ids=["default", "odd names", "large budget", "smallest"],
)
def test_a_kept_program_is_read_back_equal(storage, program):
    storage.keep_program(program)
    found = storage.program(program.version)
    assert found == program
    assert found.version == program.version


def test_a_program_is_kept_without_its_secret(storage):
    storage.keep_program(PROGRAM.with_secret(SECRET))
    assert storage.program(PROGRAM.version).secret is None


def test_programs_are_kept_side_by_side_and_each_once(storage):
    other = evolve(PROGRAM, shop=Shop(name="another"))
    for program in (PROGRAM, other, PROGRAM, other):
        storage.keep_program(program)
    assert storage.program(PROGRAM.version) == PROGRAM
    assert storage.program(other.version) == other
    assert storage.program("0" * 64) is None


def test_parts_that_programs_have_in_common_are_stored_once(open_sql):
    from sqlalchemy import func, select

    from privlib.adapters.sql.tables import PARTS, PROGRAMS

    storage = open_sql()
    storage.keep_program(PROGRAM)
    storage.keep_program(evolve(PROGRAM, shop=Shop(name="another")))
    with storage._access.reading() as connection:
        parts = connection.scalar(select(func.count()).select_from(PARTS))
        assert connection.scalar(select(func.count()).select_from(PROGRAMS)) == 2 * 6
    assert parts == 6 + 1


# Personal values


def test_personal_values_are_read_by_reference(storage):
    kept(storage, name_of("wei", "Wei Li"), name_of("mei", "梅 👩‍👩‍👧"))
    found = storage.personal(
        [PersonalRef("name:mei"), PersonalRef("none"), PersonalRef("name:wei")]
    )
    assert {ref.id: value.reveal() for ref, value in found.items()} == {
        "name:mei": "梅 👩‍👩‍👧",
        "name:wei": "Wei Li",
    }


def test_a_personal_value_told_again_is_replaced(storage):
    kept(storage, name_of("wei", "Wei Li"))
    storage.save(bare("marriage", personal=[name_of("wei", "Wei Wang")]))
    ref = PersonalRef("name:wei")
    assert storage.personal([ref])[ref].reveal() == "Wei Wang"


def test_erasing_takes_all_values_of_one_customer_and_no_other(storage):
    kept(
        storage,
        name_of("wei", "Wei Li"),
        name_of("wei", "13800138000", ref="phone:wei"),
        name_of("mei", "Mei"),
    )
    assert storage.erase_personal("wei") == 2
    refs = [PersonalRef(id) for id in ("name:wei", "phone:wei", "name:mei")]
    assert list(storage.personal(refs)) == [PersonalRef("name:mei")]


def test_erasing_twice_or_somebody_unknown_finds_nothing_more(storage):
    kept(storage, name_of("wei", "Wei Li"))
    storage.erase_personal("wei")
    assert storage.erase_personal("wei") == 0
    assert storage.erase_personal("nobody") == 0


def test_an_erased_name_is_nowhere_in_the_storage(storage):
    canary = "Wei Canary"
    friend = NewFriend(
        customer="wei", employee="mei", carrier="wecom", added_at=NOON, name=Masked(canary)
    )
    decision = decided(storage, friend, program=PROGRAM.with_secret(SECRET))
    storage.save(decision)
    storage.erase_personal("wei")
    shown = repr((contents(storage), storage.stored(decision.key), everything_of(storage)))
    assert canary not in shown
    assert "name:wei" in shown


def everything_of(storage):
    """Every row of every table, or everything a storage in memory refers to."""
    if isinstance(storage, InMemory):
        from attrs import asdict

        return asdict(storage, recurse=False)
    from sqlalchemy import select

    from privlib.adapters.sql import METADATA

    with storage._access.reading() as connection:
        return [connection.execute(select(table)).all() for table in METADATA.sorted_tables]


def test_before_it_is_erased_a_name_lies_in_one_table_only(open_sql):
    from sqlalchemy import select

    from privlib.adapters.sql import METADATA

    canary = "Wei Canary"
    storage = open_sql()
    friend = NewFriend(
        customer="wei", employee="mei", carrier="wecom", added_at=NOON, name=Masked(canary)
    )
    storage.save(decided(storage, friend, program=PROGRAM.with_secret(SECRET)))
    with storage._access.reading() as connection:
        holding = [
            table.name
            for table in METADATA.sorted_tables
            if canary in repr(connection.execute(select(table)).all())
        ]
    assert holding == ["privlib_personal"]


# Histories


def test_a_history_comes_by_decision_and_within_one_as_decided(storage):
    first = decided(storage, order("A-1", 6_000, at=NOON))
    storage.save(first)
    earlier = decided(storage, order("A-2", 10), at=NOON.subtract(days=1))
    storage.save(earlier)
    history = storage.history([WEI])
    assert [recorded.decision for recorded in history] == [earlier.key] + [first.key] * 4
    about_wei = [event for event in first.events if event.about == WEI]
    assert [recorded.event for recorded in history[1:]] == about_wei
    numbers = [number for number, event in enumerate(first.events) if event.about == WEI]
    assert [recorded.number for recorded in history[1:]] == numbers


def test_decisions_of_one_save_and_one_moment_keep_their_order(storage):
    first = decided(storage, order("Z-1", 4_000))
    second = decide(first.after, order("A-1", 4_000), PROGRAM, at=NOON)
    third = decide(second.after, order("M-1", 4_000), PROGRAM, at=NOON)
    storage.save(first, second, third)
    told = list(dict.fromkeys(recorded.decision for recorded in storage.history([WEI])))
    assert told == [first.key, second.key, third.key]
    asked = [claimed.request.key for claimed in storage.claim(at=NOON)]
    assert asked == [
        request.key for decision in (first, second, third) for request in decision.requests
    ]
    assert len(asked) > 2


def test_a_history_of_several_entities_is_one_history(storage):
    decision = decided(storage, order("A-1", 6_000))
    storage.save(decision)
    refs = list(dict.fromkeys(event.about for event in decision.events))
    history = storage.history(iter([*reversed(refs), refs[0]]))
    assert [recorded.event for recorded in history] == list(decision.events)
    assert [recorded.number for recorded in history] == list(range(len(decision.events)))


def test_a_history_says_when_it_was_decided_and_when_written_down(make_storage):
    storage = make_storage(clock=lambda: NOON.add(hours=5, microseconds=7))
    storage.save(decided(storage, order("A-1")))
    (*_, last) = storage.history([WEI])
    assert last.decided_at == NOON
    assert last.recorded_at == NOON.add(hours=5, microseconds=7)


def test_nobody_has_an_empty_history(storage):
    assert storage.history([]) == ()
    assert storage.history([WEI]) == ()


def test_a_history_folds_to_the_entity(storage):
    storage.save(decided(storage, order("A-1", 4_000)))
    storage.save(decided(storage, order("A-2", 4_000), at=NOON.add(days=1)))
    storage.save(decided(storage, Refund(id="R", order="A-1", customer="wei"), at=NOON.add(days=2)))
    events = [recorded.event for recorded in storage.history([WEI])]
    assert State().after(events).member("wei") == storage.get([WEI])[0]


def test_the_stored_decision_says_who_decided(storage):
    mei = Actor("employee", "mei")
    decision = decide(State(), order("A-1"), PROGRAM, at=NOON, by=mei)
    storage.save(decision)
    assert storage.stored(decision.key).by == mei


# Shops


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
    return FollowUpDue(relation="r", customer="wei", stage="new friend", due=due)


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
