"""The emoji habit: how many emoji a persona uses in a message, and which."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from attrs import field, frozen

from privlib.errors import InvalidValueError, Problem, ProgramError
from privlib.values.choice import as_tuple, choice_field
from privlib.values.emoji import is_one_emoji, plain_emoji
from privlib.values.ids import plain_text

__all__ = ["EmojiHabit", "EmojiUse"]

_FEW: Final = 3


class EmojiUse(StrEnum):
    """How freely emoji are used: `free` (default), `few` in a message, or `none`."""

    FREE = "free"
    FEW = "few"
    NONE = "none"


def _emoji(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(plain_text(value) for value in as_tuple(values))


@frozen(kw_only=True)
class EmojiHabit:
    """How many emoji stand in a message at most, and, where some are named, which alone.

    `few` means three unless `most_emoji` says another number.

    Raises ProgramError with every fault.
    """

    use: EmojiUse = choice_field(EmojiUse, EmojiUse.FREE)
    most_emoji: int | None = field(default=None)
    allowed: tuple[str, ...] = field(default=(), converter=_emoji)

    @most_emoji.validator
    def _some(self, _attribute: object, most: int | None) -> None:
        if most is not None and (type(most) is not int or not 1 <= most <= 1000):
            raise InvalidValueError(f"most_emoji is 1 to 1000; got {most!r:.40}")

    def __attrs_post_init__(self) -> None:
        problems = [
            Problem(f"allowed[{at}]", f"{emoji!r:.40} is not one emoji")
            for at, emoji in enumerate(self.allowed)
            if not is_one_emoji(emoji)
        ]
        if self.most_emoji is not None and self.use is not EmojiUse.FEW:
            problems.append(Problem("most_emoji", f'counts only where use = "few"; is {self.use}'))
        if self.allowed and self.use is EmojiUse.NONE:
            problems.append(Problem("allowed", 'nothing is allowed where use = "none"'))
        if problems:
            raise ProgramError(problems)

    @property
    def most(self) -> int | None:
        """How many emoji a message may have; None for any number."""
        if self.use is EmojiUse.FREE:
            return None
        return (self.most_emoji or _FEW) if self.use is EmojiUse.FEW else 0

    def allows(self, emoji: str) -> bool:
        """Whether it is one of those that are used, however many.

        >>> habit = EmojiHabit(allowed=["❤", "🍵"])
        >>> habit.allows("❤️"), habit.allows("🎉")
        (True, False)
        """
        return not self.allowed or plain_emoji(emoji) in map(plain_emoji, self.allowed)
