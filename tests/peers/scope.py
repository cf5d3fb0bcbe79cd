"""Scope: cases that are about something which is not priced here, and why."""

from tests.peers.cases import OutOfScopeError

__all__ = ["check_scope"]

_LATER_GIVEN = {
    "earning_rules": "what is earned with an order comes with the issue of points",
    "reward": "what is bought with points comes with the issue of points",
    "ledger_start": "the ledger of points comes with their issue",
    "points_mode": "what points are counted in comes with their issue",
    "credit": "holds on stored value come with their issue",
    "gift_card": "the states of a gift card come with the issue of stored value",
    "shipping_rule": "what shipping costs is told, not worked out",
    "alphabet_size": "codes are made from a secret, not drawn from a space that fills up",
    "number_of_codes": "codes are made from a secret, one for each coupon",
    "group_length": "codes are made with a check character, not in groups",
    "config": "commission comes with its own issue",
    "list_amount": "commission comes with its own issue",
    "change": "a program is changed as a whole, and never by one setting",
}
_LATER_EXPECTED = {
    "points_earned": "what is earned with an order comes with the issue of points",
    "line_points": "what is earned with an order comes with the issue of points",
    "points_after": "the ledger of points comes with their issue",
    "lots": "the ledger of points comes with their issue",
    "ledger": "the ledger of points comes with their issue",
    "growth": "growth of members comes with the issue of tiers",
    "cycle": "cycles of tiers come with their issue",
    "window": "windows of tiers come with their issue",
    "tier_until": "how long a tier is kept comes with the issue of tiers",
    "wallet_after": "what is left in a wallet comes with the issue of stored value",
    "coupon_total_discount": "what a code has given away is summed where uses are kept",
    "price": "what shipping costs is told, not worked out",
    "accepted": "uses are reserved where they are kept",
    "rejected_count": "uses are reserved where they are kept",
    "used_by_customer": "uses are reserved where they are kept",
    "events_ok": "orders that are reopened are the shop's own",
    "possible": "codes are made from a secret, not drawn from a space that fills up",
    "possible_amount": "codes are made from a secret, not drawn from a space that fills up",
    "generated": "codes are made from a secret, not drawn from a space that fills up",
    "level1": "commission comes with its own issue",
    "records": "commission comes with its own issue",
}
_LATER_EVENTS = {
    "earn": "the ledger of points comes with their issue",
    "spend": "the ledger of points comes with their issue",
    "order_step": "the steps of a checkout are the shop's own",
    "reopen_and_confirm": "orders that are reopened are the shop's own",
}


def check_scope(case):
    """Raises OutOfScopeError for what is beyond the library, with the reason."""
    for given, reasons in (
        (case.given, _LATER_GIVEN),
        (case.expect, _LATER_EXPECTED),
        ({event["type"]: event for event in case.events}, _LATER_EVENTS),
    ):
        for key, reason in reasons.items():
            if key in given:
                raise OutOfScopeError(reason)
    if case.options.get("offers_include_tax") is False and _has_tax(case):
        raise OutOfScopeError("discounts that are reckoned with tax and taken off without it")
    if case.given.get("policy") and any("refund" in event["type"] for event in case.events):
        raise OutOfScopeError(
            "what a refund changes after the fact comes with the issue of refunds"
        )
    if any(line.get("seat") is not None for line in case.given.get("lines") or []):
        raise OutOfScopeError("seats")


def _has_tax(case):
    return any(line.get("tax") for line in case.given.get("lines") or [])
