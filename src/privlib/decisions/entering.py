"""Entering: what several verbs do when somebody new comes in by one of the doors."""

from __future__ import annotations

import pendulum

from privlib.commands import NewFriend
from privlib.decisions.decision import Draft
from privlib.entities import Customer, Relation
from privlib.errors import CurrencyMismatchError, InvalidIdError, SecretMissingError
from privlib.events import CustomerAdded, CustomerNamed, FriendAdded, Placed, RelationBegun
from privlib.policies.lifecycle import follow_up_due
from privlib.policies.welcome_flow import welcome_message
from privlib.program.enrolment import ContactLikeIds
from privlib.program.program import Program
from privlib.values.ids import CustomerId, join_key, looks_like_contact
from privlib.values.money import Money
from privlib.values.personal import PersonalRef, PersonalValue

__all__ = ["befriend", "check_currency", "check_customer_id", "check_secret", "get_to_know"]


def check_customer_id(customer: CustomerId, program: Program) -> None:
    """Refuse a customer id that is personal data, unless the program accepts such ids."""
    accepts = program.enrolment.contact_like_ids is ContactLikeIds.ACCEPT
    if not accepts and looks_like_contact(customer):
        raise InvalidIdError(
            "the customer id looks like a phone number or e-mail address: use a pseudonym, "
            'or set contact_like_ids = "accept" in the program'
        )


def check_currency(amount: Money, program: Program) -> None:
    """Refuse an amount that is not in the shop's currency."""
    if amount.currency != program.currency:
        raise CurrencyMismatchError(
            f"an amount in {amount.currency} was told to a shop that reckons in {program.currency}"
        )


def check_secret(friend: NewFriend, program: Program) -> None:
    """Refuse a name where no secret keys its hash, which every decision stores."""
    if friend.name is not None and program.secret is None:
        raise SecretMissingError(
            "a name is personal: give the program a secret first (Program.with_secret)"
        )


def get_to_know(draft: Draft, friend: NewFriend, *, at: pendulum.DateTime) -> None:
    """Take down a customer whom the shop did not know, and the name of one who had none."""
    customer, ref = draft.of(Customer, friend.customer), None
    if friend.name is not None and customer.name is None:
        ref = PersonalRef(join_key("name", friend.customer))
        draft.keep(PersonalValue(ref=ref, customer=friend.customer, value=friend.name))
    if customer.known_since is None:
        draft.record(CustomerAdded(customer=customer.id, source=friend.source, name=ref, at=at))
    elif ref is not None:
        draft.record(CustomerNamed(customer=customer.id, name=ref, at=at))


def befriend(draft: Draft, friend: NewFriend) -> None:
    """Start a relation: welcome the customer, and have an employee follow up."""
    program, at = draft.program, friend.added_at
    get_to_know(draft, friend, at=at)
    draft.record(
        FriendAdded(
            relation=friend.relation,
            customer=friend.customer,
            employee=friend.employee,
            carrier=friend.carrier,
            source=friend.source,
            placed=[Placed(each.name, each.first.name) for each in program.lifecycles],
            at=at,
        )
    )
    draft.record(RelationBegun(customer=friend.customer, relation=friend.relation, at=at))
    relation = draft.of(Relation, friend.relation)
    message = welcome_message(
        relation,
        program.welcome,
        key=draft.derived_id("welcome", 1),
        shop=program.shop.name,
        persona=program.persona,
        name=draft.of(Customer, friend.customer).name,
        at=at,
    )
    if message is not None:
        draft.ask(message)
    for lifecycle in program.lifecycles:
        timer = follow_up_due(relation, lifecycle, at=at, zone=program.zone)
        if timer is not None:
            draft.set(timer)
