"""The way of a decision, drawn: command, needs, decide, Decision, save, deliver."""

from __future__ import annotations

from inspect import signature

from attrs import fields

from from_code.svg import arrow, box, drawing, words
from privlib import Decision, Needs, PrivateDomain, decide, needs
from privlib.plugins import Storage

__all__ = ["MEANINGS", "decision_path"]

MEANINGS = {
    "key": "names it: told again, the stored one comes back",
    "input_hash": "tells whether the same was told under the key",
    "program": "the version of the rules it was made under",
    "at": "the moment it was made for",
    "by": "who told it: system, employee or customer",
    "before": "what was read, each with its version",
    "events": "facts: entities change by nothing else",
    "requests": "things to do outside, each with a key",
    "timers": "wake-ups to set",
    "cancels": "wake-ups to take off",
    "fires": "the wake-up that is being decided",
    "reservations": "room taken from shared limits",
    "refusals": "noes, each with its numbers",
    "personal": "names and the like, for the erasable table",
    "after": "the entities with all events applied",
    "replayed": "whether it had been stored before",
}
"""What each field of a decision is for; one that is missing here stops the build."""

_PURE, _WORLD = 20, 520
_PURE_WIDTH, _WORLD_WIDTH = 450, 260


def decision_path() -> str:
    """The drawing, with the fields and arguments that the code has now."""
    size = (800, 680)
    return drawing(size, "The way of a decision", [*_lanes(size[1]), *_boxes(), *_arrows()])


def _lanes(height: int) -> list[str]:
    return [
        words((_PURE, 20), "Pure: reads no clock, loads nothing, sends nothing"),
        words((_WORLD, 20), "The shell, or your own code"),
        f'<polyline points="495,8 495,{height - 8}" stroke-dasharray="4 6"/>',
    ]


def _boxes() -> list[str]:
    asked = ", ".join(signature(decide).parameters)
    wanted = [(name, "") for name in _public_fields(Needs)]
    said = [(name, MEANINGS[name]) for name in _public_fields(Decision)]
    gives = str(signature(Storage.save).return_annotation)
    return [
        box((_WORLD, 36), _WORLD_WIDTH, "command", [("something told, or asked for", "")]),
        box((_PURE, 70), _PURE_WIDTH, f"{needs.__name__}(command)", wanted),
        box((_WORLD, 150), _WORLD_WIDTH, "State", [("load what is needed", "")]),
        box((_PURE, 210), _PURE_WIDTH, f"{decide.__name__}({asked})", []),
        box((_PURE, 290), _PURE_WIDTH, Decision.__name__, said),
        box(
            (_WORLD, 370),
            _WORLD_WIDTH,
            _method(Storage, "save"),
            [(gives, ""), ("one transaction: all or nothing", "")],
        ),
        box(
            (_WORLD, 510),
            _WORLD_WIDTH,
            _method(PrivateDomain, "deliver"),
            [("requests, to their channels", "")],
        ),
        box(
            (_WORLD, 610),
            _WORLD_WIDTH,
            _method(PrivateDomain, "run_due"),
            [("timers, decided like commands", "")],
        ),
    ]


def _public_fields(owner: type) -> list[str]:
    return [each.name for each in fields(owner) if not each.name.startswith("_")]


def _method(owner: type, name: str) -> str:
    return f"{getattr(owner, name).__name__}(…)"


def _arrows() -> list[str]:
    """The way, and the ways back: stale, no room, a timer that has come due."""
    return [
        arrow((_WORLD, 62), (480, 62), (480, 96), (470, 96)),
        arrow((470, 120), (508, 120), (508, 176), (520, 176)),
        arrow((520, 190), (480, 190), (480, 226), (470, 226)),
        arrow((245, 242), (245, 290)),
        arrow((470, 400), (520, 400)),
        arrow((650, 442), (650, 510)),
        arrow((650, 562), (650, 610)),
        arrow((760, 370), (760, 202)),
        words((576, 240), "StaleDecisionError:"),
        words((576, 258), "load and decide again"),
        arrow((560, 370), (560, 300), (508, 300), (508, 232), (472, 232)),
        words((576, 316), "Exhausted: decide"),
        words((576, 334), "again with that fact"),
        arrow((780, 640), (792, 640), (792, 62), (780, 62)),
    ]
