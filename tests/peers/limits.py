"""Limits: how often a promotion of a case may be used, and how often it was."""

from attrs import define
from tests.peers.ordering import codes_of

from privlib.program.promotion import UseLimits, customer_uses_key, spent_key, uses_key

__all__ = ["Uses", "uses_of"]

_BY_ALL = ("total", "per_code", "applications_global", "uses")
_BY_ONE = ("per_customer", "applications_per_customer")


@define
class Uses:
    """The limits of one promotion or code, and what is used of them."""

    limits: UseLimits
    uses: int
    by_customer: int
    spent: int

    def by_key(self, name, customer):
        """What is used, by the keys of the limits of a promotion of ours."""
        used = {uses_key(name): self.uses, spent_key(name): self.spent}
        if customer is not None:
            used[customer_uses_key(name, customer)] = self.by_customer
        return {key: count for key, count in used.items() if count}


def uses_of(promotion, shopping, code=None):
    """The limits of a promotion, or of one of its codes."""
    told, usage = promotion.get("limits") or {}, promotion.get("usage") or {}
    profile, budget = shopping.case.profile, promotion.get("campaign_budget") or {}
    history = _History(promotion, shopping, code)
    most = [told[key] for key in _BY_ALL if told.get(key) is not None]
    uses = max([history.uses, *(int(usage.get(key) or 0) for key in _BY_ALL)])
    if told.get("single_use_code"):
        most.append(1)
    if budget.get("kind") == "usage":
        most.append(budget["limit"])
        uses = max(uses, int(budget.get("used") or 0))
    money, spent = _money(told, usage, budget, shopping)
    by_one = [told[key] for key in _BY_ONE if told.get(key) is not None]
    by_customer = max([history.by_customer, *(int(usage.get(key) or 0) for key in _BY_ONE)])
    if any(each["type"] == "one_use_per_customer" for each in promotion.get("conditions") or []):
        by_one.append(1)
    if usage.get("by_customer"):
        by_customer = max(by_customer, 1)
    total, uses = _bound(most, uses, profile)
    own, by_customer = _bound(by_one, by_customer, profile)
    return Uses(
        UseLimits(uses=total, per_customer=own, budget=money),
        uses,
        by_customer,
        spent,
    )


def _bound(most, used, profile):
    counts = [int(each) for each in most]
    if profile.zero_is_no_limit:
        counts = [count for count in counts if count]
    if not counts:
        return None, used
    least = min(counts)
    return (least, used) if least else (1, max(used, 1))


def _money(told, usage, budget, shopping):
    scale = shopping.scale
    if told.get("discount_budget") is not None:
        spent = scale.minor(usage.get("discount_given") or 0)
        return scale.money(told["discount_budget"]), spent
    if budget.get("kind") == "spend":
        return scale.money(budget["limit"]), scale.minor(budget.get("used") or 0)
    return None, 0


class _History:
    """The uses that came before, of which a checkout is one however many orders it made."""

    def __init__(self, promotion, shopping, code):
        self._promotion, self._shopping, self._code = promotion, shopping, code
        given = shopping.given
        self._codes = [code] if code else codes_of(promotion)
        self._checkouts = set()
        self._orders = []
        self._used = 0
        for entry in given.get("history") or []:
            self._note(entry)
        told = (given.get("usage") or {}).get(promotion.get("id"))
        self._told = told if isinstance(told, dict) else {}
        self._used += told if isinstance(told, int) else sum(self._told.values())

    def _note(self, entry):
        if entry.get("promotion") == self._promotion.get("id") and "checkout" in entry:
            self._checkouts.add(entry["checkout"])
        elif entry.get("type") == "order_placed":
            mine = entry.get("coupon") in self._codes or entry.get(
                "promotion"
            ) == self._promotion.get("id")
            self._orders.append(entry if mine else None)
        elif entry.get("type") == "order_cancelled":
            if self._promotion.get("reusable_after_cancel", True):
                self._orders[int(entry.get("order", len(self._orders))) - 1] = None
        elif entry.get("state") == "used" and entry.get("code") in self._codes:
            self._used += 1

    @property
    def uses(self):
        return self._used + len(self._checkouts) + len(self._mine)

    @property
    def _mine(self):
        return [entry for entry in self._orders if entry is not None]

    @property
    def by_customer(self):
        known = self._shopping.customer or {}
        names = {known.get("id"), known.get("email")} - {None}
        told = sum(count for name, count in self._told.items() if name in names)
        return told + sum(_is_of(entry, names) for entry in self._mine)


def _is_of(entry, names):
    buyers = {entry.get("customer"), entry.get("email")} - {None}
    return not buyers or bool(buyers & names)
