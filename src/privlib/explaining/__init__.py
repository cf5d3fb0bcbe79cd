"""Explaining: every event, request and refusal as one sentence, with its numbers."""

from __future__ import annotations

from privlib.explaining.sentences import LOCALES, Explainable, explain

__all__ = ["LOCALES", "Explainable", "explain"]
