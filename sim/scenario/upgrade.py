"""A file of an older version, brought up to date: what moved is moved, what is gone is left out.

What was a text and is an entry with fields by now becomes one. Nothing is guessed: what a person
has to decide stays as it is, and `check` names it. Comments stay with what they stand above.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, MutableMapping
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from sim.scenario.layout import in_layout
from sim.scenario.reading import Place, Unreadable, parse
from sim.scenario.source import decode
from sim.scenario.successors import MOVED, NUMBERS
from sim.scenario.variants import VARIANTS

#: Lists of a lesson whose entries were texts -> the field in which such a text stands now.
TEXTS = {"teaching.try": "do", "teaching.questions": "ask"}
_LABEL = 40  # characters of a label that is made of a text
_AS_LONG_AS_IT_IS = 100_000  # lines are not folded

Tree = MutableMapping[str, Any]


class Change(NamedTuple):
    """One thing that is not as it was: its path, and what became of it (`how`, a key of words).

    detail : the new path, or what took its place
    given : what stood there
    """

    path: str
    how: str
    detail: str
    given: str


def upgrade(data: bytes, shown: str) -> tuple[str, list[Change]]:
    """The text of a scenario file of an older version as this one reads it, and what changed.

    A file that is up to date comes back in its layout, without a change.

    Parameters
    ----------
    data : the file
    shown : what problems call it

    Raises
    ------
    Unreadable : if it is no YAML, or if a value would be lost on the way
    """
    text = in_layout(data, shown)
    place = Place(shown, shown)
    parse(text, place)  # refuses what is no scenario: too many values, aliases without an end
    yaml = _yaml("rt")
    yaml.indent(mapping=2, sequence=4, offset=2)
    tree = yaml.load(text)
    changes = list(_bring_up_to_date(tree))
    if not changes:
        return text, []
    made = io.StringIO()
    yaml.dump(tree, made)
    expected = _yaml("safe").load(text)
    list(_bring_up_to_date(expected))
    if _yaml("safe").load(made.getvalue()) != expected:
        raise Unreadable(place, "must say the same when it is written anew", "it does not")
    return in_layout(made.getvalue().encode(), shown), changes


def is_of_an_older_version(data: bytes, shown: str) -> bool:
    """Whether `upgrade` would change what a file says."""
    text = decode(data, Place(shown, shown), len(data))
    parse(text, Place(shown, shown))
    return any(_bring_up_to_date(_yaml("safe").load(text)))


def _yaml(kind: str) -> YAML:
    yaml = YAML(typ=kind, pure=True)
    yaml.preserve_quotes = True
    yaml.width = _AS_LONG_AS_IT_IS
    return yaml


def _bring_up_to_date(tree: Any, at: str = "") -> Iterator[Change]:
    """Change a tree of mappings and lists in place; yields what changed."""
    if not isinstance(tree, MutableMapping):
        return
    for old, what in NUMBERS.items():
        for parent, key, path in list(_matches(tree, old.split("."))):
            given = str(parent[key])
            if old not in MOVED:
                del parent[key]
                yield Change(at + path, "gone", what, given)
            elif _move(tree, parent, key, MOVED[old].split(".")):
                yield Change(at + path, "moved", at + MOVED[old], given)
            else:
                del parent[key]
                yield Change(at + path, "twice", at + MOVED[old], given)
            _drop_empty(tree, path.split(".")[:-1])
    yield from _names_of_numbers(tree, at)
    yield from _texts(tree, at)
    variants = tree.get(VARIANTS)
    if isinstance(variants, MutableMapping) and not at:
        for name, variant in variants.items():
            yield from _bring_up_to_date(variant, f"{VARIANTS}.{name}.")


def _matches(tree: Any, keys: list[str], at: str = "") -> Iterator[tuple[Tree, str, str]]:
    """The places of a path in which `*` is any name: the mapping, the key in it, its path."""
    if not isinstance(tree, MutableMapping):
        return
    first, *rest = keys
    for name in list(tree) if first == "*" else [first] * (first in tree):
        path = f"{at}{name}"
        if rest:
            yield from _matches(tree[name], rest, f"{path}.")
        else:
            yield tree, str(name), path


def _move(tree: Tree, parent: Tree, key: str, new: list[str]) -> bool:
    """Move an entry to a path; False if something stands there, or is no mapping on the way."""
    target: Any = tree
    for name in new[:-1]:
        target = target.setdefault(name, type(tree)()) if isinstance(target, MutableMapping) else 0
    if not isinstance(target, MutableMapping) or new[-1] in target:
        return False
    target[new[-1]] = parent.pop(key)
    if isinstance(parent, CommentedMap) and isinstance(target, CommentedMap):
        behind = parent.ca.items.pop(key, None)  # its comment
        target.ca.items.update({new[-1]: behind} if behind else {})
    return True


def _drop_empty(tree: Tree, keys: list[str]) -> None:
    """Take away the mappings on a path that hold nothing any more, from its end."""
    if not keys:
        return
    first, *rest = keys
    if isinstance(tree.get(first), MutableMapping):
        _drop_empty(tree[first], rest)
        if not tree[first]:
            del tree[first]


def _names_of_numbers(tree: Tree, at: str) -> Iterator[Change]:
    """Where a file names a number by its path: its levers, and what trials and events set."""
    for path, lever in _entries(tree, "levers"):
        old = str(lever.get("path"))
        if old in MOVED:
            lever["path"] = MOVED[old]
            yield Change(f"{at}{path}.path", "moved", MOVED[old], old)
    for path, entry in (*_entries(tree, "teaching.try"), *_entries(tree, "events")):
        settings: Any = entry.get("set")
        for old in [*settings] if isinstance(settings, MutableMapping) else []:
            if old in MOVED and MOVED[old] not in settings:
                given = settings.pop(old)
                settings[MOVED[old]] = given
                yield Change(f"{at}{path}.set.{old}", "moved", MOVED[old], str(given))


def _entries(tree: Any, path: str) -> Iterator[tuple[str, Tree]]:
    """The mappings in a list, or under the names of a mapping, and their paths."""
    for key in path.split("."):
        tree = tree.get(key) if isinstance(tree, MutableMapping) else None
    pairs = tree.items() if isinstance(tree, MutableMapping) else enumerate(_list(tree))
    for name, entry in pairs:
        if isinstance(entry, MutableMapping):
            yield f"{path}.{name}", entry


def _list(found: Any) -> list[Any]:
    return found if isinstance(found, list) else []


def _texts(tree: Tree, at: str) -> Iterator[Change]:
    """Texts of a lesson that are entries with fields by now."""
    for place, name in TEXTS.items():
        outer, inner = place.split(".")
        lesson = tree.get(outer)
        listed = _list(lesson.get(inner) if isinstance(lesson, MutableMapping) else None)
        for k, text in enumerate(listed):
            if isinstance(text, str):
                entry = {"label": _label(text)} if name == "do" else {}
                listed[k] = entry | {name: text}
                yield Change(f"{at}{place}.{k}", "entry", name, text)


def _label(text: str) -> str:
    """A text of a few words: its beginning, up to the first stop if that comes early."""
    short = re.split(r"[.,;:?!](?:\s|$)", text.strip(), maxsplit=1)[0]
    if len(short) <= _LABEL:
        return short
    return short[:_LABEL].rsplit(" ", 1)[0] + " …"
