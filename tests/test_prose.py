"""The words of the project: a standard term where there is one, in code, files, pages and docs."""

from __future__ import annotations

import re
import subprocess

import pytest
from conftest import ROOT

# what we once said, and what is said instead (docs/glossary.md)
STANDARD = {
    r"\b(?:same|own|fresh|shared|keeping the) luck\b": "common random numbers, random draws",
    r"\bluck of\b|\bluck (?:moves|hangs)\b": "random draws",
    r"\bbeyond chance\b": "significant after Holm's correction",
    r"\bfirst so many\b": "the first replications, as their number grows",
    r"\btak(?:e|en|es|ing) up on a (?:day|morning|evening)\b": "resume at the end of a day",
    r"\bgot nothing of that name\b": "no such file or folder",
    r"\bcomes? by name\b": "optional dependencies are installed as extras",
    r"\bso nobody knows whose\b": "so it cannot be matched to a run",
    r"\b(?:its|from its) parting\b": "first divergence",
}
TEXT = (".py", ".yaml", ".md", ".js", ".j2", ".html", ".css", ".toml")


def texts() -> list[str]:
    """The files of the project that people read, changes of the past left out."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    return [
        name
        for name in listed
        if name.endswith(TEXT)
        and name not in ("CHANGELOG.md", "tests/test_prose.py")
        and (ROOT / name).exists()
    ]


@pytest.mark.parametrize("phrase", STANDARD, ids=list(STANDARD.values()))
def test_the_standard_term_is_used(phrase: str) -> None:
    pattern = re.compile(phrase, re.IGNORECASE)
    found = [
        f"{name}:{number}: {line.strip()}"
        for name in texts()
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found, f"write instead: {STANDARD[phrase]}\n" + "\n".join(found)
