"""Durations: how many days an ISO 8601 duration has."""

import re

__all__ = ["days_of"]

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T.*)?")


def days_of(text):
    """The days of a duration; a year has 365 of them and a month 30."""
    found = _DURATION.fullmatch(str(text))
    if found is None:
        raise ValueError(f"{text!r} is not a duration")
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    return 365 * years + 30 * months + 7 * weeks + days
