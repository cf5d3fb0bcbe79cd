"""Testing: what a shop's own tests, and ours, draw and check."""
