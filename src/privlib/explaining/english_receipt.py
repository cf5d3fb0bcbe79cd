"""The English words of a receipt."""

from __future__ import annotations

from typing import Final

from privlib.explaining.receipt_words import ReceiptWords
from privlib.quotes import PaymentKind

__all__ = ["RECEIPT"]

RECEIPT: Final = ReceiptWords(
    head="Quote of {at}, amounts in {unit}",
    yuan="yuan",
    colon=": ",
    line="{quantity} x {sku}",
    line_named="{quantity} x {sku} ({id})",
    shipping="Shipping: {method}",
    adjustment="{source}, on {base}",
    replaced="did not count: {prices}",
    to_pay="to pay",
    pieces="{pieces} of them, with {sources}",
    pieces_plain="{pieces} of them",
    total="List price",
    taken_off="Taken off",
    payable="To pay",
    paid_by={
        PaymentKind.POINTS: "Paid with {points} points",
        PaymentKind.WALLET: "Paid from the wallet",
        PaymentKind.GIFT_CARD: "Paid with gift card {source}",
    },
    due="Left to pay",
    applied="Applied",
    of_promotion="{source} ({promotion})",
    with_code=", code {code}",
    times=", {times} times",
    cut="{cut} more found nothing to take off",
    gifts="Gifts",
    gift="{pieces} x {sku}, from {promotion}",
    instead_of=", instead of {sku}",
    next_coupons="Coupons for the next order",
    next_coupon="{coupon} of campaign {campaign}, from {promotion}",
    points="The order earns {times} times the points.",
    against="Against public platforms",
    any_platform="any of them",
    saved="{amount} saved",
    lost="{amount} more here",
    same="the same here",
    dearer="; costs more here: {skus}",
    unknown="; left out, price there not known: {lines}",
    not_sold="Not sold",
    left_out="Not applied",
    runner_up="Next best: {sources}",
    nothing_else="nothing",
    proven="No combination is better.",
    not_proven="Not proven: the search ended before every combination was tried.",
)
