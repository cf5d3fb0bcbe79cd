"""An observer is told what a hook of pluggy would tell."""

import pytest
from tests.benchmarks.deciding import decided
from tests.benchmarks.hooks import Plugin, called, hook, telling, told
from tests.benchmarks.stream import stream

from privlib import default_program


@pytest.mark.target("H1")
@pytest.mark.parametrize("count", [0, 1, 5])
def test_every_plugin_is_told_over_either_way(count):
    first, second = decided(stream(2), default_program())
    ours, peers = ([Plugin() for _ in range(count)] for _ in range(2))
    tell, call = telling(ours), hook(peers)
    for decision in (first, second):
        told(3, tell, decision)
        called(3, call, decision)
        keys = [plugin.key for plugin in (*ours, *peers)]
        assert keys == [decision.key] * 2 * count
