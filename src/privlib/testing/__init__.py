"""Testing: what a shop's own tests, and ours, draw and check.

`strategies` draw values, `laws` check a program, `machine` and `driver` check a whole shop.
`conformance` checks that an adapter keeps its promises; `faulty` lets a storage fail as planned.
"""
