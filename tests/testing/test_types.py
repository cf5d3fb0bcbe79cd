"""Hypothesis knows privlib by type: every public class and id is drawn, and drawn valid."""

import subprocess
import sys
import tomllib
from enum import Enum
from importlib import import_module
from inspect import isclass
from itertools import chain
from pathlib import Path
from pkgutil import iter_modules
from typing import NewType, get_args

import pendulum
import pytest
from attrs import evolve, has
from hypothesis import HealthCheck, given, settings, strategies as st

from privlib import events as event_package
from privlib.commands import Command, Order
from privlib.decisions import Decision
from privlib.decisions.records import DecisionRecord
from privlib.decisions.stored import (
    ENTITIES,
    EVENTS,
    REFUSALS,
    REQUESTS,
    TIMERS,
)
from privlib.encoding.canonical import Secret, canonical, parse_canonical
from privlib.encoding.converting import converter
from privlib.encoding.documents import Documents
from privlib.entities import Entity, Member
from privlib.errors import InvalidValueError
from privlib.events import Event, GiftGranted, TierReached
from privlib.explaining import explain
from privlib.program.loading import program_from_parts
from privlib.program.program import Program
from privlib.refusals import Refusal
from privlib.requests import Request
from privlib.testing import registering, strategies
from privlib.testing.strategies import commands, events, happenings, requests
from privlib.timers import Timer
from privlib.values.ids import (
    CouponId,
    CustomerId,
    OrderId,
    RelationId,
    checked_id,
    checked_text,
)
from privlib.values.moment import Micros, from_micros, to_micros
from privlib.values.money import Money

registering.register()

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"
FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
COMMANDS = Documents(*get_args(Command))
DOCUMENTS = {
    **dict.fromkeys(get_args(Entity), ENTITIES),
    **dict.fromkeys(get_args(Event), EVENTS),
    **dict.fromkeys(get_args(Request), REQUESTS),
    **dict.fromkeys(get_args(Refusal), REFUSALS),
    **dict.fromkeys(get_args(Timer), TIMERS),
    **dict.fromkeys(get_args(Command), COMMANDS),
}
NOUNS = [
    "values",
    "entities",
    "program",
    "events",
    "requests",
    "refusals",
    "timers",
    "reservations",
    "commands",
    "quotes",
]


def modules():
    """All modules of which the public classes must be drawn."""
    for name in NOUNS:
        found = import_module(f"privlib.{name}")
        yield found
        for inside in iter_modules(getattr(found, "__path__", [])):
            yield import_module(f"privlib.{name}.{inside.name}")


def public_types():
    """Every public class and id, once, from its own module."""
    for module in modules():
        for name in getattr(module, "__all__", ()):
            thing = getattr(module, name)
            own = getattr(thing, "__module__", None) == module.__name__
            is_shared_by_kinds = isclass(thing) and thing.__subclasses__() and not has(thing)
            is_asked_for_only = getattr(thing, "_is_protocol", False)
            if (
                own
                and not (is_shared_by_kinds or is_asked_for_only)
                and (isclass(thing) or isinstance(thing, NewType))
            ):
                yield thing


TYPES = sorted(dict.fromkeys(public_types()), key=lambda kind: (kind.__module__, kind.__name__))


def type_name(kind):
    return f"{kind.__module__.removeprefix('privlib.')}.{kind.__name__}"


def test_the_walk_over_the_types_finds_what_it_must():
    assert {Money, CustomerId, Member, TierReached, Program, Order} <= set(TYPES)
    assert set(DOCUMENTS) <= set(TYPES)
    assert len(TYPES) > 100


@pytest.mark.parametrize("kind", TYPES, ids=type_name)
@FEW
@given(data=st.data())
def test_every_public_type_is_drawn_valid_by_its_type_alone(kind, data):
    drawn = data.draw(st.from_type(kind))
    assert type(drawn) is (kind.__supertype__ if isinstance(kind, NewType) else kind)
    if has(kind) and kind is not Secret:  # a secret is equal to nothing
        assert evolve(drawn) == drawn
    if kind in DOCUMENTS:
        documents = DOCUMENTS[kind]
        assert documents.load(documents.dump(drawn)) == drawn


@pytest.mark.parametrize("kind", [kind for kind in TYPES if isinstance(kind, NewType)])
@FEW
@given(data=st.data())
def test_every_id_that_is_drawn_can_be_one(kind, data):
    drawn = data.draw(st.from_type(kind))
    if kind is Micros:
        assert to_micros(from_micros(drawn)) == drawn
    elif kind in {RelationId, CouponId}:  # made of several ids
        assert checked_text(drawn, "id") == drawn
    else:
        assert checked_id(drawn) == drawn


@pytest.mark.parametrize(
    "kind",
    [kind for kind in TYPES if isclass(kind) and not issubclass(kind, Enum)],
    ids=type_name,
)
def test_every_class_has_a_strategy_of_its_own_and_is_not_merely_guessed(kind):
    family = set(chain.from_iterable(get_args(union) for union in registering._FAMILIES))
    # Parts of members, orders, daybooks and ties; what a calendar answers.
    inside = {"MemberGift", "Reached", "RefundRecord", "KnownDay", "LunarMonth"}
    inside |= {"Tagged", "Standing", "Placed"}
    assert kind in registering._BY_TYPE or kind in family or kind.__name__ in inside


@FEW
@given(drawn=st.from_type(Decision))
def test_a_decision_that_is_drawn_is_stored_and_read_back(drawn):
    record = DecisionRecord.of(drawn)
    assert DecisionRecord.load(record.dump()) == record


@FEW
@given(drawn=st.from_type(Program))
def test_a_program_that_is_drawn_is_stored_and_read_back(drawn):
    assert program_from_parts(drawn.parts) == drawn


@FEW
@given(one=st.from_type(Event), other=st.from_type(Request), no=st.from_type(Refusal))
def test_families_are_drawn_by_their_name_and_everything_drawn_can_be_explained(one, other, no):
    for drawn in (one, other, no):
        assert explain(drawn, locale="en")
        assert explain(drawn, locale="zh-CN")


@FEW
@given(paid=st.from_type(Money), at=st.from_type(pendulum.DateTime))
def test_amounts_and_moments_go_through_the_canonical_text(paid, at):
    text = canonical({"paid": paid, "at": at})
    plain = parse_canonical(text)
    assert converter(whole=False).structure(plain["paid"], Money) == paid
    assert converter(whole=False).structure(plain["at"], pendulum.DateTime) == at


def bought(customer: CustomerId, order: OrderId, paid: Money) -> Order:
    return Order(id=order, customer=customer, paid=paid)


@FEW
@given(order=st.builds(bought))
def test_builds_fills_in_the_arguments_of_a_function_by_their_types(order):
    assert isinstance(order, Order)


@FEW
@given(...)
def test_given_fills_in_arguments_by_their_types(customer: CustomerId, paid: Money, event: Event):
    assert checked_id(customer) == customer
    assert type(paid) is Money
    assert type(event) in get_args(Event)


# Kinds


@FEW
@given(
    event=events(kinds=[GiftGranted, TierReached]),
    request=requests(kinds=iter(get_args(Request)[:1])),
)
def test_a_family_can_be_bound_to_some_of_its_kinds(event, request):
    assert type(event) in {GiftGranted, TierReached}
    assert type(request) is get_args(Request)[0]


def test_kinds_that_are_none_of_the_family_are_refused_by_name():
    with pytest.raises(InvalidValueError, match="Money is not one of: "):
        events(kinds=[Money])
    with pytest.raises(InvalidValueError, match="name at least one kind"):
        commands(kinds=[])


@pytest.mark.parametrize("kind", get_args(Event), ids=lambda kind: kind.__name__)
@FEW
@given(data=st.data())
def test_an_event_that_happens_next_fits_its_entity(kind, data):
    entity, event = data.draw(happenings(kinds=[kind]))
    assert type(event) is kind
    assert event.about == (entity.kind, entity.id)
    after = entity.apply(event)
    assert after.version == entity.version + 1
    assert ENTITIES.load(ENTITIES.dump(after)) == after


def test_every_event_that_there_is_belongs_to_the_family():
    beside = {"Event", "MoveCause", "Placed"}
    shown = {name for name in event_package.__all__ if name not in beside}
    assert shown == {kind.__name__ for kind in get_args(Event)}


# The entry point


def test_the_entry_point_is_named_in_the_project():
    entry_points = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["entry-points"]
    module, _, function = entry_points["hypothesis"]["privlib"].partition(":")
    assert getattr(import_module(module), function) is registering.register


HOOKED = """
import importlib.metadata as metadata
found = metadata.entry_points
class Ours(metadata.EntryPoint): pass
ours = Ours("privlib", "privlib.testing.registering:register", "hypothesis")
metadata.entry_points = lambda **given: (
    [ours] if given == {"group": "hypothesis"} else found(**given)
)
"""


@pytest.mark.parametrize(
    "first",
    [
        "import hypothesis",
        "import privlib.testing.strategies",
        "from privlib.testing import strategies",
        "import privlib; privlib.Money",
    ],
)
def test_whatever_is_imported_first_the_entry_point_is_no_circle(first):
    """Hypothesis calls it at the end of its import, in which the strategies may be half made."""
    script = f"""{HOOKED}
{first}
from hypothesis import find, strategies as st
from privlib.values.money import Money
from privlib.values.ids import CustomerId
assert find(st.from_type(Money), bool).minor == 1
assert find(st.from_type(CustomerId), bool) == "wei"
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=120)


def test_the_entry_point_imports_no_strategy_before_one_is_drawn_from():
    script = f"""{HOOKED}
import sys
import hypothesis
assert "privlib.testing.registering" in sys.modules
assert "privlib.testing.strategies" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=120)


# The names


def test_strategies_have_plural_names_and_only_keywords_bound_them():
    """`refunds_of(order)` and `amounts_near(ladder)` have a subject, which comes first."""
    from inspect import signature

    for name in strategies.__all__:
        parameters = signature(getattr(strategies, name)).parameters.values()
        positional = [each.name for each in parameters if each.kind is not each.KEYWORD_ONLY]
        subject = {"refunds_of": ["order"], "amounts_near": ["ladder"]}.get(name, [])
        assert positional == subject, name
        assert name == "money" or "s" in {name[-1], name.partition("_")[0][-1]}, name
