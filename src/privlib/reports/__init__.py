"""Reports: what stands, read only and pure."""

from __future__ import annotations

from privlib.reports.program_warnings import ProgramWarning, program_warnings

__all__ = ["ProgramWarning", "program_warnings"]
