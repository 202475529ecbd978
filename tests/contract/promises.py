"""What the recipes of README promise of each policy and measure, read off the files of a tree."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path


def text_of(files: Iterable[Path]) -> str:
    """All their text."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(files))


def policies_without_a_test(tree: Path) -> list[str]:
    """A sentence for each policy that no test of the policies names."""
    from sim.vocabulary.policies import POLICY_NAMES

    tests = text_of((tree / "tests" / "engine" / "policies").glob("test_*.py"))
    return [
        f"the policy {name} has no test in tests/engine/policies"
        for name in POLICY_NAMES
        if f'"{name}"' not in tests and f"Policy.{name.upper()}" not in tests
    ]


def measures_without_a_rule(tree: Path) -> list[str]:
    """A sentence for each measure whose field no rule writes."""
    from sim.vocabulary.measures import FIXED, measures

    rules = text_of((tree / "sim" / "engine").rglob("*.py"))
    written = set(re.findall(r"\.([a-z_0-9]+) (?:[-+*/]?=)(?!=)", rules))
    found = (*FIXED, *measures(["a", "b"], ["g"], ["s"], [("a", "b")]))
    return [
        f"no rule counts the measure {one.name} (field {one.field} of {one.table})"
        for one in dict.fromkeys(found)
        if one.field not in written
    ]
