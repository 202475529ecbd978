"""What one value of a scenario file must be, and the rule that a wrong one breaks.

Every rule on a single value stands here once: the reader asks it of what a file says, the records
of `schema/` ask it of what Python code gives them, and the JSON Schema and the reference are
written from the same `Spec`.
"""

from __future__ import annotations

import ast
import inspect
import math
import re
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from itertools import pairwise
from typing import Any

import attrs

from sim.scenario.distributions import Distribution

DEFAULT = "default"
#: In place of a unit: the number is what the dotted path that is its key says, in unit and range.
OF_PATH = "that of its path"
LONGEST_TEXT = 20_000
#: Names of actors, places and pairs, and of a scenario, whose name becomes that of a folder.
NAME, ID = r"[a-z][a-z0-9_]{0,39}", r"[a-z][a-z0-9_]{0,63}"
_NAMED = "must be a name of lower-case letters, digits and underscores, a letter first"
NAME_RULES = {NAME: f"{_NAMED}, 40 at most", ID: f"{_NAMED}, 64 at most"}
#: Share of a field's bound by which the end of a distribution may miss it, for rounding.
TINY = 1e-12


@attrs.frozen
class Quantity:
    """A number of a scenario and where it comes from.

    `value` is the number, or the median of `dist`. `default` tells that the schema gave it; `file`
    and `line` name the place it was read from ("default" for the schema, "--set" for the command
    line).
    """

    value: float
    dist: Distribution | None = None
    unit: str = "1"
    source: str | None = None
    assumed: str | None = None
    note: str | None = None
    claimed_by: str | None = None
    default: bool = False
    file: str = DEFAULT
    line: int = 0

    def __float__(self) -> float:
        return self.value

    @property
    def low(self) -> float:
        """Lowest value it can take."""
        return self.dist.support[0] if self.dist else self.value

    @property
    def high(self) -> float:
        """Highest value it can take."""
        return self.dist.support[1] if self.dist else self.value


@attrs.frozen
class Guide:
    """What to write for a number that nobody has measured.

    `low`, `typical` and `high` are values that people use, in the unit of the field; `rule` is a
    rule of thumb that says how to come to one, and where the three come from.
    """

    low: float
    typical: float
    high: float
    rule: str


@attrs.frozen
class Spec:
    """What a value must be.

    `form` is one of number, text, whole, real, flag, date, days, block, map, list. `table` names
    what a text or the keys of a map refer to; `item` describes the items of a map or list, `block`
    the class of a block. `name` is the attribute of the field and `key` its key in a file,
    `home` the module and the class in which it is declared; `text` is its help where that does not
    stand under it; `ordered` marks a map whose order has a meaning, so that a file gives it as a
    list of single entries. `default` is `...` where a file must give the value, or makes one
    (`Factory`). `guide` says what to write for a number that is hard to know; `aside` marks what is
    said about a scenario and moves no result, `phrase` a text for readers (the items of a list, the
    keys of a map), which other languages say in their own words.
    """

    form: str
    text: str = ""
    name: str = ""
    key: str = ""
    home: tuple[str, str] | None = None
    default: Any = ...
    optional: bool = False
    unit: str = "1"
    low: float | None = None
    high: float | None = None
    among: tuple[Any, ...] = ()
    pattern: str = ""
    table: str = ""
    length: int | None = None
    ordered: bool = False
    guide: Guide | None = None
    aside: bool = False
    phrase: bool = False
    item: Spec | None = None
    block: type[Any] | None = None

    @property
    def is_required(self) -> bool:
        """Whether a file must give it."""
        return self.default is ...

    def start(self) -> Any:
        """The default, made anew where it is a list or a map."""
        made = self.default
        return made.factory() if isinstance(made, attrs.Factory) else made  # type: ignore[arg-type]

    @property
    def help(self) -> str:
        """A sentence for the reference: what stands under the field, else the block's docstring."""
        if self.text or self.home is None:
            return self.text
        module, owner = self.home
        whole = (self.block.__doc__ or "") if self.block else ""
        return docs(module).get((owner, self.name)) or " ".join(whole.split())

    def within(self, value: float) -> bool:
        """Whether a number lies in the range."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def covers(self, low: float, high: float) -> bool:
        """Whether the support of a distribution lies in the range, but for rounding."""
        slack = TINY * max(abs(self.low or 0), abs(self.high or 0), 1)
        return (self.low is None or low >= self.low - slack) and (
            self.high is None or high <= self.high + slack
        )

    @property
    def range_rule(self) -> str:
        """The range in words."""
        if self.low is None:
            return f"must be at most {self.high:g}"
        if self.high is None:
            return f"must be at least {self.low:g}"
        return f"must be in [{show(self.low)}, {show(self.high)}]"

    def fault(self, value: object) -> str:
        """The rule that a Python value breaks, in words; empty if it keeps them all."""
        if value is None:
            return "" if self.optional else "must be given"
        return _FAULTS[self.form](self, value)


@cache
def docs(module: str) -> Mapping[tuple[str, str], str]:
    """The texts that stand under the fields of a module's classes, by class and field."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {
        (made.name, field.target.id): " ".join(ast.literal_eval(text.value).split())
        for made in tree.body
        if isinstance(made, ast.ClassDef)
        for field, text in pairwise(made.body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
    }


def show(value: float) -> str:
    """A number as a person would write it."""
    whole = isinstance(value, int) or (float(value).is_integer() and abs(value) < 1e15)
    return str(int(value)) if whole else repr(float(value))


def _number(spec: Spec, value: object) -> str:
    if not isinstance(value, Quantity):
        return "must be a Quantity"
    if spec.unit not in (value.unit, OF_PATH):
        return f"must be in {spec.unit}"
    if not math.isfinite(value.value):
        return "must be a finite number"
    inside = spec.covers(value.low, value.high) if value.dist else spec.within(value.value)
    return "" if inside else spec.range_rule


def _text(spec: Spec, value: object) -> str:
    if not isinstance(value, str):
        return "must be text"
    if len(value) > LONGEST_TEXT or (spec.is_required and not value.strip()):
        return f"must be text of 1 to {LONGEST_TEXT} characters"
    named = spec.pattern and re.fullmatch(spec.pattern, value)
    if spec.among and value not in spec.among and not named:
        return f"must be one of {', '.join(spec.among)}{' or module:Class' if spec.pattern else ''}"
    return "" if named or spec.among or not spec.pattern else NAME_RULES[spec.pattern]


def _whole(spec: Spec, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        return "must be a whole number"
    if spec.among and value not in spec.among:
        return "must be " + " or ".join(str(v) for v in spec.among)
    return "" if spec.within(value) else spec.range_rule


def _real(spec: Spec, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "must be a number"
    if not math.isfinite(value):
        return "must be a finite number"
    return "" if spec.within(value) else spec.range_rule


def _flag(spec: Spec, value: object) -> str:
    return "" if isinstance(value, bool) else "must be true or false"


def _date(spec: Spec, value: object) -> str:
    day = isinstance(value, date) and not isinstance(value, datetime)
    return "" if day else "must be a date like 2026-02-27"


def _days(spec: Spec, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        return 'must be a whole number of days, like 180, "180 days" or "26 weeks"'
    return "" if spec.within(value) else f"{spec.range_rule} days"


def _block(spec: Spec, value: object) -> str:
    assert spec.block is not None
    return "" if isinstance(value, spec.block) else f"must be a {spec.block.__name__}"


def _map(spec: Spec, value: object) -> str:
    if not isinstance(value, dict):
        return "must be a mapping from names"
    return _first((f"{key}: ", spec.item, item) for key, item in value.items())


def _list(spec: Spec, value: object) -> str:
    if not isinstance(value, list):
        return "must be a list"
    if spec.length is not None and len(value) != spec.length:
        return f"must have {spec.length} items"
    return _first((f"{i}: ", spec.item, item) for i, item in enumerate(value))


def _first(items: Any) -> str:
    """The first fault among the items of a map or list, with the place of the item."""
    faults = (place + rule for place, spec, item in items if (rule := spec.fault(item)))
    return next(faults, "")


_FAULTS: Mapping[str, Callable[[Spec, object], str]] = {
    "number": _number,
    "text": _text,
    "whole": _whole,
    "real": _real,
    "flag": _flag,
    "date": _date,
    "days": _days,
    "block": _block,
    "map": _map,
    "list": _list,
}
