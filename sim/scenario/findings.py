"""A finding: a message about a path of a scenario, before its place in the files is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sim.errors import Problem
from sim.scenario.reading import Place


class Finding(NamedTuple):
    """A dotted path, the rule that does not hold there, what was given, what to do."""

    path: str
    rule: str
    given: str = ""
    hint: str = ""


def locate(findings: Iterable[Finding], places: Mapping[str, Place]) -> list[Problem]:
    """Problems at the places of their paths, or of the nearest part above that a file holds."""
    problems = []
    for finding in findings:
        path = finding.path
        while path not in places and path:
            path = path.rpartition(".")[0]
        place = places[path]
        problems.append(
            Problem(
                place.shown,
                place.line,
                place.column,
                finding.path,
                finding.rule,
                finding.given,
                finding.hint,
            )
        )
    return problems


def in_file_order(problems: Iterable[Problem], file: str) -> list[Problem]:
    """Problems in the order of the files, `file` first."""
    return sorted(
        problems,
        key=lambda problem: (problem.file != file, problem.file, problem.line, problem.column),
    )
