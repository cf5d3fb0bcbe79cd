"""Public prices: what something costs on the public platforms, beside the shop's own price."""

from __future__ import annotations

from attrs import field, frozen
from attrs.converters import optional

from privlib.values.amount import check_amount
from privlib.values.ids import plain_id
from privlib.values.money import Money

__all__ = ["PublicPrice"]


@frozen(kw_only=True)
class PublicPrice:
    """What one piece costs on a public platform, or without one on any that is not named."""

    sku: str = field(converter=plain_id)
    price: Money = field(validator=check_amount)
    platform: str | None = field(default=None, converter=optional(plain_id))
