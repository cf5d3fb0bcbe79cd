"""Cases: what a file of vectors holds, and what of it lies beyond the library."""

import json

from attrs import frozen
from tests.peers.profile import Profile
from tests.peers.profiles import profile_of

__all__ = ["Case", "MissingError", "OutOfScopeError", "cases_in"]


class OutOfScopeError(Exception):
    """A case is about something that is not priced here; the text says what."""


class MissingError(Exception):
    """A case is about something that ought to be priced here, and that no offer of ours says."""


@frozen
class Case:
    """One case: what is given and expected, and how its project behaves."""

    id: str
    given: dict
    expect: dict
    profile: Profile

    @property
    def options(self):
        return self.given.get("options") or {}

    @property
    def events(self):
        return self.given.get("events") or []


def cases_in(path):
    """The cases of a file, each with the profile of the file or its own."""
    file = json.loads(path.read_text(encoding="utf-8"))
    default = file.get("default_semantics")
    for case in file.get("cases") or []:
        given, own = case.get("given") or {}, case.get("semantics")
        profile = profile_of(default, None if own == "default" else own, given.get("options"))
        yield Case(case["id"], given, case.get("expect") or {}, profile)
