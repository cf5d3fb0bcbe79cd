"""Comparing: each thing that is expected, with what our quote says of it."""

from tests.peers.cases import OutOfScopeError
from tests.peers.checking import Checking
from tests.peers.money_checks import MONEY_CHECKS
from tests.peers.piece_checks import PIECE_CHECKS
from tests.peers.reason_checks import REASON_CHECKS
from tests.peers.use_checks import USE_CHECKS

__all__ = ["differences"]

_CHECKS = {**MONEY_CHECKS, **PIECE_CHECKS, **REASON_CHECKS, **USE_CHECKS}
_NOT_COMPARED = {"partial_expectation", "notes", "history_entries_added"}


def differences(view, expect):
    """All that differs, of what is expected."""
    unknown = sorted(set(expect) - set(_CHECKS) - _NOT_COMPARED)
    if unknown:
        raise OutOfScopeError(f"the expectation {', '.join(unknown)}")
    checking = Checking(view, expect)
    for key, value in expect.items():
        if key in _CHECKS:
            _CHECKS[key](checking, value)
    return checking.found
