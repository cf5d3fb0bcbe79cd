"""Keeping in SQL: programs by their parts, and the erasable table of personal values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import Connection, delete, select

from privlib.adapters.sql.chunks import in_chunks
from privlib.adapters.sql.prepared import inserting_new
from privlib.adapters.sql.tables import PARTS, PERSONAL, PROGRAMS
from privlib.program.program import Part, Program
from privlib.values.ids import CustomerId
from privlib.values.personal import Masked, PersonalRef

__all__ = ["erase_values", "is_kept", "read_program", "read_values", "write_program"]

_INSERT_PART: Final = inserting_new(PARTS)
_INSERT_PROGRAM: Final = inserting_new(PROGRAMS)


def write_program(connection: Connection, shop: str, program: Program) -> None:
    """Keep the parts of a program, each once, and which of them it is made of."""
    _INSERT_PART.execute_many(
        connection,
        [{"shop": shop, "digest": part.digest, "body": part.text} for part in program.parts],
    )
    _INSERT_PROGRAM.execute_many(
        connection,
        [
            {
                "shop": shop,
                "version": program.version,
                "name": part.name,
                "digest": part.digest,
            }
            for part in program.parts
        ],
    )


def is_kept(connection: Connection, shop: str, version: str) -> bool:
    """Whether the program of this version is kept."""
    statement = select(PROGRAMS.c.name).where(
        PROGRAMS.c.shop == shop, PROGRAMS.c.version == version
    )
    return connection.execute(statement.limit(1)).first() is not None


def read_program(connection: Connection, shop: str, version: str) -> Program | None:
    """The program of this version, put together from its parts."""
    from privlib.program.loading import program_from_parts  # noqa: PLC0415 - imports cattrs

    statement = (
        select(PROGRAMS.c.name, PARTS.c.digest, PARTS.c.body)
        .join(PARTS, (PARTS.c.shop == PROGRAMS.c.shop) & (PARTS.c.digest == PROGRAMS.c.digest))
        .where(PROGRAMS.c.shop == shop, PROGRAMS.c.version == version)
    )
    parts = [Part(*row) for row in connection.execute(statement)]
    return program_from_parts(parts) if parts else None


def read_values(
    connection: Connection, shop: str, refs: Iterable[PersonalRef]
) -> Mapping[PersonalRef, Masked]:
    """The personal values behind these references, as far as they are not erased."""
    found: dict[PersonalRef, Masked] = {}
    for chunk in in_chunks(ref.id for ref in refs):
        statement = select(PERSONAL.c.ref, PERSONAL.c.value).where(
            PERSONAL.c.shop == shop, PERSONAL.c.ref.in_(chunk)
        )
        for ref, value in connection.execute(statement):
            found[PersonalRef(ref)] = Masked(value)
    return found


def erase_values(connection: Connection, shop: str, customer: CustomerId) -> int:
    """Erase a customer's personal values; how many there were."""
    statement = delete(PERSONAL).where(PERSONAL.c.shop == shop, PERSONAL.c.customer == customer)
    return connection.execute(statement).rowcount
