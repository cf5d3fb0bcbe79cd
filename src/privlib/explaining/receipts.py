"""Receipts: a quote as a customer reads it, line by line, with every reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from privlib.explaining.columns import Row, aligned
from privlib.explaining.receipt_words import ReceiptWords
from privlib.explaining.speaker import Speaker
from privlib.explaining.wording import decimal, with_cents
from privlib.quotes import (
    Adjustment,
    AgainstPublic,
    Applied,
    GiftLine,
    LeftOut,
    Payment,
    Quote,
    QuotedLine,
    QuotedShipping,
)
from privlib.values.money import Money
from privlib.values.rate import Rate

__all__ = ["receipt"]

_INDENT = "  "


def receipt(quote: Quote, speaker: Speaker) -> str:
    """A quote line by line: what is paid, what was taken off and by what, what was not and why."""
    words = speaker.wording.receipt
    currency = quote.list.currency
    unit = words.yuan if currency == "CNY" else currency
    sections: list[Iterable[Row]] = [
        [Row(words.head.format(at=speaker.said(quote.at), unit=unit))],
        [*_goods(quote, speaker), *_ways_of_shipping(quote, words)],
        _totals(quote, words),
        _under(words.applied, (row for each in quote.applied for row in _applied(each, speaker))),
        *_given(quote, words),
        _under(words.against, (_against(each, speaker) for each in quote.against_public)),
        _reasons(words.not_sold, quote.not_sold, speaker),
        _reasons(words.left_out, quote.left_out, speaker),
        _how_good(quote, speaker),
    ]
    return aligned([*section] for section in sections)


def _under(heading: str, rows: Iterable[Row]) -> Iterator[Row]:
    """Rows under a heading, which is left out where there are none."""
    for place, row in enumerate(rows):
        if place == 0:
            yield Row(heading)
        yield Row(f"{_INDENT}{row.text}", row.amount)


def _goods(quote: Quote, speaker: Speaker) -> Iterator[Row]:
    words = speaker.wording.receipt
    for line in quote.lines:
        named = words.line if line.id == line.sku else words.line_named
        yield Row(named.format(quantity=line.quantity, sku=line.sku, id=line.id), line.list)
        yield from _replaced(line, speaker)
        yield from _adjusted(line, words)
        yield from _split(line, speaker)


def _replaced(line: QuotedLine, speaker: Speaker) -> Iterator[Row]:
    """The prices of a piece that did not count."""
    replaced = () if line.shelf is None else line.shelf.replaced
    if replaced:
        prices = speaker.wording.comma.join(
            f"{rule} {with_cents(Money(minor, line.currency))}" for rule, minor in replaced
        )
        yield Row(_INDENT + speaker.wording.receipt.replaced.format(prices=prices))


def _ways_of_shipping(quote: Quote, words: ReceiptWords) -> Iterator[Row]:
    for way in quote.shipping:
        yield Row(words.shipping.format(method=way.method), way.list)
        yield from _adjusted(way, words)


def _adjusted(line: QuotedLine | QuotedShipping, words: ReceiptWords) -> Iterator[Row]:
    """Everything that was taken off a line, and what is left to pay."""
    for each in line.adjustments:
        text = words.adjustment.format(source=each.source, base=with_cents(each.base))
        yield Row(_INDENT + text, -each.amount)
    if line.adjustments:
        yield Row(_INDENT + words.to_pay, line.payable)


def _split(line: QuotedLine, speaker: Speaker) -> Iterator[Row]:
    """What is paid for the pieces that went another way than the rest of their line."""
    words = speaker.wording.receipt
    for group in line.split:
        told = words.pieces if group.adjustments else words.pieces_plain
        text = told.format(pieces=group.pieces, sources=_sources(group.adjustments, speaker))
        yield Row(_INDENT * 2 + text, group.payable)


def _sources(adjustments: Iterable[Adjustment], speaker: Speaker) -> str:
    return speaker.wording.comma.join(each.source for each in adjustments)


def _totals(quote: Quote, words: ReceiptWords) -> Iterator[Row]:
    if quote.discount:
        yield Row(words.total, quote.list + quote.shipping_list)
        yield Row(words.taken_off, -quote.discount)
    yield Row(words.payable, quote.payable)
    for payment in quote.payments:
        yield Row(_paid_by(payment, words), -payment.amount)
    if quote.payments:
        yield Row(words.due, quote.due)


def _paid_by(payment: Payment, words: ReceiptWords) -> str:
    return words.paid_by[payment.kind].format(points=payment.points, source=payment.source)


def _applied(applied: Applied, speaker: Speaker) -> Iterator[Row]:
    """What applies: its name, its code, how often, and what it takes off in all."""
    words = speaker.wording.receipt
    named = "{source}" if applied.source == applied.promotion else words.of_promotion
    parts = [named.format(source=applied.source, promotion=applied.promotion)]
    if applied.code is not None:
        parts.append(words.with_code.format(code=applied.code))
    if applied.times > 1:
        parts.append(words.times.format(times=applied.times))
    yield Row("".join(parts), -applied.amount if applied.amount else None)
    if applied.cut is not None:
        yield Row(_INDENT + words.cut.format(cut=speaker.said(applied.cut)))


def _given(quote: Quote, words: ReceiptWords) -> Iterator[Iterable[Row]]:
    """What the order brings besides: gifts, coupons for the next one, more points."""
    yield _under(words.gifts, (_gift(gift, words) for gift in quote.gifts))
    coupons = (
        words.next_coupon.format(
            coupon=each.coupon, campaign=each.campaign, promotion=each.promotion
        )
        for each in quote.next_coupons
    )
    yield _under(words.next_coupons, map(Row, coupons))
    if quote.points_times != Rate(1):
        yield [Row(words.points.format(times=decimal(quote.points_times)))]


def _gift(gift: GiftLine, words: ReceiptWords) -> Row:
    text = words.gift.format(pieces=gift.pieces, sku=gift.sku, promotion=gift.promotion)
    instead = "" if gift.instead_of is None else words.instead_of.format(sku=gift.instead_of)
    return Row(text + instead)


def _against(against: AgainstPublic, speaker: Speaker) -> Row:
    """What is saved or lost against a platform, what costs more here, and what is not known."""
    words, comma, saved = speaker.wording.receipt, speaker.wording.comma, against.saved
    parts = [against.platform or words.any_platform, words.colon]
    if saved.minor < 0:
        parts.append(words.lost.format(amount=speaker.said(-saved)))
    else:
        parts.append((words.saved if saved else words.same).format(amount=speaker.said(saved)))
    if against.dearer:
        parts.append(words.dearer.format(skus=comma.join(against.dearer)))
    if against.unknown:
        parts.append(words.unknown.format(lines=comma.join(against.unknown)))
    return Row("".join(parts))


def _reasons(heading: str, left_out: Iterable[LeftOut], speaker: Speaker) -> Iterator[Row]:
    """What does not apply, with each of the reasons after its name."""
    told = (
        _named(each.source, speaker.sentence(reason), speaker.wording.receipt.colon)
        for each in left_out
        for reason in each.reasons
    )
    return _under(heading, map(Row, told))


def _named(source: str, sentence: str, colon: str) -> str:
    """A sentence after the name of what it is about, unless it begins with it."""
    begins = sentence.startswith((f"{source}{colon}", f"{source} "))
    return sentence if begins else f"{source}{colon}{sentence}"


def _how_good(quote: Quote, speaker: Speaker) -> Iterator[Row]:
    """The next best combination, and whether this one is proven to be the best."""
    words, second = speaker.wording.receipt, quote.runner_up
    if second is not None:
        sources = speaker.wording.comma.join(second.sources) or words.nothing_else
        yield Row(words.runner_up.format(sources=sources), second.payable)
    yield Row(words.proven if quote.proven else words.not_proven)
