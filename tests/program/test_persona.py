"""The persona: every fault with its path, and the faces over it."""

import pytest
from attrs import evolve

from privlib import (
    EmojiHabit,
    Face,
    Persona,
    ProgramError,
    Welcome,
    default_program,
    program_from_toml,
    program_warnings,
)
from privlib.refusals import ForbiddenPhrase, TooLongForVoice

LEAST = """[shop]
name = "Tea"
[[lifecycles]]
name = "customer"
[[lifecycles.stages]]
name = "new"
[welcome]
text = "Hi"
"""
FAULTY = f"""{LEAST}
[[personas]]
name = "Lin"
age = 0
longest = 0
calls_customer = "dear {{nmae}}"
forbidden = ["cheap", " \u200b"]
emoji = {{ use = "none", most_emoji = 2, allowed = ["tea"] }}
[[personas.faces]]
carrier = "sms"
[[personas.faces]]
carrier = "sms"
tilte = "master"
[[personas]]
name = "Lin"
"""


def problems_of(text):
    with pytest.raises(ProgramError) as fault:
        program_from_toml(text)
    return {problem.path: problem.message for problem in fault.value.problems}


def test_every_fault_of_a_persona_is_told_with_its_path():
    assert problems_of(FAULTY) == {
        "personas[0].age": "age is 1 to 150 years; got 0",
        "personas[0].longest": "longest is 1 to 65536 characters; got 0",
        "personas[0].emoji.most_emoji": 'counts only where use = "few"; is none',
        "personas[0].emoji.allowed": 'nothing is allowed where use = "none"',
        "personas[0].emoji.allowed[0]": "'tea' is not one emoji",
        "personas[0].faces[1].tilte": 'unknown key; did you mean "title"?',
        "personas[0].calls_customer": '{nmae} is not a variable; did you mean "name"?',
        "personas[0].forbidden[1]": "' \\u200b' has no letter to look for",
        "personas[1].name": '"Lin" stands at [0] already',
    }


def test_a_carrier_has_one_face():
    two = '[[personas]]\nname = "Lin"\nfaces = [{ carrier = "sms" }, { carrier = "sms" }]\n'
    assert problems_of(LEAST + two) == {
        "personas[0].faces[1].carrier": '"sms" stands at [0] already'
    }


@pytest.mark.parametrize("field", ["name", "role", "manner", "title", "calls_customer", "picture"])
def test_what_cannot_be_stored_is_refused(field):
    with pytest.raises(ValueError, match=r"NUL|control"):
        Persona(**{"name": "Lin", field: "a\0b"})


def test_a_welcome_that_names_the_persona_needs_one():
    text = LEAST.replace("Hi", "I am {persona}, {title}")
    assert set(problems_of(text)) == {"welcome.text"}
    assert problems_of(f'{text}[[personas]]\nname = "Lin"\n') == {
        "welcome.text": '{title} needs a title of "Lin"'
    }


def test_the_first_persona_is_the_one_who_speaks():
    program = evolve(default_program(), personas=[Persona(name="Lin"), Persona(name="Mei")])
    assert program.persona == Persona(name="Lin")
    assert evolve(program, personas=[]).persona is None


def test_a_face_that_says_nothing_changes_nothing():
    lin = Persona(name="Lin", title="master", longest=9, faces=[Face(carrier="sms")])
    assert lin.on("sms") == lin.on("wecom") == lin.on(None) == lin


def test_a_habit_allows_what_it_names_with_and_without_its_style():
    assert EmojiHabit(allowed=["❤️"]).allows("❤")
    assert not EmojiHabit(allowed=["👍"]).allows("👍🏽")


def test_the_default_program_has_no_warnings():
    assert program_warnings(default_program()) == ()


def test_a_welcome_out_of_voice_is_no_fault_and_is_warned_of_once_for_all_carriers():
    sms, mail = Face(carrier="sms", name="Lin", longest=12), Face(carrier="email", name="L")
    lin = Persona(name="Aunt Lin", forbidden=["cheap"], faces=[sms, mail])
    program = evolve(
        default_program(), welcome=Welcome(text="Cheap tea by {persona}"), personas=[lin]
    )
    told = [(each.carrier, each.path, each.reason) for each in program_warnings(program)]
    assert told == [
        (None, "welcome.text", ForbiddenPhrase(persona="Aunt Lin", phrase="cheap", start=0, end=5)),
        (
            "sms",
            "welcome.text",
            TooLongForVoice(persona="Aunt Lin", has=16, longest=12, start=12, end=16),
        ),
    ]
