"""Documents: what is stored, each with the name and the format version of its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from privlib.encoding.canonical import encode_plain, parse_canonical
from privlib.encoding.converting import converter
from privlib.errors import PrivlibError, UnknownSchemaError

__all__ = ["Documents"]

T = TypeVar("T")


class Documents(Generic[T]):
    """Writes and reads a closed family of values, such as all events.

    Each text names its kind and its version, as in `{"kind":"OrderRecorded","v":1,…}`. A kind or
    version that this release does not know is an UnknownSchemaError, as is any unknown field.
    """

    def __init__(self, *kinds: type[T], versions: Mapping[str, int] | None = None) -> None:
        self._kinds = {kind.__name__: kind for kind in kinds}
        self._versions = {name: (versions or {}).get(name, 1) for name in self._kinds}

    def plain(self, thing: T) -> dict[str, object]:
        """The thing as plain data."""
        name = type(thing).__name__
        fields = converter(whole=False).unstructure(thing)
        return {"kind": name, "v": self._versions[name], **fields}

    def dump(self, thing: T) -> str:
        """The thing as canonical text."""
        return encode_plain(self.plain(thing))

    def from_plain(self, data: object) -> T:
        """The thing of which plain data was made."""
        if not isinstance(data, Mapping):
            raise UnknownSchemaError("a stored document is not an object")
        fields = dict(data)
        name, version = fields.pop("kind", None), fields.pop("v", None)
        kind = self._kinds.get(name) if isinstance(name, str) else None
        if kind is None:
            raise UnknownSchemaError(f"{name!r:.60} is not a kind known to this release")
        if type(version) is not int or version != self._versions[kind.__name__]:
            raise UnknownSchemaError(
                f"{name} of version {version!r:.20}; this release knows "
                f"version {self._versions[kind.__name__]}"
            )
        return _structured(fields, kind)

    def load(self, text: str) -> T:
        """The thing of which a text was made."""
        return self.from_plain(parse_canonical(text))


def _structured(fields: dict[str, object], kind: type[T]) -> T:
    try:
        return converter(whole=False).structure(fields, kind)
    except UnknownSchemaError:
        raise
    except PrivlibError as fault:
        raise UnknownSchemaError(f"a stored {kind.__name__} does not hold: {fault}") from None
    except (TypeError, ValueError, KeyError, AttributeError) as fault:
        raise UnknownSchemaError(
            f"a stored {kind.__name__} does not fit ({type(fault).__name__})"
        ) from None
    except Exception as fault:  # cattrs has no public parent of what it raises: go by its module
        if type(fault).__module__.startswith("cattrs"):
            raise UnknownSchemaError(f"a stored {kind.__name__} has unknown fields") from None
        raise
