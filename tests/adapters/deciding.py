"""What the tests of storages share: the samples that the conformance suite makes."""

from privlib.testing.conformance.contents import contents, everything
from privlib.testing.conformance.samples import FAR, NOON, PROGRAM, bare, decided

__all__ = ["FAR", "NOON", "PROGRAM", "bare", "contents", "decided", "everything"]
