"""Templates are filled in one pass: what a value holds is never read as a template."""

import pytest
from hypothesis import given, strategies as st

from privlib.values.template import render, variables_of

NAMES = st.sampled_from(["name", "shop", "a_b", "X"])
PLAIN = st.text(st.characters(exclude_characters="{}", exclude_categories=("Cs",)), max_size=6)
HOSTILE = st.text() | st.sampled_from(["{name}", "{shop}", "{", "}", "{}", r"\1", r"\g<0>", "%s"])
VALUES = st.fixed_dictionaries(dict.fromkeys(["name", "shop", "a_b", "X"], HOSTILE))


@given(pieces=st.lists(PLAIN | st.tuples(NAMES), max_size=8), values=VALUES)
def test_every_variable_is_replaced_once_and_no_value_is_read_again(pieces, values):
    text = "".join(piece if isinstance(piece, str) else f"{{{piece[0]}}}" for piece in pieces)
    expected = "".join(piece if isinstance(piece, str) else values[piece[0]] for piece in pieces)
    named = [piece[0] for piece in pieces if not isinstance(piece, str)]
    assert render(text, values) == expected
    assert variables_of(text) == tuple(dict.fromkeys(named))


@pytest.mark.parametrize(
    ("text", "values", "rendered"),
    [
        ("Hello {name}!", {"name": "Wei"}, "Hello Wei!"),
        ("{name}{name}", {"name": "{name}"}, "{name}{name}"),
        ("{a}{b}", {"a": "{b}", "b": "{a}"}, "{b}{a}"),
        ("{name}", {"name": ""}, ""),
        ("{name}", {}, "{name}"),
        ("{unknown} {name}", {"name": "Wei"}, "{unknown} Wei"),
        ("{{name}}", {"name": "Wei"}, "{Wei}"),
        ("{na{name}me}", {"name": "x"}, "{naxme}"),
        ("{ name }", {"name": "Wei"}, "{ name }"),
        ("{}", {"": "Wei"}, "{}"),
        ("{0}", {"0": "Wei"}, "{0}"),
        ("{name.__class__}", {"name": "Wei"}, "{name.__class__}"),
        ("{name!r:>99999999999}", {"name": "Wei"}, "{name!r:>99999999999}"),
        ("{name[0]}", {"name": "Wei"}, "{name[0]}"),
        ("%(name)s $name ${name}", {"name": "Wei"}, "%(name)s $name $Wei"),
        ("{name}", {"name": r"\1\g<0>\n"}, r"\1\g<0>\n"),
        ("{名}", {"名": "Wei"}, "{名}"),
        ("亲爱的{name}，你好", {"name": "伟"}, "亲爱的伟，你好"),
        ("", {"name": "Wei"}, ""),
    ],
)
def test_a_text_is_filled_in_like_this(text, values, rendered):
    assert render(text, values) == rendered


def test_the_variables_of_a_text_come_in_order_and_once():
    assert variables_of("{b} {a} {b} {x.y} { c } {d_e}") == ("b", "a", "d_e")
    assert variables_of("none") == ()


def test_a_text_of_ten_million_braces_is_read_in_one_pass():
    assert render("{" * 10_000_000, {"name": "x"}) == "{" * 10_000_000
