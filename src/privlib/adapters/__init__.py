"""Adapters: storages and channels, each with its own dependencies and nothing above them."""
