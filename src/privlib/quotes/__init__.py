"""Quotes: what a basket costs and why, as an order keeps it, and what a little more would bring."""

from __future__ import annotations

from privlib.quotes.against_public import AgainstPublic, LineAgainstPublic
from privlib.quotes.hint import Hint
from privlib.quotes.lines import (
    Adjustment,
    PieceGroup,
    QuotedLine,
    QuotedShipping,
    ShelfPrice,
    shipping_row,
)
from privlib.quotes.quote import (
    Applied,
    GiftLine,
    LeftOut,
    NextCouponGranted,
    Payment,
    PaymentKind,
    Quote,
    QuoteWork,
    RunnerUp,
    part_quote,
)

__all__ = [
    "Adjustment",
    "AgainstPublic",
    "Applied",
    "GiftLine",
    "Hint",
    "LeftOut",
    "LineAgainstPublic",
    "NextCouponGranted",
    "Payment",
    "PaymentKind",
    "PieceGroup",
    "Quote",
    "QuoteWork",
    "QuotedLine",
    "QuotedShipping",
    "RunnerUp",
    "ShelfPrice",
    "part_quote",
    "shipping_row",
]
