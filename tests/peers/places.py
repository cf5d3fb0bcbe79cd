"""Places: the stage that each draft meets others in, and where it stands there."""

from attrs import define, evolve
from tests.peers.cuts import is_by_code
from tests.peers.drafts import Draft
from tests.peers.offers import drafts_of
from tests.peers.ordering import in_order
from tests.peers.profile import Turn

from privlib.program.offers import AmountOff, GiftWithPurchase

__all__ = ["PROBE", "Place", "catalog_places", "places_of", "uses_units"]

PROBE = "(probe)"
"""The gift of a promotion that has no action: it is given where its conditions hold."""


_CATALOG = (-1,)


@define
class Place:
    """A draft with whose it is, which stage it meets others in, and where it stands."""

    draft: Draft
    owner: dict
    key: tuple
    turn: Turn
    at: tuple
    code: str | None = None
    name: str = ""
    layer: str = ""

    @property
    def id(self):
        return self.owner["id"]


def places_of(promotions, shopping):
    """Every draft of the promotions of a case in its place."""
    profile = shopping.case.profile
    named = dict.fromkeys(each.get("group") for each in promotions)
    groups = {group: at for at, group in enumerate(sorted(named, key=str))}
    places = []
    for at, promotion in enumerate(in_order(promotions, shopping)):
        for count, draft in enumerate(_drafts(promotion, shopping)):
            for number, code in enumerate(_split_codes(promotion)):
                stage, turn = _stage(profile, draft, promotion, groups)
                key = (*_before(promotion, profile), *stage)
                if turn is Turn.IN_TURN:
                    key = (*key, at)
                places.append(Place(draft, promotion, key, turn, (at, count, number), code))
    return places


def _drafts(promotion, shopping):
    actions = promotion.get("actions") or []
    if not actions:
        return [_probe(promotion, shopping)]
    return [
        draft
        for at, action in enumerate(actions)
        for draft in drafts_of(action, promotion, shopping, at)
    ]


def _split_codes(promotion):
    """The codes that have a limit each; otherwise all of them are one."""
    limits = promotion.get("limits") or {}
    if (limits.get("per_code") is not None or limits.get("single_use_code")) and promotion.get(
        "codes"
    ):
        return [str(code) for code in promotion["codes"]]
    return [None]


def _before(promotion, profile):
    """What is exclusive comes first, where it is applied alone whatever else could be."""
    return (0 if profile.exclusive_first and promotion.get("exclusive") else 1,)


def _stage(profile, draft, promotion, groups):
    lane = promotion.get("lane", "default")
    rank = (
        profile.lanes.index(lane)
        if lane in profile.lanes
        else groups.get(promotion.get("group"), 0)
    )
    by_code = is_by_code(promotion)
    for at, stage in enumerate(profile.stages):
        if draft.kind in stage.kinds and stage.by_code in (None, by_code):
            return (rank, at), stage.turn
    return (rank, len(profile.stages)), Turn.IN_TURN


def _probe(promotion, shopping):
    """What tells whether a promotion without actions could be used: a gift, or a minor unit off."""
    limits, budget = promotion.get("limits") or {}, promotion.get("campaign_budget") or {}
    if limits.get("discount_budget") is None and budget.get("kind") != "spend":
        return Draft(offer=GiftWithPurchase(sku=PROBE), kind="gift")
    if not shopping.lines:
        shopping.lines.append({"id": "(probed)", "sku": "(probed)", "qty": "1"})
    return Draft(offer=AmountOff(amount=shopping.scale.money_of(1)), kind="order")


def catalog_places(rules, shopping):
    """Rules that set the shelf price: one after the other, what is exclusive alone."""
    made = []
    exclusive = {rule["id"] for rule in rules if rule.get("exclusive")}
    ordered = sorted(
        rules, key=lambda rule: (rule["id"] not in exclusive, -(rule.get("priority") or 0))
    )
    for at, rule in enumerate(ordered):
        action = {
            "type": rule["type"],
            "value": rule["value"],
            "target": "lines",
            "apply": "per_unit",
            "filter": rule.get("filter"),
        }
        owner = {**rule, "actions": [action], "never_with": bool(exclusive)}
        made += [
            Place(evolve(draft, kind="catalog"), owner, (*_CATALOG, at), Turn.IN_TURN, (at, 0, 0))
            for draft in drafts_of(action, owner, shopping, at)
        ]
    return made


def uses_units(place):
    takes = place.turn in (Turn.UNITS_ONCE, Turn.ONE_PER_LINE, Turn.BEST_UNITS)
    return takes and place.draft.kind not in ("shipping", "gift")
