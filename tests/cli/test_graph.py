"""`privlib graph`: Mermaid always, SVG where Graphviz is."""

import shutil
import sys

import pytest
from click.testing import CliRunner

from privlib.cli.application import application

PROGRAM = """
[shop]
name = "Tea"
[[ladder.tiers]]
name = '金 "VIP" [1]'
threshold = 5000
[[lifecycles]]
name = "customer"

[[lifecycles.stages]]
name = "new"
[welcome]
text = "Hello"
"""


@pytest.fixture
def program(tmp_path):
    path = tmp_path / "shop.toml"
    path.write_text(PROGRAM, encoding="utf-8")
    return path


def run(*arguments):
    return CliRunner().invoke(application, ["graph", *map(str, arguments)])


def test_all_is_drawn_as_mermaid_unless_something_else_is_asked_for(program):
    result = run(program)
    assert result.exit_code == 0
    assert result.output.startswith("flowchart TD\n")
    for name in ("ladder", "lifecycle", "welcome"):
        assert f'["{name}"]\n' in result.output
    assert "金 #34;VIP#34; #91;1#93;" in result.output


def test_what_is_asked_for_alone_is_written_to_a_file(program, tmp_path):
    out = tmp_path / "ladder.mmd"
    result = run(program, "--of", "ladder", "--out", out)
    assert (result.exit_code, result.output) == (0, "")
    text = out.read_text(encoding="utf-8")
    assert '["ladder"]' in text
    assert "lifecycle" not in text


def test_without_graphviz_it_is_said_what_to_install(program, monkeypatch):
    monkeypatch.setenv("PATH", "")
    result = run(program, "--format", "svg")
    assert result.exit_code == 1
    assert "apt install graphviz" in result.output


def stand_in(folder, code):
    """A program called dot that does what is said."""
    path = folder / "dot"
    path.write_text(f"#!{sys.executable}\n{code}\n", encoding="utf-8")
    path.chmod(0o755)


def test_graphviz_is_given_dot_and_what_it_writes_is_kept(program, tmp_path, monkeypatch):
    stand_in(tmp_path, "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())")
    monkeypatch.setenv("PATH", str(tmp_path))
    result = run(program, "--format", "svg", "--of", "ladder")
    assert result.exit_code == 0
    assert 'g0n1 [label="金 \\"VIP\\" [1]"];' in result.output


def test_what_graphviz_complains_of_is_told(program, tmp_path, monkeypatch):
    stand_in(tmp_path, "import sys; sys.exit('syntax error in line 1')")
    monkeypatch.setenv("PATH", str(tmp_path))
    result = run(program, "--format", "svg")
    assert result.exit_code == 1
    assert "syntax error in line 1" in result.output


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_draws_it(program):
    result = run(program, "--format", "svg")
    assert result.exit_code == 0
    assert "<svg" in result.output
    assert "金" in result.output


def test_a_program_with_faults_is_not_drawn(tmp_path):
    path = tmp_path / "shop.toml"
    path.write_text("[shop]\n", encoding="utf-8")
    assert run(path).exit_code == 1
