"""Storages that change what they keep."""

from datetime import datetime
from zoneinfo import ZoneInfo

from attrs import evolve
from tests.conformance.broken.around import Around

from privlib.values.moment import moment
from privlib.values.money import LARGEST_MINOR
from privlib.values.personal import Masked


class FloatsForMoney(Around):
    """Keeps amounts as floats."""

    def save(self, *decisions):
        return self.inner.save(*map(self.in_floats, decisions))

    def in_floats(self, decision):
        return evolve(decision, requests=tuple(map(self.request_in_floats, decision.requests)))

    def request_in_floats(self, request):
        value = getattr(request, "value", None)
        return (
            request if value is None else evolve(request, value=evolve(value, minor=whole(value)))
        )


def whole(value):
    nearest = int(float(value.minor))
    return max(-LARGEST_MINOR, min(LARGEST_MINOR, nearest))


class LocalTimeStamps(Around):
    """Keeps moments by the clock on the wall, without saying which of two equal hours it was."""

    def save(self, *decisions):
        return self.inner.save(*map(self.by_the_wall, decisions))

    def by_the_wall(self, decision):
        timers = (evolve(timer, due=on_the_wall(timer.due)) for timer in decision.timers)
        return evolve(decision, timers=tuple(timers))


def on_the_wall(instant):
    zone = ZoneInfo("America/New_York")
    if instant.year == 1:
        return instant
    wall = datetime.fromisoformat(instant.isoformat()).astimezone(zone)
    return moment(wall.replace(fold=0))


class TextCutAt255(Around):
    """Keeps text in a column of 255 characters."""

    def save(self, *decisions):
        return self.inner.save(*map(self.cut, decisions))

    def cut(self, decision):
        personal = tuple(
            evolve(each, value=Masked(each.value.reveal()[:255])) for each in decision.personal
        )
        requests = (
            evolve(each, text=each.text[:255]) if hasattr(each, "text") else each
            for each in decision.requests
        )
        return evolve(decision, personal=personal, requests=tuple(requests))
