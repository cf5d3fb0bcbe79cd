"""Progress: how far a member is on the program's ladder."""

from __future__ import annotations

from attrs import evolve

from privlib.entities import Member
from privlib.policies.tier_upgrade import Progress, progress_of
from privlib.program.program import Program
from privlib.values.money import Money

__all__ = ["progress"]


def progress(member: Member, program: Program) -> Progress:
    """How far the next tier is, and the gift that comes with it.

    >>> from privlib import default_program, yuan
    >>> ahead = progress(Member(id="wei", spent=yuan(4_680)), default_program())
    >>> ahead.next_tier, str(ahead.missing)
    ('silver', '320.00 CNY')
    """
    if not member.spent:  # a blank's nothing is in no shop's currency yet
        member = evolve(member, spent=Money.zero(program.currency))
    return progress_of(member, program.ladder)
