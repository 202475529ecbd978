"""The layout of a scenario file: keys in the order of the schema, with their comments.

Lines are moved and never written anew, so that comments, quotes, groups of digits and the way in
which a mapping is folded stay as somebody wrote them. What a file says is compared before and
after. Names of entries and lists stay in the order in which they stand, which is the author's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from sim.scenario.fields import CITE, specs
from sim.scenario.reading import Node, Place, Unreadable, parse
from sim.scenario.resolve import EXTENDS, ROOT, below
from sim.scenario.source import decode
from sim.scenario.spec import Spec
from sim.scenario.variants import VARIANTS


@dataclass
class _Part:
    """A value that a file gives: where it begins and, of a mapping or list in lines, what is in it.

    `line` and `column` count from 0; `keys` are the places of the keys of a mapping.
    """

    line: int
    column: int
    in_lines: bool = False
    keys: list[tuple[str, int, int]] = field(default_factory=list)
    parts: list[_Part] = field(default_factory=list)
    is_map: bool = False


def in_layout(data: bytes, shown: str) -> str:
    """The text of a scenario file in its layout.

    Keys stand in the order of the schema, no line ends in spaces, one empty line at most parts two
    lines, and the last line has its end. Doing it twice changes nothing.

    Parameters
    ----------
    data : the file
    shown : what problems call it

    Raises
    ------
    Unreadable : if it is no YAML, or cannot be put in order without a change of what it says
    """
    place = Place(shown, shown)
    text = re.sub("\r\n?", "\n", decode(data, place, len(data))).rstrip("\n") + "\n"
    before, problems = parse(text, place)
    if problems:
        first = problems[0]
        where = place._replace(line=first.line, column=first.column)
        raise Unreadable(where, f"{first.path}: {first.rule}", first.given, first.hint)
    kept: set[int] = set()
    root = _read(text, kept)
    lines = [
        line if number in kept else line.rstrip()
        for number, line in enumerate(text[:-1].split("\n"))
    ]
    ordered = list(_in_order(root, ROOT, [*enumerate(lines)], 0, len(lines)))
    made = "\n".join(_with_spaces(ordered, kept)).strip("\n") + "\n"
    try:
        after, _ = parse(made, place)
    except Unreadable as error:
        raise Unreadable(
            place, "must say the same in the order of the schema", error.problem.given, _ALIAS
        ) from error
    if _meaning(before) != _meaning(after):
        raise Unreadable(place, "must say the same in the order of the schema", "it does not")
    return made


_ALIAS = "an alias must stand after its anchor; write the value in both places"


def _meaning(node: Node) -> Any:
    """What a tree says, without places and without the order of mappings."""
    if isinstance(node.value, dict):
        return {key: _meaning(inner) for key, inner in node.value.items()}
    if isinstance(node.value, list):
        return [_meaning(inner) for inner in node.value]
    return node.value, node.plain


def _read(text: str, kept: set[int]) -> _Part:
    """The tree of a text; `kept` is filled with the lines inside texts of several lines."""
    stack: list[_Part] = [_Part(0, 0)]
    waiting: list[bool] = [False]  # whether the next scalar of a mapping is a key
    for event in YAML(typ="safe", pure=True).parse(text):
        mark = event.start_mark
        if isinstance(event, MappingEndEvent | SequenceEndEvent):
            stack.pop()
            waiting.pop()
            _value_done(stack, waiting)
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            part = _Part(mark.line, mark.column, not event.flow_style)
            part.is_map = isinstance(event, MappingStartEvent)
            stack[-1].parts.append(part)
            stack.append(part)
            waiting.append(part.is_map)
        elif isinstance(event, ScalarEvent | AliasEvent):
            if isinstance(event, ScalarEvent) and event.end_mark.line > mark.line:
                # the end of a folded text is where the next thing begins
                kept.update(range(mark.line + 1, event.end_mark.line + 1))
            if stack[-1].is_map and waiting[-1]:
                name = event.value if isinstance(event, ScalarEvent) else ""
                stack[-1].keys.append((str(name), mark.line, mark.column))
                waiting[-1] = False
            else:
                stack[-1].parts.append(_Part(mark.line, mark.column))
                _value_done(stack, waiting)
    return stack[0].parts[0]


def _value_done(stack: Sequence[_Part], waiting: list[bool]) -> None:
    if stack and stack[-1].is_map:
        waiting[-1] = True


Line = tuple[int, str]


def _in_order(
    part: _Part, spec: Spec | None, lines: list[Line], first: int, last: int
) -> Iterator[Line]:
    """The lines from `first` to before `last`, which hold a value, in the order of the schema."""
    if not part.in_lines:
        yield from lines[first:last]
        return
    starts = _starts(part, lines, first)
    ends = [*starts[1:], last]
    yield from lines[first : starts[0]]
    if not part.is_map:
        inner = spec.item if spec is not None else None
        for child, begin, end in zip(part.parts, starts, ends, strict=True):
            yield from _in_order(child, inner, lines, begin, end)
        return
    chunks = {}
    for (key, _, _), child, begin, end in zip(part.keys, part.parts, starts, ends, strict=True):
        known = below(spec, key) if spec is not None else None
        if spec is ROOT and key == VARIANTS:
            known = Spec("map", item=ROOT)
        chunks[key] = list(_in_order(child, known, lines, begin, end))
    order = sorted(chunks, key=_places(spec, list(chunks)).__getitem__)
    if order == list(chunks):
        for key in order:
            yield from chunks[key]
        return
    column, first_key = part.keys[0][2], part.keys[0][0]
    dash = lines[part.keys[0][1]][1][:column]  # of an item of a list, else spaces
    if not dash.strip():
        for key in order:
            yield from chunks[key]
        return
    number, text = chunks[first_key][0]
    chunks[first_key][0] = number, " " * column + text[column:]
    yield from _with_dash([line for key in order for line in chunks[key]], dash)


def _with_dash(lines: Sequence[Line], dash: str) -> Iterator[Line]:
    """The lines of an item of a list, its first key behind the dash, comments above it."""
    indent = dash[: len(dash) - len(dash.lstrip())]
    begun = False
    for number, text in lines:
        if begun or not text.strip():
            yield number, text
        elif _is_comment(text):
            yield number, indent + text.lstrip()
        else:
            begun = True
            yield number, dash + text[len(dash) :]


def _starts(part: _Part, lines: list[Line], first: int) -> list[int]:
    """The first line of each entry, with the comments and the empty lines above it."""
    places = [(line, column) for _, line, column in part.keys] or [
        (child.line, child.column) for child in part.parts
    ]
    found = []
    for number, (line, column) in enumerate(places):
        start = line
        floor = first if number == 0 else places[number - 1][0] + 1
        while start > floor and _belongs(lines[start - 1][1], column):
            start -= 1
        # what stands at the head of a file, or above an item of a list, stays there
        at_head = number == 0 and part.is_map and (not column or lines[line][1][:column].strip())
        found.append(line if at_head else max(start, floor))
    return found


def _belongs(text: str, column: int) -> bool:
    """Whether a line above an entry is a comment on it, or parts it from the one before."""
    return not text.strip() or (_is_comment(text) and len(text) - len(text.lstrip()) <= column)


def _is_comment(text: str) -> bool:
    return text.lstrip().startswith("#")


def _places(spec: Spec | None, keys: list[str]) -> dict[str, int]:
    """The place of each key; those that the schema does not order stay where they are."""
    if spec is None or spec.form != "block" or spec.block is None:
        return {key: number for number, key in enumerate(keys)}
    known = list(specs(spec.block))
    if spec is ROOT:
        known.insert(known.index("id") + 1, EXTENDS)
    else:
        known = [*(key for key in CITE if key not in known), *known]
    return {
        key: known.index(key) if key in known else len(known) + number
        for number, key in enumerate(keys)
    }


def _with_spaces(lines: Sequence[Line], kept: set[int]) -> Iterator[str]:
    """The lines with one empty line at most between two."""
    empty = True
    for number, text in lines:
        if number in kept:
            yield text
            empty = False
        elif text or not empty:
            yield text
            empty = not text
