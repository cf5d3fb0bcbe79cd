"""Folded text: a text without what tells no letters apart, and where phrases stand in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from attrs import field, frozen

from privlib.values.span import Span

__all__ = ["FoldedText", "folded", "letters_of"]

_IGNORED: Final = frozenset({"Cc", "Cf", "Co", "Me", "Mn", "Zl", "Zp", "Zs"})
_BLANK_LETTERS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""They are seen as blanks, though Unicode counts them among letters and signs."""


@frozen
class FoldedText:
    """The letters of a text as they are compared, each with its place in the text itself.

    Wide and narrow, large and small, with and without accents are the same; blanks and what cannot
    be seen are left out. One character may become several letters.
    """

    original: str
    letters: str
    places: tuple[int, ...] = field(repr=False)

    def spans_of(self, phrase: str) -> Iterator[Span]:
        """Where a phrase stands in the original, disguised or not; its places do not overlap.

        What begins or ends with a letter of an alphabet does so at the edge of a word: "ass" stands
        neither in "class" nor in "as soon". Chinese has no such edges.
        """
        wanted = letters_of(phrase)
        at = self.letters.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            span = Span(self.places[at], self.places[end - 1] + 1)
            is_hit = self._is_edge(span.start) and self._is_edge(span.end)
            if is_hit:
                yield span
            at = self.letters.find(wanted, end if is_hit else at + 1)

    def _is_edge(self, at: int) -> bool:
        """Whether no word goes on from before this place to behind it."""
        around = self.original[max(at - 1, 0) : at + 1]
        return at == 0 or len(around) < 2 or not all(map(_is_of_alphabet, around))


def folded(text: str) -> FoldedText:
    """A text with its letters as they are compared.

    >>> folded("Ｔea\u200bHouse, 私 域").letters
    'teahouse,私域'
    """
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in _folded(character):
            letters.append(letter)
            places.append(place)
    return FoldedText(text, "".join(letters), tuple(places))


@lru_cache(maxsize=1024)
def letters_of(phrase: str) -> str:
    """What a phrase of the shop's is looked for as. It is remembered: none of a customer's."""
    return folded(phrase).letters


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    """What one character is compared as; nothing for one that is left out."""
    small = _seen(character).casefold()
    return unicodedata.normalize("NFC", _seen(small))


def _seen(text: str) -> str:
    """The letters of a text that are seen, in their plainest form."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(each for each in plain if not _is_ignored(each))


def _is_ignored(character: str) -> bool:
    return unicodedata.category(character) in _IGNORED or character in _BLANK_LETTERS


def _is_of_alphabet(character: str) -> bool:
    """Whether it is a letter of a script with large and small ones, which writes words apart."""
    return character.isalpha() and character.lower() != character.upper()
