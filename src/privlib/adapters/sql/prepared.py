"""Prepared statements: compiled once for each driver, and handed to it as they are.

Text and whole numbers need nothing done to them on their way, and Core would look a statement up
and bind its values by name each time, which takes longer than to run it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from attrs import define, field
from sqlalchemy import Connection, CursorResult, Delete, Insert, Select, Table, Update, insert
from sqlalchemy.dialects import postgresql, sqlite

__all__ = ["Prepared", "Row", "inserting", "inserting_new"]

Row: TypeAlias = Mapping[str, Any]
Statement: TypeAlias = Select[Any] | Insert | Update | Delete
Parameters: TypeAlias = Callable[[Row], Any]


@define(eq=False)
class Prepared:
    """One statement, written for every dialect or for each its own."""

    statement: Statement | Mapping[str, Statement]
    columns: Sequence[str] | None = None
    _compiled: dict[tuple[str, str], tuple[str, Parameters]] = field(factory=dict, init=False)

    def execute(self, connection: Connection, row: Row) -> CursorResult[*tuple[Any, ...]]:
        """Run it once."""
        text, parameters = self._for(connection)
        return connection.exec_driver_sql(text, parameters(row))

    def execute_many(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Run it for each row, if there are any."""
        if len(rows) == 1:
            self.execute(connection, rows[0])
        elif rows:
            text, parameters = self._for(connection)
            connection.exec_driver_sql(text, [parameters(row) for row in rows])

    def _for(self, connection: Connection) -> tuple[str, Parameters]:
        dialect = connection.dialect
        known = self._compiled.get((dialect.name, dialect.driver))
        if known is not None:
            return known
        statement = self.statement
        if isinstance(statement, Mapping):
            statement = statement[dialect.name]
        compiled = statement.compile(dialect=dialect, column_keys=self.columns)
        names = compiled.positiontup
        parameters: Parameters = dict if names is None else _in_order(names)
        self._compiled[dialect.name, dialect.driver] = compiled.string, parameters
        return compiled.string, parameters


def _in_order(names: Sequence[str]) -> Parameters:
    return lambda row: tuple([row[name] for name in names])


def inserting(table: Table) -> Prepared:
    """Inserts whole rows into a table."""
    return Prepared(insert(table), columns=table.c.keys())


def inserting_new(table: Table) -> Prepared:
    """Inserts whole rows into a table, and leaves those alone whose key is there already."""
    statements = {
        "sqlite": sqlite.insert(table).on_conflict_do_nothing(),
        "postgresql": postgresql.insert(table).on_conflict_do_nothing(),
    }
    return Prepared(statements, columns=table.c.keys())
