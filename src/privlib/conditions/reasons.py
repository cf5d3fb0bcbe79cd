"""Reasons: all that a condition asks for and facts do not have, with the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import Any

from privlib.conditions.checking import check_condition, leaf_bound
from privlib.conditions.comparing import is_so
from privlib.conditions.kinds import spoken
from privlib.conditions.tree import (
    All,
    Always,
    AnyOf,
    Compared,
    Condition,
    EarlyAccess,
    Measure,
    Measured,
    Not,
)
from privlib.conditions.vocabulary import Vocabulary
from privlib.conditions.walking import amounts_in
from privlib.refusals.conditions import (
    AlternativesUnmet,
    ConditionUnmet,
    MetByNobody,
    NotOpenYet,
    Unmet,
)
from privlib.values.comparison import Comparison, Operand, operand, opposite, values_in
from privlib.values.money import Money

__all__ = ["unmet"]


def unmet(condition: Condition, facts: object, vocabulary: Vocabulary) -> tuple[Unmet, ...]:
    """All that speaks against a condition; nothing where it holds.

    Each reason alone is enough against it. What is enough for it in several ways is one reason,
    with what each of them misses.

    Raises ProgramError where the condition cannot be asked in this vocabulary.
    """
    check_condition(condition, vocabulary)
    return _against(condition, facts, vocabulary, must=True)


def _against(
    condition: Condition, facts: object, words: Vocabulary, *, must: bool
) -> tuple[Unmet, ...]:
    """What speaks against a condition that must hold, or must not."""
    match condition:
        case Always():
            return () if must else (MetByNobody(),)
        case Not():
            return _against(condition.condition, facts, words, must=not must)
        case All() | AnyOf():
            parts = [_against(each, facts, words, must=must) for each in condition.conditions]
            all_are_needed = isinstance(condition, All) is must
            return tuple(chain(*parts)) if all_are_needed else _one_of(parts)
        case EarlyAccess():
            return _against_early(condition, facts, words, must=must)
        case Measured():
            return _against_goods(condition, facts, words, must=must)
        case Compared():
            return _against_field(condition, facts, words, must=must)


def _one_of(parts: Sequence[tuple[Unmet, ...]]) -> tuple[Unmet, ...]:
    """The one reason that no alternative is met, or none; alternatives within are among them."""
    if not all(parts):
        return ()
    if len(parts) == 1:
        return parts[0]
    return (AlternativesUnmet(alternatives=[each for part in parts for each in _spread(part)]),)


def _spread(part: tuple[Unmet, ...]) -> tuple[tuple[Unmet, ...], ...]:
    match part:
        case (AlternativesUnmet() as only,):
            return only.alternatives
    return (part,)


def _against_early(
    condition: EarlyAccess, facts: object, words: Vocabulary, *, must: bool
) -> tuple[Unmet, ...]:
    reasons = _against(condition.spelled_out, facts, words, must=must)
    today = words["date"].read(facts)
    if not reasons or not must or not isinstance(today, date):
        return reasons
    early = condition.early_opens
    is_early = early is not None and not _against(condition.early, facts, words, must=True)
    return (NotOpenYet(opens=early if early and is_early else condition.opens, today=today),)


def _against_field(
    leaf: Compared, facts: object, words: Vocabulary, *, must: bool
) -> tuple[Unmet, ...]:
    word, against = words[leaf.field], leaf_bound(leaf, words)
    has = word.read(facts)
    if is_so(leaf.comparison, has, against) is must:
        return ()
    comparison = leaf.comparison if must else opposite(leaf.comparison)
    said = None if has is None else operand(spoken(word.kind, has))
    return (
        ConditionUnmet(
            field=word.name,
            called=word.called,
            comparison=comparison,
            needs=leaf.value,
            has=said,
            missing=_missing(comparison, said, leaf.value),
        ),
    )


def _against_goods(
    leaf: Measured,
    facts: Any,  # noqa: ANN401 - of any class
    words: Vocabulary,
    *,
    must: bool,
) -> tuple[Unmet, ...]:
    against = leaf_bound(leaf, words)
    is_amount = leaf.measure is Measure.AMOUNT
    arguments = (leaf.of, leaf.base) if is_amount else (leaf.of,)
    measured: int = getattr(facts, leaf.measure)(*arguments)
    if is_so(leaf.comparison, measured, against) is must:
        return ()
    comparison = leaf.comparison if must else opposite(leaf.comparison)
    has = Money(measured, _currency(leaf)) if is_amount else measured
    return (
        ConditionUnmet(
            field=leaf.measure.value,
            called=leaf.measure.value,
            comparison=comparison,
            needs=leaf.value,
            has=has,
            missing=_missing(comparison, has, leaf.value),
            goods=leaf.of,
            base=leaf.base if is_amount else None,
        ),
    )


def _currency(leaf: Measured) -> str:
    return next(amount.currency for amount in amounts_in(leaf))


def _missing(comparison: Comparison, has: Operand | None, needs: Operand) -> Operand | None:
    """What would have to be added to what is had, where that can be said."""
    match comparison, has, needs:
        case Comparison.CONTAINS_ALL, tuple() | None, tuple():
            return tuple(each for each in needs if each not in (has or ()))
        case Comparison.AT_LEAST | Comparison.BETWEEN | Comparison.EQUAL, _, _:
            return _up_to(has, values_in(needs)[0])
        case Comparison.MORE_THAN, _, int():
            return _up_to(has, needs + 1)
        case Comparison.MORE_THAN, _, Money():
            return _up_to(has, needs + Money(1, needs.currency))
    return None


def _up_to(has: Operand | None, needs: Operand) -> Operand | None:
    if isinstance(has, Money) and isinstance(needs, Money) and has < needs:
        return needs - has
    if type(has) is int and type(needs) is int and has < needs:
        return needs - has
    return None
