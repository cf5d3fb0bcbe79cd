"""The reference is whole: everything public is described, and nothing drawn or listed is stale."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zlib
from importlib import import_module
from inspect import signature
from pathlib import Path
from pkgutil import iter_modules
from typing import get_args

import pytest
from attrs import fields

import privlib
import privlib.testing
from privlib import Decision, Needs, decide, errors, plugins, yuan
from privlib.commands import Command
from privlib.entities import ENTITY_KINDS, Entity
from privlib.events import Event
from privlib.plugins import Outcome, hookspecs
from privlib.program.pricing import Pricing
from privlib.refusals import Refusal
from privlib.requests import Request
from privlib.timers import Timer

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
UNIONS = {
    "privlib.commands": Command,
    "privlib.entities": Entity,
    "privlib.events": Event,
    "privlib.refusals": Refusal,
    "privlib.requests": Request,
    "privlib.timers": Timer,
}
# What the laws, the state machine and the driver are made of.
INSIDE = {"deck", "dice", "invariants", "plain_ladder", "postbox", "verbs", "walk", "witness"}
TESTING = [
    f"privlib.testing.{module.name}"
    for module in iter_modules(privlib.testing.__path__)
    if module.name not in INSIDE
]


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The docs as they are built, and what the build warned of."""
    folder = tmp_path_factory.mktemp("docs")
    run = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "--fresh-env", str(DOCS), str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return folder, run.stderr


@pytest.fixture(scope="session")
def described(built):
    """The names that the pages describe."""
    folder, _ = built
    inventory = (folder / "objects.inv").read_bytes().split(b"\n", 4)[4]
    lines = zlib.decompress(inventory).decode().splitlines()
    return {line.split()[0] for line in lines if " py:" in line}


def test_the_docs_are_built_without_a_warning(built):
    _, warnings = built
    assert warnings == ""


@pytest.mark.parametrize("module", UNIONS)
def test_every_event_request_refusal_timer_command_and_entity_is_described(module, described):
    members = get_args(UNIONS[module])
    assert {f"{module}.{each.__name__}" for each in members} <= described
    assert all(has_a_sentence(each) for each in members)


def has_a_sentence(thing):
    return len((thing.__doc__ or "").split()) >= 4


def test_every_public_name_is_described(described):
    assert {f"{module}.{name}" for name, module in privlib._HOME.items()} <= described


def test_every_error_is_described_in_a_sentence(described):
    assert {f"privlib.errors.{name}" for name in errors.__all__} <= described
    assert all(has_a_sentence(getattr(errors, name)) for name in errors.__all__)


def test_every_hook_is_described(described):
    hooks = {name for name in hookspecs.__all__ if name.startswith("privlib_")}
    assert {f"privlib.plugins.hookspecs.{name}" for name in hooks} <= described


def test_every_name_that_a_plugin_needs_is_described(described):
    named = set(plugins.__all__) - {"Plugins"}  # the shell's own
    assert {f"privlib.plugins.{name}" for name in named} <= described


@pytest.mark.parametrize("module", TESTING)
def test_every_strategy_and_other_aid_for_tests_is_described(module, described):
    named = getattr(import_module(module), "__all__", ())
    assert {f"{module}.{name}" for name in named if not name.isupper()} <= described


def test_every_outcome_of_a_delivery_is_told():
    page = (DOCS / "reference/plugins.md").read_text(encoding="utf-8")
    for outcome in Outcome:
        assert f"| `{outcome.value}`" in page


def test_the_page_about_programs_has_every_setting_of_the_default_program():
    shipped = (ROOT / "src/privlib/program/default.toml").read_text(encoding="utf-8")
    page = (DOCS / "how-to/write-a-program.md").read_text(encoding="utf-8")
    for setting in re.findall(r"^(\w+) = ", shipped, re.MULTILINE):
        assert f"{setting} = " in page, setting


@pytest.fixture
def from_code(monkeypatch):
    """What the pages take from the code."""
    monkeypatch.syspath_prepend(str(DOCS))
    return import_module


def test_every_setting_named_among_the_rules_is_one(from_code):
    settings = from_code("from_code.settings").settings()
    names = {row[0].strip("`").rpartition(".")[2] for row in settings[1]}
    page = (DOCS / "reference/rules.md").read_text(encoding="utf-8")
    named = re.findall(r"\| `(\w+)(?: = \"\w+\")?`[^|]*\|$", page, re.MULTILINE)
    assert len(named) > 5
    assert set(named) <= names


def test_the_table_of_settings_has_those_of_every_part(from_code):
    settings = dict(row[::2] for row in from_code("from_code.settings").settings()[1])
    assert settings["`enrolment.unknown_customer`"] == '`"enrol"`'
    assert settings["`service.hours[].opens`"] == "required"
    assert settings["`service.working_days_as`"] == '`"mon"`'
    assert settings["`ladder.tiers[].gift.id`"] == "required"
    assert settings["`lifecycles[].stages[].follow_up_days`"] == "none"
    assert settings["`campaigns[].coupons[].per_customer`"] == "none"


def test_the_drawing_names_every_field_of_a_decision_and_every_argument(from_code):
    drawn = ET.fromstring(from_code("from_code.decision_path").decision_path())
    words = {text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")}
    named = {each.name for each in (*fields(Decision), *fields(Needs))}
    assert {name for name in named if not name.startswith("_")} <= words
    assert f"decide({', '.join(signature(decide).parameters)})" in words


def test_a_field_that_the_drawing_has_no_words_for_stops_the_build(from_code, monkeypatch):
    drawing = from_code("from_code.decision_path")
    monkeypatch.delitem(drawing.MEANINGS, "events")
    with pytest.raises(KeyError):
        drawing.decision_path()


def words_of(drawing):
    drawn = ET.fromstring(drawing)
    return {text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")}


def test_the_drawing_of_layers_has_each_layer_and_what_it_leaves(from_code):
    words = words_of(from_code("from_code.pricing_layers").pricing_layers())
    layers = [layer.name for layer in Pricing().layers]
    assert {"list", "member", *layers, *(f"after:{name}" for name in layers)} <= words
    assert {"gold price: 10 yuan off", "tea week: 20 yuan off"} <= words
    assert {f"{left} yuan" for left in (210, 200, 180, 160, 145)} <= words


def test_the_drawing_of_the_search_ends_at_what_the_basket_costs(from_code):
    worked = from_code("from_code.worked_basket")
    payable = worked.quoted(worked.program_on_page("worked.toml")).payable
    assert payable == yuan(128)
    words = words_of(from_code("from_code.search_tree").search_tree())
    assert {"128 yuan: the best", "at best 140: turns back", "no need: nothing failed"} <= words


def test_every_verb_stands_beside_its_command(from_code):
    _, rows = from_code("from_code.tables").TABLES["commands"]()
    verbs = {command.split("`")[1].split()[0]: verb for command, verb, _ in rows}
    assert set(verbs) == {each.__name__ for each in get_args(Command)}
    assert verbs["Refund"] == "{py:meth}`~privlib.domain.PrivateDomain.reverse_order`"


def test_every_event_stands_under_the_entity_it_is_about(from_code):
    _, rows = from_code("from_code.tables").TABLES["events"]()
    assert [row[0].strip("`") for row in rows] == sorted(
        (row[0].strip("`") for row in rows), key=list(ENTITY_KINDS).index
    )
    about = {name.split("`")[1].split()[0]: kind for kind, name, _ in rows}
    assert (about["TierReached"], about["OrderRecorded"]) == ("`member`", "`order`")


@pytest.mark.parametrize("name", ["names", "errors", "hooks", "refusals", "strategies", "checks"])
def test_no_table_says_anything_that_differs_from_build_to_build(name, from_code):
    tables = from_code("from_code.tables")
    text = tables.markdown(tables.TABLES[name]())
    assert " at 0x" not in text


def glossary_rows():
    page = (DOCS / "glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", page, re.MULTILINE)
    return [row for row in rows if "---" not in row[0]]


@pytest.mark.parametrize(
    "word",
    [
        *ENTITY_KINDS,
        *("event", "request", "timer", "reservation", "refusal", "error", "key", "outbox"),
        *("command", "decision", "program", "storage", "channel", "plugin", "hook", "strategy"),
    ],
)
def test_every_noun_is_in_the_glossary(word):
    terms = {term.strip() for row in glossary_rows() for term in row[0].split(",")}
    assert word in terms


def test_every_term_of_the_glossary_has_its_chinese():
    rows = glossary_rows()
    assert len(rows) > 40
    for term, chinese, meaning in rows:
        if (term, chinese) != ("term", "Chinese"):
            assert re.search(r"[\u4e00-\u9fff]", chinese), term
            assert len(meaning.split()) >= 3, term
