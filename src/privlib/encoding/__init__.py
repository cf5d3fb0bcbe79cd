"""Encoding: one canonical text for every value, its digest, and versions of what is stored."""
