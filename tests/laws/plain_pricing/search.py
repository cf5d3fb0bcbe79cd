"""Every way to price a basket, and the best of them: slow, and plain to see."""

from itertools import product
from typing import NamedTuple

from tests.conditions.plainly import plainly
from tests.laws.plain_pricing.asking import Facts, candidates
from tests.laws.plain_pricing.effects import effects
from tests.laws.plain_pricing.outcome import Outcome
from tests.laws.plain_pricing.shelf import bases, shelf_of
from tests.laws.plain_pricing.stacking import has_partner, may_join, partners_are_there
from tests.laws.plain_pricing.turns import cut_turn, set_turns, usable

from privlib.program.offers import SetOffer
from privlib.program.pricing import Choice, Crossing, Objective

__all__ = ["PlainQuote", "PlainShop", "plain_quote"]


class PlainQuote(NamedTuple):
    """The best that there is.

    `ways` are all ways in which the same promotions come to the same; in `rivals` others come to
    the same payable, so that a rule decides. Where an earlier layer could be at the same price with
    others, or an earlier turn with other pieces, `open` has all that may follow.
    """

    payable: int
    sources: tuple
    ways: frozenset
    rivals: frozenset
    open: frozenset

    def allows(self, outcome):
        """Whether a basket is priced as it must be, or as it may be where nothing says how."""
        return outcome in (self.open or self.ways)


def plain_quote(basket, customer, program, *, codes=(), used=None, out_of_stock=(), at):
    """The best price of a basket, found by trying everything."""
    shelf, standing = shelf_of(basket, customer, program)
    found = candidates(basket, customer, program, codes=codes, used=used or {}, at=at)
    shop = PlainShop(shelf, basket, customer, program, at=at, found=found)
    shop.out_of_stock = frozenset(out_of_stock)
    return shop.quote(standing)


class PlainShop:
    """All ways to price one basket, layer by layer."""

    def __init__(self, shelf, basket, customer, program, *, at, found):
        self.shelf, self.basket, self.customer = shelf, basket, customer
        self.program, self.pricing, self.at = program, program.pricing, at
        self.found = [candidate for candidate in found if candidate.has_money]
        self.all_found, self.out_of_stock, self.is_open = found, frozenset(), False

    def quote(self, standing):
        """The best of all ends."""
        self.fresh = standing.left, standing.shipping
        every = self.ends(standing)
        ends = self.considered(every)
        first = min(map(self.rank, ends))
        payable = min(ends, key=self.rank).payable
        equal = [each for each in ends if each.payable == payable]
        return PlainQuote(
            payable=payable,
            sources=first[2],
            ways=frozenset(self.outcome(each) for each in equal if self.rank(each) == first),
            rivals=frozenset(self.outcome(each) for each in equal if self.rank(each) != first),
            open=frozenset(self.outcome(each) for each in every if self.is_open),
        )

    def considered(self, ends):
        """The ends among which the best is: for the shop, those to which nothing could be added.

        Which pieces the same promotions are about, these say themselves, whoever the best is for.
        """
        if self.pricing.objective is Objective.CUSTOMER:
            return ends
        least = {}
        for each in ends:
            several = frozenset(each.sources)
            least[several] = min(each.payable, least.get(several, each.payable))
        full = {several for several in least if not any(several < other for other in least)}
        return [
            each
            for each in ends
            if frozenset(each.sources) in full and each.payable == least[frozenset(each.sources)]
        ]

    def rank(self, standing):
        """The best comes first: by what is paid, then by how few apply, then by name."""
        is_customers = self.pricing.objective is Objective.CUSTOMER
        payable = standing.payable if is_customers else -standing.payable
        return payable, len(standing.applied), standing.sources

    def outcome(self, standing):
        sums = {}
        for unit, left in zip(self.shelf.units, standing.left, strict=True):
            sums[unit.thing.id] = sums.get(unit.thing.id, 0) + left
        taken = sorted((each.candidate.source, each.off, each.cut) for each in standing.applied)
        return Outcome(
            payable=standing.payable,
            sources=standing.sources,
            lines=tuple(sums.items()),
            shipping=standing.shipping,
            taken=tuple(taken),
            effects=effects(self, standing),
        )

    def ends(self, standing):
        """Where all layers have been gone through, in every way that counts."""
        standings = [standing]
        for layer in self.pricing.layers:
            standings = _once(
                each._replace(after={**each.after, layer.name: (each.left, each.shipping)})
                for before in standings
                for each in self.through(layer, before)
            )
            self.is_open |= self.by_layer and len(standings) > 1
        return [each for each in standings if partners_are_there(_who(each))]

    @property
    def by_layer(self):
        return self.pricing.crossing is Crossing.BY_LAYER

    def through(self, layer, standing):
        """The ways to go through one layer; those at its best price where it chooses by itself."""
        ends = self.layer(layer, standing)
        if not self.by_layer or layer.choice is Choice.IN_ORDER:
            return ends
        ends = self.considered([each for each in ends if partners_are_there(_who(each))])
        best = min(map(self.rank, ends))[0]
        return [each for each in ends if self.rank(each)[0] == best]

    def layer(self, layer, standing):
        """All ways to go through one layer."""
        able = [
            candidate
            for candidate in self.found
            if candidate.promotion.layer == layer.name and self.holds(candidate, standing)
        ]
        free = tuple(range(len(self.shelf.units)))
        if layer.choice is Choice.IN_ORDER:
            return self.in_order(sorted(able, key=by_priority), standing, free)
        sets = [each for each in able if isinstance(each.promotion.offer, SetOffer)]
        takers = [each for each in able if each.promotion.takes_units and each not in sets]
        others = [each for each in able if not each.promotion.takes_units]
        return [
            end
            for with_sets, still_free in self.sets(sorted(sets, key=by_priority), standing, free)
            for with_takers in self.takers(sorted(takers, key=by_priority), with_sets, still_free)
            for end in self.others(sorted(others, key=by_priority), with_takers)
        ]

    def holds(self, candidate, standing):
        """Whether all else that a promotion asks for is so, when its layer begins."""
        facts = Facts(
            self.basket,
            self.customer,
            zone=self.program.zone,
            service=self.program.service,
            at=self.at,
            amounts=lambda base: bases(self.shelf, standing, base),
            units=self.shelf.units,
        )
        return plainly(candidate.promotion.when, facts)

    def begun(self, standing, candidate):
        """What there was when the layer of a candidate began."""
        names = [layer.name for layer in self.pricing.layers]
        place = names.index(candidate.promotion.layer)
        left, shipping = standing.after[names[place - 1]] if place else self.fresh
        return standing._replace(left=left, shipping=shipping)

    def may(self, candidate, standing):
        return self.may_join(candidate, _who(standing))

    def may_join(self, candidate, applied):
        """Whether a candidate may still be used, beside those that apply."""
        same = sum(each.promotion.name == candidate.promotion.name for each in applied)
        spent = candidate.uses is not None and same >= candidate.uses
        return not spent and may_join(candidate, applied, self.pricing)

    def in_order(self, able, standing, free):
        """One after the other, each that can; of sets, those that save most."""
        ends = [(standing, free)]
        for candidate in able:
            ends = [end for each in ends for end in self.one_in_order(candidate, *each)]
        self.is_open |= len(_once(standing for standing, _ in ends)) > 1
        return [standing for standing, _ in ends]

    def one_in_order(self, candidate, standing, free):
        together = [*_who(standing), candidate]
        if not self.may(candidate, standing) or not has_partner(candidate, together):
            return [(standing, free)]
        if isinstance(candidate.promotion.offer, SetOffer):
            unbounded = candidate._replace(budget=None)
            turns = list(set_turns(self.shelf, standing, unbounded, free))
            least = min((after.payable for after, _ in turns), default=None)
            turns = [turn for turn in turns if turn[0].payable == least]
            return [turn for turn in turns if self.can_pay(candidate, turn[0])] or [
                (standing, free)
            ]
        takes = candidate.promotion.takes_units
        places = usable(self.shelf, candidate, free if takes else range(len(self.shelf.units)))
        after = cut_turn(self.shelf, standing, candidate, places)
        if after is None:
            return [(standing, free)]
        return [(after, tuple(at for at in free if not takes or at not in places))]

    @staticmethod
    def can_pay(candidate, standing):
        """Whether its budget pays for all that a promotion takes off."""
        return candidate.budget is None or candidate.budget >= sum(
            each.off
            for each in standing.applied
            if each.candidate.promotion.name == candidate.promotion.name
        )

    def sets(self, able, standing, free):
        """Each offer on sets left out, or in with each use of what is then free."""
        if not able:
            return [(standing, free)]
        candidate, *rest = able
        ends = self.sets(rest, standing, free)
        if self.may(candidate, standing):
            for after, still_free in set_turns(self.shelf, standing, candidate, free):
                ends += self.sets(rest, after, still_free)
        return ends

    def takers(self, able, standing, free):
        """What is free of each line goes to one of those that apply and can use it."""
        ends = []
        for flags in product((False, True), repeat=len(able)):
            applying = [each for each, flag in zip(able, flags, strict=True) if flag]
            ends += self.shared_out(applying, standing, free)
        return ends

    def shared_out(self, applying, standing, free):
        """Every way to give each line to one of these, as long as all of them really apply."""
        lines = {}
        for place in free:
            if self.shelf.units[place].thing.discountable:
                lines.setdefault(self.shelf.units[place].line, []).append(place)
        pieces = list(lines.values())
        able = [
            [at for at, each in enumerate(applying) if usable(self.shelf, each, line[:1])]
            for line in pieces
        ]
        ends = []
        for takers in product(*[places or [None] for places in able]):
            after = standing
            for at, candidate in enumerate(applying):
                mine = sorted(
                    place
                    for line, taker in zip(pieces, takers, strict=True)
                    if taker == at
                    for place in line
                )
                can = bool(mine) and after is not None and self.may(candidate, after)
                after = cut_turn(self.shelf, after, candidate, mine) if can else None
            if after is not None:
                ends.append(after)
        return ends

    def others(self, able, standing):
        """Each left out, or in where it really applies at its turn."""
        if not able:
            return [standing]
        candidate, *rest = able
        ends = self.others(rest, standing)
        if self.may(candidate, standing):
            places = usable(self.shelf, candidate, range(len(self.shelf.units)))
            after = cut_turn(self.shelf, standing, candidate, places)
            if after is not None:
                ends += self.others(rest, after)
        return ends


def by_priority(candidate):
    """By priority, then by name: those that take pieces, and those that do not, each by itself.

    In a declared order they are not apart.
    """
    promotion = candidate.promotion
    return -promotion.priority, promotion.name, candidate.source


def _who(standing):
    return [each.candidate for each in standing.applied]


def _once(standings):
    """Each way only once, whatever the names of the turns that led to it."""
    kept = {}
    for each in standings:
        key = (
            each.left,
            each.ways,
            each.shipping,
            tuple(each.after.items()),
            tuple((turn.candidate.source, turn.off, turn.cut) for turn in each.applied),
        )
        kept.setdefault(key, each)
    return list(kept.values())
