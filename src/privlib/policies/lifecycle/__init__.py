"""Lifecycle: where a tie stands, where it may go and goes by itself, and when to look again."""

from __future__ import annotations

from privlib.policies.lifecycle.facts import TieFacts, facts_of
from privlib.policies.lifecycle.follow_up import follow_up_due
from privlib.policies.lifecycle.looking import next_look
from privlib.policies.lifecycle.moves import Move, automatic_moves, move_objections
from privlib.policies.lifecycle.remapping import RemapPreview, remap_preview, remap_problems
from privlib.policies.lifecycle.standing import standing_in
from privlib.policies.lifecycle.ways import Ways, ways_of

__all__ = [
    "Move",
    "RemapPreview",
    "TieFacts",
    "Ways",
    "automatic_moves",
    "facts_of",
    "follow_up_due",
    "move_objections",
    "next_look",
    "remap_preview",
    "remap_problems",
    "standing_in",
    "ways_of",
]
