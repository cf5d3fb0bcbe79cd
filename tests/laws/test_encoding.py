"""The laws of what is stored (S1, S2): it comes back whole, or it is refused by name."""

import json
from datetime import UTC, date

import pendulum
import pytest
from attrs import asdict, evolve, frozen
from hypothesis import example, given, settings, strategies as st

from privlib.commands import (
    CampaignPause,
    CampaignResumption,
    CouponIssue,
    CouponRedemption,
    ImportantDayTold,
    MemberImport,
    NewFriend,
    Order,
    OrderLine,
    Refund,
    RefundLine,
    StageMove,
)
from privlib.encoding.documents import Documents
from privlib.errors import UnknownSchemaError
from privlib.testing.strategies import days_told
from privlib.values.dates import LeapDay
from privlib.values.ids import EntityRef
from privlib.values.moment import from_micros, moment
from privlib.values.money import LARGEST_MINOR, Money, yuan
from privlib.values.period import DatePeriod, Period
from privlib.values.personal import Masked, PersonalRef
from privlib.values.rate import Rate, percent

A_1 = EntityRef("order", "A-1")


@frozen(kw_only=True)
class Offer:
    """Every sort of value that privlib stores, in one document."""

    amount: Money
    rate: Rate
    day: date
    at: pendulum.DateTime
    count: int
    open: bool = False
    note: str = ""
    entity: EntityRef = A_1
    text: str | PersonalRef = ""
    until: date | None = None
    days: DatePeriod | None = None
    period: Period | None = None
    amounts: tuple[Money, ...] = ()
    leap_day: LeapDay = LeapDay.FEB_28


COMMANDS = Documents(
    *(Order, Refund, MemberImport, NewFriend, StageMove),
    *(CouponIssue, CouponRedemption, CampaignPause, CampaignResumption),
    ImportantDayTold,
)
OFFERS = Documents(Offer, versions={"Offer": 3})

IDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), min_size=1, max_size=12
).filter(lambda text: text == text.strip())
TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(moment)
CURRENCIES = st.sampled_from(["CNY", "USD", "JPY", "KWD"])
MINORS = st.integers(0, 10**6) | st.integers(2**53, 2**53 + 9) | st.integers(0, LARGEST_MINOR // 8)
MONEY = st.builds(Money, MINORS | MINORS.map(int.__neg__), CURRENCIES)
RATES = st.builds(Rate, st.integers(0, 2**64), st.integers(1, 2**64))


@st.composite
def orders(draw):
    currency = draw(CURRENCIES)
    lines = tuple(
        OrderLine(
            sku=draw(IDS),
            quantity=draw(st.integers(1, 3) | st.integers(2**53, LARGEST_MINOR)),
            paid=Money(draw(MINORS), currency),
            id=id,
        )
        for id in draw(st.lists(IDS, unique=True, max_size=4))
    )
    paid = sum(line.paid.minor for line in lines) if lines else draw(MINORS)
    return Order(
        id=draw(IDS),
        customer=draw(IDS),
        paid=Money(paid, currency),
        paid_at=draw(st.none() | MOMENTS),
        lines=lines,
    )


@st.composite
def refunds(draw):
    currency = draw(CURRENCIES)
    lines = tuple(
        RefundLine(line=id, amount=Money(draw(MINORS), currency))
        for id in draw(st.lists(IDS, unique=True, max_size=4))
    )
    whole = Money(sum(line.amount.minor for line in lines), currency)
    return Refund(
        id=draw(IDS),
        order=draw(IDS),
        customer=draw(IDS),
        amount=whole if lines else draw(st.none() | MINORS.map(Money)),
        refunded_at=draw(st.none() | MOMENTS),
        lines=lines,
    )


OTHER_COMMANDS = st.one_of(
    st.builds(MemberImport, customer=IDS, joined_at=MOMENTS, spent=MINORS.map(Money)),
    st.builds(
        NewFriend,
        customer=IDS,
        employee=IDS,
        carrier=IDS,
        added_at=MOMENTS,
        source=IDS,
        name=st.none() | TEXTS.map(Masked),
    ),
    st.builds(StageMove, key=IDS, relation=IDS, to=IDS),
    st.builds(CouponIssue, key=IDS, customer=IDS, campaign=IDS, coupon=IDS),
    st.builds(CouponRedemption, coupon=IDS, customer=IDS, order=IDS, amount=MINORS.map(Money)),
    st.builds(CampaignPause, key=IDS, campaign=IDS),
    st.builds(CampaignResumption, key=IDS, campaign=IDS),
    days_told(),
)
OFFER = st.builds(
    Offer,
    amount=MONEY,
    rate=RATES,
    day=st.dates(),
    at=MOMENTS,
    count=st.integers(),
    open=st.booleans(),
    note=TEXTS,
    entity=st.builds(EntityRef, IDS, IDS),
    text=TEXTS | st.builds(PersonalRef, IDS),
    until=st.none() | st.dates(),
    days=st.none()
    | st.tuples(st.dates(max_value=date(2026, 1, 1)), st.none() | st.dates(date(2026, 1, 2))).map(
        lambda ends: DatePeriod(*ends)
    ),
    period=st.none() | MOMENTS.map(Period),
    amounts=st.lists(MONEY, max_size=3).map(tuple),
    leap_day=st.sampled_from(LeapDay),
)


def written(value):
    """The one canonical way to write JSON, by the standard library alone."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@pytest.mark.law("S1")
@settings(deadline=None)
@given(orders() | refunds() | OTHER_COMMANDS)
def test_a_command_comes_back_as_it_was_stored(command):
    """`load(dump(x)) == x` and `dump(load(b)) == b`."""
    text = COMMANDS.dump(command)
    assert COMMANDS.load(text) == command
    assert COMMANDS.dump(COMMANDS.load(text)) == text
    assert written(json.loads(text)) == text
    assert type(COMMANDS.load(text)) is type(command)


@pytest.mark.law("S1")
@settings(deadline=None)
@given(OFFER)
def test_every_sort_of_value_comes_back_as_it_was_stored(offer):
    """`load(dump(x)) == x` and `dump(load(b)) == b`, for money, rates, dates, moments and more."""
    text = OFFERS.dump(offer)
    back = OFFERS.load(text)
    assert back == offer
    assert OFFERS.dump(back) == text
    assert written(json.loads(text)) == text
    for name, value in asdict(offer, recurse=False).items():
        assert type(getattr(back, name)) is type(value)


@pytest.mark.law("S1")
@given(number=st.integers() | st.integers(2**53 - 2, 2**53 + 2) | st.integers(-(2**90), 2**90))
@example(number=2**53 + 1)
@example(number=10**4000)
def test_a_whole_number_stays_whole_beyond_two_to_the_53(number):
    """Integers stay integers beyond 2^53."""
    offer = Offer(
        amount=Money(number % (2**63)),
        rate=Rate(abs(number) + 1, abs(number) + 2),
        day=date(2026, 6, 1),
        at=pendulum.datetime(2026, 6, 1),
        count=number,
    )
    back = OFFERS.load(OFFERS.dump(offer))
    assert (back.count, back.amount.minor) == (number, number % (2**63))
    assert (back.rate.numerator, back.rate.denominator) == (abs(number) + 1, abs(number) + 2)
    assert type(back.count) is int


@pytest.mark.law("S1")
def test_a_stored_order_reads_like_this():
    """The text of an order, word by word: sorted keys, no blanks, no defaults."""
    order = Order(
        id="A-1001",
        customer="伟",
        paid=Money(2**53 + 1),
        paid_at=pendulum.datetime(2026, 6, 1),
        lines=[
            OrderLine(sku="tea", paid=Money(2**53)),
            OrderLine(sku="cup", paid=Money(1), id="cup 2"),
        ],
    )
    text = (
        '{"customer":"伟","id":"A-1001","kind":"Order",'
        '"lines":[{"paid":[9007199254740992,"CNY"],"sku":"tea"},'
        '{"id":"cup 2","paid":[1,"CNY"],"sku":"cup"}],'
        '"paid":[9007199254740993,"CNY"],"paid_at":1780272000000000,"v":1}'
    )
    assert COMMANDS.dump(order) == text
    assert COMMANDS.load(text) == order


@pytest.mark.law("S1")
def test_a_stored_offer_reads_like_this():
    """The text of money, a rate, a date and a moment, word by word."""
    offer = Offer(
        amount=-yuan("0.01"),
        rate=percent("12.5"),
        day=date(1, 1, 1),
        at=from_micros(-1),
        count=0,
        entity=EntityRef("member", "wei"),
        text=PersonalRef("p-1"),
        days=DatePeriod(date(2026, 6, 1)),
    )
    text = (
        '{"amount":[-1,"CNY"],"at":-1,"count":0,"day":"0001-01-01",'
        '"days":{"starts":"2026-06-01"},"entity":["member","wei"],"kind":"Offer",'
        '"rate":[1,8],"text":{"id":"p-1"},"v":3}'
    )
    assert OFFERS.dump(offer) == text
    assert OFFERS.load(text) == offer


@pytest.mark.law("S1")
def test_the_first_and_the_last_moment_and_amount_come_back():
    """The extremes: years 1 and 9999 to the microsecond, and 64 bits of minor units."""
    for at in (pendulum.datetime(1, 1, 1), from_micros(253_402_300_799_999_999)):
        for minor in (LARGEST_MINOR, -LARGEST_MINOR, 0):
            offer = Offer(amount=Money(minor), rate=Rate(0), day=at.date(), at=at, count=minor)
            assert OFFERS.load(OFFERS.dump(offer)) == offer


@pytest.mark.law("S1")
def test_the_same_instant_in_two_zones_is_stored_as_the_same_text():
    """Stored instants are microseconds of UTC, wherever they were told."""
    told = {"id": "A-1", "customer": "wei", "paid": yuan(1)}
    here = Order(**told, paid_at=pendulum.datetime(2026, 6, 1, 8, tz="Asia/Shanghai"))
    there = Order(**told, paid_at=pendulum.datetime(2026, 5, 31, 20, tz="America/New_York"))
    assert COMMANDS.dump(here) == COMMANDS.dump(there)
    unchecked = Offer(amount=yuan(1), rate=Rate(1), day=date(2026, 6, 1), at=None, count=1)
    texts = {OFFERS.dump(evolve(unchecked, at=at)) for at in (here.paid_at, there.paid_at)}
    shanghai = pendulum.datetime(2026, 6, 1, 8, tz="Asia/Shanghai")
    assert texts == {OFFERS.dump(evolve(unchecked, at=shanghai))}


ORDER = {"kind": "Order", "v": 1, "id": "A-1", "customer": "wei", "paid": [100, "CNY"]}
LINE = {"sku": "tea", "paid": [100, "CNY"]}
FRIEND = {"customer": "wei", "employee": "mei", "carrier": "w", "kind": "NewFriend", "v": 1}
OFFERED = {
    "kind": "Offer",
    "v": 3,
    "amount": [1, "CNY"],
    "rate": [1, 8],
    "day": "2026-06-01",
    "at": 0,
    "count": 1,
}


def test_the_documents_of_the_next_tests_are_good_until_they_are_spoilt():
    assert COMMANDS.from_plain(ORDER) == Order(id="A-1", customer="wei", paid=yuan(1))
    assert COMMANDS.from_plain({**ORDER, "lines": [LINE]}).lines[0].sku == "tea"
    assert COMMANDS.from_plain({**FRIEND, "added_at": 0}).added_at == from_micros(0)
    assert OFFERS.from_plain(OFFERED).rate == percent("12.5")


@pytest.mark.law("S2")
@pytest.mark.parametrize(
    "kind", ["order", "Orders", "", "OrderLine", None, 1, True, [], {}, "Ord\0"]
)
def test_an_unknown_kind_is_refused(kind):
    """Unknown event type raises a typed error."""
    with pytest.raises(UnknownSchemaError, match="is not a kind known to this release"):
        COMMANDS.load(json.dumps({**ORDER, "kind": kind}))


@pytest.mark.law("S2")
@pytest.mark.parametrize("version", [0, 2, -1, "1", None, True, [1], 10**30])
def test_an_unknown_version_is_refused(version):
    """Unknown schema version raises a typed error."""
    with pytest.raises(UnknownSchemaError, match="this release knows version 1"):
        COMMANDS.load(json.dumps({**ORDER, "v": version}))


@pytest.mark.law("S2")
def test_a_document_without_kind_or_version_is_refused():
    """Unknown schema version or event type raises a typed error."""
    for missing in ("kind", "v"):
        with pytest.raises(UnknownSchemaError, match=r"known to this release|this release knows"):
            COMMANDS.from_plain({name: ORDER[name] for name in ORDER if name != missing})


@pytest.mark.law("S2")
@pytest.mark.parametrize(
    "spoilt",
    [
        {**ORDER, "note": "x"},
        {**ORDER, "": 0},
        {**ORDER, "Paid": [100, "CNY"]},
        {**ORDER, "decision_key": "order:A-1:paid"},
        {**ORDER, "lines": [{**LINE, "colour": "red"}]},
        {**FRIEND, "added_at": 0, "nickname": None},
    ],
)
def test_an_unknown_field_is_refused_and_never_dropped(spoilt):
    """Unknown extra fields are refused, never dropped silently, also in a nested value."""
    with pytest.raises(UnknownSchemaError, match="has unknown fields"):
        COMMANDS.load(json.dumps(spoilt))


@pytest.mark.law("S2")
@pytest.mark.parametrize(
    "text",
    [
        '{"kind":"Order","kind":"Order","v":1,"id":"A-1","customer":"wei","paid":[100,"CNY"]}',
        '{"kind":"Order","v":1,"id":"A-1","id":"A-2","customer":"wei","paid":[100,"CNY"]}',
        '{"kind":"Order","v":1,"id":"A-1","customer":"wei","paid":[1,"CNY"],"lines":[{"id":"a","id":"b"}]}',
    ],
)
def test_a_key_that_comes_twice_is_refused(text):
    """The last of two keys does not win: nothing is dropped silently."""
    with pytest.raises(UnknownSchemaError, match=r"has the key '\w+' twice"):
        COMMANDS.load(text)


@pytest.mark.law("S2")
@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e400", "-1e400", "1.5", "1e2", "1.0"]
)
def test_what_is_no_whole_number_is_refused(number):
    """There is no NaN, no infinity and no float in what is stored."""
    for text in (
        f'{{"kind":"Order","v":1,"id":"A-1","customer":"wei","paid":[{number},"CNY"]}}',
        f'{{"kind":"Order","v":{number},"id":"A-1","customer":"wei","paid":[100,"CNY"]}}',
        number,
    ):
        with pytest.raises(UnknownSchemaError, match="which is not"):
            COMMANDS.load(text)


@pytest.mark.law("S2")
@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "{",
            "}",
            "[]",
            "null",
            "true",
            "0",
            '"Order"',
            "{}",
            "[[]]",
            "'",
            "\x00",
            "order",
        ),
        *('{"kind":"Order"', '{"kind":"Order",}', "{'kind':'Order'}", "\ufeff{}", "{}{}", "//"),
        pytest.param("[" * 100_000, id="deep"),
        pytest.param('{"kind":' * 50_000, id="deep objects"),
        pytest.param("9" * 5000, id="long number"),
        pytest.param('{"kind":"' + "x" * 10_000_000 + '","v":1}', id="10 MB"),
        pytest.param("x" * 10_000_000, id="10 MB of junk"),
    ],
)
def test_junk_is_refused_with_a_short_message(text):
    """Whatever is not a document raises the one typed error."""
    with pytest.raises(UnknownSchemaError) as refusal:
        COMMANDS.load(text)
    assert len(str(refusal.value)) < 200


@pytest.mark.law("S2")
@pytest.mark.parametrize("field", ["id", "customer", "paid"])
def test_a_missing_field_is_refused(field):
    """What a document must have is not made up."""
    with pytest.raises(UnknownSchemaError, match="a stored Order does not fit"):
        COMMANDS.from_plain({name: ORDER[name] for name in ORDER if name != field})


@pytest.mark.law("S2")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("id", value) for value in (1, None, "", " A", "A" * 129, "\x00", "\ud800", ["A"])),
        *(("paid", value) for value in (100, "1.00", [100], [100, "CNY", 1], ["100", "CNY"])),
        *(("paid", value) for value in (None, {}, [True, "CNY"], [1, "cny"], [1, "XXX"], [1, []])),
        *(("paid", value) for value in ([-1, "CNY"], [2**63, "CNY"], [1, None])),
        *(("paid_at", value) for value in ("2026-06-01T00:00:00Z", True, [], 10**18, -(10**18))),
        *(("lines", value) for value in (1, None, [1], ["tea"], [None], [[]], [{}], "tea")),
        *(("lines", [{**LINE, "quantity": value}]) for value in (0, -1, True, "1", None, [])),
        ("lines", [LINE, LINE]),
        ("lines", [{**LINE, "paid": [99, "CNY"]}]),
        ("lines", [{**LINE, "paid": [100, "USD"]}]),
    ],
)
def test_a_field_that_cannot_be_is_refused(field, value):
    """What an order could not have been told with, it cannot be read back with."""
    with pytest.raises(UnknownSchemaError, match="stored"):
        COMMANDS.load(json.dumps({**ORDER, field: value}))


@pytest.mark.law("S2")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(
            ("rate", value)
            for value in ([1], [1, 0], [-1, 8], [True, 8], "1/8", 1, [1, 8, 8], None)
        ),
        *(("day", value) for value in (20260601, "2026-02-29", "06/01/2026", "", None, [])),
        *(("at", value) for value in (None, "0", False, [0])),
        *(("count", value) for value in (True, "1", None, [1])),
        *(("open", value) for value in (1, 0, "true", None)),
        *(("note", value) for value in (1, None, ["x"], {"id": "p-1"})),
        *(("leap_day", value) for value in ("feb_29", "", None, 1, ["feb_28"], True)),
        *(("entity", value) for value in ("ab", ["order"], ["order", 1], ["a", "b", "c"], {}, 1)),
        *(
            ("text", value)
            for value in (1, None, {}, {"id": 1}, {"id": ""}, [], {"id": "p", "x": 1})
        ),
        *(("days", value) for value in ({}, {"starts": "2026-06-01", "ends": "2026-06-01"}, [])),
        *(("period", value) for value in ({"start": 0, "end": 0}, {"start": "0"}, {"end": 0}, 0)),
        *(("amounts", value) for value in ([1], [[1]], 1, None, "x", [[1, "CNY"], 1])),
    ],
)
def test_a_value_of_another_type_is_refused_and_never_converted(field, value):
    """Stored values are taken as they are or refused."""
    with pytest.raises(UnknownSchemaError, match="stored"):
        OFFERS.load(json.dumps({**OFFERED, field: value}))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([*ORDER, *LINE, "x"]), inner, max_size=4)
    ),
    max_leaves=8,
)


def loads_or_is_refused(documents, text):
    try:
        thing = documents.load(text)
    except UnknownSchemaError:
        return
    assert documents.load(documents.dump(thing)) == thing


@pytest.mark.law("S2")
@given(st.text())
def test_any_text_is_read_or_refused_by_name(text):
    """Junk text raises UnknownSchemaError and nothing else."""
    with pytest.raises(UnknownSchemaError):
        COMMANDS.load(text)


@pytest.mark.law("S2")
@settings(deadline=None, max_examples=400)
@given(field=st.sampled_from(sorted({*ORDER, *OFFERED, "lines", "paid_at", "text"})), value=JSON)
def test_any_value_in_any_field_is_read_or_refused_by_name(field, value):
    """A spoilt field raises UnknownSchemaError and nothing else."""
    loads_or_is_refused(COMMANDS, json.dumps({**ORDER, field: value}))
    loads_or_is_refused(OFFERS, json.dumps({**OFFERED, field: value}))
    loads_or_is_refused(COMMANDS, json.dumps({**ORDER, "lines": [{**LINE, field: value}]}))


@pytest.mark.law("S2")
@settings(deadline=None, max_examples=400)
@given(
    place=st.integers(0, 200), length=st.integers(0, 4), put=st.text('{}[]",:0159eE-n ', max_size=3)
)
def test_a_text_with_a_spoilt_place_is_read_or_refused_by_name(place, length, put):
    """A damaged document raises UnknownSchemaError and nothing else."""
    whole = json.dumps({**ORDER, "paid_at": 1_780_272_000_000_000, "lines": [LINE]})
    loads_or_is_refused(COMMANDS, whole[:place] + put + whole[place + length :])


@pytest.mark.law("S2")
def test_a_refusal_does_not_repeat_a_personal_value():
    """No personal value in what is raised: the name of a friend stays out of the message."""
    for spoilt in ({"added_at": "x"}, {"added_at": 0, "x": 1}, {"added_at": 0, "carrier": ""}):
        with pytest.raises(UnknownSchemaError) as refusal:
            COMMANDS.load(json.dumps({**FRIEND, "name": "Wei Li", **spoilt}))
        assert "Wei" not in str(refusal.value)
    with pytest.raises(UnknownSchemaError) as refusal:
        COMMANDS.load(json.dumps({**FRIEND, "added_at": 0, "name": "Wei\0Li"}))
    assert "Wei" not in str(refusal.value)
