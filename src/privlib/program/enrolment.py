"""Enrolment: who becomes a customer and a member, and how."""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen

from privlib.values.choice import choice_field
from privlib.values.ids import EmployeeId, employee_id, plain_id

__all__ = ["ContactLikeIds", "Enrolment", "ImportedMember", "UnknownCustomer"]


class UnknownCustomer(StrEnum):
    """What an order of somebody unknown does: `enrol` him (default), or `refuse` the order."""

    ENROL = "enrol"
    REFUSE = "refuse"


class ImportedMember(StrEnum):
    """What an imported member is owed for the tiers his earlier spend reaches.

    `already_rewarded` (default): nothing, the gifts were given before. `catch_up`: every gift.
    """

    ALREADY_REWARDED = "already_rewarded"
    CATCH_UP = "catch_up"


class ContactLikeIds(StrEnum):
    """Whether a customer id may be a phone number or e-mail address: `refuse` (default), `accept`.

    Ids travel through events, requests and logs; personal data must not.
    """

    REFUSE = "refuse"
    ACCEPT = "accept"


@frozen(kw_only=True)
class Enrolment:
    """How people enter: unknown customers, imported members, and who receives a first order.

    `carrier` and `employee` say over which channel, and in whose name, somebody is welcomed who
    comes in by a first order.
    """

    unknown_customer: UnknownCustomer = choice_field(UnknownCustomer, UnknownCustomer.ENROL)
    imported_member: ImportedMember = choice_field(ImportedMember, ImportedMember.ALREADY_REWARDED)
    contact_like_ids: ContactLikeIds = choice_field(ContactLikeIds, ContactLikeIds.REFUSE)
    carrier: str = field(default="console", converter=plain_id)
    employee: EmployeeId = field(default=EmployeeId("shop"), converter=employee_id)
