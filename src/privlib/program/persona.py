"""The persona (人设): the voice the shop speaks with, and the face it has on each carrier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from attrs import evolve, field, frozen
from attrs.validators import optional

from privlib.errors import InvalidValueError, Problem, ProgramError
from privlib.program.emoji_habit import EmojiHabit
from privlib.program.naming import duplicate_names
from privlib.values.choice import as_tuple, each_of, kind_of
from privlib.values.folded_text import letters_of
from privlib.values.ids import plain_id, plain_text
from privlib.values.naming import did_you_mean
from privlib.values.template import variables_of

__all__ = ["Face", "Persona", "persona_problems"]

T = TypeVar("T")


def _id(value: str | None) -> str | None:
    return None if value is None else plain_id(value)


def _text(value: str | None) -> str | None:
    return None if value is None else plain_text(value)


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(plain_text(value) for value in as_tuple(values))


def _check_length(_owner: object, _attribute: object, longest: int | None) -> None:
    if longest is not None and (type(longest) is not int or not 1 <= longest <= 65_536):
        raise InvalidValueError(f"longest is 1 to 65536 characters; got {longest!r:.40}")


def _check_age(_owner: object, _attribute: object, age: int | None) -> None:
    if age is not None and (type(age) is not int or not 1 <= age <= 150):
        raise InvalidValueError(f"age is 1 to 150 years; got {age!r:.40}")


@frozen(kw_only=True)
class Face:
    """How a persona shows on one carrier; what is not said is as everywhere else."""

    carrier: str = field(converter=plain_id)
    name: str | None = field(default=None, converter=_id)
    title: str | None = field(default=None, converter=_text)
    picture: str | None = field(default=None, converter=_text)
    emoji: EmojiHabit | None = field(default=None, validator=optional(kind_of(EmojiHabit)))
    longest: int | None = field(default=None, validator=_check_length)


@frozen(kw_only=True)
class Persona:
    """Somebody in whose voice the shop speaks: who she is, and what she never says.

    `to_customer` is what she is to the customer, such as a friend who knows tea; `calls_customer`
    is how she addresses him, such as "亲爱的{name}". `picture` names a file or an address.
    `longest` is the most characters of a message, as Python counts them.

    Raises ProgramError with every fault.
    """

    name: str = field(converter=plain_id)
    role: str = field(default="", converter=plain_text)
    age: int | None = field(default=None, validator=_check_age)
    character: str = field(default="", converter=plain_text)
    interests: tuple[str, ...] = field(default=(), converter=_texts)
    manner: str = field(default="", converter=plain_text)
    title: str = field(default="", converter=plain_text)
    social_identity: str = field(default="", converter=plain_text)
    experience: str = field(default="", converter=plain_text)
    picture: str = field(default="", converter=plain_text)
    to_customer: str = field(default="", converter=plain_text)
    calls_customer: str | None = field(default=None, converter=_text)
    forbidden: tuple[str, ...] = field(default=(), converter=_texts)
    emoji: EmojiHabit = field(default=EmojiHabit(), validator=kind_of(EmojiHabit))
    longest: int | None = field(default=None, validator=_check_length)
    faces: tuple[Face, ...] = field(default=(), converter=as_tuple, validator=each_of(Face))

    def __attrs_post_init__(self) -> None:
        problems = [*self._own_problems()]
        carriers = {at: face.carrier for at, face in enumerate(self.faces)}
        problems.extend(duplicate_names(carriers, "faces[{}].carrier"))
        if problems:
            raise ProgramError(problems)

    def _own_problems(self) -> Iterator[Problem]:
        for at, phrase in enumerate(self.forbidden):
            if not letters_of(phrase):
                yield Problem(f"forbidden[{at}]", f"{phrase!r:.40} has no letter to look for")
        for name in variables_of(self.calls_customer or ""):
            if name != "name":
                near = did_you_mean(name, ["name"])
                yield Problem("calls_customer", f"{{{name}}} is not a variable{near}")

    def on(self, carrier: str | None) -> Persona:
        """Who she is on a carrier: what her face there says stands over the rest.

        >>> lin = Persona(name="Aunt Lin", faces=[Face(carrier="sms", name="Lin")])
        >>> lin.on("sms").name, lin.on("wecom").name
        ('Lin', 'Aunt Lin')
        """
        face = next((face for face in self.faces if face.carrier == carrier), None)
        if face is None:
            return self
        return evolve(
            self,
            name=_shown(face.name, self.name),
            title=_shown(face.title, self.title),
            picture=_shown(face.picture, self.picture),
            emoji=_shown(face.emoji, self.emoji),
            longest=_shown(face.longest, self.longest),
        )


def _shown(there: T | None, else_: T) -> T:
    return else_ if there is None else there


def persona_problems(personas: Mapping[int, Persona]) -> Iterator[Problem]:
    """What is wrong between personas, each at its position."""
    names = {at: persona.name for at, persona in personas.items()}
    yield from duplicate_names(names, "[{}].name")
