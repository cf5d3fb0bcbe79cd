"""The SQL storage: SQLite as the embedded default, PostgreSQL by URL, on SQLAlchemy Core."""

from __future__ import annotations

from privlib.adapters.sql.laying_out import create_tables
from privlib.adapters.sql.storage import SqlStorage
from privlib.adapters.sql.tables import METADATA

__all__ = ["METADATA", "SqlStorage", "create_tables"]
