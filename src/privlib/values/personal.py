"""Personal data: a reference that travels, and a value that shows only its shape."""

from __future__ import annotations

from attrs import field, frozen

from privlib.errors import InvalidValueError
from privlib.values.ids import LONGEST_ID, CustomerId, checked_id, customer_id, plain_text

__all__ = ["Masked", "PersonalRef", "PersonalValue", "masked"]


@frozen(repr=False)
class Masked:
    """A name, phone number or other personal text. Printed or logged, it tells its length only.

    >>> Masked("Wei Li")
    Masked(6 characters)
    >>> Masked("Wei Li").reveal()
    'Wei Li'
    """

    _text: str = field(converter=plain_text)

    def reveal(self) -> str:
        """The text itself, for the last step before it is shown to the person it belongs to."""
        return self._text

    def __repr__(self) -> str:
        return f"Masked({len(self._text)} characters)"

    __str__ = __repr__


def masked(value: Masked) -> Masked:
    """The value, if it is masked; plain text would show itself wherever it is printed."""
    if not isinstance(value, Masked):
        raise InvalidValueError(f"a personal value must be Masked; got {type(value).__name__}")
    return value


def _reference(value: str) -> str:
    return checked_id(value, "personal reference", longest=4 * LONGEST_ID)


@frozen
class PersonalRef:
    """Stands for a personal value in events and requests; the value lies in one erasable table.

    Its id is made of a customer's, each of whose characters may have become three.
    """

    id: str = field(converter=_reference)


@frozen(kw_only=True)
class PersonalValue:
    """A personal value on its way into the erasable table, and whose it is."""

    ref: PersonalRef
    customer: CustomerId = field(converter=customer_id)
    value: Masked = field(converter=masked)
