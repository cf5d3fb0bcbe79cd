"""Finding in every storage: page by page, it is what a scan of everything would find."""

import string
from itertools import count

import pytest
from attrs import frozen
from hypothesis import HealthCheck, example, given, settings, strategies as st
from tests.adapters.deciding import NOON, bare, decided, everything

from privlib import InvalidValueError, Order, State, yuan
from privlib.entities import Coupon
from privlib.entities.query import Position, Query
from privlib.events import CouponIssued, CouponRedeemed

ODD = [
    "a",
    "A",
    "Z",
    "_",
    "é",
    "e\u0301",
    "ﬀ",
    "ß",
    "微信",
    "微",
    "👩‍👩‍👧",
    "\uffee",
    "𝒜",
    "%",
    "'",
    '"',
    "\\",
    "a b",
]
LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))
IDS = st.one_of(
    st.sampled_from(ODD),
    st.text(st.sampled_from(string.punctuation + "aAbB09"), min_size=1, max_size=4),
    st.text(LETTERS, min_size=1, max_size=6).map(str.strip).filter(bool),
)
SIZES = st.integers(1, 5)
QUERIES = st.builds(Query, st.just("coupon"), limit=SIZES) | st.builds(
    Query,
    st.just("coupon"),
    index=st.sampled_from(["customer", "campaign"]),
    low=st.none() | IDS,
    high=st.none() | IDS,
    limit=SIZES,
)
SHOPS = count(1)
MADE_PER_EXAMPLE = settings(
    max_examples=25,
    deadline=None,
    # each example has a shop of its own in the one database
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@frozen
class Issue:
    """Who got a coupon, of which campaign."""

    customer: str
    campaign: str


def keep(storage, coupons):
    """Save all coupons, each by a decision of its own, in one transaction."""
    storage.save(*(bare(f"issue {id}", events=[issued(id, how)]) for id, how in coupons.items()))


def issued(id, how):
    return CouponIssued(
        coupon=id,
        customer=how.customer,
        campaign=how.campaign,
        template="20 off",
        value=yuan(20),
        threshold=yuan(100),
        expires_at=None,
        at=NOON,
    )


def scan(coupons, query):
    """The ids that a query should find, in its order, out of all coupons."""
    if query.index is None:
        return sorted(coupons)
    placed = sorted((getattr(how, query.index), id) for id, how in coupons.items())
    return [
        id
        for value, id in placed
        if (query.low is None or query.low <= value) and (query.high is None or value <= query.high)
    ]


@MADE_PER_EXAMPLE
@given(
    st.dictionaries(IDS, st.builds(Issue, customer=IDS, campaign=IDS), max_size=12),
    QUERIES,
)
@example(dict.fromkeys(ODD, Issue("wei", "june")), Query("coupon", limit=3))
@example({id: Issue(id, "june") for id in ODD}, Query("coupon", index="customer", limit=2))
@example(
    {id: Issue(id, "june") for id in ODD},
    Query("coupon", index="customer", low="Z", high="微", limit=2),
)
def test_pages_put_together_are_the_scan(make_storage, coupons, query):
    storage = make_storage(shop=f"shop {next(SHOPS)}")
    keep(storage, coupons)
    assert [coupon.id for coupon in everything(storage, query)] == scan(coupons, query)


@pytest.fixture
def stocked(storage):
    keep(
        storage,
        {
            "c-1": Issue("wei", "june"),
            "c-2": Issue("mei", "june"),
            "c-3": Issue("wei", "may"),
            "c-4": Issue("li", "may"),
        },
    )
    return storage


def ids(found):
    return [entity.id for entity in found]


def test_all_of_a_kind_come_by_id(stocked):
    assert ids(stocked.find(Query("coupon"))) == ["c-1", "c-2", "c-3", "c-4"]
    assert stocked.find(Query("member")) == ()
    assert stocked.find(Query("no such kind")) == ()


def test_a_page_starts_after_the_last_one(stocked):
    assert ids(stocked.find(Query("coupon", limit=3))) == ["c-1", "c-2", "c-3"]
    assert ids(stocked.find(Query("coupon", after=Position("", "c-3")))) == ["c-4"]
    assert stocked.find(Query("coupon", after=Position("", "c-4"))) == ()


def test_a_page_may_start_after_what_is_gone(stocked):
    assert ids(stocked.find(Query("coupon", after=Position("", "c-2½")))) == ["c-3", "c-4"]


def test_an_index_is_ordered_by_value_and_then_by_id(stocked):
    by_customer = Query("coupon", index="customer")
    assert ids(stocked.find(by_customer)) == ["c-4", "c-2", "c-1", "c-3"]
    after_first_wei = Query("coupon", index="customer", after=Position("wei", "c-1"))
    assert ids(stocked.find(after_first_wei)) == ["c-3"]


def test_bounds_are_inclusive(stocked):
    assert ids(stocked.find(Query("coupon", index="customer", low="wei", high="wei"))) == [
        "c-1",
        "c-3",
    ]
    assert ids(stocked.find(Query("coupon", index="customer", high="mei"))) == ["c-4", "c-2"]
    assert ids(stocked.find(Query("coupon", index="customer", low="mej"))) == ["c-1", "c-3"]
    assert stocked.find(Query("coupon", index="customer", low="wei", high="mei")) == ()


def test_an_unknown_index_finds_nothing(stocked):
    assert stocked.find(Query("coupon", index="tier")) == ()


def test_what_is_found_is_the_whole_entity_as_it_is_now(stocked):
    (before,) = stocked.find(Query("coupon", index="customer", low="mei", high="mei"))
    redeemed = CouponRedeemed(
        coupon="c-2", customer="mei", order="A-1", value=yuan(20), at=NOON.add(days=1)
    )
    stocked.save(bare("redeem", events=[redeemed], before=State(before)))
    (after,) = stocked.find(Query("coupon", index="customer", low="mei", high="mei"))
    assert after == before.apply(redeemed)
    assert isinstance(after, Coupon)
    assert after.version == 2


def test_an_entity_whose_key_changes_is_found_under_the_new_one_only(storage):
    storage.save(decided(storage, Order(id="A-1", customer="wei", paid=yuan(4_999))))
    assert storage.find(Query("member", index="tier")) == ()
    storage.save(decided(storage, Order(id="A-2", customer="wei", paid=yuan(1))))
    assert ids(storage.find(Query("member", index="tier", low="silver", high="silver"))) == ["wei"]
    storage.save(decided(storage, Order(id="A-3", customer="wei", paid=yuan(5_000))))
    assert storage.find(Query("member", index="tier", low="silver", high="silver")) == ()
    assert ids(storage.find(Query("member", index="tier", low="gold", high="gold"))) == ["wei"]


def test_an_entity_that_loses_its_key_is_found_no_more(storage):
    from privlib import Refund

    storage.save(decided(storage, Order(id="A-1", customer="wei", paid=yuan(5_000))))
    storage.save(decided(storage, Refund(id="R-1", order="A-1", customer="wei")))
    assert storage.find(Query("member", index="tier")) == ()
    assert ids(storage.find(Query("member"))) == ["wei"]


def test_a_page_has_some_entities_and_not_too_many():
    for limit in (0, 10_001, True, 1.0, "10"):
        with pytest.raises(InvalidValueError, match="a page has 1 to 10,000"):
            Query("coupon", limit=limit)


def test_bounds_need_an_index():
    with pytest.raises(InvalidValueError, match="name it"):
        Query("coupon", low="a")
