"""Strategies for ids of each kind, as a shop may make them, and for references made of them."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st

from privlib.entities import ENTITY_KINDS
from privlib.values.ids import (
    LONGEST_ID,
    CampaignName,
    CouponId,
    CustomerId,
    EmployeeId,
    EntityRef,
    GiftId,
    OrderId,
    PromotionName,
    RefundId,
    RelationId,
    TierName,
    join_key,
    looks_like_contact,
)

__all__ = [
    "campaign_names",
    "carrier_ids",
    "coupon_ids",
    "customer_ids",
    "employee_ids",
    "entity_refs",
    "gift_ids",
    "order_ids",
    "plain_ids",
    "promotion_names",
    "refund_ids",
    "relation_ids",
    "tier_names",
]

_CHARACTERS: Final = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"))
_SHORT: Final = st.text(_CHARACTERS, min_size=1, max_size=16).map(str.strip).filter(bool)
_ODD: Final = st.sampled_from(
    [
        "%" * LONGEST_ID,
        "私" * LONGEST_ID,
        "a:b",
        "%3A",
        "A 1",
        "Ａ－１",
        "éé",
        "👩‍👩‍👧",
        "א1",
        "'; --",
        "/",
    ]
)
_NUMBERED: Final = st.integers(1, 9_999).map(lambda number: f"A-{number}")
_IDS: Final = _NUMBERED | _ODD | _SHORT
_PEOPLE: Final = st.sampled_from(["wei", "mei", "lan", "jun", "customer-4711"])
_PSEUDONYMS: Final = _SHORT.filter(lambda text: not looks_like_contact(text))

# Made once: to make a strategy anew costs more than to draw from it.
_CUSTOMERS: Final = (_PEOPLE | _ODD | _PSEUDONYMS).map(CustomerId)
_EMPLOYEES: Final = (st.sampled_from(["lin", "chen"]) | _IDS).map(EmployeeId)
_ORDERS: Final = _IDS.map(OrderId)
_REFUNDS: Final = _IDS.map(RefundId)
_GIFTS: Final = _IDS.map(GiftId)
_TIERS: Final = _IDS.map(TierName)
_CAMPAIGNS: Final = _IDS.map(CampaignName)
_PROMOTIONS: Final = _IDS.map(PromotionName)
_CARRIERS: Final = st.sampled_from(["console", "wecom"]) | _IDS
_RELATIONS: Final = st.builds(join_key, _CARRIERS, _EMPLOYEES, _CUSTOMERS).map(RelationId)
_COUPONS: Final = _IDS.map(lambda key: CouponId(f"{join_key('issue-coupon', key)}/coupon/1"))
_REFS: Final = st.builds(EntityRef, st.sampled_from(sorted(ENTITY_KINDS)), _IDS)


def plain_ids() -> st.SearchStrategy[str]:
    """Ids of anything: short and long ones, numbered ones, and ones in any script."""
    return _IDS


def customer_ids() -> st.SearchStrategy[CustomerId]:
    """Ids of customers: pseudonyms, never a phone number or an e-mail address."""
    return _CUSTOMERS


def employee_ids() -> st.SearchStrategy[EmployeeId]:
    """Ids of employees."""
    return _EMPLOYEES


def carrier_ids() -> st.SearchStrategy[str]:
    """Ids of carriers, over which people are friends."""
    return _CARRIERS


def relation_ids() -> st.SearchStrategy[RelationId]:
    """Ids of relations: those of a carrier, an employee and a customer in one."""
    return _RELATIONS


def order_ids() -> st.SearchStrategy[OrderId]:
    """Ids of orders, as a shop may make them."""
    return _ORDERS


def refund_ids() -> st.SearchStrategy[RefundId]:
    """Ids of refunds, as a shop may make them."""
    return _REFUNDS


def coupon_ids() -> st.SearchStrategy[CouponId]:
    """Ids of coupons, as they are derived from the wishes that issue them."""
    return _COUPONS


def gift_ids() -> st.SearchStrategy[GiftId]:
    """Ids of gifts."""
    return _GIFTS


def tier_names() -> st.SearchStrategy[TierName]:
    """Names of tiers."""
    return _TIERS


def campaign_names() -> st.SearchStrategy[CampaignName]:
    """Names of campaigns."""
    return _CAMPAIGNS


def promotion_names() -> st.SearchStrategy[PromotionName]:
    """Names of promotions."""
    return _PROMOTIONS


def entity_refs() -> st.SearchStrategy[EntityRef]:
    """References to an entity of any kind."""
    return _REFS
