"""Sentences: a catalogue a locale, filled in with the fields of what is explained."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import Final, TypeAlias

import pendulum

from privlib.commands import Order, Refund
from privlib.errors import InvalidValueError
from privlib.events import Event
from privlib.explaining import english, mandarin
from privlib.explaining.wording import Wording
from privlib.policies.tier_upgrade import Progress
from privlib.refusals import Refusal
from privlib.requests import Request
from privlib.values.choice import as_tuple
from privlib.values.dates import checked_zone, local_time
from privlib.values.goods import Goods
from privlib.values.money import Money

__all__ = ["LOCALES", "Explainable", "explain"]

Explainable: TypeAlias = Event | Request | Refusal | Progress

_WORDINGS: Final[dict[str, Wording]] = {"en": english.WORDING, "zh-CN": mandarin.WORDING}
LOCALES: Final = tuple(_WORDINGS)
_FIELD = re.compile(r"\{([a-z_.]+)\}")


def explain(thing: Explainable, *, locale: str = "en", zone: str | None = None) -> str:
    """Say in one sentence what happened, what is asked for, or why not, with its numbers.

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
    if type(thing) not in wording.sentences:
        raise InvalidValueError(
            f"{type(thing).__name__} is nothing to explain; "
            "give one event, request, refusal or progress"
        )
    if zone is not None:
        checked_zone(zone)
    return _sentence(thing, wording, zone)


def _sentence(thing: Explainable, wording: Wording, zone: str | None) -> str:
    sentence = wording.sentences[type(thing)]
    template = sentence if isinstance(sentence, str) else sentence(thing)
    return _FIELD.sub(lambda found: _said(attrgetter(found[1])(thing), wording, zone), template)


def _said(value: object, wording: Wording, zone: str | None) -> str:
    """A value in words."""
    match value:
        case Money():
            return wording.money(value)
        case pendulum.DateTime():
            clock = "%H:%M:%S" if value.second else "%H:%M"
            local = local_time(value, zone or "UTC").strftime(f"%Y-%m-%d {clock}")
            return local if zone else f"{local} UTC"
        case Order() | Refund():
            return value.id
        case Goods():
            return wording.goods(value)
        case tuple():
            return _said_of_several(value, wording, zone) or wording.nothing
        case _:
            return wording.yes_or_no[value] if isinstance(value, bool) else str(value)


def _said_of_several(values: tuple[object, ...], wording: Wording, zone: str | None) -> str:
    """Several values in words; several ways to meet a condition, each with all that it takes."""
    match values:
        case (tuple(), *_):
            ways = [[_sentence(each, wording, zone) for each in as_tuple(way)] for way in values]  # type: ignore[arg-type]  # reasons
            return wording.alternatives(ways)
    return wording.comma.join(_said(each, wording, zone) for each in values)
