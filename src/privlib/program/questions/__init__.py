"""Questions: what a survey asks, one class for each kind of answer."""

from __future__ import annotations

from typing import TypeAlias

from privlib.program.questions.choices import OneChoice, Option, SeveralChoices, YesNo
from privlib.program.questions.free_text import FreeText
from privlib.program.questions.ranges import Day, MoneyAmount, WholeNumber

__all__ = [
    "Day",
    "FreeText",
    "MoneyAmount",
    "OneChoice",
    "Option",
    "Question",
    "SeveralChoices",
    "WholeNumber",
    "YesNo",
]

Question: TypeAlias = (
    OneChoice | SeveralChoices | WholeNumber | MoneyAmount | YesNo | Day | FreeText
)
