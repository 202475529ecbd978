"""A new scenario: small, commented, free of errors and warnings, and ready to run.

Values are the typical ones of the schema's guides; comments are the schema's help and rules of
thumb, and sentences of the language that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from sim.scenario.catalogue import Field, find
from sim.scenario.spec import show
from sim.words import Words
from sim.words.names import readable_name

_STATES = ("north", "south", "east", "west")
_GROUPS = ("front", "brigade", "movement", "column")
_MEDIATORS = ("league", "union", "envoy", "council")
_HOME, _ABROAD = 500, 1500  # fighters of a group at home and with its host
_COMMENT = 96  # characters of a line of a comment
_SECTORS = ("capital", "border")


class Cast(NamedTuple):
    """The names of the actors."""

    states: tuple[str, ...]
    groups: tuple[str, ...]
    mediators: tuple[str, ...]


#: How many of each there are unless somebody says otherwise.
USUAL = {"states": 2, "groups": 1, "mediators": 1}


def usual_names(kind: str, count: int) -> tuple[str, ...]:
    """Invented names of so many states, groups or mediators."""
    known = {"states": _STATES, "groups": _GROUPS, "mediators": _MEDIATORS}[kind]
    more = (f"{kind.removesuffix('s')}_{k + 1}" for k in range(len(known), count))
    return (*known[:count], *more)


@dataclass(frozen=True)
class _Group:
    name: str
    enemy: str
    host: str


def template(name: str, cast: Cast, words: Words) -> str:
    """The text of a new scenario with invented actors.

    Parameters
    ----------
    name : its id
    cast : names of states (2 at least), groups and mediators
    words : in which the comments are written, but for the help of the schema
    """
    return "\n".join(_Writer(name, cast, words).lines()) + "\n"


def child(
    name: str, base: str, title: str, levers: list[tuple[str, float, str]], words: Words
) -> str:
    """The text of a scenario that extends another one.

    Parameters
    ----------
    name : its id
    base : what `extends` says
    title : that of the other scenario
    levers : paths that one may want to change, with their values and labels
    words : in which the comments are written
    """
    why = words.text("cli.new.why")
    lines = [*_comment(words.text("cli.new.child", base=base)), f"id: {name}", f"extends: {base}"]
    lines += [f"title: {_scalar(words.text('cli.new.variant_of', title=title))}", ""]
    lines += _comment(words.text("cli.new.set"))
    tree: dict[str, Any] = {}
    for path, value, label in levers:
        *above, last = path.split(".")
        here = tree
        for key in above:
            here = here.setdefault(key, {})
        here[last] = f"{{value: {_digits(value)}, assumed: {_scalar(why)}}}  # {label}"
    return "\n".join([*lines, *_as_comments(tree, "")]) + "\n"


def _as_comments(tree: dict[str, Any], indent: str) -> Iterator[str]:
    """A tree of mappings as lines behind signs of a comment."""
    for key, value in tree.items():
        if isinstance(value, str):
            yield f"# {indent}{key}: {value}"
        else:
            yield f"# {indent}{key}:"
            yield from _as_comments(value, indent + "  ")


class _Writer:
    def __init__(self, name: str, cast: Cast, words: Words) -> None:
        self.name, self.words = name, words
        self.states, self.mediators, many = cast.states, cast.mediators, len(cast.states)
        self.groups = [
            _Group(one, self.states[k % many], self.states[(k + 1) % many])
            for k, one in enumerate(cast.groups)
        ]
        ring = [(k, (k + 1) % many) for k in range(many)]
        self.pairs = [(self.states[a], self.states[b]) for a, b in ring if a < b or many > 2]
        self.told: set[str] = set()

    def lines(self) -> Iterator[str]:
        """The whole file."""
        yield from _comment(self.words.text("cli.new.head", name=self.name))
        for part in (self._top, self._states, self._relations, self._groups, self._mediators):
            yield from part()
        for part in (self._sectors, self._borders, self._history, self._outcomes, self._levers):
            yield from part()
        yield from self._designs()

    def _say(self, key: str, indent: int = 0) -> Iterator[str]:
        yield from _comment(self.words.text(f"cli.new.{key}"), indent)

    def _number(self, path: str, indent: int, value: float | None = None) -> Iterator[str]:
        """A number with its help and its rule of thumb, where that was not said yet."""
        (field,) = (one for one in find(path) if one.is_leaf)
        given = _typical(field) if value is None else value
        if field.name not in self.told:
            self.told.add(field.name)
            yield from _comment(_about(field, self.words), indent)
        yield f"{' ' * indent}{field.path[-1]}: {_digits(given)}"

    def _top(self) -> Iterator[str]:
        title = self.words.text(
            "cli.new.title", states=self.words.join(map(readable_name, self.states))
        )
        yield from ("format: 1", f"id: {self.name}", f"title: {_scalar(title)}")
        yield from self._say("kind")
        yield "kind: fictional"
        yield f"question: {_scalar(self.words.text('cli.new.question'))}"
        yield from self._say("dates")
        yield from ("start: 2020-01-01", "release: 2020-01-10", "horizon: 180 days", "")

    def _states(self) -> Iterator[str]:
        yield "states:"
        for name in self.states:
            yield f"  {name}:"
            for key in ("personnel", "combat_aircraft", "resolve"):
                yield from self._number(f"states.STATE.{key}", 4)
        yield ""

    def _relations(self) -> Iterator[str]:
        yield from self._say("relations")
        yield "relations:"
        for one, other in self.pairs:
            yield f"  {one}_{other}:"
            yield f"    between: [{one}, {other}]"
            yield from self._number("relations.RELATION.trust", 4)
            yield from self._number("relations.RELATION.trade", 4)
            yield "    views:"
            for state in (one, other):
                yield f"      {state}:"
                for key in ("grievance", "complicity"):
                    yield from self._number(f"relations.RELATION.views.STATE.{key}", 8)
        yield ""

    def _groups(self) -> Iterator[str]:
        if not self.groups:
            return
        yield "groups:"
        for group in self.groups:
            haven = _typical(find("groups.GROUP.hosts.STATE.haven")[0])
            fighters = {f"{group.enemy}_border": _HOME, f"{group.host}_border": _ABROAD}
            strength = _HOME + haven * _ABROAD
            yield f"  {group.name}:"
            yield from _comment(find("groups.GROUP.enemy")[0].help, 4)
            yield f"    enemy: {group.enemy}"
            yield from _comment(find("groups.GROUP.hosts")[0].help, 4)
            yield f"    hosts:\n      {group.host}:"
            for key in ("haven", "share", "affinity"):
                yield from self._number(f"groups.GROUP.hosts.STATE.{key}", 8)
            yield from _comment(_about(find("groups.GROUP.fighters.SECTOR")[0], self.words), 4)
            each = ", ".join(f"{sector}: {_digits(n)}" for sector, n in fighters.items())
            yield f"    fighters: {{{each}}}"
            yield from self._number("groups.GROUP.base_rate", 4)
            yield from self._number("groups.GROUP.reference_strength", 4, strength)
            yield from self._number("groups.GROUP.capacity", 4, 2 * (_HOME + _ABROAD))
        yield ""

    def _mediators(self) -> Iterator[str]:
        if not self.mediators:
            return
        yield "mediators:"
        for name in self.mediators:
            field = find("mediators.MEDIATOR.leverage.STATE")[0]
            each = ", ".join(f"{state}: {_digits(_typical(field))}" for state in self.states)
            yield f"  {name}:"
            yield from _comment(_about(field, self.words), 4)
            yield f"    leverage: {{{each}}}"
            yield from self._number("mediators.MEDIATOR.credibility", 4)
        yield ""

    def _sectors(self) -> Iterator[str]:
        yield from self._say("sectors")
        yield "sectors:"
        for state in self.states:
            for part, other in (_SECTORS, _SECTORS[::-1]):
                yield f"  {state}_{part}:\n    state: {state}"
                yield from self._number("sectors.SECTOR.population", 4)
                yield from self._number("sectors.SECTOR.garrison", 4)
                yield f"    terrain: {'urban' if part == 'capital' else 'hill'}"
                if part == "capital":
                    yield "    capital: true"
                yield f"    neighbours: [{state}_{other}]"
        yield ""

    def _borders(self) -> Iterator[str]:
        yield from self._say("borders")
        yield "borders:"
        for one, other in self.pairs:
            yield f"  {one}_{other}_road:"
            yield f"    sectors: [{one}_border, {other}_border]"
            yield f"    crossing: {readable_name(f'{one}_{other}_road')}\n    trade_share: 1"
        yield ""

    def _history(self) -> Iterator[str]:
        yield from self._say("history")
        yield "history:"
        if self.groups:
            group = self.groups[0]
            yield f"  - date: 2020-01-05\n    actor: {group.name}\n    action: attack"
            yield f"    sectors: [{group.enemy}_border]\n    deaths: {{security: 12, civilians: 2}}"
            yield f"  - date: 2020-01-09\n    actor: {group.enemy}\n    action: limited_strike"
            yield f"    target: {group.host}\n    group: {group.name}"
            yield f"    sectors: [{group.host}_border]"
        else:
            one, other = self.pairs[0]
            yield f"  - date: 2020-01-09\n    actor: {one}\n    action: raid\n    target: {other}"
            yield f"    sectors: [{other}_border]"
        yield ""

    def _outcomes(self) -> Iterator[str]:
        yield from self._say("outcomes")
        yield "outcomes:"
        war, strikes, quiet = (
            self.words.text(f"cli.new.outcome.{key}") for key in ("war", "strikes", "quiet")
        )
        yield f"  - {_scalar(war)}: {{first_open_war_day: {{never: false}}}}"
        yield f"  - {_scalar(strikes)}: {{max_rung: {{at_least: 4}}}}"
        yield from (f"  - {_scalar(quiet)}: {{}}", "")

    def _levers(self) -> Iterator[str]:
        yield from self._say("levers")
        yield "levers:"
        text = self.words.text
        first = self.states[0]
        found = [(f"states.{first}.resolve", text("cli.new.resolve", name=readable_name(first)))]
        if self.mediators:
            one = self.mediators[0]
            label = text("cli.new.leverage", name=readable_name(one), state=readable_name(first))
            found.append((f"mediators.{one}.leverage.{first}", label))
        if self.groups:
            group = self.groups[0]
            label = text("cli.new.haven", name=readable_name(group.name))
            found.append((f"groups.{group.name}.hosts.{group.host}.haven", label))
        for path, label in found:
            yield f"  - {{path: {path}, label: {_scalar(label)}, low: 0, high: 1}}"

    def _designs(self) -> Iterator[str]:
        """A design as a comment: it runs once the signs before it are gone."""
        yield ""
        yield from self._say("designs")
        yield "# designs:"
        yield "#   resolve:"
        yield f"#     policies: {{{self.states[-1]}: [quantal, grim]}}"
        yield f"#     vary: {{states.{self.states[0]}.resolve: {{steps: 5}}}}"
        yield "#     runs: 200"


def _typical(field: Field) -> float:
    assert field.spec.guide is not None
    return field.spec.guide.typical


def _about(field: Field, words: Words) -> str:
    """Help, unit, range and rule of thumb of a field."""
    facts = [field.unit] if field.unit not in ("", "1") else []
    if field.limits is not None:
        facts.append(words.range(*field.limits))
    text = f"{field.help} [{'; '.join(facts)}]"
    guide = field.spec.guide
    if guide is None:
        return text
    return f"{text} {words.text('cli.new.thumb', rule=guide.rule)}"


def _digits(value: float) -> str:
    """A number as people write it in a file."""
    whole = float(value).is_integer()
    return f"{int(value):_}" if whole and abs(value) >= 10_000 else show(value)


def _comment(text: str, indent: int = 0) -> Iterator[str]:
    from textwrap import wrap

    room = _COMMENT - indent
    for line in wrap(text, room, break_on_hyphens=False, break_long_words=False):
        yield f"{' ' * indent}# {line}"


def _scalar(text: str) -> str:
    from sim.scenario.text import scalar

    return scalar(text)
