"""The layers of a price, drawn: what each takes off a basket, and what the next one sees."""

from __future__ import annotations

from collections.abc import Iterator

from from_code.svg import arrow, box, drawing, words
from from_code.worked_basket import amount, program_on_page, quoted
from privlib.quotes import PaymentKind, Quote

__all__ = ["pricing_layers"]

_LEFT, _WIDTH, _BASE = 8, 420, 470


def pricing_layers() -> str:
    """The layers of the worked example, with the figures that the code has now."""
    program = program_on_page("layers.toml")
    quote = quoted(program)
    layers = [layer.name for layer in program.pricing.layers]
    parts = list(_boxes(quote, layers))
    height = 56 + 84 * (len(layers) + 3)
    return drawing((800, height), "The layers of a price", parts)


def _boxes(quote: Quote, layers: list[str]) -> Iterator[str]:
    [line] = quote.lines
    left = line.list_minor
    top = 8
    yield _box(top, "list price", [(line.sku, f"{amount(left)} yuan")])
    yield _seen(top, "list", left, "the price on the line, unless a rule stands in for it")
    for layer in ["shelf", *layers]:
        top += 84
        yield arrow((_LEFT + 60, top - 32), (_LEFT + 60, top))
        taken = [each for each in line.adjustments if each.layer == layer]
        left -= sum(each.amount_minor for each in taken)
        said = [(each.source, f"{amount(each.amount_minor)} yuan off") for each in taken]
        yield _box(top, layer, said or [("nothing here", "")])
        if layer == "shelf":
            yield _seen(top, "member", left, "after the price book")
        else:
            yield _seen(top, f"after:{layer}", left, "")
    top += 84
    yield arrow((_LEFT + 60, top - 32), (_LEFT + 60, top))
    kinds = ", ".join(kind.value.replace("_", " ") for kind in PaymentKind)
    yield _box(top, "payments", [(f"{kinds}: they pay, and take nothing off", "")])
