"""Placing: the promotions of a case as a program of ours, each draft in its layer."""

from datetime import date
from fractions import Fraction

from attrs import define, evolve, field
from tests.peers.asked import condition_of, every
from tests.peers.cuts import is_by_code
from tests.peers.drafts import Draft
from tests.peers.goods import goods_of, tagged
from tests.peers.limits import uses_of
from tests.peers.offers import drafts_of
from tests.peers.profiles import Order, Seen, Turn
from tests.peers.rewards import NEXT
from tests.peers.shopping import is_discountable, line_tag, moment_of
from tests.peers.windows import window_of

from privlib import default_program
from privlib.conditions import Always, field as asked
from privlib.program.campaign import CampaignRules, CouponTemplate
from privlib.program.codes import plain_code
from privlib.program.offers import (
    AmountOff,
    FixedPrice,
    GiftWithPurchase,
    NextCoupon,
    PercentOff,
    SetOffer,
    Spread,
    ThresholdOff,
)
from privlib.program.price_book import PriceBook
from privlib.program.prices.floor import PriceFloor
from privlib.program.prices.rule import PriceRule
from privlib.program.pricing import Choice, Crossing, Layer, Pricing
from privlib.program.program import Program, Shop
from privlib.program.promotion import Promotion, Stacking, Threshold, Trigger
from privlib.values.rate import Rate

__all__ = ["PROBE", "Placed", "placed"]

PROBE = "(probe)"
"""The gift of a promotion that has no action: it is given where its conditions hold."""
MEMBER = "member"
"""Whose a price is that a customer has by his tier."""
_MONEYLESS = (GiftWithPurchase,)


@define
class Placed:
    """A program, whose each promotion is, what was typed in, and how much is used."""

    program: Program
    owners: dict
    kinds: dict
    codes: list
    used: dict
    promised: list = field(factory=list)
    """Those of the case that are asked about."""

    def names(self, owner):
        """Our promotions that are one of theirs."""
        return [name for name, own in self.owners.items() if own == owner]


@define
class _Place:
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


def placed(promotions, shopping, *, catalog=()):
    """The promotions of a case, with those rules that set a price before the basket."""
    places = _places(promotions, shopping) + _catalog(catalog, shopping)
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
        typed += _typed(place, shopping)
    program = evolve(
        default_program(),
        shop=Shop(name="a case", currency=shopping.scale.currency, zone=shopping.zone),
        ladder=evolve(default_program().ladder, tiers=()),
        campaigns=_campaigns(places, shopping),
        promotions=made,
        pricing=_pricing(places, layers, shopping),
        prices=_book(shopping),
    )
    owners = {place.name: place.id for place in places}
    return Placed(program, owners, {place.name: place.draft.kind for place in places}, typed, used)


def _campaigns(places, shopping):
    """The campaign of those coupons that are for the next order."""
    offers = [place.draft.offer for place in places]
    names = dict.fromkeys(offer.coupon for offer in offers if isinstance(offer, NextCoupon))
    worth = shopping.scale.money_of(1)
    coupons = [
        CouponTemplate(name=name, value=worth, threshold=worth, valid_days=1) for name in names
    ]
    made = CampaignRules(name=NEXT, starts=date(2026, 1, 1), budget=worth, coupons=coupons)
    return [made] if names else []


def _book(shopping):
    """The book of prices: what a member pays, and below what no line goes."""
    floors = [
        PriceFloor(
            name=f"floor of {line['id']}",
            goods=tagged(line_tag(str(line["id"]))),
            price=shopping.scale.money(line["min_unit_price"]),
        )
        for line in shopping.lines
        if line.get("min_unit_price") is not None
    ]
    percent = (shopping.customer or {}).get("tier_percent_payable")
    rules = [] if percent is None else _member_price(percent)
    return PriceBook(rules=rules, floors=floors)


def _member_price(percent):
    off = 1 - Fraction(str(percent)) / 100
    rate = Rate(off.numerator, off.denominator)
    return [PriceRule(name=MEMBER, percent=rate)] if off else []


def _places(promotions, shopping):
    profile = shopping.case.profile
    named = dict.fromkeys(each.get("group") for each in promotions)
    groups = {group: at for at, group in enumerate(sorted(named, key=str))}
    places = []
    for at, promotion in enumerate(_in_order(promotions, shopping)):
        actions = promotion.get("actions") or []
        numbered = [
            (number, draft)
            for number, action in enumerate(actions)
            for draft in drafts_of(action, promotion, shopping, number)
        ]
        if not actions:
            numbered = [(0, _probe(promotion, shopping))]
        for count, (_, draft) in enumerate(numbered):
            for number, code in enumerate(_split_codes(promotion)):
                stage, turn = _stage(profile, draft, promotion, groups)
                key = (*_before(promotion, profile), *stage)
                if turn is Turn.IN_TURN:
                    key = (*key, at)
                places.append(_Place(draft, promotion, key, turn, (at, count, number), code))
    return places


def _split_codes(promotion):
    """The codes that have a limit each; otherwise all of them are one."""
    limits = promotion.get("limits") or {}
    if (limits.get("per_code") is not None or limits.get("single_use_code")) and promotion.get(
        "codes"
    ):
        return [str(code) for code in promotion["codes"]]
    return [None]


def _in_order(promotions, shopping):
    profile = shopping.case.profile
    claims = [event["promotion"] for event in shopping.case.events if event["type"] == "claim"]
    listed = list(promotions)
    if claims:
        rank = {id: at for at, id in enumerate(claims)}
        claimed = sorted(listed, key=lambda each: rank.get(each["id"], len(rank)))
        return _narrow_first(claimed, profile)
    match profile.order:
        case Order.PRIORITY:
            return sorted(listed, key=lambda each: -(each.get("priority") or 0))
        case Order.CODES_LAST:
            typed = [plain_code(code) for code in shopping.codes]
            return _narrow_first(sorted(listed, key=lambda each: _typed_at(each, typed)), profile)
    return _narrow_first(listed, profile)


def _narrow_first(promotions, profile):
    """Amounts off fewer goods in the place of those off more."""
    if not profile.narrow_first:
        return promotions
    places = [at for at, each in enumerate(promotions) if _width(each)]
    narrow = sorted((promotions[at] for at in places), key=_width)
    made = list(promotions)
    for at, promotion in zip(places, narrow, strict=True):
        made[at] = promotion
    return made


def _width(promotion):
    """How many skus an amount off some goods is for; 0 for anything else."""
    actions = promotion.get("actions") or []
    if not actions or any(action["type"] != "amount_off" for action in actions):
        return 0
    return max(len((action.get("filter") or {}).get("skus") or []) for action in actions)


def _typed_at(promotion, typed):
    if not is_by_code(promotion):
        return -1
    places = [
        typed.index(plain_code(code)) for code in _codes(promotion) if plain_code(code) in typed
    ]
    return min(places, default=len(typed))


def _codes(promotion):
    own = promotion.get("code")
    return [*([str(own)] if own is not None else []), *map(str, promotion.get("codes") or [])]


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


_CATALOG = (-1,)


def _catalog(rules, shopping):
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
            _Place(evolve(draft, kind="catalog"), owner, (*_CATALOG, at), Turn.IN_TURN, (at, 0, 0))
            for draft in drafts_of(action, owner, shopping, at)
        ]
    return made


def _promotion(place, places, shopping, uses):
    promotion, draft = place.owner, place.draft
    window = _window(promotion, shopping)
    needs, left = _needs(place, places, shopping)
    conditions = [
        *(
            condition_of(each, shopping, _seen(shopping.case.profile.threshold, place, places))
            for each in left
        ),
        _where(promotion, shopping),
        _rebased(draft.when, place, places, shopping),
        window.when,
        uses.when,
        _for_whom(promotion),
    ]
    trigger, codes = _trigger(place, shopping)
    return Promotion(
        name=place.name,
        layer=place.layer,
        offer=draft.offer,
        goods=draft.goods,
        when=every(conditions),
        needs=needs,
        base=_base(place, places, shopping),
        trigger=trigger,
        codes=codes,
        priority=-(place.at[0] * 100 + place.at[1]),
        uses_units=_uses_units(place),
        stacking=Stacking(groups=draft.groups, never_with=_apart(place, places, shopping)),
        limits=uses.limits,
        starts=window.starts,
        ends=window.ends,
    )


def _uses_units(place):
    takes = place.turn in (Turn.UNITS_ONCE, Turn.ONE_PER_LINE, Turn.BEST_UNITS)
    return takes and place.draft.kind not in ("shipping", "gift")


def _window(promotion, shopping):
    window = promotion.get("window") or {}
    return window_of(window, shopping.zone)


def _where(promotion, shopping):
    channels = promotion.get("channels")
    if channels is None:
        return Always()
    return asked("channel").one_of(*map(str, channels)) if channels else NEVER_HERE


NEVER_HERE = asked("channel").one_of("(nowhere)")


def _for_whom(promotion):
    who = promotion.get("customer")
    return Always() if who is None else asked("segments").contains_any(f"(customer {who})")


def _conditions(promotion):
    return promotion.get("conditions") or []


def _needs(place, places, shopping):
    """What its own goods must come to, for one that uses pieces up; and what is asked besides."""
    conditions, draft = _conditions(place.owner), place.draft
    if draft.asks_itself:
        return None, []
    alone = sum(other.id == place.id for other in places) == 1
    if isinstance(draft.offer, SetOffer) or not (_uses_units(place) or alone):
        return None, conditions
    counted, left = {}, []
    for told in conditions:
        own = _counted(told, shopping) if _is_of_goods(told, draft.goods, shopping) else None
        if own is None or own[0] in counted:
            left.append(told)
        else:
            counted[own[0]] = own[1]
    if not counted:
        return None, conditions
    base = _seen(shopping.case.profile.threshold, place, places)
    return Threshold(base=base, **counted), left


def _is_of_goods(told, goods, shopping):
    """Whether a condition counts just the goods that may be touched."""
    counted = goods_of(told.get("filter"), shopping.scale)
    closed = [line for line in shopping.ticked if not is_discountable(line)]
    return counted == goods and not told.get("tax") and not closed


def _counted(told, shopping):
    if told.get("operator", "gte") != "gte" or told.get("currency"):
        return None
    match told["type"]:
        case "min_qty":
            return "pieces", int(told["value"])
        case "min_amount":
            return "amount", shopping.scale.money(told["value"])
        case "coverage" | "min_distinct":
            return "distinct", int(told["value"])
    return None


def _seen(seen, place, places):
    """The base of an amount: a fixed price, or what is left when its layer begins."""
    if seen is Seen.LIST:
        return "list"
    earlier = [
        other
        for other in places
        if other.key < place.key and other.draft.kind not in ("shipping", "gift")
    ]
    if seen is Seen.SHELF:
        shelf = [other for other in earlier if other.draft.kind in ("catalog", "shelf")]
        return f"after:{shelf[-1].layer}" if shelf else "list"
    return "remaining" if earlier else "list"


def _base(place, places, shopping):
    profile, offer = shopping.case.profile, place.draft.offer
    if place.draft.kind == "catalog":
        return "remaining"
    match offer:
        case PercentOff(rounded=Spread.UNIT):
            seen = profile.unit_percent
        case PercentOff() | ThresholdOff():
            seen = profile.percent
        case AmountOff():
            seen = profile.amount
        case FixedPrice():
            return "remaining"
        case _:
            seen = Seen.TURN
    return "remaining" if seen is Seen.TURN else _seen(seen, place, places)


def _rebased(when, place, places, shopping):
    """The condition of a step, on the base of thresholds."""
    base = _seen(shopping.case.profile.threshold, place, places)
    return _with_base(when, base)


def _with_base(condition, base):
    if hasattr(condition, "conditions"):
        return evolve(
            condition, conditions=[_with_base(each, base) for each in condition.conditions]
        )
    if hasattr(condition, "measure") and condition.measure == "amount":
        return evolve(condition, base=base)
    return condition


def _trigger(place, shopping):
    promotion, (_, count, _) = place.owner, place.at
    if promotion.get("coupon_window") or promotion.get("in_hand"):
        return Trigger.COUPON, ()
    if not is_by_code(promotion) or place.draft.kind == "catalog":
        return Trigger.AUTOMATIC, ()
    codes = [place.code] if place.code else _codes(promotion)
    return Trigger.CODE, [f"{code}{_suffix(count)}" for code in codes]


def _suffix(count):
    """A code brings one promotion of ours; what else it brings has codes of its own."""
    return f" (part {count + 1})" if count else ""


def _typed(place, shopping):
    """What is typed in for one of ours, beside the codes themselves; coupons are handed out."""
    promotion, count = place.owner, place.at[1]
    window = promotion.get("coupon_window")
    if promotion.get("in_hand"):
        _hand(promotion["id"], place, window, shopping)
        return []
    if window:
        given = {plain_code(code): code for code in shopping.codes}
        for code in _codes(promotion):
            if plain_code(code) in given:
                _hand(code, place, window, shopping)
        return []
    return [f"{code}{_suffix(count)}" for code in shopping.codes] if count else []


def _hand(code, place, window, shopping):
    start, end = (window or {}).get("start"), (window or {}).get("end")
    shopping.hand(
        f"{code}{_suffix(place.at[1])}",
        place.name,
        starts_at=start and moment_of(start, shopping.zone),
        expires_at=end and moment_of(end, shopping.zone),
    )


def _apart(place, places, shopping):
    """The promotions of others that it never meets."""
    case, own = shopping.case, place.owner
    others = [other for other in places if other.id != own["id"]]
    if place.draft.kind == "catalog":
        return [
            other.name for other in others if other.draft.kind == "catalog" and own["never_with"]
        ]
    others = [other for other in others if other.draft.kind != "catalog"]
    if own.get("exclusive") or own.get("combinable") is False:
        return [other.name for other in others]
    if case.options.get("match") in ("one_rule", "one_time"):
        return [other.name for other in others]
    made = set()
    if place.turn is Turn.ONE:
        made |= {other.name for other in others if other.key == place.key}
    if case.profile.one_order_percent and place.draft.is_order_percent:
        made |= {other.name for other in others if other.draft.is_order_percent}
    if case.profile.threshold_coupons_apart and own.get("kind") == "threshold_coupon":
        made |= {other.name for other in others if _share_goods(place, other, shopping)}
    return sorted(made)


def _share_goods(place, other, shopping):
    """Whether two coupons are of one scope, and for goods that are both in the basket."""
    if other.owner.get("kind") != "threshold_coupon":
        return False
    if place.owner.get("scope") != other.owner.get("scope"):
        return False
    lines = [
        {str(line["id"]) for line in shopping.open_lines(each.draft.goods)}
        for each in (place, other)
    ]
    return not lines[0].isdisjoint(lines[1])


def _pricing(places, layers, shopping):
    profile = shopping.case.profile
    chosen = dict.fromkeys(layers, Choice.IN_ORDER)
    combines = all(place.owner.get("combinable") is not False for place in places)
    for place in places:
        is_choice = place.turn not in (Turn.IN_TURN, Turn.UNITS_ONCE)
        is_one_of = profile.one_order_percent and place.draft.is_order_percent
        if is_choice or is_one_of or not combines:
            chosen[place.key] = Choice.BEST
    made = [Layer(name=name, choice=chosen[key]) for key, name in layers.items()]
    return Pricing(
        layers=made or [Layer(name="layer 1")],
        rounding=profile.rounding,
        remainder=profile.remainder,
        overflow=profile.overflow,
        crossing=Crossing.BY_LAYER
        if shopping.case.options.get("groups") == "sequential"
        else Crossing.CROSSED,
        points_as_money=shopping.tenders.get("points_rule"),
    )
