"""A member's basket: his price, promotions of lines and of the order, coupons in hand; the floor.

1. Each unit costs the member's price, where it is lower than the list price.
2. Of the promotions about a line whose needs are met at these prices, the best one takes a
   percentage or so many fen of each of its units.
3. Of the promotions of the whole order whose threshold is reached by what is left, the best one
   takes its amount off, shared over the lines by what is left of them.
4. Of the coupons, the best set is used on what is then left.

A part of a fen counts as one from a half on.
"""

from typing import NamedTuple

from tests.benchmarks.priced.coupons import Coupon, Hand, best_of_all, best_pruned, hand, used
from tests.benchmarks.priced.draw import Draw
from tests.benchmarks.priced.floor import Index, found_by_place, indexed
from tests.benchmarks.priced.workload import CATEGORIES, Line, Promotion, cell
from tests.benchmarks.sharing import largest_remainder

__all__ = ["MemberWork", "OrderPromotion", "Rules", "member_work", "priced", "ready", "scanned"]


class OrderPromotion(NamedTuple):
    """So many fen off an order that comes to the threshold."""

    id: str
    threshold: int
    fen: int


class MemberWork(NamedTuple):
    """A basket, the member's rates by category in basis points, promotions, coupons in hand."""

    basket: tuple[Line, ...]
    rates: dict[str, int]
    promotions: tuple[Promotion, ...]
    of_order: tuple[OrderPromotion, ...]
    coupons: tuple[Coupon, ...]


class Rules(NamedTuple):
    """What is made ready once for all baskets."""

    rates: dict[str, int]
    index: Index
    of_order: tuple[OrderPromotion, ...]


def member_work(*, lines=20, promotions=100, coupons=8):
    """One in ten of the promotions is about the whole order, one in five of the rest a category."""
    work, draw = cell(lines, promotions - promotions // 10), Draw(lines + promotions + coupons)
    return MemberWork(
        basket=work.basket,
        rates={f"category-{n}": 9_500 - 250 * draw.below(5) for n in range(0, CATEGORIES, 2)},
        promotions=tuple(map(_by_unit, work.promotions)),
        of_order=tuple(
            OrderPromotion(f"order-{n}", 100_000 * (n + 1), 100 * draw.between(20, 90) * (n + 1))
            for n in range(promotions // 10)
        ),
        coupons=hand(coupons, lines=lines).coupons,
    )


def _by_unit(promotion):
    """The promotion with an amount for each unit instead of one for all."""
    if promotion.gives == "percent":
        return promotion
    return promotion._replace(benefit=promotion.benefit // 4)


def ready(work):
    return Rules(work.rates, indexed(work.promotions), work.of_order)


def priced(lines, rules, coupons):
    """What is to be paid, and the reasons: (source, number of the line, amount in fen)."""
    left, reasons = _at_member_prices(lines, rules.rates)
    _best_by_line(_offers(lines, left, rules.index), left, reasons)
    _best_of_order(rules.of_order, left, reasons)
    _, ids = best_pruned(Hand(tuple(left), coupons))
    return _with_coupons(ids, coupons, left, reasons)


def scanned(work):
    """The same without an index, and with every set of coupons looked at."""
    left, reasons = _at_member_prices(work.basket, work.rates)
    offers = [[] for _ in work.basket]
    for promotion in work.promotions:
        covered = [n for n, line in enumerate(work.basket) if promotion.covers(line)]
        _offer(promotion, covered, work.basket, left, offers)
    _best_by_line(offers, left, reasons)
    _best_of_order(work.of_order, left, reasons)
    _, ids = best_of_all(Hand(tuple(left), work.coupons))
    return _with_coupons(ids, work.coupons, left, reasons)


def _at_member_prices(lines, rates):
    left, reasons = [], []
    for number, (_, category, price, quantity) in enumerate(lines):
        less = (price * rates.get(category, 10_000) + 5_000) // 10_000
        left.append(less * quantity)
        if less < price:
            reasons.append(("member", number, (price - less) * quantity))
    return left, reasons


def _offers(lines, left, index):
    """For each line what each promotion would take off it."""
    found, *_ = found_by_place(lines, index)
    offers = [[] for _ in lines]
    for place in sorted(found):
        _offer(index.promotions[place], found[place], lines, left, offers)
    return offers


def _offer(promotion, covered, lines, left, offers):
    id, _, _, needs, threshold, gives, benefit = promotion
    if sum([left[n] if needs == "fen" else lines[n][3] for n in covered]) < threshold:
        return
    for number in covered:
        if gives == "percent":
            off = (left[number] * benefit + 50) // 100
        else:
            off = min(benefit * lines[number][3], left[number])
        offers[number].append((off, id))


def _best_by_line(offers, left, reasons):
    """The best promotion of each line; of equal ones the first."""
    for number, offered in enumerate(offers):
        if offered:
            off, id = max(offered, key=lambda offer: offer[0])
            left[number] -= off
            reasons.append((id, number, off))


def _best_of_order(of_order, left, reasons):
    total = sum(left)
    reached = [each for each in of_order if total >= each.threshold]
    if reached:
        best = max(reached, key=lambda each: each.fen)
        for number, share in enumerate(largest_remainder(min(best.fen, total), left)):
            left[number] -= share
            reasons.append((best.id, number, share))


def _with_coupons(ids, coupons, left, reasons):
    for coupon in coupons:
        if coupon.id in ids:
            before = left
            _, left = used(before, coupon)
            reasons += [
                (coupon.id, number, before[number] - left[number]) for number in coupon.lines
            ]
    return sum(left), reasons
