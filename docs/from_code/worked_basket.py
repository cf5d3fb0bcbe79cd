"""The worked examples of the page on pricing: their programs as the page has them, and a basket."""

from __future__ import annotations

import re
from pathlib import Path

import pendulum

from privlib import Money, Program, program_from_toml, yuan
from privlib.commands.baskets import Basket, BasketLine, ShippingLine
from privlib.entities.customer_state import CustomerState
from privlib.explaining.wording import grouped
from privlib.policies.pricing.quoting import quote_basket
from privlib.quotes import Quote

__all__ = ["PAGE", "amount", "program_on_page", "quoted"]

PAGE = Path(__file__).parents[1] / "explanation" / "how-a-basket-is-priced.md"
_NOON = pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")


def program_on_page(name: str) -> Program:
    """The program that the page writes into a file of this name."""
    block = rf"^```{{code-block}} toml\n:caption: {re.escape(name)}\n\n(.*?)^```$"
    found = re.search(block, PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    if found is None:
        raise LookupError(f"the page writes no {name}")
    return program_from_toml(found[1])


def quoted(program: Program, *, shipping: tuple[ShippingLine, ...] = ()) -> Quote:
    """The tea set of 210 yuan, as this program prices it for a gold member."""
    basket = Basket(lines=[BasketLine(sku="tea set", price=yuan(210))], shipping=shipping)
    customer = CustomerState(id="wei", is_member=True, tier="gold")
    return quote_basket(basket, customer, program, at=_NOON)


def amount(minor: int) -> str:
    """Minor units as yuan, without zeros that say nothing."""
    return grouped(Money(minor))
