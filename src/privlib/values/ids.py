"""Ids: the caller's own strings, bounded; keys and references made of them."""

from __future__ import annotations

import re
from typing import NamedTuple, NewType

from privlib.errors import InvalidIdError, InvalidValueError

__all__ = [
    "LONGEST_ID",
    "LONGEST_RELATION_ID",
    "CampaignName",
    "CouponId",
    "CustomerId",
    "EmployeeId",
    "EntityRef",
    "GiftId",
    "OrderId",
    "PromotionName",
    "RefundId",
    "RelationId",
    "TierName",
    "campaign_name",
    "checked_id",
    "checked_text",
    "coupon_id",
    "customer_id",
    "employee_id",
    "gift_id",
    "join_key",
    "looks_like_contact",
    "order_id",
    "plain_id",
    "plain_text",
    "promotion_name",
    "refund_id",
    "relation_id",
    "survey_record_id",
    "tier_name",
]

CustomerId = NewType("CustomerId", str)
EmployeeId = NewType("EmployeeId", str)
RelationId = NewType("RelationId", str)
OrderId = NewType("OrderId", str)
RefundId = NewType("RefundId", str)
CouponId = NewType("CouponId", str)
GiftId = NewType("GiftId", str)
TierName = NewType("TierName", str)
CampaignName = NewType("CampaignName", str)
PromotionName = NewType("PromotionName", str)

LONGEST_ID = 128
LONGEST_RELATION_ID = 3 * (3 * LONGEST_ID) + 2
"""Three ids, each of whose characters may have become three, and what joins them."""
LONGEST_COUPON_ID = 512
"""Any id that is made here fits, and any database's key."""
_LONGEST_TEXT = 65_536
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")
# Two ids that look alike would be two. What joins letters and emoji (U+200C, U+200D) may be there.
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_UNFIT_IN_TEXT = re.compile("[\x00\ud800-\udfff]")
_CONTACT = re.compile(
    r"(?:\+|00)[0-9][0-9 -]{6,18}|(?:86)?1[3-9][0-9]{9}"  # a phone number
    r"|[^@\s]+@[^@\s]+\.[^@\s]+"  # an e-mail address
)


class EntityRef(NamedTuple):
    """Which entity: its kind and its id."""

    kind: str
    id: str


def checked_id(value: object, what: str = "id", *, longest: int = LONGEST_ID) -> str:
    """The value, if it can be an id: text of 1 to 128 characters, none of control or invisible.

    >>> checked_id("A-1001")
    'A-1001'
    >>> checked_id("", "order id")
    Traceback (most recent call last):
    privlib.errors.InvalidIdError: the order id is empty
    """
    if not isinstance(value, str):
        raise InvalidIdError(f"the {what} must be text; got {type(value).__name__}")
    if not value:
        raise InvalidIdError(f"the {what} is empty")
    if len(value) > longest:
        raise InvalidIdError(f"the {what} has {len(value)} characters; at most {longest} fit")
    if not value.isprintable() or value[0] == " " or value[-1] == " ":
        _check_characters(value, what)
    return value


def _check_characters(value: str, what: str) -> None:
    if _UNFIT.search(value) or value != value.strip():
        raise InvalidIdError(f"the {what} holds control characters or blanks at its ends")
    invisible = _INVISIBLE.search(value)
    if invisible:
        raise InvalidIdError(f"the {what} holds the invisible U+{ord(invisible[0]):04X}")


def checked_text(value: object, what: str) -> str:
    """The value, if it can be stored: at most 65,536 characters, no NUL, no half character."""
    if not isinstance(value, str):
        raise InvalidValueError(f"the {what} must be text; got {type(value).__name__}")
    if len(value) > _LONGEST_TEXT:
        raise InvalidValueError(
            f"the {what} has {len(value)} characters; at most {_LONGEST_TEXT} fit"
        )
    if _UNFIT_IN_TEXT.search(value):
        raise InvalidValueError(f"the {what} holds a NUL or half of a surrogate pair")
    return value


def plain_text(value: str) -> str:
    """Any text that can be stored, checked."""
    return checked_text(value, "text")


def plain_id(value: str) -> str:
    """Any id that is not one of those named below, checked."""
    return checked_id(value)


def customer_id(value: str) -> CustomerId:
    """A customer's id, checked."""
    return CustomerId(checked_id(value, "customer id"))


def employee_id(value: str) -> EmployeeId:
    """An employee's id, checked."""
    return EmployeeId(checked_id(value, "employee id"))


def order_id(value: str) -> OrderId:
    """An order's id, checked."""
    return OrderId(checked_id(value, "order id"))


def refund_id(value: str) -> RefundId:
    """A refund's id, checked."""
    return RefundId(checked_id(value, "refund id"))


def gift_id(value: str) -> GiftId:
    """A gift's id, checked."""
    return GiftId(checked_id(value, "gift id"))


def tier_name(value: str) -> TierName:
    """A tier's name, checked."""
    return TierName(checked_id(value, "tier name"))


def campaign_name(value: str) -> CampaignName:
    """A campaign's name, checked."""
    return CampaignName(checked_id(value, "campaign name"))


def promotion_name(value: str) -> PromotionName:
    """A promotion's name, checked."""
    return PromotionName(checked_id(value, "promotion name"))


def relation_id(value: str) -> RelationId:
    """A relation's id, which is made of three and may be longer than one."""
    return RelationId(checked_id(value, "relation id", longest=LONGEST_RELATION_ID))


def coupon_id(value: str) -> CouponId:
    """A coupon's id, which may be made of several and longer than one."""
    return CouponId(checked_id(value, "coupon id", longest=LONGEST_COUPON_ID))


def looks_like_contact(value: str) -> bool:
    """Whether an id is really a phone number or an e-mail address, which must not be a pseudonym.

    >>> looks_like_contact("13800138000"), looks_like_contact("wei@example.com")
    (True, True)
    >>> looks_like_contact("customer-4711")
    False
    """
    return _CONTACT.fullmatch(value) is not None


def join_key(*parts: str) -> str:
    """One key of several ids, such that different parts never make the same key.

    >>> join_key("order", "A:1", "paid")
    'order:A%3A1:paid'
    """
    key = ":".join(parts)
    if "%" not in key and key.count(":") == len(parts) - 1:
        return key
    return ":".join(part.replace("%", "%25").replace(":", "%3A") for part in parts)


def survey_record_id(survey: str, customer: str) -> str:
    """The id of the record of a survey that one customer was asked.

    >>> survey_record_id("basics", "wei")
    'basics:wei'
    """
    return join_key(survey, customer)
