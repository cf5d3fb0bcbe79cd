"""Finding in every storage: page by page, it is what a scan of everything would find."""

import string
from itertools import count

import pytest
from attrs import frozen
from hypothesis import HealthCheck, example, given, settings, strategies as st

from privlib import InvalidValueError
from privlib.entities.query import Query
from privlib.testing.conformance.contents import everything
from privlib.testing.conformance.samples import bare, coupon_issued

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
LETTERS = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"))
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
    issued = (
        coupon_issued(id, customer=how.customer, campaign=how.campaign)
        for id, how in coupons.items()
    )
    storage.save(*(bare(f"issue {event.coupon}", events=[event]) for event in issued))


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


def test_a_page_has_some_entities_and_not_too_many():
    for limit in (0, 10_001, True, 1.0, "10"):
        with pytest.raises(InvalidValueError, match="a page has 1 to 10,000"):
            Query("coupon", limit=limit)


def test_bounds_need_an_index():
    with pytest.raises(InvalidValueError, match="name it"):
        Query("coupon", low="a")
