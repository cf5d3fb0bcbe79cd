"""Policies: pure rules from entities and settings to an answer with its reasons."""
