"""A tree of nodes to the classes of `schema/`, gathering every problem on the way.

A value that is wrong becomes a harmless one of the right kind, so that the checks across parts
still see the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from itertools import chain
from typing import Any

import attrs

from sim.errors import Problem
from sim.scenario.fields import CITE, Block, specs
from sim.scenario.quantities import SET, Bad, in_bounds, quantity, whole_hint
from sim.scenario.reading import Node, Place, cite_hint, closest, comma_hint, near
from sim.scenario.resolve import below
from sim.scenario.scalars import mistaken
from sim.scenario.spec import DEFAULT, LONGEST_TEXT, NAME, NAME_RULES, Quantity, Spec
from sim.scenario.successors import successor

ENTITIES = ("states", "relations", "groups", "mediators", "sectors", "borders")
#: Tables whose entries have names of their own kind and numbers by dotted path.
NAMED = (*ENTITIES, "alliances", "actions", "events", "flows")
ACTORS = ("states", "groups", "mediators")
DURATION = re.compile(r"(0|[1-9][0-9]{0,5}) *(days?|weeks?)")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MAX_HINTS = 20
#: The kind of file whose numbers need no source, and why they are taken then.
FICTIONAL, INVENTED = "fictional", "invented"
#: A dotted path of four names of 40; six times this is less than a key of YAML may have.
LONGEST_KEY = 160
#: What stands for no value at all: it breaks the rule of every form.
NOTHING = object()


class Builder:
    """One reading of a tree.

    What fills up as it builds: `problems`; `oddities`, which are allowed; `places` of everything
    in the files; `left_out`, the paths of fields that no file gives, or gives as null; `slots` and
    `numbers` by dotted path; `origins`, the files of the leaves that are no numbers.
    """

    def __init__(self, root: Node) -> None:
        self.problems: list[Problem] = []
        self.oddities: list[Problem] = []
        self.origins: dict[str, str] = {}
        self.places: dict[str, Place] = {"": root.place}
        self.left_out: set[str] = set()
        self.slots: dict[str, Spec] = {}
        self.numbers: dict[str, Quantity] = {}
        self.fictional = _is_fictional(root)
        self.cited: list[list[tuple[str, str, str]]] = []
        self.listed = 0
        self.tables: dict[str, tuple[str, ...] | None] = {
            name: _keys(root, name) for name in (*ENTITIES, "actions", "sources")
        }
        actors = [self.tables[kind] for kind in ACTORS]
        self.tables["actors"] = (
            None if None in actors else tuple(name for names in actors for name in names or ())
        )

    def problem(self, place: Place, path: str, rule: str, given: str = "", hint: str = "") -> None:
        """Note something wrong."""
        self.problems.append(
            Problem(place.shown, place.line, place.column, path, rule, given, hint)
        )

    def suggest(self, word: str, names: Iterable[str], what: str) -> str:
        """A hint, as long as the list of problems is one that somebody will read."""
        return near(word, names, what) if len(self.problems) < MAX_HINTS else ""

    def build(self, spec: Spec, node: Node, path: str) -> Any:
        """The value of a node."""
        if node.place.origin != DEFAULT or node.place.line:
            self.places[path] = node.place
        if spec.optional and node.missing:
            return None
        try:
            value = getattr(self, f"_{spec.form}")(spec, node, path)
        except Bad as bad:
            self._bad(bad, path)
            value = _harmless(spec)
        if spec.form == "number":
            self._slot(spec, path, value)
        return value

    def _bad(self, bad: Bad, path: str) -> None:
        self.problem(bad.place, _join(path, bad.below), bad.rule, bad.given, bad.hint)

    def _slot(self, spec: Spec, path: str, value: Quantity) -> None:
        if spec.aside:  # no number of the world
            return
        self.numbers[path] = value
        if not self.listed:
            self.slots[path] = spec

    def _block(self, spec: Spec, node: Node, path: str) -> Block:
        assert spec.block is not None
        fields = specs(spec.block)
        if not isinstance(node.value, dict):
            raise Bad(node, "must be a mapping", hint=f"with {', '.join(fields)}")
        citing = has_numbers(spec.block) and bool(path)
        for key, child in node.value.items():
            if key not in fields and not (citing and key in CITE):
                where = child.key or child.place
                self.problem(
                    where,
                    _join(path, key),
                    f"must be a field of {path or 'a scenario'}",
                    key,
                    successor(_join(path, key))
                    or comma_hint(key, child, fields)
                    or self.suggest(key, fields, "fields"),
                )
        self.cited.append(self._citations(fields, node, path) if citing else [])
        values = {
            inner.name: self._entry(inner, node, node.value.get(key), _join(path, key))
            for key, inner in fields.items()
        }
        self.cited.pop()
        return spec.block.partial(values) if self.problems else spec.block(**values)

    def _entry(self, spec: Spec, parent: Node, child: Node | None, path: str) -> Any:
        """The value of a field that may have been left out."""
        value = self._value_of(spec, parent, child, path)
        if spec.form not in ("number", "block", "map") and not self.listed and value is not None:
            # a number carries its origin itself, and a list is inherited whole
            self.origins[path] = DEFAULT if child is None else child.place.origin
        return value

    def _value_of(self, spec: Spec, parent: Node, child: Node | None, path: str) -> Any:
        if child is not None:
            if child.missing:
                self.left_out.add(path)
            return self.build(spec, child, path)
        if spec.form == "block" and not spec.optional:
            return self.build(spec, Node(Place(DEFAULT, DEFAULT), {}), path)
        if spec.is_required:
            self.problem(parent.place, path, "must be given", hint=spec.help)
            return _harmless(spec)
        self.left_out.add(path)
        value = spec.start()
        if isinstance(value, Quantity):
            self._slot(spec, path, value)
        return value

    def _citations(
        self, fields: Mapping[str, Spec], node: Node, path: str
    ) -> list[tuple[str, str, str]]:
        """What a block, and those that it extends, give as source or assumption of their numbers.

        The key, its words, the file.
        """
        assert isinstance(node.value, dict)
        given = [
            (key, child)
            for key in CITE
            if (child := node.value.get(key)) is not None and not child.missing
        ]
        if len(given) > 1:
            self.problem(
                given[-1][1].place,
                _join(path, "assumed"),
                "must have a source or be assumed, not both",
                "both",
            )
        for key, child in (*given, *node.carried):
            blank = isinstance(child.value, str) and not child.value.strip()
            if (key not in fields or blank) and not child.missing:
                self.build(
                    Spec("text", table="sources" if key == "source" else ""),
                    child,
                    _join(path, key),
                )
        return [
            (key, child.value, child.place.origin)
            for key, child in (*given, *node.carried)
            if isinstance(child.value, str) and not child.missing
        ]

    def _map(self, spec: Spec, node: Node, path: str) -> dict[str, Any]:
        assert spec.item is not None
        if not isinstance(node.value, dict):
            kind = "a list of single entries" if spec.ordered else "a mapping from names"
            raise Bad(node, f"must be {kind}")
        entity, longest = path in NAMED, LONGEST_TEXT if spec.phrase else LONGEST_KEY
        result = {}
        for key, child in node.value.items():
            inner = _join(path, key)
            place = child.key or child.place
            if key in CITE and spec.item.form in ("block", "number") and child.is_text:
                self.problem(
                    *(place, inner, "must not stand among names", child.preview),
                    cite_hint(path, spec.item.form),
                )
                continue
            if child.missing and not spec.item.optional:
                others = [name for name, other in node.value.items() if not other.missing]
                self.problem(
                    child.place,
                    inner,
                    "must be given; null only removes what is inherited",
                    "nothing",
                    comma_hint(key, child, others) or self.suggest(key, others, "there are"),
                )
                continue
            if spec.table:
                self._check_name(spec.table, key, place, inner)
            elif entity and not re.fullmatch(NAME, key):
                self.problem(place, inner, NAME_RULES[NAME], key)
            elif not key.strip() or len(key) > longest:
                self.problem(
                    place,
                    inner,
                    f"must have a name of 1 to {longest} characters",
                    repr(key[:20]),
                )
            if not spec.table and place.origin != DEFAULT:
                self._note_mistaken(Node(place, key, plain=child.plain_key), inner)
            result[key] = self.build(below(spec, key) or spec.item, child, inner)
        return result

    def _list(self, spec: Spec, node: Node, path: str) -> list[Any]:
        assert spec.item is not None
        if not isinstance(node.value, list):
            raise Bad(
                node,
                "must be a list",
                hint=f"write [{node.value}]"
                if isinstance(node.value, str) and not node.missing
                else "",
            )
        if spec.length is not None and len(node.value) != spec.length:
            raise Bad(node, f"must have {spec.length} items", f"{len(node.value)}")
        self.listed += 1
        items = [self.build(spec.item, child, f"{path}.{i}") for i, child in enumerate(node.value)]
        self.listed -= 1
        # no check across parts has to expect a hole where an item was refused
        return [item for item in items if item is not None]

    def _number(self, spec: Spec, node: Node, path: str) -> Quantity:
        if (
            node.place.origin == DEFAULT
            and isinstance(spec.default, Quantity)
            and not node.place.line
        ):
            return spec.default
        made, bads = quantity(node, spec)
        for bad in bads:
            self._bad(bad, path)
        cited = node.value.get("source") if isinstance(node.value, dict) else None
        if (
            cited is not None
            and isinstance(cited.value, str)
            and not cited.missing
            and not (made and made.default)
        ):
            self._check_name("sources", cited.value, cited.place, f"{path}.source")
        if made is None:
            return _harmless(spec)
        if made.source or made.assumed or made.default:
            return made
        if made.file == SET:
            return attrs.evolve(made, assumed=f"set by {SET}")
        for key, words, origin in chain.from_iterable(reversed(self.cited)):
            if origin == made.file:
                source, assumed = (words, None) if key == "source" else (None, words)
                return attrs.evolve(made, source=source, assumed=assumed)
        return attrs.evolve(made, assumed=INVENTED) if self.fictional else made

    def _check_name(self, table: str, name: str, place: Place, path: str) -> None:
        """A name must be in its table; in a table that is no mapping, any may be."""
        names = self.tables[table]
        if names is not None and name not in names:
            self.problem(
                place, path, f"must be one of the {table}", name, self.suggest(name, names, table)
            )

    def _text(self, spec: Spec, node: Node, path: str) -> str:
        value = node.value
        if not isinstance(value, str) or node.missing or isinstance(node.scalar, bool):
            quotes = isinstance(value, str) and not node.missing
            raise Bad(node, "must be text", hint="put it in quotes" if quotes else "")
        if rule := spec.fault(value):
            readable = bool(value.strip()) and len(value) <= LONGEST_TEXT
            hint = closest(value, spec.among) if readable else ""
            raise Bad(node, rule, value if readable else None, hint)
        if spec.table:
            self._check_name(spec.table, value, node.place, path)
        elif not spec.among:
            self._note_mistaken(node, path)
        return value

    def _note_mistaken(self, node: Node, path: str) -> None:
        """Warn of a text without quotes that other readers of YAML take for something else."""
        if node.plain and isinstance(node.value, str) and (other := mistaken(node.value)):
            place, hint = node.place, f"read as this text; YAML 1.1 reads {other}"
            self.oddities.append(
                Problem(
                    *(place.shown, place.line, place.column, path),
                    *("should be in quotes", node.value, hint),
                )
            )

    def _whole(self, spec: Spec, node: Node, path: str) -> Any:
        return _sound(spec, node, node.scalar if isinstance(node.value, str) else None)

    def _real(self, spec: Spec, node: Node, path: str) -> float:
        return in_bounds(node, spec)

    def _flag(self, spec: Spec, node: Node, path: str) -> Any:
        return _sound(spec, node, node.scalar if isinstance(node.value, str) else None)

    def _date(self, spec: Spec, node: Node, path: str) -> Any:
        text = node.value
        day = None
        if isinstance(text, str) and DATE.fullmatch(text):
            try:
                day = date.fromisoformat(text)
            except ValueError as error:
                raise Bad(node, "must be a day that exists", text) from error
        return _sound(spec, node, day)

    def _days(self, spec: Spec, node: Node, path: str) -> Any:
        text = node.value
        value: Any = None
        if isinstance(text, str) and (match := DURATION.fullmatch(text)):
            value = int(match[1]) * (7 if match[2].startswith("week") else 1)
        elif isinstance(text, str):
            value = node.scalar
        return _sound(spec, node, value)


def _sound(spec: Spec, node: Node, value: object) -> object:
    """The value that a node stands for; raises `Bad` with the rule that it breaks.

    None, for a node that stands for no such value, breaks the rule of its form.
    """
    if rule := spec.fault(NOTHING if value is None else value):
        counted = spec.form in ("whole", "days") and isinstance(node.value, str)
        raise Bad(node, rule, hint=whole_hint(node) if counted else "")
    return value


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path and key else path or key


def _is_fictional(root: Node) -> bool:
    """Whether a file says that all of it is invented, so that no number needs a source."""
    kind = root.value.get("kind") if isinstance(root.value, dict) else None
    return kind is not None and kind.value == FICTIONAL


def _keys(root: Node, table: str) -> tuple[str, ...] | None:
    """The names in a table; None if the file has something else in its place."""
    node = root.value.get(table) if isinstance(root.value, dict) else None
    if node is None:
        return ()
    return tuple(node.value) if isinstance(node.value, dict) else None


def _harmless(spec: Spec) -> Any:
    """Something of the right kind in the place of a value that is wrong."""
    if spec.form == "number":
        if isinstance(spec.default, Quantity):
            return spec.default
        least = max(spec.low or 0.0, 0.0)
        return Quantity(least if spec.high is None else min(least, spec.high), unit=spec.unit)
    if spec.form == "block" and spec.block is not None and not spec.optional:
        return spec.block.partial({s.name: _harmless(s) for s in specs(spec.block).values()})
    return {"map": dict, "list": list}.get(spec.form, lambda: None)()


def has_numbers(block: type[Block]) -> bool:
    """Whether a block has numbers with provenance, so that it may state one for them all."""
    return _has_numbers(block)


def _holds_numbers(block: type[Block]) -> bool:
    def holds(spec: Spec | None) -> bool:
        return spec is not None and (
            spec.form == "number"
            or holds(spec.item)
            or (spec.block is not None and has_numbers(spec.block))
        )

    return any(holds(spec) for spec in specs(block).values())


# mypy does not see that a class can be hashed
_has_numbers: Callable[[type[Block]], bool]
_has_numbers = cache(_holds_numbers)  # type: ignore[assignment]
