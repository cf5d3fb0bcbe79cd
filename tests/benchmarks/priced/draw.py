"""Draw: numbers that look like chance and are the same on every machine."""

__all__ = ["Draw"]


class Draw:
    """A stream of numbers; the same seed draws the same ones."""

    def __init__(self, seed):
        self._state = seed

    def below(self, bound):
        """A whole number from 0 on, less than the bound."""
        self._state = (self._state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) % 2**64
        return (self._state >> 33) * bound >> 31

    def between(self, least, greatest):
        """A whole number of these bounds, both included."""
        return least + self.below(greatest - least + 1)

    def one_of(self, choices):
        return choices[self.below(len(choices))]

    def some(self, count, bound):
        """So many different numbers below the bound, in the order drawn."""
        drawn = {}
        while len(drawn) < count:
            drawn[self.below(bound)] = None
        return tuple(drawn)
