"""What is timed as an import is one, and what it must leave alone is left alone."""

import pytest
from tests.benchmarks.imports import FLOOR, NEVER, OURS, OURS_IN_USE, spent_on_importing, unasked


@pytest.mark.target("I1")
@pytest.mark.parametrize("statement", [OURS, OURS_IN_USE, FLOOR])
def test_an_import_takes_time(statement):
    spent = spent_on_importing(statement, 0)
    assert spent.cpu > 0
    assert spent.wall > 0


@pytest.mark.target("I2")
@pytest.mark.parametrize("statement", [OURS, OURS_IN_USE])
def test_privlib_imports_none_of_what_nobody_asked_for(statement):
    assert unasked(statement) == []


@pytest.mark.target("I2")
def test_what_is_imported_would_be_seen():
    assert unasked("import sqlite3, asyncio") == ["sqlite3", "asyncio"]
    assert unasked("import hypothesis, sqlalchemy, rich")[0] == "hypothesis"
    assert len(NEVER) == 7
