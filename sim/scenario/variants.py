"""Variants in a file: named changes of the scenario, each written as a file that extends it.

`FILE#NAME` names one wherever a scenario is named. A variant is merged over the file as a child is
over the file that it extends, so it can remove and add actors too; its `label` says it in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from sim.errors import Problem
from sim.scenario.fields import specs
from sim.scenario.reading import Node, Unreadable, inside, near, one_line
from sim.scenario.schema import ScenarioFile
from sim.scenario.spec import NAME, NAME_RULES

VARIANTS = "variants"
SIGN = "#"
LABEL = "label"
#: What a variant cannot say: it is part of its file.
_OF_THE_FILE = ("format", "id", "extends", VARIANTS)
_LONGEST_ID = 64


def split_variant(named: str) -> tuple[str, str | None]:
    """A file or name, and the variant of it that is meant, None for the scenario itself."""
    file, sign, variant = named.rpartition(SIGN)
    return (file, variant) if sign and re.fullmatch(NAME, variant) else (named, None)


def variants_of(node: Node | None, problems: list[Problem]) -> dict[str, Node]:
    """The variants of a file by name, without those that cannot be used; adds what is wrong."""
    if node is None or node.missing:
        return {}
    if not isinstance(node.value, dict):
        problems.append(_problem(node, VARIANTS, "must be a mapping from names", node.preview))
        return {}
    found = {}
    for name, variant in node.value.items():
        wrong = list(_faults(name, variant))
        problems += wrong
        if not wrong:
            found[name] = variant
    return found


def _faults(name: str, variant: Node) -> Iterator[Problem]:
    path = f"{VARIANTS}.{name}"
    if not re.fullmatch(NAME, name):
        yield _problem(variant, path, NAME_RULES[NAME], name)
    if variant.missing:  # removes an inherited one
        return
    if not isinstance(variant.value, dict):
        yield _problem(variant, path, "must be a mapping of what differs", variant.preview)
        return
    known = [LABEL, *(key for key in specs(ScenarioFile) if key not in _OF_THE_FILE)]
    for key, inner in variant.value.items():
        if key not in known:
            hint = near(key, known, "fields")
            rule = "must be a field that a variant can change"
            yield _problem(inner, f"{path}.{key}", rule, key, hint)
    label = variant.value.get(LABEL)
    if label is not None and not isinstance(label.value, str):
        yield _problem(label, f"{path}.{LABEL}", "must be text", label.preview)


def labels_of(variants: Mapping[str, Node]) -> dict[str, str]:
    """What each variant is called in words: its label, or its name."""
    return {name: _label(variant) or name for name, variant in variants.items()}


def changes_of(root: Node, variants: Mapping[str, Node], name: str) -> Node:
    """The tree of a variant as that of a child file, with an id and a title of its own.

    Raises
    ------
    Unreadable : if there is no such variant
    """
    if name not in variants:
        hint = near(name, variants, "variants")
        raise Unreadable(root.place, f"{VARIANTS}: must have the variant", name, hint)
    variant = variants[name]
    assert isinstance(variant.value, dict)
    entries = {key: node for key, node in variant.value.items() if key != LABEL}
    for key, sign, words, most in (
        ("id", "_", name, _LONGEST_ID),
        ("title", ", ", _label(variant) or name, None),
    ):
        own = root.value.get(key) if isinstance(root.value, dict) else None
        if own is not None and isinstance(own.value, str) and key not in entries:
            entries[key] = replace(own, value=f"{own.value}{sign}{words}"[:most])
    if "languages" not in entries and (titles := _titles(root, _label(variant) or name)):
        entries["languages"] = replace(variant, value=titles)
    return replace(variant, value=entries)


def _titles(root: Node, label: str) -> dict[str, Node]:
    """The title of a variant in each language of its file, from those of the file and the label."""
    found = {}
    title = root.value.get("title") if isinstance(root.value, dict) else None
    own = title.value if title is not None and isinstance(title.value, str) else ""
    for tag, language in inside(root, "languages").items():
        texts = {one_line(text): node.value for text, node in inside(language, "texts").items()}
        said = [texts.get(one_line(text)) for text in (own, label)]
        if all(isinstance(text, str) for text in said):
            node = replace(language, value=", ".join(map(str, said)))
            whole = replace(language, value={f"{own}, {label}": node})
            found[tag] = replace(language, value={"texts": whole})
    return found


def _label(variant: Node) -> str:
    label = variant.value.get(LABEL) if isinstance(variant.value, dict) else None
    if label is None or label.missing or not isinstance(label.value, str):
        return ""
    return label.value


def _problem(node: Node, path: str, rule: str, given: str, hint: str = "") -> Problem:
    place = node.key or node.place
    return Problem(place.shown, place.line, place.column, path, rule, given, hint)
