"""Encoding: an entity of 15 fields written as it is stored, and read again."""

import json
from itertools import repeat

from tests.benchmarks.card import FIELDS, Card, CardState
from tests.benchmarks.comparing import compared
from tests.benchmarks.targets import at_most

from privlib import EntityRef, Money
from privlib.encoding.documents import Documents
from privlib.values.moment import from_micros, to_micros

ROUND_TRIP = at_most("S1", "dump and load 15 fields", gate=1.6, goal=1.3, unit="x by hand + json")

CARDS = Documents(Card)
CARD = Card(**FIELDS)
TEXT = CARDS.dump(CARD)

encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def rows(effort):
    def ours(times):
        for _ in repeat(None, times):
            CARDS.load(CARDS.dump(CARD))

    def floor(times):
        for _ in repeat(None, times):
            loaded(dumped(CARD))

    yield compared(ROUND_TRIP, effort, ours=ours, other=floor)


def dumped(card):  # noqa: C901, PLR0912 - one row a field
    """The floor of writing: a dict made by hand, in which defaults are left out, and json."""
    plain = {"kind": "Card", "v": 1, "id": card.id}
    if card.version:
        plain["version"] = card.version
    if card.state is not CardState.BLANK:
        plain["state"] = card.state
    if card.owner is not None:
        plain["owner"] = card.owner
    if card.carrier is not None:
        plain["carrier"] = card.carrier
    if card.source is not None:
        plain["source"] = card.source
    if card.since is not None:
        plain["since"] = to_micros(card.since)
    if card.seen_at is not None:
        plain["seen_at"] = to_micros(card.seen_at)
    if card.ends_at is not None:
        plain["ends_at"] = to_micros(card.ends_at)
    if card.spent.minor or card.spent.currency != "CNY":
        plain["spent"] = [card.spent.minor, card.spent.currency]
    if card.paid.minor or card.paid.currency != "CNY":
        plain["paid"] = [card.paid.minor, card.paid.currency]
    if card.orders:
        plain["orders"] = card.orders
    if card.tier is not None:
        plain["tier"] = card.tier
    if card.last is not None:
        plain["last"] = card.last
    if card.about:
        plain["about"] = card.about
    return encode(plain)


def loaded(text):
    """The floor of reading: json, and the constructor called by hand."""
    plain = json.loads(text)
    get = plain.get
    return Card(
        id=plain["id"],
        version=get("version", 0),
        state=CardState(get("state", "blank")),
        owner=get("owner"),
        carrier=get("carrier"),
        source=get("source"),
        since=from_micros(plain["since"]) if "since" in plain else None,
        seen_at=from_micros(plain["seen_at"]) if "seen_at" in plain else None,
        ends_at=from_micros(plain["ends_at"]) if "ends_at" in plain else None,
        spent=Money(*get("spent", (0,))),
        paid=Money(*get("paid", (0,))),
        orders=get("orders", 0),
        tier=get("tier"),
        last=get("last"),
        about=tuple(EntityRef(*ref) for ref in get("about", ())),
    )
