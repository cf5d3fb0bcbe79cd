"""The shell: load, decide, save, deliver."""

from __future__ import annotations

from privlib.domain.delivering import DeliveryReport
from privlib.domain.private_domain import PrivateDomain
from privlib.domain.telling import Summary

__all__ = ["DeliveryReport", "PrivateDomain", "Summary"]
