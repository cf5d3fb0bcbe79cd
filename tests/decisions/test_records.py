"""A decision as one text comes back as it was, or is refused by name."""

import json

import pendulum
import pytest
from hypothesis import given, settings, strategies as st

from privlib.commands import CouponIssue, Order
from privlib.decisions import State, expire_coupon, issue_coupon, record_order
from privlib.decisions.records import DecisionRecord, dump_decision, load_decision
from privlib.entities import Customer, Member
from privlib.errors import UnknownSchemaError
from privlib.program.loading import default_program
from privlib.values.money import yuan

NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=4,
)


def decisions():
    """One that greets, reaches a tier and sends a gift, one that takes room, one that fires."""
    program = default_program()
    order = Order(id="A-1001", customer="wei", paid=yuan(5_000))
    campaign = program.campaigns[0]
    issue = CouponIssue(
        key="1", customer="wei", campaign=campaign.name, coupon=campaign.coupons[0].name
    )
    running = campaign.days.in_zone(program.zone).start.add(days=1)
    known = State(Customer(id="wei", known_since=NOON, source="door"), Member(id="wei"))
    issued = issue_coupon(known, issue, program, at=running)
    (timer,) = issued.timers
    yield record_order(State(), order, program, at=NOON)
    yield issued
    yield expire_coupon(issued.after, timer, program, at=timer.due)


TEXTS = [json.loads(dump_decision(decision)) for decision in decisions()]
FIELDS = [(index, name) for index, text in enumerate(TEXTS) for name in text]
PARTS = [(index, name) for index, text in enumerate(TEXTS) for name in text["record"]]


def test_the_texts_of_the_next_tests_are_good_until_they_are_spoilt():
    for text, decision in zip(TEXTS, decisions(), strict=True):
        assert load_decision(json.dumps(text)) == decision
    assert {name for _, name in PARTS} == {
        *("v", "before", "events", "requests", "timers", "cancels", "fires", "reservations")
    }


def loads_or_is_refused(text):
    try:
        decision = load_decision(json.dumps(text))
    except UnknownSchemaError:
        return
    assert load_decision(dump_decision(decision)) == decision


@settings(max_examples=300)
@given(place=st.sampled_from(FIELDS), value=JSON)
def test_any_value_in_any_field_is_read_or_refused_by_name(place, value):
    index, name = place
    loads_or_is_refused({**TEXTS[index], name: value})


@settings(max_examples=300)
@given(place=st.sampled_from(PARTS), value=JSON | st.lists(st.lists(JSON, max_size=3)))
def test_any_value_in_any_part_of_the_record_is_read_or_refused_by_name(place, value):
    index, name = place
    record = {**TEXTS[index]["record"], name: value}
    loads_or_is_refused({**TEXTS[index], "record": record})
    try:
        DecisionRecord.load(json.dumps(record))
    except UnknownSchemaError:
        return


@pytest.mark.parametrize(
    ("part", "value", "phrase"),
    [
        ("before", [1], r"an entry that is not \[kind, id, version\]"),
        ("before", ["abc"], r"an entry that is not \[kind, id, version\]"),
        ("events", 5, "the events of a stored decision are no list"),
        ("requests", [5], "a key that is no text"),
        ("reservations", [["june", 1]], r"is not \[key, amount, limit\]"),
        ("reservations", [["june", 1, -1]], "a limit is 0 or more; got -1"),
    ],
)
def test_a_record_that_cannot_be_is_refused(part, value, phrase):
    with pytest.raises(UnknownSchemaError, match=phrase):
        DecisionRecord.load(json.dumps({"v": 1, part: value}))


def test_a_decision_by_nobody_is_refused():
    with pytest.raises(UnknownSchemaError, match="does not hold: 'ghost' is not one of"):
        load_decision(json.dumps({**TEXTS[0], "by": ["ghost", "mei"]}))
