"""Order files: CSV and Parquet, read as a stream, each row with its place."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import frozen

from privlib.cli.order_rows import (
    OPTIONAL_COLUMNS,
    REQUIRED_COLUMNS,
    check_columns,
    command_from,
)
from privlib.commands import Order, Refund
from privlib.errors import InvalidValueError

__all__ = ["Row", "read_orders"]

_LONGEST_FIELD = 2_000_000
_PARQUET_ROWS = 4096


@frozen
class Row:
    """One row of a file: its place, and the order or refund in it, or why there is none."""

    place: str
    command: Order | Refund | None
    reason: str = ""


def read_orders(path: Path, currency: str) -> Iterator[Row]:
    """Read a file of orders row by row; a bad row comes as its reason, and the next follows.

    Raises InvalidValueError where the file as a whole is not one of orders, OSError.
    """
    rows = _parquet_rows(path) if path.suffix == ".parquet" else _csv_rows(path)
    for number, row in rows:
        place = f"{path}:{number}"
        if isinstance(row, str):
            yield Row(place, None, row)
            continue
        try:
            yield Row(place, command_from(row, currency))
        except InvalidValueError as fault:
            yield Row(place, None, str(fault))


def _csv_rows(path: Path) -> Iterator[tuple[int, dict[str, object] | str]]:
    csv.field_size_limit(_LONGEST_FIELD)
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        reader = csv.reader(file, strict=True)
        columns = next(reader, [])
        check_columns(columns)
        while True:
            try:
                values = next(reader)
            except StopIteration:
                return
            except csv.Error as fault:
                yield reader.line_num, f"not CSV: {fault}"
                continue
            if not values:
                continue
            if len(values) != len(columns):
                yield reader.line_num, f"{len(values)} fields in place of {len(columns)}"
            else:
                yield reader.line_num, dict(zip(columns, values, strict=True))


def _parquet_rows(path: Path) -> Iterator[tuple[int, dict[str, object] | str]]:
    parquet, arrow_error = _pyarrow()
    try:
        file = parquet.ParquetFile(path)
    except arrow_error:
        raise InvalidValueError(f"{path} is not a Parquet file") from None
    columns = file.schema_arrow.names
    check_columns(columns)
    wanted = [name for name in (*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS) if name in columns]
    number = 0
    for batch in file.iter_batches(batch_size=_PARQUET_ROWS, columns=wanted):
        for row in batch.to_pylist():
            number += 1
            yield number, row


def _pyarrow() -> tuple[Any, type[Exception]]:
    try:
        import pyarrow.parquet  # noqa: PLC0415 - an optional dependency
    except ModuleNotFoundError:
        raise InvalidValueError(
            'reading Parquet needs: pip install "privlib-domain[parquet]"'
        ) from None
    return pyarrow.parquet, pyarrow.ArrowException
