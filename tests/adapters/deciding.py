"""What the tests of storages share: the samples that the conformance suite makes."""

from privlib.testing.conformance.samples import (
    FAR,
    NOON,
    PROGRAM,
    bare,
    contents,
    decided,
    everything,
)

__all__ = ["FAR", "NOON", "PROGRAM", "bare", "contents", "decided", "everything"]
