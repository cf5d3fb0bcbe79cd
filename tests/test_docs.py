"""The docs are true: every block runs, and everything public is documented."""

from __future__ import annotations

import re
from importlib import import_module
from inspect import getdoc, isfunction
from pathlib import Path
from typing import get_args

import pytest
from sybil import Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

import privlib
from privlib import errors, program_from_toml
from privlib.events import Event
from privlib.explaining import explain
from privlib.plugins import hookspecs
from privlib.refusals import Refusal
from privlib.requests import Request
from privlib.timers import Timer

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")


def load_as_program(example):
    program_from_toml(example.parsed)


def take_note(example):
    """Shell commands and plain text are tried elsewhere: in CI, and in the tests of the cli."""


SYBIL = Sybil(
    [
        PythonCodeBlockParser(),
        CodeBlockParser(language="toml", evaluator=load_as_program),
        CodeBlockParser(language="sh", evaluator=take_note),
        CodeBlockParser(language="text", evaluator=take_note),
        CodeBlockParser(language="{eval-rst}", evaluator=take_note),
        CodeBlockParser(language="{toctree}", evaluator=take_note),
    ]
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_of_a_page_runs(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    document = SYBIL.parse(page)
    for example in document.examples():
        example.evaluate()
    dispose_engines(document.namespace)


def dispose_engines(namespace):
    for value in namespace.values():
        if hasattr(value, "dispose"):
            value.dispose()
        if isinstance(value, privlib.PrivateDomain) and hasattr(value.storage, "close"):
            value.storage.close()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_block_of_a_page_is_of_a_kind_that_nobody_runs(page):
    text = page.read_text(encoding="utf-8")
    fences = re.findall(r"^```(\S*)$", text, re.MULTILINE)
    assert set(fences[::2]) <= {"python", "toml", "sh", "text", "{eval-rst}", "{toctree}"}


def test_what_the_docs_say_is_printed_is_printed(tmp_path, monkeypatch, capsys):
    """Comments right under a print are its output."""
    monkeypatch.chdir(tmp_path)
    page = ROOT / "docs" / "use-in-my-backend.md"
    document = SYBIL.parse(page)
    for example in document.examples():
        example.evaluate()
    dispose_engines(document.namespace)
    printed = capsys.readouterr().out
    promised = re.findall(r"^print\(.*\n# (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert promised
    for line in promised:
        assert line in printed


def test_the_readme_shows_what_is_printed(capsys):
    document = SYBIL.parse(ROOT / "README.md")
    for example in document.examples():
        example.evaluate()
    printed = capsys.readouterr().out
    for said in (
        "wei reached tier silver with order A-1001: 5,200 yuan spent",
        "silver\n",
        "4,800 yuan more brings wei to gold, with the gift gold-pack",
        "Send wei the gift silver-pack",
    ):
        assert said in printed


def test_the_docs_have_the_default_program_s_settings():
    """Every setting of the default program stands on the page about programs."""
    shipped = (ROOT / "src/privlib/program/default.toml").read_text(encoding="utf-8")
    page = (ROOT / "docs/program.md").read_text(encoding="utf-8")
    for setting in re.findall(r"^(\w+) = ", shipped, re.MULTILINE):
        assert f"{setting} = " in page, setting


FAMILIES = {
    family.__name__: family
    for union in (Event, Request, Refusal, Timer)
    for family in get_args(union)
}


def modules_of_the_reference():
    return re.findall(r"^\.\. automodule:: (\S+)$", REFERENCE, re.MULTILINE)


def names_shown(module_name):
    """The names that the reference shows of a module: those listed, or all that are documented."""
    found = re.search(rf"automodule:: {re.escape(module_name)}\n   :members: (.*)", REFERENCE)
    if found:
        return set(found[1].split(", "))
    module = import_module(module_name)
    return {name for name in module.__all__ if getdoc(getattr(module, name))}


def everything_shown():
    return {name for module in modules_of_the_reference() for name in names_shown(module)}


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_every_event_request_refusal_and_timer_is_in_the_reference(name):
    assert FAMILIES[name].__module__ in modules_of_the_reference()
    assert len((FAMILIES[name].__doc__ or "").split()) >= 4, "it wants a sentence"


@pytest.mark.parametrize("name", sorted(set(privlib.__all__) - {"__version__"}))
def test_every_public_name_is_in_the_reference(name):
    if name in {"Event", "Request", "Refusal", "Timer", "Command", "Entity", "SYSTEM"}:
        return  # unions and a constant: their members are shown
    if name == "hookimpl":
        assert "`@hookimpl`" in (ROOT / "docs/plugins.md").read_text(encoding="utf-8")
        return
    assert name in everything_shown(), f"{name} is public and in no page"


@pytest.mark.parametrize("name", sorted(errors.__all__))
def test_every_error_has_its_sentence(name):
    assert len((getattr(errors, name).__doc__ or "").split()) >= 4


@pytest.mark.parametrize(
    "name", [name for name in hookspecs.__all__ if name.startswith("privlib_")]
)
def test_every_hook_is_documented_with_its_arguments(name):
    hook = getattr(hookspecs, name)
    assert isfunction(hook)
    arguments = ", ".join(hook.__code__.co_varnames[: hook.__code__.co_argcount])
    assert f"`{name}({arguments})`" in (ROOT / "docs/plugins.md").read_text(encoding="utf-8")


def test_every_outcome_of_a_delivery_is_documented():
    from privlib.plugins import Outcome

    page = (ROOT / "docs/plugins.md").read_text(encoding="utf-8")
    for outcome in Outcome:
        assert f"| `{outcome.value}`" in page


def test_explaining_the_same_thing_in_the_docs_needs_no_program():
    assert explain.__kwdefaults__ == {"locale": "en", "zone": "UTC"}
