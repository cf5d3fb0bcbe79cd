"""Placing: the promotions of a case as a program of ours, each draft in its layer."""

from attrs import define, evolve
from tests.peers.asked import condition_of, every
from tests.peers.bases import base_of, needs_of, rebased, seen_as
from tests.peers.limits import uses_of
from tests.peers.places import catalog_places, places_of, uses_units
from tests.peers.settings import book_of, campaigns_of, pricing_of
from tests.peers.stacking import never_with
from tests.peers.triggers import trigger_of, typed_for
from tests.peers.windows import window_of

from privlib import default_program
from privlib.conditions import Always, field
from privlib.program.program import Program, Shop
from privlib.program.promotion import Promotion, Stacking

__all__ = ["Placed", "placed"]


@define
class Placed:
    """A program, whose each promotion is, what was typed in, and how much is used."""

    program: Program
    owners: dict
    kinds: dict
    codes: list
    used: dict

    def names(self, owner):
        """Our promotions that are one of theirs."""
        return [name for name, own in self.owners.items() if own == owner]


def placed(promotions, shopping, *, catalog=()):
    """The promotions of a case, with those rules that set a price before the basket."""
    places = places_of(promotions, shopping) + catalog_places(catalog, shopping)
    places.sort(key=lambda place: (place.key, place.at))
    layers = {key: f"layer {at + 1}" for at, key in enumerate(dict.fromkeys(p.key for p in places))}
    for place in places:
        place.name = f"{'.'.join(f'{at:03}' for at in place.at)} {place.id}"
        place.layer = layers[place.key]
    made, used, typed = [], {}, list(shopping.codes)
    for place in places:
        uses = uses_of(place.owner, shopping, place.code)
        promotion = _promotion(place, places, shopping, uses)
        made.append(promotion)
        used |= uses.by_key(place.name, shopping.buyer().id)
        typed += typed_for(place, shopping)
    program = evolve(
        default_program(),
        shop=Shop(name="a case", currency=shopping.scale.currency, zone=shopping.zone),
        ladder=evolve(default_program().ladder, tiers=()),
        campaigns=campaigns_of(places, shopping),
        promotions=made,
        pricing=pricing_of(places, layers, shopping),
        prices=book_of(shopping),
    )
    owners = {place.name: place.id for place in places}
    return Placed(program, owners, {place.name: place.draft.kind for place in places}, typed, used)


def _promotion(place, places, shopping, uses):
    promotion, draft = place.owner, place.draft
    window = _window(promotion, shopping)
    needs, left = needs_of(place, places, shopping)
    conditions = [
        *(
            condition_of(each, shopping, seen_as(shopping.case.profile.threshold, place, places))
            for each in left
        ),
        _where(promotion),
        rebased(draft.when, place, places, shopping),
        window.when,
        _for_whom(promotion),
    ]
    trigger, codes = trigger_of(place)
    return Promotion(
        name=place.name,
        layer=place.layer,
        offer=draft.offer,
        goods=draft.goods,
        when=every(conditions),
        needs=needs,
        base=base_of(place, places, shopping),
        trigger=trigger,
        codes=codes,
        priority=-(place.at[0] * 100 + place.at[1]),
        uses_units=uses_units(place),
        stacking=Stacking(never_with=never_with(place, places, shopping)),
        limits=uses.limits,
        starts=window.starts,
        ends=window.ends,
    )


def _window(promotion, shopping):
    window = promotion.get("window") or {}
    return window_of(window, shopping.zone)


def _where(promotion):
    channels = promotion.get("channels")
    if channels is None:
        return Always()
    return (
        field("channel").one_of(*map(str, channels))
        if channels
        else field("channel").one_of("(nowhere)")
    )


def _for_whom(promotion):
    who = promotion.get("customer")
    return Always() if who is None else field("segments").contains_any(f"(customer {who})")
