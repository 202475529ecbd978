"""No sentence that a reader sees stands in the code: it is a text of `sim/words`.

Looked at are all strings of two English words or more in the rooms that write screens and pages,
but those of errors, of `--help`, of docstrings and of `repr`, which stay English, and those below.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

ROOMS = ("studies", "report", "narration", "classroom", "cli")
FILES = sorted(path for room in ROOMS for path in (ROOT / "sim" / room).rglob("*.py"))
#: Calls whose texts are not for readers: what is said of a fault and on `--help`, names of draws.
CALLS = (
    *("Error", "BadUse", "Problem", "require"),
    *("Option", "option", "Argument", "Typer"),
    *("seed_for", "Column"),
)
#: Names whose text is part of `--help`.
HELP = ("SUMMARY",)
WORD = re.compile(r"[(“\"']?[A-Za-z’'-]{2,}[,.;:?!)”\"']*")
#: What is not prose, by file: where Matplotlib puts things, security policies, names, parts of
#: error messages and of `--help`.
ALLOWED = {
    "report/figures": {
        "axes fraction",
        "offset points",
        "center left",
        "lower left",
        "upper left",
        "outside lower center",
        "DejaVu Sans",
    },
    "report/figures/fonts.py": {  # names of fonts, and a warning of Matplotlib
        *("Last Resort", "Noto Sans", "Source Han Sans", "Droid Sans Fallback"),
        r"Glyph \d+|Matplotlib currently does not support",
    },
    "report/pages/html.py": {
        "base-uri 'none'",
        "default-src 'none'",
        "form-action 'none'",
        "img-src data:",
    },
    "report/pages/script.py": {'(() => {\n"use strict";\n{}})();'},
    "report/pages/ensemble.py": {"run_sim.py run {} --runs {} --seed {}"},
    "classroom/variants.py": {"as it is"},  # the name of a folder
    "studies/export.py": {"as given"},  # the name of a policy in the EMA Workbench
    "studies/fork.py": {"day of {}"},  # the name of a column
    "cli/app.py": {"{} (see {} --help)"},
    "cli/__init__.py": {"standard output"},  # the place in an error message
    "cli/streams.py": {"standard output"},  # the same
    "report/figures/style.py": {"constrained_layout not applied"},  # a warning of Matplotlib
    "cli/scenarios.py": {"standard input"},  # the place in an error message
    "cli/parsers.py": {", did you mean {}?"},
}


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and text of each string that a reader may see; what is filled in is `{}`."""
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        if unseen(node):
            skipped |= set(ast.walk(node))
        if isinstance(node, ast.FunctionDef):
            skipped |= set(parts_of_errors(node))
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.JoinedStr):
            skipped |= set(ast.walk(node))
            parts = (one.value if isinstance(one, ast.Constant) else "{}" for one in node.values)
            yield node.lineno, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def parts_of_errors(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """What is put into a name that an error of the function says, directly or by other names."""
    sources = [(node, node.targets) for node in ast.walk(function) if isinstance(node, ast.Assign)]
    said = {
        one.id for node in ast.walk(function) if isinstance(node, ast.Raise) for one in names(node)
    }
    while True:
        parts = [node for node, to in sources if {n.id for t in to for n in names(t)} & said]
        more = said | {one.id for part in parts for one in names(part.value)}
        if more == said:
            break
        said = more
    for part in parts:
        yield from ast.walk(part)


def names(node: ast.AST) -> Iterator[ast.Name]:
    """The names below a node."""
    return (one for one in ast.walk(node) if isinstance(one, ast.Name))


def unseen(node: ast.AST) -> bool:
    """Whether what is below a node is not for readers of screens and pages."""
    if isinstance(node, ast.Raise | ast.Assert):
        return True
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)  # a docstring
    if isinstance(node, ast.FunctionDef):
        return node.name == "__repr__"
    if isinstance(node, ast.Assign):
        return any(isinstance(to, ast.Name) and to.id in HELP for to in node.targets)
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
        return str(name).endswith(CALLS)
    return False


def reads_as_prose(text: str) -> bool:
    words = re.sub(r"{}", " ", text).split()
    if len(text.split()) < 2:
        return False
    return len([word for word in words if WORD.fullmatch(word)]) >= 2


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT / "sim").as_posix())
def test_no_sentence_stands_in_the_code(path: Path) -> None:
    name = path.relative_to(ROOT / "sim").as_posix()
    allowed = {text for start, some in ALLOWED.items() if name.startswith(start) for text in some}
    found = [
        f"{name}:{line}: {text}"
        for line, text in texts(ast.parse(path.read_text(encoding="utf-8")))
        if reads_as_prose(text) and text not in allowed
    ]
    assert found == [], "must come from sim/words"


@pytest.mark.parametrize(
    "code",
    [
        'title = "How it ends"',
        'console.print(f"{n} of {m} replications failed")',
        'Finding(NUMBER, path, says, "no rule reads it")',
        'text = "unforked futures"',
    ],
)
def test_a_planted_sentence_is_found(code: str) -> None:
    assert any(reads_as_prose(text) for _, text in texts(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        'raise ModelError(f"{name}: must be a name of the list")',
        'def f():\n    """What is found."""',
        'words.text("studies.fork.moves_nothing", choice="raid")',
        'SUMMARY = "Show which inputs matter."',
        'def f():\n    got = "no lesson at all"\n    raise ModelError(f"must be, got {got}")',
    ],
)
def test_what_is_no_prose_of_a_page_passes(code: str) -> None:
    assert not any(reads_as_prose(text) for _, text in texts(ast.parse(code)))
