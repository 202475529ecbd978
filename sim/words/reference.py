"""The reference page of all coded words, docs/reference/vocabulary.md, made from the rows.

Use: `python -m sim.words > docs/reference/vocabulary.md`
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from inspect import cleandoc

from sim.vocabulary import codes, decisions, ladder, policies, stocks
from sim.vocabulary.coded import CodedWord, Row, columns_of, words
from sim.vocabulary.decisions import DecisionKind, Extra
from sim.vocabulary.measures import (
    FIXED,
    OF_ALLIANCES,
    PER_ALLIANCE,
    PER_EVENT,
    PER_FLOW,
    PER_GROUP,
    PER_OWN_ACT,
    PER_SECTOR,
    PER_STATE,
    PER_VIEW,
    Measure,
    PerEntity,
)
from sim.vocabulary.own_measures import SERIES
from sim.words.measures import patterns
from sim.words.words import words as words_of

_HEAD = """# Coded words

Every word that the engine knows by a number. Numbers stand in worlds, logs and ledgers; words stand
in scenario files, tables and sentences. This page is made from the rows of `sim/vocabulary` by
`python -m sim.words > docs/reference/vocabulary.md`, and a test holds it equal to them.
"""

#: Tables and lists by the heading under which they stand.
_PARTS: tuple[tuple[str, tuple[type[CodedWord], ...]], ...] = (
    (
        "The ladder",
        (
            *(ladder.Rung, ladder.Action, ladder.Domain, ladder.Posture),
            *(ladder.Fight, ladder.Aim, ladder.Tally),
        ),
    ),
    ("Policies", (policies.Policy, policies.Attention)),
    (
        "What actors and places are",
        (
            *(codes.Target, codes.Command, codes.Stance, codes.Mode, codes.Move, codes.Answer),
            *(codes.Offer, codes.Crossing, codes.Offensive, codes.Fighting, codes.Terrain),
            *(codes.CrisisKind, codes.TruceKind, codes.Stage, codes.Joining, codes.Call),
        ),
    ),
    (
        "What happens",
        (
            *(codes.EventKind, codes.ScriptEvent, codes.Control, codes.Collapse, codes.Drop),
            codes.BarReason,
        ),
    ),
    ("What flows move", (stocks.Stock,)),
    ("What the engine keeps", (codes.Purpose, codes.FailureKind, Extra, decisions.Header)),
)


def page() -> str:
    """The page."""
    return "\n".join((_HEAD, *_lines()))


def _lines() -> Iterator[str]:
    for title, tables in _PARTS:
        yield f"## {title}\n"
        for table in tables:
            yield from _of(table)
    yield "## Decisions\n"
    yield "Options and terms of each kind, in the order of their numbers.\n"
    for kind in DecisionKind:
        yield f"### {kind.word}\n"
        yield f"{_first_paragraph(kind.terms)}\n"
        yield f"- Options: {', '.join(words(kind.options))}"
        yield f"- Terms: {', '.join(words(kind.terms))}\n"
    yield "## Numbers by day\n"
    yield "What `path` and `highest` of a measure in a file can name (docs/own_measures.md).\n"
    yield from _table(
        ("path", "unit", "held by", "read as"),
        ((f"`{one.path}`", one.unit, f"{one.table}.{one.fields[0]}", one.read) for one in SERIES),
    )
    yield "## Measures\n"
    yield from _measures(FIXED)
    yield "Of the wars of several states, where a scenario has alliances:\n"
    yield from _measures(OF_ALLIANCES)
    for entity, entries in (
        ("state", PER_STATE),
        ("group", PER_GROUP),
        ("sector", PER_SECTOR),
        ("state and rival", PER_VIEW),
        ("event by the scenario's rule", PER_EVENT),
        ("flow", PER_FLOW),
        ("action of its own", PER_OWN_ACT),
        ("alliance", PER_ALLIANCE),
    ):
        yield f"Of each {entity}, by name:\n"
        yield from _measures(entries)


def _measures(entries: Sequence[Measure | PerEntity]) -> Iterator[str]:
    """Rows of measures with what each counts, in English."""
    yield from _table(("measure", "unit", "meaning"), patterns(words_of(), entries))


def _of(table: type[CodedWord]) -> Iterator[str]:
    yield f"### {table.__name__}\n"
    yield f"{cleandoc(table.__doc__ or '')}\n"
    columns = columns_of(table) if issubclass(table, Row) else ()
    rows = (
        (str(int(row)), row.word, *(_cell(getattr(row, column)) for column in columns))
        for row in table
    )
    yield from _table(("number", "word", *columns), rows)


def _first_paragraph(kind: type[CodedWord]) -> str:
    return cleandoc(kind.__doc__ or "").split("\n\n")[0].replace("\n", " ")


def _cell(value: object) -> str:
    if isinstance(value, CodedWord):
        return value.word
    if isinstance(value, type):
        return value.__name__
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else "" if value is None else str(value)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"
    yield ""
