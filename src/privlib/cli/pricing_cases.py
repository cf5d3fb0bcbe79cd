"""Cases: baskets written in TOML, each with what a shop expects it to cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, get_args

import pendulum
from attrs import field, frozen

from privlib.commands.baskets import Basket
from privlib.entities.customer_state import CustomerState
from privlib.errors import InvalidValueError, Problem, ProgramError
from privlib.program.faults import problems_of
from privlib.program.naming import duplicate_names, no_such
from privlib.program.toml_files import toml_document, toml_text
from privlib.program.toml_reading import toml_reader
from privlib.refusals import Refusal
from privlib.values.choice import as_tuple
from privlib.values.ids import plain_text
from privlib.values.money import Money
from privlib.values.naming import did_you_mean

__all__ = ["Case", "Expected", "read_cases"]

_REASONS: Final = frozenset(kind.__name__ for kind in get_args(Refusal))


def _reasons(left_out: Mapping[str, Iterable[str]] | None) -> Mapping[str, tuple[str, ...]] | None:
    """The reasons of each source, in their order."""
    if left_out is None:
        return None
    for source, reasons in left_out.items():
        for reason in reasons:
            if reason not in _REASONS:
                raise ProgramError([Problem(source, no_such("reason", reason, _REASONS))])
    return {source: tuple(sorted(reasons)) for source, reasons in left_out.items()}


@frozen(kw_only=True)
class Expected:
    """What is expected of a quote; what is not said is not looked at.

    `lines` are what lines cost, by their id, `applied` the sources of all that applies, `left_out`
    the reasons of some of the others, `gifts` how many pieces of which sku.
    """

    payable: Money | None = None
    discount: Money | None = None
    shipping: Money | None = None
    lines: Mapping[str, Money] | None = None
    applied: tuple[str, ...] | None = None
    left_out: Mapping[str, tuple[str, ...]] | None = field(default=None, converter=_reasons)
    gifts: Mapping[str, int] | None = None

    def __attrs_post_init__(self) -> None:
        said = (self.payable, self.discount, self.shipping, self.lines, self.applied)
        if all(each is None for each in (*said, self.left_out, self.gifts)):
            raise InvalidValueError("nothing is expected; say what is payable, or what applies")


@frozen(kw_only=True)
class Case:
    """A basket of a customer at a moment, and what is expected of its quote."""

    name: str = field(converter=plain_text)
    at: pendulum.DateTime
    basket: Basket
    customer: CustomerState = CustomerState()
    codes: tuple[str, ...] = ()
    used: Mapping[str, int] = field(factory=dict)
    out_of_stock: frozenset[str] = frozenset()
    expect: Expected

    def __attrs_post_init__(self) -> None:
        ids = [line.id for line in self.basket.lines if line.ticked]
        unknown = [id for id in self.expect.lines or () if id not in ids]
        if unknown:
            raise ProgramError(
                Problem(f"expect.lines.{id}", f"no such line is ticked{did_you_mean(id, ids)}")
                for id in unknown
            )


@frozen(kw_only=True)
class _CaseFile:
    case: tuple[Case, ...] = field(converter=as_tuple)

    def __attrs_post_init__(self) -> None:
        names = {at: case.name for at, case in enumerate(self.case)}
        problems = list(duplicate_names(names, "case[{}].name"))
        if problems:
            raise ProgramError(problems)


def read_cases(path: Path, currency: str) -> tuple[Case, ...]:
    """The cases of a TOML file; its amounts are in this currency.

    Raises ProgramError with every problem of the file, each with its path, or OSError.
    """
    document = toml_document(toml_text(path, "a file of cases"))
    try:
        return toml_reader(currency).structure(document, _CaseFile).case
    except Exception as fault:  # noqa: BLE001 - cattrs raises what values raise, in groups
        raise ProgramError(problems_of(fault, "")) from None
