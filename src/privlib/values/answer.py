"""Answers: what somebody said to a question, or a reference to it where it is personal."""

from __future__ import annotations

from typing import TypeAlias

from privlib.values.comparison import Operand, operand
from privlib.values.personal import Masked, PersonalRef

__all__ = ["Answer", "Told", "as_answer", "as_told"]

Answer: TypeAlias = Operand | PersonalRef
"""An answer as it is kept, and as it travels."""
Told: TypeAlias = Operand | Masked
"""An answer as it is told: what is personal is masked."""


def as_answer(value: object) -> Answer:
    """An answer that can be kept.

    >>> as_answer(["green", "black"])
    ('green', 'black')
    """
    return value if isinstance(value, PersonalRef) else operand(value)


def as_told(value: object) -> Told:
    """An answer that can be told.

    >>> as_told(Masked("Wei Li"))
    Masked(6 characters)
    """
    return value if isinstance(value, Masked) else operand(value)
