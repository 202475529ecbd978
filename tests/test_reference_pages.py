"""Pages of the docs that commands make are current; the JSON Schema takes every bundled file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Python
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

import sim
from sim.scenario import load, schema_json

REFERENCE = ROOT / "docs" / "reference"
FILES = sorted((ROOT / "scenarios").rglob("*.yaml"))
PAGES = {
    "fields.md": ("fields", "--format", "markdown"),
    "measures.md": ("measures", "--format", "markdown"),
    "policies.md": ("policies", "--format", "markdown"),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_what_its_command_prints(page: str, python: Python) -> None:
    call = f"import sys; from sim.cli import main; sys.exit(main({list(PAGES[page])!r}))"
    assert (REFERENCE / page).read_text(encoding="utf-8") == python(call).stdout, "make reference"


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = schema_json()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def as_editors_read(path: Path, text: str | None = None) -> Any:
    """A file as JSON has it: dates are texts, and keys too."""
    source = path.read_text(encoding="utf-8") if text is None else text
    found = YAML(typ="safe", pure=True).load(source)

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {str(key): plain(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [plain(inner) for inner in value]
        return value.isoformat() if isinstance(value, date) else value

    return plain(found)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_schema_takes_every_bundled_file(path: Path, validator: Draft202012Validator) -> None:
    assert [error.message for error in validator.iter_errors(as_editors_read(path))] == []
    resolved = as_editors_read(path, load(path).resolved_text())
    assert [error.message[:200] for error in validator.iter_errors(resolved)] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("states.westmark.resolve", 1.5),
        ("states.westmark.personel", 5),
        ("states.westmark.policy", "gim"),
        ("groups.hill_front.hosts.eastmark.haven", "free"),
        ("history", {}),
        ("horizon", "long"),
    ],
)
def test_the_schema_refuses_what_an_editor_should_underline(
    path: str, value: object, validator: Draft202012Validator
) -> None:
    found = as_editors_read(sim.scenarios() / "two_states.yaml")
    *above, last = path.split(".")
    here = found
    for key in above:
        here = here[key]
    here[last] = value
    assert list(validator.iter_errors(found))


def test_an_editor_shows_a_rule_of_thumb() -> None:
    group = schema_json()["$defs"]["Group"]["properties"]["base_rate"]
    assert "count its attacks in a usual year" in group["description"]
    assert group["examples"] == [0.3, 0.05, 0.6]
    assert json.dumps(schema_json()).count("Usual:") >= 20
