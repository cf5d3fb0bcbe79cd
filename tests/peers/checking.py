"""Checking: a comparison under way, and what it has found to differ."""

from attrs import define, field
from tests.peers.answers import View
from tests.peers.cases import OutOfScopeError

__all__ = ["Checking", "Difference", "only_promotion"]


@define(frozen=True)
class Difference:
    """What is expected, and what we have in its place."""

    what: str
    expected: object
    got: object


@define
class Checking:
    """One comparison under way: what is asked, and what was found to differ."""

    view: View
    expect: dict
    found: list = field(factory=list)

    def amount(self, what, text, minor):
        if not self.view.scale.is_same(text, minor):
            self.found.append(Difference(what, text, self.view.scale.shown(minor)))

    def same(self, what, expected, got):
        if expected != got:
            self.found.append(Difference(what, expected, got))


def only_promotion(checking):
    """The one promotion that a case is about."""
    promotions = checking.view.shopping.given.get("promotions") or []
    coupons = checking.view.shopping.given.get("coupons_defined") or []
    told = promotions or coupons
    if len(told) != 1:
        raise OutOfScopeError("which promotion is meant")
    return str(told[0].get("id") or told[0].get("code") or "(promotion 1)")
