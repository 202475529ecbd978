"""YAML text to a tree of nodes that know where they stand.

Safe by construction: only text, mappings and sequences exist here; tags are refused, size, depth
and the growth by aliases bounded, duplicate keys reported. What a scalar means follows the core
schema of YAML 1.2.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from sim.errors import Problem
from sim.plain import plain
from sim.scenario.scalars import meaning
from sim.scenario.syntax import complaint

MAX_DEPTH = 30
#: Values of a file that somebody writes, and of a resolved form, in which a number has ten.
MAX_NODES, RESOLVED_NODES = 16_000, 300_000
MAX_NAMES = 300

CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Place(NamedTuple):
    """Where something stands.

    The file as shown to the user, the file as kept in the resolved form, line, column.
    """

    shown: str
    origin: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Node:
    """A scalar (its text), mapping or sequence, with its place and, in a mapping, that of its key.

    `plain` and `plain_key` tell that it, or its key, stands without quotes; `carried` are entries
    of a mapping that it extends and that are about that mapping's own numbers alone; `ordered`
    marks a mapping that a file gives as a list of single entries, since its order has a meaning.
    """

    place: Place
    value: str | dict[str, Node] | list[Node]
    plain: bool = False
    key: Place | None = None
    plain_key: bool = False
    size: int = 1
    carried: tuple[tuple[str, Node], ...] = ()
    ordered: bool = False

    @property
    def scalar(self) -> bool | int | float | str | None:
        """What a scalar means."""
        assert isinstance(self.value, str)
        return meaning(self.value) if self.plain else self.value

    @property
    def missing(self) -> bool:
        """Whether it is YAML's null."""
        return isinstance(self.value, str) and self.scalar is None

    @property
    def is_text(self) -> bool:
        """Whether it is a text, and no number, flag, collection or nothing."""
        return isinstance(self.value, str) and isinstance(self.scalar, str)

    @property
    def preview(self) -> str:
        """The node in a few words, for messages."""
        if isinstance(self.value, dict):
            return "a mapping" if self.value else "an empty mapping"
        if isinstance(self.value, list):
            return f"a list of {len(self.value)}" if self.value else "an empty list"
        if self.missing:
            return "nothing"
        text = self.value if self.plain else repr(self.value)
        return text if len(text) <= 60 else text[:57] + "..."


class Unreadable(Exception):
    """A file of which nothing can be used."""

    def __init__(self, place: Place, rule: str, given: str = "", hint: str = "") -> None:
        self.problem = Problem(place.shown, place.line, place.column, "", rule, given, hint)


def closest(word: str, names: Iterable[str]) -> str:
    """A hint: the name probably meant, if one is close."""
    close = difflib.get_close_matches(
        word[:60], list(dict.fromkeys(names))[:MAX_NAMES], n=1, cutoff=0.6
    )
    return f"did you mean {close[0]}?" if close else ""


def cite_hint(path: str, form: str) -> str:
    """A hint: where a source stands that was written among the names of a table."""
    of_number = form == "number"
    return (
        f"write it beside {path.rpartition('.')[2]}" if of_number else f"write it in each of {path}"
    )


def comma_hint(key: str, value: Node, names: Iterable[str]) -> str:
    """A hint where a comma within { } ended a value, and what stood behind it became a name."""
    if value.value != "" or not value.plain or closest(key, names):
        return ""
    return "a comma ends a value: put a text with a comma in quotes, write decimals with a point"


def listed_names(names: Iterable[str]) -> str:
    """Names in a row; one with a comma in it stands in quotation marks."""
    return ", ".join(f'"{name}"' if "," in name else name for name in names)


def near(word: str, names: Iterable[str], what: str = "known") -> str:
    """A hint: the name probably meant, and the names that exist."""
    known = list(dict.fromkeys(names))
    listed = listed_names(known[:25]) + (", ..." if len(known) > 25 else "")
    return "; ".join(filter(None, [closest(word, known), f"{what}: {listed or 'none'}"]))


def inside(root: Node, table: str) -> dict[str, Node]:
    """The entries of a table of a file; none where there is something else in its place."""
    node = root.value.get(table) if isinstance(root.value, dict) else None
    return node.value if node is not None and isinstance(node.value, dict) else {}


def one_line(text: str) -> str:
    """A text in one line, however it is folded in a file."""
    return " ".join(text.split())


def parse(text: str, place: Place, most: int = MAX_NODES) -> tuple[Node, list[Problem]]:
    """The tree of a YAML text of `most` values, and what is wrong short of being unreadable.

    Raises
    ------
    Unreadable : if there is no tree to speak of
    """
    composer = _Composer(place, most)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            composer.take(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = (
            place if mark is None else place._replace(line=mark.line + 1, column=mark.column + 1)
        )
        given, hint = complaint(str(error.problem or error.context))
        raise Unreadable(where, "must be YAML", given, hint) from error
    except (
        YAMLError,
        ValueError,
        TypeError,
        LookupError,
        ArithmeticError,
        AttributeError,
        AssertionError,
        NotImplementedError,
    ) as error:
        # ruamel.yaml answers some malformed texts with an exception of Python's own
        raise Unreadable(place, "must be YAML", " ".join(str(error).split())[:120]) from error
    if composer.root is None or composer.root.missing:
        raise Unreadable(place, "must not be empty")
    return composer.root, composer.problems


class _Open(NamedTuple):
    """A collection whose end has not come."""

    place: Place
    entries: dict[str, Node] | list[Node]
    anchor: str | None
    keys: list[Node]


class _Composer:
    """Builds the tree from parser events, without recursion."""

    def __init__(self, place: Place, most: int) -> None:
        self.file, self.most = place, most
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self.stack: list[_Open] = []
        self.anchors: dict[str, Node | None] = {}
        self.documents = 0
        self.nodes = 0

    def take(self, event: Any) -> None:
        """One event of the parser."""
        place = self.file._replace(
            line=event.start_mark.line + 1, column=event.start_mark.column + 1
        )
        if getattr(event, "tag", None) not in (None, "!") or (
            getattr(event, "tag", None) == "!" and not isinstance(event, ScalarEvent)
        ):
            raise Unreadable(place, "must not have tags", str(event.tag))
        self.nodes += 1
        if self.nodes > self.most:
            raise Unreadable(place, f"must have at most {self.most} values")
        if isinstance(event, ScalarEvent):
            self._scalar(event, place)
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            self._open(event, place)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._close()
        elif isinstance(event, AliasEvent):
            self._alias(event, place)
        elif isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise Unreadable(place, "must hold one document", "a second one")

    def _scalar(self, event: Any, place: Place) -> None:
        _check_printable(event.value, place)
        node = Node(place, event.value, plain=event.style is None and event.tag is None)
        self._anchor(event.anchor, node)
        self._add(node)

    def _open(self, event: Any, place: Place) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise Unreadable(place, f"must be nested at most {MAX_DEPTH} deep")
        if event.anchor:
            self.anchors[event.anchor] = None
        self.stack.append(
            _Open(place, {} if isinstance(event, MappingStartEvent) else [], event.anchor, [])
        )

    def _close(self) -> None:
        done = self.stack.pop()
        inside = done.entries.values() if isinstance(done.entries, dict) else done.entries
        node = Node(done.place, done.entries, size=1 + sum(n.size for n in inside))
        if node.size > self.most:
            raise Unreadable(
                done.place,
                f"must have at most {self.most} values, aliases counted each time",
                f"{node.size}",
            )
        self._anchor(done.anchor, node)
        self._add(node)

    def _alias(self, event: Any, place: Place) -> None:
        node = self.anchors.get(event.anchor)
        if node is None:
            rule = (
                "must not contain itself"
                if event.anchor in self.anchors
                else "must name an anchor above"
            )
            raise Unreadable(place, rule, f"*{event.anchor}")
        self._add(replace(node, key=None))

    def _anchor(self, name: str | None, node: Node) -> None:
        if name:
            self.anchors[name] = node

    def _add(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if isinstance(top.entries, list):
            top.entries.append(node)
        elif not top.keys:
            top.keys.append(node)
        else:
            self._entry(top.entries, top.keys.pop(), node)

    def _entry(self, entries: dict[str, Node], key: Node, node: Node) -> None:
        place = key.place
        if not isinstance(key.value, str):
            self._problem(place, "", "must have text as a key", key.preview)
        elif key.plain and key.value == "<<":
            self._problem(place, key.value, "must not be a merge key", "it", "see extends")
        elif key.value in entries:
            first = entries[key.value].key or place
            self._problem(
                place, key.value, "must be given once", "it again", f"first in line {first.line}"
            )
        else:
            entries[key.value] = replace(node, key=place, plain_key=key.plain)

    def _problem(self, place: Place, key: str, rule: str, given: str, hint: str = "") -> None:
        path = self._path(key) if key else ""
        self.problems.append(
            Problem(place.shown, place.line, place.column, path, rule, given, hint)
        )

    def _path(self, last: str) -> str:
        return ".".join(
            [
                *(
                    o.keys[0].value
                    for o in self.stack[:-1]
                    if o.keys and isinstance(o.keys[0].value, str)
                ),
                last,
            ]
        )


def _check_printable(text: str, place: Place) -> None:
    if bad := CONTROL.search(text):
        raise Unreadable(place, "must be printable text", f"the character {bad[0]!a}")


def from_python(value: object, place: Place, depth: int = 0) -> Node:
    """The tree of a Python object made of mappings, sequences and plain values.

    Raises
    ------
    Unreadable : if there is anything else in it
    """
    if depth > MAX_DEPTH:
        raise Unreadable(place, f"must be nested at most {MAX_DEPTH} deep")
    value = plain(value)
    if isinstance(value, Mapping):
        _check_printable("".join(map(str, value)), place)
        return Node(
            place,
            {
                str(k): replace(from_python(v, place, depth + 1), key=place)
                for k, v in value.items()
            },
        )
    if isinstance(value, list | tuple):
        return Node(place, [from_python(v, place, depth + 1) for v in value])
    if value is None or isinstance(value, bool):
        return Node(place, {None: "null", True: "true", False: "false"}[value], plain=True)
    if isinstance(value, str):
        _check_printable(value, place)
        return Node(place, value)
    if isinstance(value, date):
        return Node(place, value.isoformat(), plain=True)
    try:
        real = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError) as error:
        raise Unreadable(
            place, "must be a plain value, mapping or list", type(value).__name__
        ) from error
    whole = real.is_integer() and abs(real) < 1e15
    text = (
        str(int(real))
        if whole
        else {"inf": ".inf", "-inf": "-.inf", "nan": ".nan"}.get(repr(real), repr(real))
    )
    return Node(place, text, plain=True)
