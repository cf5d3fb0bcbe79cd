"""Answers: what our quote says, in the words of an expectation."""

from collections import Counter

from attrs import define, field
from tests.peers.amounts import Scale
from tests.peers.limits import uses_of
from tests.peers.places import PROBE
from tests.peers.quoting import Priced
from tests.peers.reasons import reasons_of, shortfalls
from tests.peers.shopping import their_line
from tests.peers.taxes import Taxes

from privlib.refusals import Beaten, CodeUnknown, Excluded, UsesSpent

__all__ = ["View"]


@define
class View:
    """A priced case, asked by the names of their lines and promotions."""

    priced: Priced
    scale: Scale = field(init=False)

    def __attrs_post_init__(self):
        self.scale = self.shopping.scale

    @property
    def shopping(self):
        return self.priced.shopping

    @property
    def quote(self):
        return self.priced.quote

    def owner(self, source):
        """Whose promotion a source of ours is."""
        return self.priced.placed.owners.get(self._promotion_of(source), source)

    def _promotion_of(self, source):
        for coupon in self.shopping.coupons:
            if coupon.id == source:
                return coupon.promotion
        return source

    def kind(self, source):
        """The kind of stage of a source of ours."""
        return self.priced.placed.kinds.get(self._promotion_of(source))

    def quoted(self, line):
        """The lines of the quote that one of theirs is told as."""
        return [each for each in self.quote.lines if their_line(each.id) == line]

    @property
    def line_ids(self):
        return [str(line["id"]) for line in self.shopping.lines]

    def taken(self, line):
        """What each promotion takes off a line, in minor units; points that are a promotion too."""
        sums = Counter()
        for each in self.quoted(line):
            for adjustment in each.adjustments:
                sums[self.owner(adjustment.source)] += adjustment.amount_minor
        points = self.priced.payers.get("points")
        for payment in self.quote.payments:
            if payment.kind == "points":
                sums[points] += sum(part for id, part in payment.shares if their_line(id) == line)
        return sums

    def taken_off_shipping(self):
        """What each promotion takes off each way of shipping, by (way, promotion)."""
        sums = {}
        for way in self.quote.shipping:
            for adjustment in way.adjustments:
                key = way.id, self.owner(adjustment.source)
                sums[key] = sums.get(key, 0) + adjustment.amount_minor
        return sums

    def own_discount_of(self, line):
        """What actions on lines take off a line; some count those on the order elsewhere."""
        return sum(
            adjustment.amount_minor
            for each in self.quoted(line)
            for adjustment in each.adjustments
            if self.kind(adjustment.source) in ("shelf", "sets", "lines", "catalog")
        )

    def discount_of(self, line):
        return sum(self.taken(line).values())

    @property
    def discount(self):
        """All that is taken off goods."""
        return sum(self.discount_of(line) for line in self.line_ids)

    def discount_by(self, owner):
        """All that one of their promotions takes off, of goods and of shipping."""
        goods = sum(self.taken(line)[owner] for line in self.line_ids)
        ways = sum(amount for (_, own), amount in self.taken_off_shipping().items() if own == owner)
        return goods + ways

    def paid(self, line):
        return sum(each.payable_minor for each in self.quoted(line))

    @property
    def points_paid(self):
        return sum(each.amount.minor for each in self.quote.payments if each.kind == "points")

    def pieces_paid(self, line):
        """What each piece of a line costs."""
        prices = []
        for each in self.quoted(line):
            for group in each.groups:
                prices += [price.minor for price in group.piece_amounts]
        return prices

    def piece_discounts(self, line):
        """What is taken off each piece of a line, the most first."""
        off = []
        for each in self.quoted(line):
            for group in each.groups:
                price = group.list_minor // group.pieces
                off += [price - paid.minor for paid in group.piece_amounts]
        return sorted(off, reverse=True)

    def split_of_tax(self, lines=None):
        """What is paid for goods, without tax and with it."""
        taxes = Taxes(self.shopping)
        made = [
            taxes.split(line, self.paid(str(line["id"])))
            for line in (self.shopping.ticked if lines is None else lines)
        ]
        return sum(net for net, _ in made), sum(gross for _, gross in made)

    def list_with_tax(self):
        """What goods cost before anything is taken off, without tax and with it."""
        taxes = Taxes(self.shopping)
        made = [
            taxes.split(line, sum(each.list_minor for each in self.quoted(str(line["id"]))))
            for line in self.shopping.ticked
        ]
        return sum(net for net, _ in made), sum(gross for _, gross in made)

    def shipping_with_tax(self):
        """What is paid for shipping, without tax and with it."""
        taxes = Taxes(self.shopping)
        ways = {str(way["id"]): way for way in self.shopping.shipping}
        made = [taxes.shipping(ways[way.id], way.payable_minor) for way in self.quote.shipping]
        return sum(net for net, _ in made), sum(gross for _, gross in made)

    @property
    def applied(self):
        """Their promotions that apply, each once, with how often each was used."""
        times = {}
        for each in self.quote.applied:
            owner = self.owner(each.source)
            times[owner] = times.get(owner, 0) + each.times
        for payment in self.quote.payments:
            owner = self.priced.payers.get(payment.kind)
            if owner is not None:
                times[owner] = 1
        return times

    @property
    def could_apply(self):
        """Those that apply, and those that only others keep from it."""
        made = list(self.applied)
        made += [
            self.owner(left.source)
            for left in self.quote.left_out
            if left.reasons and all(isinstance(each, Beaten | Excluded) for each in left.reasons)
        ]
        return list(dict.fromkeys(made))

    def refusals(self, owner):
        """Why one of their promotions does not apply."""
        names = self.priced.placed.names(owner)
        coupons = [coupon.id for coupon in self.shopping.coupons if coupon.promotion in names]
        return [
            reason
            for left in self.quote.left_out
            if left.source in names or left.source in coupons
            for reason in left.reasons
        ]

    def reasons(self, owner):
        """The words for all of these."""
        found = [reasons_of(each, self.quote.at) for each in self.refusals(owner)]
        return [word for words in found for word in words]

    def owner_of_code(self, code):
        """Whose a code is; None where nobody knows it."""
        matched = self.shopping.matched
        for promotion in self.priced.placed.program.promotions:
            if any(matched(code) == matched(own) for own in promotion.codes):
                return self.owner(promotion.name)
        for coupon in self.shopping.coupons:
            if matched(coupon.id) == matched(code):
                return self.owner(coupon.id)
        return None

    def code_reasons(self, code):
        """Why a code takes nothing off."""
        for left in self.quote.left_out:
            if left.source == code and any(isinstance(each, CodeUnknown) for each in left.reasons):
                return [word for each in left.reasons for word in reasons_of(each, self.quote.at)]
        owner = self.owner_of_code(code)
        return ["not_found"] if owner is None else self.reasons(owner)

    def shortfalls(self, owner):
        return list(shortfalls(self.refusals(owner)))

    @property
    def gifts(self):
        """What is given with the order, by sku."""
        sums = Counter()
        for gift in self.quote.gifts:
            if gift.sku != PROBE:
                sums[gift.sku] += gift.pieces
        return sums

    @property
    def pieces_discounted(self):
        """How many pieces something is taken off."""
        return sum(self.pieces_discounted_of(line) for line in self.line_ids)

    def pieces_discounted_of(self, line):
        return sum(
            group.pieces
            for each in self.quoted(line)
            for group in each.groups
            if any(adjustment.amount_minor for adjustment in group.adjustments)
        )

    @property
    def codes_left(self):
        """The codes that stay on the basket: all that are known and not used up."""
        kept = []
        for code in self.shopping.codes:
            owner = self.owner_of_code(code)
            spent = owner is not None and any(
                isinstance(each, UsesSpent) for each in self.refusals(owner)
            )
            if owner is not None and not spent:
                kept.append(code)
        return kept

    def usage(self, owner):
        """How often a promotion was used; a quote uses nothing up."""
        promotions = self.shopping.given.get("promotions") or []
        promotion = next(each for each in promotions if each["id"] == owner)
        made = sum(event["type"] in _USES for event in self.shopping.case.events)
        freed = sum(event["type"] in _FREES for event in self.shopping.case.events)
        if promotion.get("reusable_after_cancel") is False:
            freed = 0
        own = max(made - freed, 0) if owner in self.applied else 0
        return uses_of(promotion, self.shopping).uses + own


_USES = ("complete_order", "confirm", "reserve")
"""The events that use up a promotion which applies; a quote does not."""
_FREES = ("cancel_order", "release")
