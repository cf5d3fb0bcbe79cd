"""The shell: load, decide, save, deliver."""

from __future__ import annotations

from privlib.domain.bulk import Summary
from privlib.domain.delivering import DeliveryReport
from privlib.domain.private_domain import PrivateDomain

__all__ = ["DeliveryReport", "PrivateDomain", "Summary"]
