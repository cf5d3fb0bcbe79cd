"""What a quote means, on single pieces and by trying everything: the reference of pricing.

It is written from what the documents say, knows nothing of the engine, and is slow.
"""

from tests.laws.plain_pricing.outcome import Outcome, outcome_of
from tests.laws.plain_pricing.search import PlainQuote, plain_quote

__all__ = ["Outcome", "PlainQuote", "outcome_of", "plain_quote"]
