"""Values: money summed, added and shared out; an entity created, and one field of it replaced."""

from decimal import Decimal
from itertools import repeat

import prices
from attrs import evolve
from tests.benchmarks.card import FIELDS, AttrsBare, AttrsCard, Bare, Card, replace
from tests.benchmarks.comparing import compared
from tests.benchmarks.sharing import largest_remainder
from tests.benchmarks.targets import at_least, at_most

from privlib import Money, allocate_money, yuan
from privlib.values.money import total

SUM = at_most("M1", "sum of 100", gate=6, goal=5, unit="x int sum")
ADD = at_most("M1", "add", gate=1, goal=0.75, unit="x prices' add")
ALLOCATE = at_most("M1", "allocate over 20 lines", gate=3, goal=2, unit="x on integers")
REPLACE = at_least("V1", "replace 1 of 15 fields", gate=4, goal=6, unit="x attrs.evolve")
CREATE = at_least("V2", "create 15 fields", gate=1.6, goal=2, unit="x attrs frozen")

MINORS = [1_990 + 7 * number for number in range(100)]
MONEYS = [Money(minor) for minor in MINORS]
WEIGHTS = [300 + 17 * number for number in range(20)]
WHOLE = yuan(100)
ONE, OTHER = yuan("19.90"), yuan("200.05")
PRICE, OTHER_PRICE = prices.Money(Decimal("19.90"), "CNY"), prices.Money(Decimal("200.05"), "CNY")
CARD, ATTRS_CARD = Card(**FIELDS), AttrsCard(**FIELDS)


def rows(effort):
    yield sum_row(effort)
    yield add_row(effort)
    yield allocate_row(effort)
    yield replace_row(effort)
    yield create_row(effort)


def sum_row(effort):
    def ours(times):
        for _ in repeat(None, times):
            total(MONEYS)

    def floor(times):
        for _ in repeat(None, times):
            sum(MINORS)

    return compared(SUM, effort, ours=ours, other=floor)


def add_row(effort):
    def ours(times):
        for _ in repeat(None, times):
            ONE + OTHER

    def peer(times):
        for _ in repeat(None, times):
            PRICE + OTHER_PRICE

    return compared(ADD, effort, ours=ours, other=peer)


def allocate_row(effort):
    def ours(times):
        for _ in repeat(None, times):
            allocate_money(WHOLE, WEIGHTS)

    def floor(times):
        for _ in repeat(None, times):
            largest_remainder(WHOLE.minor, WEIGHTS)

    return compared(ALLOCATE, effort, ours=ours, other=floor)


def replace_row(effort):
    def ours(times):
        for number in range(times):
            replace(CARD, version=number)

    def peer(times):
        for number in range(times):
            evolve(ATTRS_CARD, version=number)

    return compared(REPLACE, effort, ours=ours, other=peer)


def create_row(effort):
    row = compared(CREATE, effort, ours=creating(Bare), other=creating(AttrsBare))
    converted = compared(CREATE, effort, ours=creating(Card), other=creating(AttrsCard))
    return evolve(row, note=f"{row.note}; {converted.value:.3g} x where 5 are converted")


def creating(kind):
    def create(times):
        for _ in repeat(None, times):
            kind(**FIELDS)

    return create
