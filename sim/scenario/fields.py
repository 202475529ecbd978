"""The words in which `schema/` describes a scenario file: blocks, their fields, and numbers with their provenance.

Every helper returns a pydantic field that carries a `Spec`. Reader, resolver, JSON Schema and
reference page all walk the specs, so that nothing about a field is said twice.
"""

from __future__ import annotations

import ast
import inspect
import sys
import types
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field

from sim.scenario.distributions import Distribution

DEFAULT = "default"
#: Keys by which a block says where those of its numbers come from that do not say it themselves.
CITE = ("source", "assumed")
Days = int


@dataclass(frozen=True, slots=True)
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


Number = Quantity


@dataclass(frozen=True, slots=True)
class Spec:
    """What a value must be.

    `form` is one of number, text, whole, real, flag, date, days, block, map, list. `table` names
    what a text or the keys of a map refer to; `item` describes the items of a map or list, `block`
    the class of a block.
    """

    form: str
    help: str = ""
    name: str = ""
    default: Any = ...
    optional: bool = False
    unit: str = "1"
    low: float | None = None
    high: float | None = None
    among: tuple[Any, ...] = ()
    pattern: str = ""
    table: str = ""
    length: int | None = None
    item: Spec | None = None
    block: type[Block] | None = None

    @property
    def required(self) -> bool:
        """Whether a file must give it."""
        return self.default is ...


class Block(BaseModel):
    """A mapping of a scenario file with known keys; cannot be changed once made."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, populate_by_name=True
    )


@dataclass(frozen=True, slots=True)
class _Given:
    """What a helper said; the annotation of the field says the rest."""

    spec: Spec
    made: bool = False


def _field(spec: Spec, default: Any, alias: str | None = None, made: bool = False) -> Any:
    """A pydantic field that carries a spec; `made` if the default is made anew by the annotated type."""
    options: dict[str, Any] = {"alias": alias} if alias else {}
    info = Field(default_factory=default, **options) if made else Field(default, **options)
    info.metadata.append(_Given(replace(spec, default=... if made else default), made))
    return info


def number(
    default: Any = ...,
    *,
    unit: str,
    low: float,
    high: float,
    help: str = "",
    source: str | None = None,
    assumed: str | None = None,
) -> Any:
    """A number with unit, range and provenance: a slot of the world that can be set by its dotted path.

    Parameters
    ----------
    default : value taken if the file gives none, in `unit`; left out means that the file must give
        it
    unit : the only unit in which a file may state it
    low, high : closed range; a distribution's support must lie in it
    help : one sentence for the reference page
    source, assumed : where the default comes from
    """
    start = (
        default
        if default is ... or default is None
        else Quantity(float(default), None, unit, source, assumed, default=True)
    )
    return _field(Spec("number", help, unit=unit, low=low, high=high), start)


def word(
    default: Any = ...,
    *,
    help: str = "",
    low: float | None = None,
    high: float | None = None,
    among: Sequence[str] = (),
    pattern: str = "",
    length: int | None = None,
) -> Any:
    """A plain value, whose annotation says what: text, a whole or real number, a date, or a list of them.

    Parameters
    ----------
    among : the texts allowed; with `pattern`, texts of that regular expression are allowed too
    low, high : closed range of a number
    length : exact length of a list
    """
    return _field(
        Spec("", help, low=low, high=high, among=tuple(among), pattern=pattern, length=length),
        default,
    )


def flag(default: Any = ..., *, help: str = "") -> Any:
    """True or false."""
    return _field(Spec("flag", help), default)


def days(default: Any = ..., *, low: int, high: int, help: str = "") -> Any:
    """A length of time: a whole number of days, or a text like "26 weeks"."""
    return _field(Spec("days", help, unit="days", low=low, high=high), default)


def link(table: str, default: Any = ..., *, help: str = "") -> Any:
    """The name of an entry of a table: states, groups, sectors, mediators, sources, or actors (the first, second and fourth)."""
    return _field(Spec("text", help, table=table), default)


def links(table: str, item: Any = None, *, help: str = "", length: int | None = None) -> Any:
    """Names of entries of a table: a list of them, or a map from them to `item` (a block class or a `number`)."""
    inner = None
    if isinstance(item, type):
        inner = Spec("block", block=item)
    elif item is not None:
        inner = _given(item).spec
    spec = Spec("map" if inner else "list", help, table=table, length=length, item=inner)
    return (
        _field(spec, ..., made=False)
        if length
        else _field(spec, dict if inner else list, made=True)
    )


def each(kind: Any, default: Any = ..., *, help: str = "", alias: str | None = None) -> Any:
    """A block, or a list or map of blocks or plain values; empty (or all defaults) unless given."""
    if default is ...:
        return _field(Spec("", help), get_origin(kind) or kind, alias, made=True)
    return _field(Spec("", help), default, alias)


def _given(info: Any) -> _Given:
    return next(m for m in info.metadata if isinstance(m, _Given))


@cache
def docs(module: str) -> dict[tuple[str, str], str]:
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


@cache
def specs(block: type[Block]) -> dict[str, Spec]:
    """The fields of a block by the key that a file uses, in the order of the schema."""
    hints = get_type_hints(block)
    found = {}
    for name, info in block.model_fields.items():
        given = _given(info)
        spec = _typed(given.spec, hints[name])
        help = spec.help or docs(block.__module__).get((block.__name__, name), "")
        help = help or (spec.block.__doc__ or "" if spec.block else "")
        default = info.default_factory if given.made else spec.default
        found[info.alias or name] = replace(spec, name=name, help=help, default=default)
    return found


PLAIN = {str: "text", int: "whole", float: "real", bool: "flag", date: "date", Quantity: "number"}


def _typed(spec: Spec, hint: Any) -> Spec:
    """The spec completed from the annotation."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        kind = next(a for a in inside if a is not type(None))
        return replace(_typed(spec, kind), optional=True)
    if origin is Literal:
        return replace(spec, form="text" if isinstance(inside[0], str) else "whole", among=inside)
    if origin is list:
        item = _typed(
            Spec("", table=spec.table, low=spec.low, high=spec.high, among=spec.among), inside[0]
        )
        return replace(spec, form="list", item=item, table="", low=None, high=None, among=())
    if origin is dict:
        return replace(spec, form="map", item=spec.item or _typed(Spec(""), inside[1]))
    if spec.form:
        return spec
    if isinstance(hint, type) and issubclass(hint, Block):
        return replace(spec, form="block", block=hint)
    return replace(spec, form=PLAIN[hint])
