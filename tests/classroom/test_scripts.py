"""The modules of the pages' scripts fit together; `tests/web` checks them one by one."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT

from sim.report.pages.script import join_modules, module_order

SCRIPTS = ROOT / "sim" / "classroom" / "scripts"
PAGES = ("engine", "page", "replay")
ENTRIES = [SCRIPTS / name / "main.js" for name in PAGES]
TOP_LEVEL = re.compile(
    r"^(?:const|let|(?:async )?function|class) +(\w+|[\[{][^\]}]+[\]}])", re.MULTILINE
)
MODULE_SYNTAX = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def page(entry: Path) -> str:
    return entry.parent.name


@pytest.mark.parametrize("entry", ENTRIES, ids=page)
def test_names_at_top_level_differ_since_they_share_a_scope(entry: Path) -> None:
    declared = TOP_LEVEL.findall(join_modules(entry))  # a name, or several as in `[first, second]`
    names = Counter(name for one in declared for name in re.findall(r"\w+", one))
    assert len(names) > 10
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("entry", ENTRIES, ids=page)
def test_no_import_or_export_is_left_in_a_page(entry: Path) -> None:
    assert MODULE_SYNTAX.findall(join_modules(entry)) == []


@pytest.mark.parametrize("entry", ENTRIES, ids=page)
def test_imports_keep_the_names_of_what_they_import(entry: Path) -> None:
    renamed = re.compile(r'^import\s(?:[^;]*\sas\s|\w|\*)[^;]*?from "[^"]+";', re.MULTILINE)
    for module in module_order(entry):
        assert renamed.findall(module.read_text(encoding="utf-8")) == []


def test_every_module_is_part_of_a_page() -> None:
    used = {module for entry in ENTRIES for module in module_order(entry)}
    assert {*SCRIPTS.rglob("*.js")} == used
