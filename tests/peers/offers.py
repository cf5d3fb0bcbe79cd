"""Offers: the actions of a case as our offers."""

from tests.peers import cuts, rewards
from tests.peers.cases import OutOfScopeError
from tests.peers.tiered import tiered

__all__ = ["drafts_of"]


def drafts_of(action, promotion, shopping, at):
    """What an action is, as offers of ours; nothing where it takes nothing off."""
    kind = action["type"]
    if kind not in _ACTIONS:
        raise OutOfScopeError(f"the action {kind}")
    if action.get("currency") and str(action["currency"]).upper() != shopping.currency:
        return []
    return list(_ACTIONS[kind](action, promotion, shopping, f"({promotion['id']} {at})"))


def _payment(_action, _promotion, _shopping, _tag):
    """What pays is no offer; see `paying`."""
    return ()


_ACTIONS = {
    "amount_off": cuts.amount_off,
    "percent_off": cuts.percent_off,
    "set_price": cuts.set_price,
    "nth_item_amounts": cuts.nth_amounts,
    "amount_off_per_step": cuts.per_step,
    "tiered_amount_off": tiered,
    "tiered_percent_off": tiered,
    "free_item": rewards.free_item,
    "gift_item": rewards.gift,
    "gift_choice": rewards.gift_choice,
    "buy_get": rewards.buy_get,
    "nth_free": rewards.nth_free,
    "bundle_into": rewards.bundle_into,
    "issue_coupon_for_next_order": rewards.next_coupon,
    "points_to_money": _payment,
    "wallet_payment": _payment,
    "gift_card_payment": _payment,
}
