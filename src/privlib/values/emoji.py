"""Emoji: where they stand in a text, each counted as the one that is seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from privlib.values.span import Span

__all__ = ["emoji_in", "is_one_emoji", "plain_emoji"]

_TEXT_STYLE: Final = "\ufe0e"
_EMOJI_STYLE: Final = "\ufe0f"
_JOINER: Final = "\u200d"

# Emoji_Presentation and, below U+1F000, Extended_Pictographic, of emoji-data.txt of Unicode 17
# (https://www.unicode.org/Public/17.0.0/ucd/emoji/emoji-data.txt). From U+1FA70 on, where each
# year's new emoji come, those to come are taken for emoji too.
_SEEN_AS_EMOJI: Final = re.compile(
    "[\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1"
    "\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705"
    "\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50"
    "\u2b55\U0001f004\U0001f0cf\U0001f18e\U0001f191-\U0001f19a\U0001f201\U0001f21a\U0001f22f"
    "\U0001f232-\U0001f236\U0001f238-\U0001f23a\U0001f250\U0001f251\U0001f300-\U0001f320"
    "\U0001f32d-\U0001f335\U0001f337-\U0001f37c\U0001f37e-\U0001f393\U0001f3a0-\U0001f3ca"
    "\U0001f3cf-\U0001f3d3\U0001f3e0-\U0001f3f0\U0001f3f4\U0001f3f8-\U0001f43e\U0001f440"
    "\U0001f442-\U0001f4fc\U0001f4ff-\U0001f53d\U0001f54b-\U0001f54e\U0001f550-\U0001f567"
    "\U0001f57a\U0001f595\U0001f596\U0001f5a4\U0001f5fb-\U0001f64f\U0001f680-\U0001f6c5"
    "\U0001f6cc\U0001f6d0-\U0001f6d2\U0001f6d5-\U0001f6d9\U0001f6dc-\U0001f6df\U0001f6eb"
    "\U0001f6ec\U0001f6f4-\U0001f6fc\U0001f7e0-\U0001f7eb\U0001f7f0\U0001f90c-\U0001f93a"
    "\U0001f93c-\U0001f945\U0001f947-\U0001f9ff\U0001fa70-\U0001faff]"
)
_PICTURE: Final = (
    "[\xa9\xae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf"
    "\u23e9-\u23f3\u23f8-\u23fa\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2604\u260e\u2611"
    "\u2614\u2615\u2618\u261d\u2620\u2622\u2623\u2626\u262a\u262e\u262f\u2638-\u263a\u2640\u2642"
    "\u2648-\u2653\u265f\u2660\u2663\u2665\u2666\u2668\u267b\u267e\u267f\u2692-\u2697\u2699\u269b"
    "\u269c\u26a0\u26a1\u26a7\u26aa\u26ab\u26b0\u26b1\u26bd\u26be\u26c4\u26c5\u26c8\u26ce\u26cf"
    "\u26d1\u26d3\u26d4\u26e9\u26ea\u26f0-\u26f5\u26f7-\u26fa\u26fd\u2702\u2705\u2708-\u270d\u270f"
    "\u2712\u2714\u2716\u271d\u2721\u2728\u2733\u2734\u2744\u2747\u274c\u274e\u2753-\u2755\u2757"
    "\u2763\u2764\u2795-\u2797\u27a1\u27b0\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001faff]"
)
_MARKS: Final = "[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
"""What changes the picture before it: its style, a keycap, a skin tone, the tags of a flag."""
_KEYCAP: Final = "[0-9#*]\ufe0f?\u20e3"
_FLAG: Final = "[\U0001f1e6-\U0001f1ff]{1,2}"
_JOINED: Final = f"{_PICTURE}{_MARKS}(?:{_JOINER}{_PICTURE}{_MARKS})*"
_ONE: Final = re.compile(f"(?P<always>{_KEYCAP}|{_FLAG})|{_JOINED}")
_MADE_EMOJI: Final = re.compile(f"[{_EMOJI_STYLE}{_JOINER}\U0001f3fb-\U0001f3ff]")


def emoji_in(text: str) -> tuple[Span, ...]:
    """Where the emoji of a text stand.

    A family, a flag, a keycap, a picture with a skin tone is one emoji. A sign that is shown as
    text, such as a bare ©, is none.

    >>> text = "茶🍵, © 2026 👍🏽👨‍👩‍👧🇨🇳1️⃣"
    >>> [text[start:end] for start, end in emoji_in(text)]
    ['🍵', '👍🏽', '👨‍👩‍👧', '🇨🇳', '1️⃣']
    """
    return tuple(_found(text))


def _found(text: str) -> Iterator[Span]:
    for found in _ONE.finditer(text):
        if found["always"] or _is_shown_as_emoji(found[0]):
            yield Span(found.start(), found.end())


def _is_shown_as_emoji(picture: str) -> bool:
    """Whether a picture is one by itself, or is made one by what follows."""
    if picture[1:2] != _TEXT_STYLE and _SEEN_AS_EMOJI.match(picture):
        return True
    return _MADE_EMOJI.search(picture) is not None


def is_one_emoji(text: str) -> bool:
    """Whether a text is one emoji and nothing else, also without the mark that makes it one.

    >>> [is_one_emoji(text) for text in ("🍵", "❤️", "❤", "🍵🍵", "tea", "")]
    [True, True, True, False, False, False]
    """
    return any(emoji_in(each) == (Span(0, len(each)),) for each in (text, text + _EMOJI_STYLE))


def plain_emoji(emoji: str) -> str:
    """An emoji as it is compared: with or without the mark of its style it is the same.

    >>> plain_emoji("❤️") == plain_emoji("❤")
    True
    """
    return emoji.replace(_EMOJI_STYLE, "").replace(_TEXT_STYLE, "")
