"""Sentences: a catalogue a locale, filled in with the fields of what is explained."""

from __future__ import annotations

from typing import Final, TypeAlias

from privlib.errors import InvalidValueError
from privlib.events import Event
from privlib.explaining import english, mandarin
from privlib.explaining.receipts import receipt
from privlib.explaining.speaker import Speaker
from privlib.explaining.wording import Wording
from privlib.policies.tier_upgrade import Progress
from privlib.quotes import Hint, Quote
from privlib.refusals import Refusal
from privlib.requests import Request
from privlib.values.dates import checked_zone

__all__ = ["LOCALES", "Explainable", "explain"]

Explainable: TypeAlias = Event | Request | Refusal | Progress | Hint | Quote

_WORDINGS: Final[dict[str, Wording]] = {"en": english.WORDING, "zh-CN": mandarin.WORDING}
LOCALES: Final = tuple(_WORDINGS)


def explain(thing: Explainable, *, locale: str = "en", zone: str | None = None) -> str:
    """Say in one sentence what happened, what is asked for, or why not, with its numbers.

    A quote takes several lines: it reads as a receipt, with all the reasons.

    `locale` is "en" or "zh-CN"; times are those of `zone`, such as `program.zone`. Without one they
    are in UTC, and say so.

    >>> from privlib import Member, default_program, progress, yuan
    >>> ahead = progress(Member(id="wei", spent=yuan(9_680)), default_program())
    >>> explain(ahead)
    '320 yuan more brings wei to gold, with the gift gold-pack; spent so far: 9,680 yuan.'
    >>> explain(ahead, locale="zh-CN")
    'wei 再消费 320 元即升至 gold，并获赠 gold-pack；累计已消费 9,680 元。'

    Raises InvalidValueError for a locale without a catalogue or for what is none of these.
    """
    wording = _WORDINGS.get(locale)
    if wording is None:
        raise InvalidValueError(f"{locale!r:.20} is not one of: {', '.join(LOCALES)}")
    if not isinstance(thing, Quote) and type(thing) not in wording.sentences:
        raise InvalidValueError(
            f"{type(thing).__name__} is nothing to explain; "
            "give one event, request, refusal, progress, hint or quote"
        )
    if zone is not None:
        checked_zone(zone)
    speaker = Speaker(wording, zone)
    return receipt(thing, speaker) if isinstance(thing, Quote) else speaker.sentence(thing)
