"""Consuming: which pieces a promotion has used up, where each is used once.

Those that something is taken off are; where that is one of many, or shipping, so are as many more
as its condition needs, the dearest first.
"""

from fractions import Fraction

from tests.peers.goods import goods_of

__all__ = ["condition_pieces", "consumed"]


def consumed(view):
    """How many pieces are used up."""
    case = view.shopping.case
    used = view.pieces_discounted
    if any(event["type"] == "consume_condition" for event in case.events):
        return max(used, _topped_up(view, view.shopping.given["promotions"]))
    if not case.profile.tops_up:
        return used
    applied = [
        each for each in view.shopping.given.get("promotions") or [] if each["id"] in view.applied
    ]
    return max(used, _topped_up(view, [each for each in applied if _rewards_apart(each)]))


def _rewards_apart(promotion):
    """Whether what a promotion gives is not all that its condition counts."""
    return any(
        action["type"] == "free_item" or action.get("target") == "shipping"
        for action in promotion.get("actions") or []
    )


def _topped_up(view, promotions):
    return sum(
        condition_pieces(told, view)
        for promotion in promotions
        for told in promotion.get("conditions") or []
    )


def condition_pieces(told, view):
    """How many pieces a condition uses, with those that are discounted among them."""
    lines = view.shopping.open_lines(goods_of(told.get("filter"), view.shopping.scale))
    free = {
        str(line["id"]): view.shopping.pieces(line) - view.pieces_discounted_of(str(line["id"]))
        for line in lines
    }
    used = sum(view.pieces_discounted_of(str(line["id"])) for line in lines)
    dearest = sorted(lines, key=view.shopping.price, reverse=True)
    if told["type"] == "min_qty":
        return min(max(used, int(Fraction(str(told["value"])))), used + sum(free.values()))
    if told["type"] != "min_amount":
        return used
    wanted = view.shopping.scale.minor(told["value"])
    wanted -= sum(
        view.shopping.price(line) * view.pieces_discounted_of(str(line["id"])) for line in lines
    )
    for line in dearest:
        while wanted > 0 and free[str(line["id"])]:
            free[str(line["id"])] -= 1
            wanted -= view.shopping.price(line)
            used += 1
    return used
