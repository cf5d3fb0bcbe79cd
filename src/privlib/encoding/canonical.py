"""Canonical text: the same value always gives the same bytes."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from privlib.encoding.converting import converter
from privlib.errors import InvalidValueError, UnknownSchemaError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Secret", "canonical", "digest", "encode_plain", "keyed_digest", "parse_canonical"]

_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)
# What `JSONEncoder.encode` makes anew for each text, which takes longer than a short text itself.
_MAKE_WRITER: Final = getattr(json.encoder, "c_make_encoder", None)
_WRITE: Final = _MAKE_WRITER and _MAKE_WRITER(
    markers=None,
    default=_ENCODER.default,
    encoder=json.encoder.encode_basestring,
    indent=None,
    key_separator=":",
    item_separator=",",
    sort_keys=True,
    skipkeys=False,
    allow_nan=False,
)


def encode_plain(data: object) -> str:
    """The canonical text of what is plain data already."""
    return "".join(_WRITE(data, 0)) if _WRITE else _ENCODER.encode(data)


def canonical(value: object, *, whole: bool = False) -> str:
    """The one text of a value: JSON with sorted keys and no blanks.

    Money is `[minor, "CNY"]`, a moment its microseconds since 1970, a date its ISO text.
    Fields that hold their default are left out, unless the whole is asked for.

    >>> from privlib.values.money import yuan
    >>> canonical({"paid": yuan("19.90")})
    '{"paid":[1990,"CNY"]}'
    """
    return encode_plain(converter(whole=whole).unstructure(value))


def _no_constant(name: str) -> object:
    raise UnknownSchemaError(f"stored text holds {name}, which is not JSON")


def _no_fraction(number: str) -> object:
    raise UnknownSchemaError(f"stored text holds {number:.40}, which is not a whole number")


def _unique(pairs: Iterable[tuple[str, object]]) -> Mapping[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise UnknownSchemaError(f"stored text has the key {key!r:.40} twice")
        found[key] = value
    return found


_decode = json.JSONDecoder(
    parse_constant=_no_constant, parse_float=_no_fraction, object_pairs_hook=_unique
).decode


def parse_canonical(text: str) -> object:
    """Read a canonical text into plain lists, dicts, text and whole numbers."""
    try:
        return _decode(text)
    except UnknownSchemaError:
        raise
    except (ValueError, RecursionError) as fault:
        raise UnknownSchemaError(f"stored text is not JSON ({type(fault).__name__})") from None


def digest(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _check_secret(_secret: object, _attribute: object, key: bytes) -> None:
    if not isinstance(key, bytes) or len(key) < 16:
        raise InvalidValueError("a secret is at least 16 bytes of your own, kept outside the code")


@frozen(repr=False, eq=False)
class Secret:
    """The key of the hashes of what a shop tells, so that nobody can guess what was hashed.

    >>> Secret(b"sixteen bytes or more")
    Secret(...)
    """

    key: bytes = field(validator=_check_secret)

    @property
    def id(self) -> str:
        """Says which secret, without saying what it is."""
        return hashlib.sha256(b"privlib secret" + self.key).hexdigest()[:8]

    def __repr__(self) -> str:
        return "Secret(...)"


def keyed_digest(text: str, secret: Secret | None) -> str:
    """SHA-256 of a text keyed by a secret, with the secret's id before it.

    >>> keyed_digest("x", None)[:5], len(keyed_digest("x", Secret(b"sixteen bytes or more")))
    ('none:', 73)
    """
    if secret is None:
        return f"none:{digest(text)}"
    return f"{secret.id}:{hmac.digest(secret.key, text.encode(), 'sha256').hex()}"
