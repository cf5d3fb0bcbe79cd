"""The layers of a price, drawn: what each takes off a basket, and what the next one sees."""

from __future__ import annotations

from collections.abc import Iterator

from from_code.svg import arrow, box, drawing, words
from from_code.worked_basket import amount, program_on_page, quoted
from privlib import Program, yuan
from privlib.commands.baskets import ShippingLine
from privlib.program.promotion import Promotion
from privlib.quotes import PaymentKind

__all__ = ["pricing_layers"]

_LEFT, _WIDTH, _RIGHT, _EDGE, _STEP = 8, 480, 520, 8, 76
_WAYS = (ShippingLine(price=yuan(8)),)


def pricing_layers() -> str:
    """The layers of the worked example, with the figures that the code has now."""
    program = program_on_page("layers.toml")
    names = [layer.name for layer in program.pricing.layers]
    height = 2 * _EDGE + _STEP * (len(names) + 3) - 24
    return drawing((800, height), "The layers of a price", _parts(program, names))


def _parts(program: Program, names: list[str]) -> Iterator[str]:
    quote = quoted(program, shipping=_WAYS)
    looks = {each.name: _looked_at(each) for each in program.promotions}
    [line], [way] = quote.lines, quote.shipping
    left = line.list_minor
    yield _box(0, "list price", f"{line.sku}: {amount(left)} yuan")
    yield _base(0, "list", left)
    for place, name in enumerate(["shelf", *names], start=1):
        taken = [each for each in (*line.adjustments, *way.adjustments) if each.layer == name]
        left -= sum(each.amount_minor for each in line.adjustments if each.layer == name)
        said = [
            f"{each.source}: {amount(each.amount_minor)} yuan off{looks.get(each.source, '')}"
            for each in taken
        ]
        yield _box(place, name, ", ".join(said))
        yield _base(place, "member" if name == "shelf" else f"after:{name}", left)
    kinds = ", ".join(kind.value.replace("_", " ") for kind in PaymentKind)
    yield _box(len(names) + 2, "payments", f"{kinds}: no discount, they pay")


def _looked_at(promotion: Promotion) -> str:
    """From how much on a promotion applies, and of which base."""
    needs = promotion.needs
    if needs is None or needs.amount is None:
        return ""
    return f", from {amount(needs.amount.minor)} yuan of {needs.base}"


def _box(place: int, title: str, said: str) -> str:
    top = _EDGE + _STEP * place
    drawn = box((_LEFT, top), _WIDTH, title, [(said, "")])
    return drawn if place == 0 else arrow((_LEFT + 60, top - 24), (_LEFT + 60, top)) + drawn


def _base(place: int, name: str, left: int) -> str:
    """What may be looked at from here on, at the right of its layer."""
    at = _EDGE + _STEP * place + 32
    return words((_RIGHT, at), name, style="name") + words(
        (_RIGHT + 140, at), f"{amount(left)} yuan"
    )
