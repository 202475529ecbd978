"""Fields of the scenario language as tables: on a screen, as data, and as a page of the docs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from rich.padding import Padding

from sim.cli.markdown import head_of, rows_of
from sim.cli.tables import screen, table_of

if TYPE_CHECKING:
    from sim.scenario.catalogue import Field
    from sim.words import Words

_INDENT = (0, 0, 0, 4)
_HEADS = ("field", "unit", "range", "default", "help")


def print_field(field: Field, words: Words) -> None:
    """One field with all that is known about it, a line for each fact."""
    console = screen()
    console.print(field.name, style="bold")
    console.print(Padding(field.help, _INDENT))
    for key, value in _facts(field, words):
        head = words.text(f"cli.fields.{key}")
        fact = words.text("cli.fact", name=head, value=value)
        console.print(Padding(fact, _INDENT))


def print_table(fields: Sequence[Field], title: str, words: Words) -> None:
    """Fields as rows; what the paths of all begin with is left out."""
    table = table_of(title, *(words.text(f"cli.fields.{key}") for key in _HEADS[:1]))
    for key in _HEADS[1:]:
        table.add_column(words.text(f"cli.fields.{key}"), overflow="fold")
    above = _common([field.path[:-1] for field in fields])
    for field in fields:
        table.add_row(".".join(field.path[above:]), *_row(field, words)[1:])
    screen().print(table)


def _common(paths: Sequence[tuple[str, ...]]) -> int:
    """How many words all paths begin with."""
    return sum(1 for _ in takewhile(lambda words: len(set(words)) == 1, zip(*paths, strict=False)))


def as_json(field: Field) -> dict[str, Any]:
    """A field as plain values, None where there is nothing."""
    guide, limits = field.spec.guide, field.limits
    return {
        "path": field.name,
        "help": field.help,
        "unit": field.unit or None,
        "low": None if limits is None else float(limits[0]),
        "high": None if limits is None else float(limits[1]),
        "choices": list(field.choices),
        "required": field.default is None,
        "default": _plain_default(field),
        "source": field.source or None,
        "usual": None if guide is None else [guide.low, guide.typical, guide.high],
        "rule_of_thumb": None if guide is None else guide.rule,
    }


def _plain_default(field: Field) -> Any:
    made = field.spec.default
    value = getattr(made, "value", made)
    return value if isinstance(value, bool | int | float | str) else None


def page(fields: Sequence[Field], words: Words) -> Iterator[str]:
    """Lines of the page of all fields, a section for each block."""
    yield from head_of("fields", words)
    heads = [words.text(f"cli.fields.{key}") for key in _HEADS]
    sections: dict[tuple[str, ...], list[Field]] = {}
    told: dict[Any, tuple[str, ...]] = {}
    helps: dict[tuple[str, ...], str] = {}
    for field in fields:
        if not field.is_leaf:
            helps[field.path] = field.help
        elif (*told.setdefault(field.spec.home or field.path, field.path[:-1]),) == field.path[:-1]:
            sections.setdefault(field.path[:-1], []).append(field)
        else:  # a block that stands in two places is described in the first one
            sections.setdefault(field.path[:-1], [])
    for path, members in sections.items():
        name = ".".join(path) or words.text("cli.fields.top")
        yield from (f"## {name}", "")
        above = next((helps[path[:n]] for n in range(len(path), 0, -1) if path[:n] in helps), "")
        if above:
            yield from (above, "")
        if not members:
            first = _place_of_block(path, fields, told)
            yield from (words.text("cli.fields.as", place=".".join(first)), "")
            continue
        rows = [[f"`{one.path[-1]}`", *_row(one, words)[1:]] for one in members]
        yield from rows_of(heads, rows)
        guided = [one for one in members if one.spec.guide is not None]
        for one in guided:
            yield words.text(
                "cli.fields.thumb", name=one.path[-1], usual=_usual(one, words), rule=_rule(one)
            )
        if guided:
            yield ""


def _place_of_block(
    path: tuple[str, ...], fields: Sequence[Field], told: dict[Any, tuple[str, ...]]
) -> tuple[str, ...]:
    """Where a block is described that stands at this path too."""
    return next(told[one.spec.home] for one in fields if one.path[:-1] == path and one.spec.home)


def _row(field: Field, words: Words) -> list[str]:
    limits = field.limits
    allowed = words.range(*limits) if limits else ", ".join(field.choices)
    return [field.name, field.unit, allowed, _default(field, words), field.help]


def _default(field: Field, words: Words) -> str:
    if field.default is None:
        return words.text("cli.fields.required")
    return field.default or words.text("cli.fields.nothing")


def _usual(field: Field, words: Words) -> str:
    guide = field.spec.guide
    assert guide is not None
    low, typical, high = map(words.exact, (guide.low, guide.typical, guide.high))
    return words.text("cli.fields.three", low=low, typical=typical, high=high)


def _rule(field: Field) -> str:
    assert field.spec.guide is not None
    return field.spec.guide.rule


def _facts(field: Field, words: Words) -> Iterator[tuple[str, str]]:
    _, unit, allowed, default, _ = _row(field, words)
    if unit:
        yield "unit", unit
    if allowed:
        yield "range", allowed
    yield "default", default
    if field.source:
        yield "source", field.source
    if field.spec.guide is not None:
        yield "usual", _usual(field, words)
        yield "rule", _rule(field)
