"""The house: who may import whom beyond what import-linter can say, and what importing costs."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import privlib
from privlib import errors

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "privlib"
CORE = {"attrs", "attr", "cattrs", "pendulum", "pluggy"}
# What the four core packages bring themselves.
BROUGHT = {"dateutil", "tzdata", "typing_extensions", "six", "time_machine"}


def imported_after(code):
    script = f"import sys, json\n{code}\nprint(json.dumps(sorted(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    return set(json.loads(run.stdout.splitlines()[-1]))


def test_importing_privlib_imports_nothing_else():
    modules = imported_after("import privlib")
    assert not {"attr", "pendulum", "cattrs", "pluggy", "hypothesis", "sqlalchemy"} & modules


@pytest.mark.parametrize(
    "code",
    [
        "from privlib import PrivateDomain, default_program; PrivateDomain(default_program())",
        "from privlib import explain",
        "import privlib.cli.application",
    ],
)
def test_who_never_quotes_imports_no_pricing(code):
    assert "privlib.policies.pricing" not in imported_after(code)


def test_the_core_needs_the_four_core_packages_only():
    """In a process in which every other installed package cannot be imported."""
    code = f"""
import sys
from importlib.metadata import packages_distributions
allowed = {sorted(CORE | BROUGHT | {"privlib"})!r}
standard = set(sys.stdlib_module_names)
for name in packages_distributions():
    if name not in allowed and name not in standard and not name.startswith("_"):
        sys.modules[name] = None
import pendulum, privlib
order = privlib.Order(id="A-1001", customer="wei", paid=privlib.yuan(5_000))
domain = privlib.PrivateDomain(privlib.default_program(), plugins=[privlib.ConsoleChannel()])
assert domain.record_order(order).after.member("wei").tier == "silver"
for name in privlib.__all__:
    if name != "SqlStorage":
        getattr(privlib, name)
"""
    modules = imported_after(code)
    assert "privlib.domain" in modules


def test_without_its_extra_the_storage_says_what_to_install():
    code = """
import sys
sys.modules["sqlalchemy"] = None
import privlib
try:
    privlib.SqlStorage
except ModuleNotFoundError as missing:
    assert str(missing) == 'SqlStorage needs: pip install "privlib-domain[sql]"', missing
else:
    raise AssertionError
"""
    imported_after(code)


def test_without_its_extra_all_the_rest_of_the_window_can_be_taken():
    code = """
import sys
sys.modules["sqlalchemy"] = None
from privlib import *
assert PrivateDomain and "SqlStorage" not in globals()
"""
    imported_after(code)


def test_every_error_is_in_the_shop_window():
    assert {*errors.__all__} <= {*privlib.__all__}


def test_the_shop_window_shows_what_type_checkers_see():
    tree = ast.parse((SOURCE / "__init__.py").read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {
        alias.asname: node.module
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == privlib._HOME


@pytest.mark.parametrize("name", privlib.__all__)
def test_every_name_in_the_window_is_there(name):
    assert getattr(privlib, name) is not None


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'tiers'"):
        _ = privlib.tiers


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "privlib":
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name == "privlib")


@pytest.mark.parametrize(
    "path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE))
)
def test_nothing_inside_imports_the_root(path):
    packages = {each.stem for each in SOURCE.iterdir()}
    assert set(imports_of(path)) <= packages - {"__init__"}


@pytest.mark.parametrize(
    "path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE))
)
def test_every_module_says_what_it_holds(path):
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert text, f"{path} has no first line"


def test_the_top_level_holds_nothing_odd():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a checkout")
    top = {line.split("/")[0] for line in listed.stdout.splitlines()}
    allowed = {"src", "tests", "docs", "examples", "pyproject.toml", "README.md", "LICENSE"}
    assert {name for name in top if not name.startswith(".")} <= allowed
