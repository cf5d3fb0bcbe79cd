"""The Chinese catalogue, on what does not fit the voice of a persona."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from privlib.explaining.wording import Sentence
from privlib.refusals import ForbiddenPhrase, ForeignEmoji, TooLongForVoice, TooManyEmoji

__all__ = ["VOICE"]


def _place(fault: ForbiddenPhrase | ForeignEmoji) -> str:
    """Characters as people count them, from 1, the last one included."""
    first, last = fault.start + 1, fault.end
    return f"第 {first} 个字" if first == last else f"第 {first} 至 {last} 个字"


def _too_many_emoji(fault: TooManyEmoji) -> str:
    habit = "每条消息最多用 {most} 个表情" if fault.most else "不用表情"
    return f"{{persona}} {habit}，此条有 {{has}} 个。"


VOICE: Final[Mapping[type, Sentence]] = {
    ForbiddenPhrase: lambda fault: f"{{persona}} 从不说“{{phrase}}”：见{_place(fault)}。",
    ForeignEmoji: lambda fault: (
        f"{{persona}} 不用表情 {{emoji}}（{_place(fault)}），只用：{{allowed}}。"
    ),
    TooManyEmoji: _too_many_emoji,
    TooLongForVoice: "{persona} 每条消息不超过 {longest} 个字，此条有 {has} 个字。",
}
