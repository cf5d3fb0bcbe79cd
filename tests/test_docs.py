"""The docs are true: every block of every page runs, and prints what the page says it prints.

What is printed stands in a `text` block right after the one that prints it (`...` stands for
anything), or in comments at or right under the `print`. Of the shell's commands those of Python,
pytest and privlib are run; one that fails is said to print so. A block with a caption is a file of
that name, or is added to one.
"""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
from contextlib import redirect_stdout
from doctest import ELLIPSIS, OutputChecker
from io import StringIO
from pathlib import Path

import pytest
from sybil import Region, Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown import CodeBlockParser

import privlib
from privlib import ProgramError, program_from_toml

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [
    ROOT / "README.md",
    *sorted(page for page in DOCS.rglob("*.md") if "_build" not in page.parts),
]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
PRINTED = "what the last block printed"
RUN = {
    "python": [sys.executable],
    "pytest": [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"],
    "privlib": [sys.executable, "-m", "privlib"],
}
SPANNING = re.MULTILINE | re.DOTALL
FILES = re.compile(
    r"^```\{code-block\} \w+\n:caption: (\S+?)(, continued)?\n\n(.*?)^```$", SPANNING
)


def run_python(example):
    printed = StringIO()
    with redirect_stdout(printed):
        PythonEvaluator()(example)
    example.namespace[PRINTED] = printed.getvalue()
    for promise in promised(example.parsed):
        assert promise in printed.getvalue(), promise


def promised(source):
    """What the comments at and right under each print say that it prints."""
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "print":
            _, _, said = lines[node.end_lineno - 1][node.end_col_offset :].partition("# ")
            if said:
                yield said.partition("...")[0].rstrip(" ,;")
            under = []
            for line in lines[node.end_lineno :]:
                if not line.startswith("# "):
                    break
                under.append(line.removeprefix("# "))
            if under:
                yield "\n".join(under)


def run_shell(example):
    fails = tells_a_failure(example)
    printed = []
    for line in example.parsed.splitlines():
        command, *arguments = shlex.split(line)
        if command in RUN:
            printed.append(output_of([*RUN[command], *arguments], fails=fails))
    example.namespace[PRINTED] = "".join(printed)


def tells_a_failure(example):
    """Whether what is said to be printed tells that the command fails."""
    said = re.match(
        r"\s*```text\n(.*?)^```$", example.document.text[example.region.end :], SPANNING
    )
    return (
        said is not None
        and re.search("FAILED|Error|bad rows|: differs$", said[1], re.MULTILINE) is not None
    )


def output_of(command, *, fails):
    ours = {"PYTHONPATH": str(ROOT / "src"), "COLUMNS": "160", "PYTEST_ADDOPTS": "--color=no"}
    run = subprocess.run(
        command,
        env={**os.environ, **ours, "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    assert (run.returncode != 0) is fails, run.stdout
    return run.stdout


def compare(example):
    assert PRINTED in example.namespace, "no block before this one prints anything"
    got = without_ends(example.namespace.pop(PRINTED))
    assert OutputChecker().check_output(example.parsed, got, ELLIPSIS), f"printed was:\n{got}"


def without_ends(text):
    """A text without the blanks at the ends of its lines, which nobody sees."""
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def load_as_program(example):
    program_from_toml(example.parsed)


def write_file(example):
    name, continued, text = example.parsed
    Path(name).parent.mkdir(exist_ok=True)
    with Path(name).open("a" if continued else "w", encoding="utf-8") as file:
        file.write(text)


def files(document):
    """The blocks that are files, each with a caption."""
    for found in FILES.finditer(document.text):
        yield Region(found.start(), found.end(), found.groups(), write_file)


SYBIL = Sybil(
    [
        files,
        CodeBlockParser(language="python", evaluator=run_python),
        CodeBlockParser(language="sh", evaluator=run_shell),
        CodeBlockParser(language="text", evaluator=compare),
        CodeBlockParser(language="toml", evaluator=load_as_program),
    ]
)
# Those that Sphinx runs: a mistake in one of them fails the build.
BUILT = {"{eval-rst}", "{toctree}", "{from-code}"}
KINDS = {"python", "sh", "text", "toml", "{code-block}"} | BUILT


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_block_of_a_page_runs(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    try_out(page)


def try_out(page):
    document = SYBIL.parse(page)
    for example in document.examples():
        example.evaluate()
    let_go(document.namespace)


def let_go(namespace):
    """Close what the blocks of a page have opened."""
    for value in namespace.values():
        if hasattr(value, "dispose"):
            value.dispose()
        if isinstance(value, privlib.PrivateDomain) and hasattr(value.storage, "close"):
            value.storage.close()


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_no_block_of_a_page_is_of_a_kind_that_nobody_runs(page):
    fences = re.findall(r"^\s*`{3,}(\S*)", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(fences[::2]) <= KINDS
    assert set(fences[1::2]) <= {""}


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_of_a_page_to_another_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#\s]+)(?:#\S*)?\)", page.read_text(encoding="utf-8"))
    for link in links:
        assert link.startswith("https://") or (page.parent / link).exists(), link


@pytest.mark.parametrize(
    "block",
    [
        "```python\nprint(2)  # 3\n```\n",
        "```python\nprint(2)\n# 2\n# 3\n```\n",
        "```python\nprint(2)\n```\n\n```text\n3\n```\n",
        "```text\n2\n```\n",
        "```sh\npython -c 'print(2)'\n```\n\n```text\n3\n```\n",
        "```sh\npython -c 'raise SystemExit(2)'\n```\n",
        "```sh\npython -c 'print(\"Error: no\")'\n```\n\n```text\nError: no\n```\n",
        "```sh\npython -c 'raise SystemExit(2)'\n```\n\n```text\n...\n```\n",
        '```toml\n[shop]\nname = "Tea"\n```\n',
        "```{code-block} toml\n:caption: a\n\n[shop]\n```\n\n```sh\nprivlib check a\n```\n",
    ],
)
def test_a_page_that_says_what_is_not_so_is_found_out(block, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "page.md"
    page.write_text(block, encoding="utf-8")
    with pytest.raises((AssertionError, ProgramError)):
        try_out(page)
