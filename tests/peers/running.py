"""Running: every case of a folder, and whether we agree, differ, or have nothing to say."""

from attrs import frozen
from tests.peers.amounts import TooFineError, scales_of
from tests.peers.answers import View
from tests.peers.bare import bare_answer
from tests.peers.cases import Case, MissingError, OutOfScopeError, cases_in
from tests.peers.checking import Difference
from tests.peers.comparing import differences
from tests.peers.quoting import priced
from tests.peers.scope import check_scope

from privlib.errors import PrivlibError

__all__ = ["Outcome", "outcome_of", "outcomes_in", "report_of"]


@frozen
class Outcome:
    """What became of one case: its differences, or why it is out of scope; neither is agreement."""

    case: Case
    differs: tuple[Difference, ...] = ()
    beyond: str | None = None
    error: str | None = None

    @property
    def agrees(self):
        return not self.differs and self.beyond is None and self.error is None


def outcome_of(case):
    """One case, run; whatever it raises is a difference, and never stops the others."""
    try:
        return Outcome(case, tuple(_differences(case)))
    except OutOfScopeError as reason:
        return Outcome(case, beyond=str(reason))
    except MissingError as reason:
        return Outcome(case, error=str(reason))
    except Exception as fault:  # noqa: BLE001 - a case of others never stops the run
        return Outcome(case, error=f"{type(fault).__name__}: {fault}")


def _differences(case):
    if not case.expect:
        raise OutOfScopeError("nothing is expected")
    check_scope(case)
    found = bare_answer(case)
    if found is not None:
        return found
    if "error" in case.expect:
        return _refusals_of(case)
    if "steps" in case.expect:
        return _steps(case)
    return differences(_view(case), case.expect)


def _view(case, events=None):
    """The case, told in the plainest currency that has all its digits."""
    *scales, last = scales_of(case.given.get("currency"))
    for scale in scales:
        try:
            return View(priced(case, scale, events))
        except TooFineError:
            continue
    return View(priced(case, last, events))


def _steps(case):
    """What is expected after each event."""
    found = []
    for at, expect in enumerate(case.expect["steps"], start=1):
        view = _view(case, case.events[:at])
        known = {key: value for key, value in expect.items() if key != "code_state"}
        found += [
            Difference(f"step {at}: {each.what}", each.expected, each.got)
            for each in differences(view, known)
        ]
        if "code_state" in expect:
            got = "used" if view.codes_left else "unused"
            if got != expect["code_state"]:
                found.append(Difference(f"step {at}: code_state", expect["code_state"], got))
    return found


def _refusals_of(case):
    """A case that is refused as a whole, or is not."""
    expected = case.expect["error"]
    expected = expected.get("reason") if isinstance(expected, dict) else expected
    try:
        _view(case)
    except PrivlibError as fault:
        got = _word_for(str(fault))
        return [] if got == expected else [Difference("error", expected, got or str(fault))]
    return [] if expected is None else [Difference("error", expected, None)]


def _word_for(text):
    """The word of the cases for a fault of ours."""
    for sign, word in (
        ("ends after it starts", "start_after_end"),
        ("is a code of", "duplicate_code"),
        ("at_most is 1 to", "max_below_get_qty"),
    ):
        if sign in text:
            return word
    return None


def outcomes_in(folder):
    """The outcomes of every file of a folder, by its name."""
    return {
        path.name: [outcome_of(case) for case in cases_in(path)]
        for path in sorted(folder.glob("*.json"))
    }


def report_of(outcomes):
    """The outcomes as they are written down: ids that agree, differ, and are out of scope."""
    return {name: _report(each) for name, each in outcomes.items()}


def _difference(outcome):
    if outcome.error is not None:
        wanted = outcome.case.expect
        return {"id": outcome.case.id, "expected": wanted, "got": None, "reason": outcome.error}
    return {
        "id": outcome.case.id,
        "expected": {found.what: found.expected for found in outcome.differs},
        "got": {found.what: found.got for found in outcome.differs},
        "reason": "; ".join(found.what for found in outcome.differs),
    }


def _report(outcomes):
    return {
        "agree": [each.case.id for each in outcomes if each.agrees],
        "differ": [
            _difference(each) for each in outcomes if each.differs or each.error is not None
        ],
        "out_of_scope": [
            {"id": each.case.id, "reason": each.beyond}
            for each in outcomes
            if each.beyond is not None
        ],
    }
