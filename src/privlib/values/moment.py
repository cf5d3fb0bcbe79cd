"""Moments: instants in UTC, made from any time that names its zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NewType

import pendulum

from privlib.errors import InvalidValueError, NaiveMomentError

__all__ = [
    "Micros",
    "from_micros",
    "later",
    "moment",
    "parse_moment",
    "to_micros",
]

Micros = NewType("Micros", int)

_EPOCH = datetime(1970, 1, 1, tzinfo=pendulum.UTC)
_DAY_SECONDS = 86_400


def moment(value: datetime) -> pendulum.DateTime:
    """The instant of a time that names its zone, as a pendulum time in UTC.

    >>> moment(pendulum.datetime(2026, 6, 1, 12, tz="Asia/Shanghai")).isoformat()
    '2026-06-01T04:00:00+00:00'

    Raises NaiveMomentError for a time without a zone, InvalidValueError for anything else.
    """
    if type(value) is pendulum.DateTime and value.tzinfo is pendulum.UTC:
        return value
    if not isinstance(value, datetime):
        raise InvalidValueError(
            f"a moment is a datetime with a time zone; got {type(value).__name__}"
        )
    if value.utcoffset() is None:
        raise NaiveMomentError(f"{value.isoformat()} names no time zone")
    try:
        return _in_utc(datetime.astimezone(value, UTC))
    except OverflowError:
        raise InvalidValueError(f"{value.isoformat()} is beyond the years 1 to 9999") from None


def parse_moment(text: str) -> pendulum.DateTime:
    """Read an ISO 8601 time with an offset.

    >>> parse_moment("2026-06-01T12:00:00+08:00").isoformat()
    '2026-06-01T04:00:00+00:00'
    """
    try:
        value = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise InvalidValueError(f"{text!r:.40} is not an ISO 8601 time") from None
    return moment(value)


def _in_utc(value: datetime) -> pendulum.DateTime:
    return pendulum.DateTime(
        value.year,
        value.month,
        value.day,
        value.hour,
        value.minute,
        value.second,
        value.microsecond,
        tzinfo=pendulum.UTC,
    )


def to_micros(value: pendulum.DateTime) -> Micros:
    """Microseconds since 1970 of a moment in UTC.

    >>> to_micros(pendulum.datetime(1970, 1, 2))
    86400000000
    """
    since = datetime.__sub__(value, _EPOCH)  # pendulum's own makes an Interval, 100 times slower
    return Micros((since.days * _DAY_SECONDS + since.seconds) * 1_000_000 + since.microseconds)


def from_micros(micros: int) -> pendulum.DateTime:
    """The moment so many microseconds after 1970.

    >>> from_micros(86_400_000_000).isoformat()
    '1970-01-02T00:00:00+00:00'
    """
    try:
        return _in_utc(_EPOCH + timedelta(microseconds=micros))
    except OverflowError:
        raise InvalidValueError(f"{micros} microseconds is beyond the years 1 to 9999") from None


def later(value: pendulum.DateTime, *, seconds: int = 0) -> pendulum.DateTime:
    """So many elapsed seconds later; for days and months that people mean, see `dates`."""
    return from_micros(to_micros(value) + seconds * 1_000_000)
