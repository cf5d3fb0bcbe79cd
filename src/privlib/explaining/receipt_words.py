"""Words of a receipt: what stands on it, in a locale."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from privlib.quotes import PaymentKind

__all__ = ["ReceiptWords"]


@frozen(kw_only=True)
class ReceiptWords:
    """The headings and rows of a receipt, with what they are filled in with in braces."""

    head: str
    yuan: str
    colon: str
    line: str
    line_named: str
    shipping: str
    adjustment: str
    replaced: str
    to_pay: str
    pieces: str
    pieces_plain: str
    total: str
    taken_off: str
    payable: str
    paid_by: Mapping[PaymentKind, str]
    due: str
    applied: str
    of_promotion: str
    with_code: str
    times: str
    cut: str
    gifts: str
    gift: str
    instead_of: str
    next_coupons: str
    next_coupon: str
    points: str
    against: str
    any_platform: str
    saved: str
    lost: str
    same: str
    dearer: str
    unknown: str
    not_sold: str
    left_out: str
    runner_up: str
    nothing_else: str
    proven: str
    not_proven: str
