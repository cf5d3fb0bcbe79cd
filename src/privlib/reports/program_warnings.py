"""Program warnings: what a program may say, and had better not."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from privlib.policies.voice import VoiceFault, voice_faults
from privlib.program.persona import Persona
from privlib.program.program import Program
from privlib.values.template import render

__all__ = ["ProgramWarning", "program_warnings"]


@frozen(kw_only=True)
class ProgramWarning:
    """Something that is a matter of taste: where it stands, why, and on which carrier alone."""

    path: str
    reason: VoiceFault
    carrier: str | None = None


def program_warnings(program: Program) -> tuple[ProgramWarning, ...]:
    """Everything in a program that is no fault, but may not be what the shop means.

    >>> from attrs import evolve
    >>> from privlib import Persona, default_program
    >>> shy = evolve(default_program(), personas=[Persona(name="Lin", longest=40)])
    >>> [(each.path, each.reason.longest, each.reason.has) for each in program_warnings(shy)]
    [('welcome.text', 40, 78)]
    """
    return tuple(_out_of_voice(program))


def _out_of_voice(program: Program) -> Iterator[ProgramWarning]:
    """Texts that the persona would not say: anywhere, or only as she shows on one carrier."""
    persona = program.persona
    if persona is None:
        return
    everywhere = _faults_of_welcome(program, persona, None)
    for reason in everywhere:
        yield ProgramWarning(path="welcome.text", reason=reason)
    for face in persona.faces:
        for reason in _faults_of_welcome(program, persona, face.carrier):
            if reason not in everywhere:
                yield ProgramWarning(path="welcome.text", reason=reason, carrier=face.carrier)


def _faults_of_welcome(
    program: Program, persona: Persona, carrier: str | None
) -> tuple[VoiceFault, ...]:
    """What does not fit in the welcome, as somebody reads it whose name is unknown."""
    here, welcome = persona.on(carrier), program.welcome
    said = {"persona": here.name, "title": here.title, "shop": program.shop.name}
    text = render(welcome.text, said | {"name": welcome.name_if_unknown})
    return voice_faults(text, persona, carrier=carrier)
