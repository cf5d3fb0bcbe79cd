"""Strategies for what somebody pays with besides money."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from privlib.commands.tender import GiftCard, Tender
from privlib.testing.strategies.amount import money
from privlib.testing.strategies.ids import plain_ids
from privlib.values.money import Money

__all__ = ["gift_cards", "tenders"]


@cache
def gift_cards(*, currency: str = "CNY") -> st.SearchStrategy[GiftCard]:
    """Gift cards with something or nothing left on them."""
    balance = money(max_value=Money(300_00, currency))
    return st.builds(GiftCard, code=plain_ids(), balance=balance)


@cache
def tenders(*, currency: str = "CNY") -> st.SearchStrategy[Tender]:
    """Points, wallet and gift cards, each with or without the others."""
    return st.builds(
        Tender,
        points=st.integers(0, 500),
        wallet=st.none() | money(max_value=Money(300_00, currency)),
        gift_cards=st.lists(
            gift_cards(currency=currency), max_size=2, unique_by=lambda card: card.code
        ),
    )
