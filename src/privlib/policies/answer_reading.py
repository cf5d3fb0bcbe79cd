"""Answer reading: what a customer wrote or ticked, as the answer to a question, or why it is none.

Nothing is guessed: a choice is its number or its label to the letter, a date is written as
2026-06-01.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, TypeAlias

from privlib.errors import InvalidValueError
from privlib.program.questions import (
    Day,
    FreeText,
    MoneyAmount,
    OneChoice,
    Question,
    SeveralChoices,
    WholeNumber,
    YesNo,
)
from privlib.program.questions.choices import SEPARATORS
from privlib.refusals import (
    AnswerOfWrongKind,
    AnswerOutOfRange,
    AnswerTooLong,
    ChoicesOutOfRange,
    ChoiceUnknown,
)
from privlib.values.comparison import Operand
from privlib.values.money import Money

__all__ = ["AnswerObjection", "answer_objection", "in_order", "read_answer"]

AnswerObjection: TypeAlias = (
    AnswerOfWrongKind | AnswerOutOfRange | AnswerTooLong | ChoiceUnknown | ChoicesOutOfRange
)
_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９．－", "0123456789.-")
_NUMBER: Final = re.compile(r"-?[0-9]{1,18}")
_AMOUNT: Final = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,4})?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBERS: Final = re.compile(r"[0-9 ]+")


def read_answer(question: Question, text: str, *, currency: str) -> Operand | AnswerObjection:
    """The answer that a text is, for carriers that carry nothing else; or what speaks against it.

    Full-width digits are digits. What was written stands in no objection to a personal answer.

    >>> tea = OneChoice(id="tea", text="Which?", choices=["green", "black"])
    >>> read_answer(tea, " ２ ", currency="CNY"), read_answer(tea, "green", currency="CNY")
    ('black', 'green')
    >>> read_answer(tea, "blue", currency="CNY")
    ChoiceUnknown(question='tea', known=('green', 'black'))
    """
    read = _read(question, text.strip(), currency)
    if read is None:
        return AnswerOfWrongKind(question=question.id, needs=question.tag)
    return answer_objection(question, read) or in_order(question, read)


def _read(  # noqa: PLR0911 - a table, one row a kind
    question: Question, text: str, currency: str
) -> Operand | None:
    plain = text.translate(_FULL_WIDTH)
    match question:
        case OneChoice():
            return _label(text, question.labels)
        case SeveralChoices():
            return tuple(_label(each, question.labels) for each in _each(text))
        case YesNo():
            chosen = _label(text, question.labels)
            return chosen == question.yes if chosen in question.labels else None
        case WholeNumber():
            return int(plain) if _NUMBER.fullmatch(plain) else None
        case MoneyAmount():
            return _money(plain, currency) if _AMOUNT.fullmatch(plain) else None
        case Day():
            return _day(plain) if _DAY.fullmatch(plain) else None
        case FreeText():
            return text or None


def _each(text: str) -> Iterable[str]:
    """The parts of a text between separators; blanks separate numbers only."""
    for part in SEPARATORS.split(text):
        plain = part.translate(_FULL_WIDTH)
        yield from plain.split() if _NUMBERS.fullmatch(plain) else [part.strip()]


def _label(text: str, labels: tuple[str, ...]) -> str:
    """The label of this number; or else the text, which is a label or none."""
    plain = text.translate(_FULL_WIDTH)
    if _NUMBER.fullmatch(plain) and 1 <= int(plain) <= len(labels):
        return labels[int(plain) - 1]
    return text


def _money(text: str, currency: str) -> Money | None:
    try:
        return Money.parse(text, currency)
    except InvalidValueError:  # more digits than the currency has
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def answer_objection(  # noqa: PLR0911 - a table, one row a kind
    question: Question, value: Operand
) -> AnswerObjection | None:
    """What speaks against a value as the answer to a question, if anything does."""
    match question, value:
        case OneChoice(), str():
            return _unknown(question, (value,))
        case SeveralChoices(), tuple():
            return _unknown(question, value) or _too_few_or_many(question, len(set(value)))
        case YesNo(), bool():
            return None
        case WholeNumber(), int() if not isinstance(value, bool):
            return _outside(question, value)
        case MoneyAmount(), Money():
            return _outside(question, value)
        case Day(), date() if not isinstance(value, datetime):
            return _outside(question, value)
        case FreeText(), str() if value:
            return _too_long(question, len(value))
    return AnswerOfWrongKind(question=question.id, needs=question.tag)


def _unknown(
    question: OneChoice | SeveralChoices, chosen: tuple[object, ...]
) -> ChoiceUnknown | None:
    if set(chosen) <= set(question.labels):
        return None
    return ChoiceUnknown(question=question.id, known=question.labels)


def _too_few_or_many(question: SeveralChoices, has: int) -> ChoicesOutOfRange | None:
    if question.fewest <= has <= question.at_most:
        return None
    return ChoicesOutOfRange(
        question=question.id, fewest=question.fewest, most=question.at_most, has=has
    )


def _outside(
    question: WholeNumber | MoneyAmount | Day, value: int | Money | date
) -> AnswerOutOfRange | None:
    low, high = question.lowest, question.highest
    above = low is None or low <= value  # type: ignore[operator]  # all three are of one kind
    below = high is None or value <= high  # type: ignore[operator]  # the same
    if above and below:
        return None
    has = None if question.personal else value
    return AnswerOutOfRange(question=question.id, lowest=low, highest=high, has=has)


def _too_long(question: FreeText, has: int) -> AnswerTooLong | None:
    if has <= question.longest:
        return None
    return AnswerTooLong(question=question.id, longest=question.longest, has=has)


def in_order(question: Question, value: Operand) -> Operand:
    """An answer as it is kept: of choices each once, in the order of the question."""
    if isinstance(value, tuple) and isinstance(question, SeveralChoices):
        return tuple(label for label in question.labels if label in value)
    return value
