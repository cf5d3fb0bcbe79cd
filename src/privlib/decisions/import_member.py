"""Import a member: somebody who was one before privlib came."""

from __future__ import annotations

import pendulum

from privlib.commands import MemberImport
from privlib.decisions.decision import Decision, Draft
from privlib.decisions.entering import check_currency, check_customer_id
from privlib.decisions.moving import move_all_on
from privlib.decisions.standing import raise_standing
from privlib.decisions.state import State
from privlib.events import CustomerAdded, MemberImported
from privlib.program.enrolment import ImportedMember
from privlib.program.program import Program
from privlib.refusals import AlreadyMember
from privlib.values.actor import SYSTEM, Actor

__all__ = ["import_member"]


def import_member(
    state: State,
    imported: MemberImport,
    program: Program,
    *,
    at: pendulum.DateTime,
    by: Actor = SYSTEM,
) -> Decision:
    """Take over a member with what he has spent so far; he gets no welcome.

    He stands at once in the tier his spend reaches. The gifts on the way there are taken as given,
    or owed, as the program says (`imported_member`). Whoever is a member already is refused.

    Raises CurrencyMismatchError for an amount in another currency than the shop's, InvalidIdError
    for a customer id that is a phone number or e-mail address.
    """
    check_customer_id(imported.customer, program)
    check_currency(imported.spent, program)
    draft = Draft(state, imported, program, at=at, by=by)
    since = state.member(imported.customer).joined_at
    if since is not None:
        return draft.refuse(AlreadyMember(customer=imported.customer, since=since))
    if state.customer(imported.customer).known_since is None:
        draft.record(CustomerAdded(customer=imported.customer, source="import", at=draft.at))
    draft.record(
        MemberImported(
            customer=imported.customer,
            joined_at=imported.joined_at,
            spent=imported.spent,
            at=draft.at,
        )
    )
    raise_standing(
        draft,
        imported.customer,
        at=draft.at,
        gifts_were_given=program.enrolment.imported_member is ImportedMember.ALREADY_REWARDED,
    )
    move_all_on(draft, imported.customer)
    return draft.decision()
