"""Stays until the branches that import from here are merged."""

from privlib.quotes import *  # noqa: F403
