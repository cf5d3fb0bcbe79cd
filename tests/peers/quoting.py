"""Quoting: a case of this vocabulary, priced."""

from attrs import define, field
from tests.peers.cases import OutOfScopeError
from tests.peers.goods import goods_of
from tests.peers.paying import set_tender
from tests.peers.placing import Placed, placed
from tests.peers.shopping import Shopping, line_tag, their_line

from privlib.policies.pricing.quoting import quote_basket
from privlib.quotes import Quote

__all__ = ["Priced", "priced"]


@define
class Priced:
    """A case with its program and quote."""

    shopping: Shopping
    placed: Placed
    quote: Quote
    payers: dict
    replaced: list = field(factory=list)


def priced(case, scale, events=None):
    """The quote of a case, after its events or the first of them."""
    shopping = Shopping(case, scale)
    replaced = _happen(shopping, case.events if events is None else events)
    if case.profile.one_code and len(shopping.codes) > 1:
        replaced += shopping.codes[:-1]
        del shopping.codes[:-1]
    promotions = _promotions(shopping)
    payers = set_tender(promotions, shopping)
    catalog = case.given.get("catalog_price_rules") or []
    _keep_undiscounted(promotions, catalog, shopping)
    made = placed(promotions, shopping, catalog=catalog)
    return Priced(shopping, made, _quote(made, shopping), payers, replaced)


def _quote(made, shopping):
    return quote_basket(
        shopping.basket(),
        shopping.buyer(),
        made.program,
        codes=made.codes,
        used=made.used,
        at=shopping.at,
    )


def _promotions(shopping):
    given = shopping.given
    promotions = [
        each
        for each in given.get("promotions") or []
        if not (
            shopping.case.options.get("ignore_automatic_promotions")
            and each.get("trigger", "automatic") == "automatic"
        )
    ]
    promotions = [{"id": f"(promotion {at + 1})", **each} for at, each in enumerate(promotions)]
    promotions += [
        _of_coupon(each) for each in given.get("coupons_defined") or [] if not each.get("deleted")
    ]
    return promotions


def _of_coupon(told):
    """A coupon that exists, as a promotion of its own with nothing but its conditions."""
    id = str(told.get("id") or told["code"])
    conditions = list(told.get("conditions") or [])
    if told.get("min_amount") is not None:
        conditions.append(
            {"type": "min_amount", "value": told["min_amount"], "filter": told.get("filter")}
        )
    if told.get("filter"):
        conditions.append({"type": "contains", "filter": told["filter"]})
    actions = list(told.get("actions") or [])
    made = {**told, "id": id, "conditions": conditions, "actions": actions}
    usage, limits = told.get("usage") or {}, dict(told.get("limits") or {})
    if isinstance(usage, str):
        limits["per_customer" if "customer" in usage else "total"] = 1
        usage = {}
    if "uses" in told:
        limits["total"] = told["uses"]
    made["limits"], made["usage"] = limits, {**usage, "total": told.get("used") or 0}
    if told.get("code") is not None:
        return {**made, "trigger": "code"}
    window = made.pop("window", None)
    return {**made, "in_hand": True, "coupon_window": window}


def _happen(shopping, events):
    """What happens to the basket before it is priced; the codes that others have replaced."""
    replaced = []
    for event in events:
        kind = event["type"]
        if kind not in _EVENTS:
            raise OutOfScopeError(f"the event {kind}")
        _EVENTS[kind](event, shopping, replaced)
    return replaced


def _code_of(event):
    code = event.get("coupon", event.get("code"))
    return None if code is None else str(code)


def _enter(event, shopping, replaced):
    code = _code_of(event)
    if code is None or shopping.matched(code) in map(shopping.matched, shopping.codes):
        return
    if shopping.case.profile.one_code:
        replaced += shopping.codes
        shopping.codes.clear()
    shopping.codes.append(code)


def _remove(event, shopping, _replaced):
    code = _code_of(event)
    shopping.codes = [
        each for each in shopping.codes if code and shopping.matched(each) != shopping.matched(code)
    ]


def _become(event, shopping, _replaced):
    known = {"id": event.get("customer"), "email": event.get("email")}
    shopping.customer = {**(shopping.customer or {}), **{k: v for k, v in known.items() if v}}


def _nothing(_event, _shopping, _replaced):
    """What changes nothing about a price."""


_EVENTS = {
    "enter_coupon": _enter,
    "apply": _enter,
    "apply_coupon": _enter,
    "remove_coupon": _remove,
    "set_customer": _become,
    "log_in": _become,
    "recalculate": _nothing,
    "claim": _nothing,
    "payment_fails": _nothing,
    "complete_order": _nothing,
    "cancel_order": _nothing,
    "reserve": _nothing,
    "confirm": _nothing,
    "release": _nothing,
    "refund": _nothing,
    "refund_all": _nothing,
    "consume_condition": _nothing,
}


def _keep_undiscounted(promotions, catalog, shopping):
    """Marks the lines that a promotion leaves alone since another takes something off them."""
    for at, promotion in enumerate(promotions):
        others = None
        if promotion.get("applies_to_already_discounted") is False:
            others = []
        elif any(
            c["type"] == "line_has_no_other_discount" for c in promotion.get("conditions") or []
        ):
            others = [each for each in promotions if each is not promotion]
        if others is not None:
            promotions[at] = _on_undiscounted(promotion, others, catalog, shopping)


def _on_undiscounted(promotion, others, catalog, shopping):
    quote = _quote(placed(others, shopping, catalog=catalog), shopping)
    shopping.picks.clear()
    shopping.coupons.clear()
    touched = {their_line(line.id) for line in quote.lines if line.discount.minor}
    actions = []
    for action in promotion.get("actions") or []:
        free = [
            str(line["id"])
            for line in shopping.open_lines(goods_of(action.get("filter"), shopping.scale))
            if str(line["id"]) not in touched
        ]
        own = {"tags": [line_tag(id) for id in free] or ["(none)"]}
        target = "lines" if action.get("target") == "order" else action.get("target", "lines")
        spread = {"apply": action.get("apply", "across_lines")}
        actions.append({**action, **spread, "target": target, "filter": own})
    return {**promotion, "actions": actions}
