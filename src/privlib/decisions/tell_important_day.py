"""Tell an important day: a customer said when his birthday or another day of his is."""

from __future__ import annotations

from collections.abc import Iterator

import pendulum

from privlib.commands import ImportantDayTold
from privlib.decisions.daybook_timers import wait_for_day, wait_to_remind
from privlib.decisions.decision import Decision, Draft
from privlib.decisions.entering import check_customer_id
from privlib.decisions.state import State
from privlib.encoding.canonical import canonical, keyed_digest
from privlib.entities.daybook import KnownDay
from privlib.errors import SecretMissingError
from privlib.events import ImportantDayLearned
from privlib.policies.important_days import (
    change_objection,
    edits_before,
    next_occurrence,
    not_before,
)
from privlib.program.important_days import DayRule
from privlib.program.program import Program
from privlib.refusals import (
    CustomerUnknown,
    ImportantDayUnknown,
    LunarCalendarMissing,
    Refusal,
    RelationUnknown,
)
from privlib.timers import important_day_key, important_day_near_key
from privlib.values.actor import SYSTEM, Actor
from privlib.values.dates import local_date
from privlib.values.ids import join_key
from privlib.values.important_day import DayCalendar
from privlib.values.personal import Masked, PersonalRef, PersonalValue

__all__ = ["tell_important_day"]


def tell_important_day(
    state: State,
    told: ImportantDayTold,
    program: Program,
    *,
    at: pendulum.DateTime,
    by: Actor = SYSTEM,
) -> Decision:
    """What follows when a day is told: it is kept, and the next time it comes is waited for.

    Once it was celebrated, a change moves only next year's. Where the window of this year's is
    still open, it is celebrated now.

    Raises SecretMissingError for a program without a secret, InvalidIdError for a customer id that
    is a phone number or e-mail address.
    """
    check_customer_id(told.customer, program)
    if program.secret is None:
        raise SecretMissingError(
            "a day is personal: give the program a secret first (Program.with_secret)"
        )
    draft = Draft(state, told, program, at=at, by=by)
    rule = program.day_rule(told.name)
    if rule is None:
        known_names = tuple(each.name for each in program.important_days)
        return draft.refuse(ImportantDayUnknown(name=told.name, known=known_names))
    known = state.daybook(told.customer).day(told.name)
    mark = keyed_digest(canonical(told.day), program.secret)
    objections = tuple(_objections(state, told, program, rule, mark))
    if objections:
        return draft.refuse(*objections)
    _learn(draft, told, known, mark)
    _wait(draft, told, known, rule)
    return draft.decision()


def _wait(draft: Draft, told: ImportantDayTold, known: KnownDay | None, rule: DayRule) -> None:
    """Wait for the next time it comes, in place of what was waited for so far."""
    program = draft.program
    coming = next_occurrence(
        told.day, rule, known, at=draft.at, zone=program.zone, lunar=program.lunar_calendar
    )
    if coming is not None:
        opens = not_before(coming.opens, rule, at=draft.at, zone=program.zone)
        wait_for_day(draft, told, coming.year, due=opens)
    elif known is not None:
        draft.cancel(important_day_key(told.customer, told.name))
    if coming is not None and coming.near is not None and told.relation is not None:
        near = not_before(coming.near, rule, at=draft.at, zone=program.zone)
        wait_to_remind(draft, told, coming.year, relation=told.relation, due=near)
    elif known is not None:
        draft.cancel(important_day_near_key(told.customer, told.name))


def _objections(
    state: State, told: ImportantDayTold, program: Program, rule: DayRule, mark: str
) -> Iterator[Refusal]:
    if state.customer(told.customer).known_since is None:
        yield CustomerUnknown(customer=told.customer)
    if told.relation is not None and state.relation(told.relation).customer != told.customer:
        yield RelationUnknown(relation=told.relation)
    if told.day.calendar is DayCalendar.LUNAR and program.lunar_calendar is None:
        yield LunarCalendarMissing(customer=told.customer, name=told.name)
    known = state.daybook(told.customer).day(told.name)
    objection = change_objection(told, known, rule, mark=mark, zone=program.zone)
    if objection is not None:
        yield objection


def _learn(draft: Draft, told: ImportantDayTold, known: KnownDay | None, mark: str) -> None:
    """Keep the day in the erasable table, and count the change if it is one."""
    ref = PersonalRef(join_key("day", told.customer, told.name))
    edits, edited_in = (known.edits, known.edited_in) if known else (0, 0)
    if known is None or known.mark != mark:
        value = Masked(canonical(told.day, whole=True))
        draft.keep(PersonalValue(ref=ref, customer=told.customer, value=value))
    if known is not None and known.mark != mark:
        edited_in = local_date(told.told_at, draft.program.zone).year
        edits = edits_before(known, edited_in) + 1
    draft.record(
        ImportantDayLearned(
            customer=told.customer,
            name=told.name,
            day=ref,
            mark=mark,
            edits=edits,
            edited_in=edited_in,
            relation=told.relation,
            at=told.told_at,
        )
    )
