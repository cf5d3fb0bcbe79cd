"""Case results: what a quote is, beside what was expected of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from privlib.cli.pricing_cases import Case
from privlib.policies.pricing.quoting import quote_basket
from privlib.program.program import Program
from privlib.quotes import Quote

__all__ = ["Difference", "differences"]


class Difference(NamedTuple):
    """What is not as it was expected: where, and both values."""

    path: str
    expected: str
    got: str

    def __str__(self) -> str:
        return f"{self.path}: expected {self.expected}, got {self.got}"


def differences(case: Case, program: Program) -> list[Difference]:
    """What differs between a quote under this program and what a case expects of it."""
    quote = quote_basket(
        case.basket,
        case.customer,
        program,
        codes=case.codes,
        used=case.used,
        out_of_stock=case.out_of_stock,
        at=case.at,
    )
    return [*_amounts_that_differ(case, quote), *_sources_that_differ(case, quote)]


def _amounts_that_differ(case: Case, quote: Quote) -> Iterator[Difference]:
    expect = case.expect
    for name, wanted, is_so in (
        ("payable", expect.payable, quote.payable),
        ("discount", expect.discount, quote.discount),
        ("shipping", expect.shipping, quote.shipping_cost),
    ):
        if wanted is not None and wanted != is_so:
            yield Difference(name, str(wanted), str(is_so))
    paid = {line.id: line.payable for line in quote.lines}
    for id, wanted in (expect.lines or {}).items():
        if wanted != paid[id]:
            yield Difference(f"lines.{id}", str(wanted), str(paid[id]))


def _sources_that_differ(case: Case, quote: Quote) -> Iterator[Difference]:
    expect = case.expect
    applied = sorted(each.source for each in quote.applied)
    if expect.applied is not None and sorted(expect.applied) != applied:
        yield Difference("applied", _listed(sorted(expect.applied)), _listed(applied))
    reasons = {
        each.source: tuple(sorted(type(reason).__name__ for reason in each.reasons))
        for each in quote.left_out
    }
    for source, wanted in (expect.left_out or {}).items():
        if wanted != reasons.get(source):
            so = "that it is not left out" if source not in reasons else _listed(reasons[source])
            yield Difference(f"left_out.{source}", _listed(wanted), so)
    gifts: Counter[str] = Counter()
    for gift in quote.gifts:
        gifts[gift.sku] += gift.pieces
    if expect.gifts is not None and Counter(expect.gifts) != gifts:
        yield Difference("gifts", _counted(Counter(expect.gifts)), _counted(gifts))


def _listed(names: list[str] | tuple[str, ...]) -> str:
    return ", ".join(names) or "none"


def _counted(pieces: Counter[str]) -> str:
    return _listed([f"{count} x {sku}" for sku, count in sorted(pieces.items())])
