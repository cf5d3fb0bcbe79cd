"""Quotes: what a basket costs and why, as an order keeps it."""

from __future__ import annotations

from privlib.quotes.quote import (
    Adjustment,
    Applied,
    GiftLine,
    LeftOut,
    NextCouponGranted,
    Payment,
    PaymentKind,
    PieceGroup,
    Quote,
    QuotedLine,
    QuotedShipping,
    QuoteWork,
    RunnerUp,
    ShelfPrice,
    part_quote,
    shipping_row,
)

__all__ = [
    "Adjustment",
    "Applied",
    "GiftLine",
    "LeftOut",
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
