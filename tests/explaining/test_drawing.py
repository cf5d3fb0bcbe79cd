"""Drawings: every tier, stage and way once, and nothing that a name can break."""

import re

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from privlib import InvalidValueError, Ladder, Lifecycle, Stage, Tier, default_program, yuan
from privlib.explaining.drawing import GRAPHS, Graph, Node, Way, dot, mermaid, program_graphs
from privlib.testing.strategies import programs

LADDER = """\
flowchart TD
  subgraph g0["ladder"]
    g0n0(["no tier"])
    g0n1["silver<br/>gift: silver-pack, 300 CNY"]
    g0n2["gold<br/>gift: gold-pack, 800 CNY"]
    g0n0 -->|"from 5,000 CNY on"| g0n1
    g0n1 -.->|"refunded below 5,000 CNY"| g0n0
    g0n1 -->|"from 10,000 CNY on"| g0n2
    g0n2 -.->|"refunded below 10,000 CNY"| g0n1
  end
"""
HOSTILE = [
    '"]; x["', "a\nb", "a\r\nb", "茶 [金]", "%%{init: {}}%%", "`md`", "<b>&amp;</b>", "#35;",
    "\\n\\", "end", "1. silver", "- silver", "$$x$$", "{name}", "a|b", "\u2028", "", '\\"', "]])",
]  # fmt: skip
MERMAID_LABEL = r'"(?:[^"#%<>{}|`$\\\n\[\];&]|#[0-9]+;|<br/>)+"'
MERMAID_NODE = rf"\[{MERMAID_LABEL}\]|\(\[{MERMAID_LABEL}\]\)"
MERMAID_LINE = re.compile(
    rf"  subgraph g\d+\[{MERMAID_LABEL}\]|  end|    g\d+n\d+(?:{MERMAID_NODE})"
    rf"|    g\d+n\d+ (?:-->|-\.->)(?:\|{MERMAID_LABEL}\|)? g\d+n\d+"
)
DOT_LABEL = r'"(?:[^"\\\n]|\\["\\n])*"'
DOT_LINE = re.compile(
    rf"  node \[shape=box\];|  subgraph cluster\d+ {{|  }}|    label={DOT_LABEL};"
    rf"|    g\d+n\d+(?: -> g\d+n\d+)? \[label={DOT_LABEL}(?:, style=\w+)?\];"
)


def with_tiers(*names):
    tiers = [Tier(name=name, threshold=yuan(at)) for at, name in enumerate(names, 1)]
    return evolve(default_program(), ladder=Ladder(tiers=tiers))


def test_the_ladder_is_drawn_the_same_every_time():
    program = default_program()
    two = evolve(program, ladder=evolve(program.ladder, tiers=program.ladder.tiers[:2]))
    assert mermaid(program_graphs(two, ["ladder"])) == LADDER


def test_where_a_tier_is_kept_no_way_leads_down():
    program = default_program()
    kept = evolve(program, ladder=evolve(program.ladder, tier_after_refund="keep"))
    assert "-.->" not in mermaid(program_graphs(kept))


def test_all_graphs_are_drawn_unless_some_are_named():
    program = default_program()
    assert [graph.name for graph in program_graphs(program)] == ["ladder", "lifecycle", "welcome"]
    assert [graph.name for graph in program_graphs(program, ["welcome", "ladder"])] == [
        "welcome",
        "ladder",
    ]


@given(programs())
def test_every_tier_and_every_way_is_drawn_once(program):
    ladder, *lifecycles, _ = program_graphs(program)
    tiers = program.ladder.tiers
    assert [node.name for node in ladder.nodes] == ["no tier", *(tier.name for tier in tiers)]
    up = [(way.source, way.target) for way in ladder.ways if not way.is_back]
    assert up == [(rung, rung + 1) for rung in range(len(tiers))]
    text = mermaid(program_graphs(program))
    assert len(re.findall(r"^    g0n\d+ -->", text, re.MULTILINE)) == len(tiers)
    assert len(lifecycles) == len(program.lifecycles)
    for at, (drawn, lifecycle) in enumerate(zip(lifecycles, program.lifecycles, strict=True), 1):
        names = [node.name for node in drawn.nodes]
        assert names == [stage.name for stage in lifecycle.stages]
        ways = [(names[way.source], names[way.target]) for way in drawn.ways]
        assert ways == [way for stage in lifecycle.stages for way in ways_of(stage)]
        assert len(re.findall(rf"^    g{at}n\d+ -->", text, re.MULTILINE)) == len(ways)


def ways_of(stage):
    by_hand = [(stage.name, to) for to in dict.fromkeys(stage.leads_to)]
    return by_hand + [(stage.name, move.to) for move in stage.moves]


def test_a_move_by_itself_says_what_must_hold():
    [graph] = program_graphs(default_program(), ["lifecycle"])
    said = {way.said for way in graph.ways}
    assert "by itself: orders at_least 1" in said


@given(programs())
def test_the_text_of_a_program_that_is_drawn_is_well_formed(program):
    graphs = program_graphs(program)
    assert are_well_formed(graphs)
    assert (mermaid(graphs), dot(graphs)) == (mermaid(graphs), dot(graphs))


def are_well_formed(graphs):
    head, *lines, last = mermaid(graphs).split("\n")
    begin, *statements, end, after = dot(graphs).split("\n")
    return (
        (head, last, begin, end, after) == ("flowchart TD", "", "digraph program {", "}", "")
        and all(MERMAID_LINE.fullmatch(line) for line in lines)
        and all(DOT_LINE.fullmatch(line) for line in statements)
    )


@given(st.lists(st.sampled_from(HOSTILE) | st.text(), min_size=1, max_size=4))
def test_no_name_breaks_out_of_its_label(names):
    nodes = [Node(name=name, said=names) for name in names]
    ways = [Way(source=0, target=0, said=names[-1])]
    assert are_well_formed([Graph(name=names[0], nodes=nodes, ways=ways)])


@pytest.mark.parametrize("name", ['Gold "VIP"', "金卡 [至尊]", "100% & <more>"])
def test_a_tier_of_any_name_can_be_read_back(name):
    text = mermaid(program_graphs(with_tiers(name), ["ladder"]))
    label = re.search(r'g0n1\["(.*)"\]', text)[1]
    assert re.sub(r"#([0-9]+);", lambda found: chr(int(found[1])), label) == name


def test_stages_that_lead_back_to_themselves_are_drawn():
    life = Lifecycle(name="life", stages=[Stage(name="end", leads_to=["end"])])
    text = mermaid(program_graphs(evolve(default_program(), lifecycles=[life]), ["lifecycle"]))
    assert '    g0n0(["end"])\n    g0n0 --> g0n0\n' in text


def test_a_way_to_nowhere_is_refused():
    with pytest.raises(InvalidValueError, match="no node 1 of 1"):
        Graph(name="g", nodes=[Node(name="a")], ways=[Way(source=0, target=1)])


def test_the_graphs_have_the_names_that_are_asked_for():
    for name in GRAPHS:
        assert [graph.name for graph in program_graphs(default_program(), [name])] == [name]
