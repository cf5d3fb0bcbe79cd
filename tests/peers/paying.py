"""Paying: points, wallets and gift cards of a case, as what our customer pays with."""

from fractions import Fraction

from tests.peers.cases import OutOfScopeError

from privlib.program.paying import PointsAsMoney

__all__ = ["PAYMENTS", "set_tender"]

PAYMENTS = {
    "points_to_money": "points",
    "wallet_payment": "wallet",
    "gift_card_payment": "gift_card",
}
"""The actions that pay, and as what."""


def set_tender(promotions, shopping):
    """Puts down what is paid with; gives the ids of the promotions that say so, by what pays."""
    owners = {}
    for promotion in promotions:
        for action in promotion.get("actions") or []:
            how = PAYMENTS.get(action["type"])
            if how is not None:
                owners[how] = promotion["id"]
                _TENDERS[how](action, shopping)
    _set_credits(shopping)
    return owners


def _points(action, shopping):
    held = Fraction(str((shopping.customer or {}).get("points") or 0))
    if held.denominator != 1:
        raise OutOfScopeError("a part of a point")
    if (shopping.given.get("points_rule") or {}).get("usable_on_same_order"):
        raise OutOfScopeError("points that an order earns are spent on it: earning comes later")
    worth = Fraction(str(action["value"])) / Fraction(str(action.get("per_points", 1)))
    per = worth.denominator if shopping.scale.minor(1) % worth.denominator else 1
    most = action.get("max_amount")
    shopping.points = int(held)
    shopping.tenders["points_rule"] = PointsAsMoney(
        points=per,
        worth=shopping.scale.money(worth * per),
        step=int(action.get("step_points") or 1),
        ceiling=None if most is None else shopping.scale.money(most),
    )


def _wallet(_action, shopping):
    held = (shopping.customer or {}).get("wallet")
    if held is not None:
        shopping.tenders["wallet"] = shopping.scale.money(held)


def _gift_card(_action, shopping):
    typed = set(shopping.codes)
    for card in shopping.given.get("gift_cards") or []:
        if card["code"] in typed:
            cards = shopping.tenders.setdefault("gift_cards", {})
            cards[str(card["code"])] = shopping.scale.money(card["balance"])


def _set_credits(shopping):
    """Credit of the shop, the oldest first, as far as it is asked for."""
    credits = shopping.given.get("credits")
    if credits is None:
        return
    asked = shopping.given.get("requested")
    left = None if asked is None else shopping.scale.minor(asked)
    for credit in sorted(credits, key=lambda each: str(each.get("at") or "")):
        if str(credit.get("currency") or shopping.currency).upper() != shopping.currency:
            continue
        minor = shopping.scale.minor(credit["amount"])
        if left is not None:
            minor = min(minor, left)
            left -= minor
        cards = shopping.tenders.setdefault("gift_cards", {})
        cards[str(credit["id"])] = shopping.scale.money_of(minor)


_TENDERS = {"points": _points, "wallet": _wallet, "gift_card": _gift_card}
