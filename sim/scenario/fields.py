"""The words in which `schema/` describes a scenario file: blocks, and the kinds of field in them.

Every kind of field returns an attrs field that carries a `Spec`. Reader, resolver, JSON Schema and
reference page all walk the specs, so that nothing about a field is said twice. What a field means
stands under it, as a text of its own.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Self, Union, get_args, get_origin, get_type_hints

import attrs

from sim.errors import ModelError
from sim.scenario.spec import OF_PATH, Guide, Quantity, Spec

#: Keys by which a block says where those of its numbers come from that do not say it themselves.
CITE = ("source", "assumed")
Days = int
Number = Quantity


@attrs.frozen(slots=False, kw_only=True, init=False, eq=False)
class Block:
    """A mapping of a scenario file with known keys; cannot be changed once made.

    A subclass is a frozen attrs record whose fields are checked when one is made.

    Raises
    ------
    ModelError : if a field is not what its `Spec` demands
    """

    def __init_subclass__(cls) -> None:
        attrs.frozen(cls, slots=False, kw_only=True)

    if TYPE_CHECKING:

        def __init__(self, **fields: Any) -> None: ...

    @classmethod
    def partial(cls, fields: dict[str, Any]) -> Self:
        """A block in a file that will be refused.

        The reader's alone, so that it can go on checking.

        It skips the checks, since None stands where a value was wrong.
        """
        made = cls.__new__(cls)
        vars(made).update(fields)
        return made


def _check(block: Block, field: attrs.Attribute[Any], value: object) -> None:
    if rule := _read(type(block))[1][field.name].fault(value):
        raise ModelError(f"{type(block).__name__}.{field.name}: {rule}, got {value!r}"[:400])


def _field(spec: Spec) -> Any:
    """An attrs field that carries its spec."""
    default = attrs.NOTHING if spec.is_required else spec.default
    return attrs.field(default=default, validator=_check, metadata={"spec": spec})


def number(
    default: Any = ...,
    *,
    unit: str,
    low: float | None,
    high: float | None,
    help: str = "",
    source: str | None = None,
    assumed: str | None = None,
    guide: Guide | None = None,
    aside: bool = False,
) -> Any:
    """A number with unit, range and provenance: a slot of the world, set by its dotted path.

    Parameters
    ----------
    default : value taken if the file gives none, in `unit`; left out means that the file must give
        it
    unit : the only unit in which a file may state it
    low, high : closed range, None for no bound; a distribution's support must lie in it
    help : what it is, for a number that has no line of its own to stand under
    source, assumed : where the default comes from
    guide : what to write where nobody has measured it
    aside : whether it moves no result
    """
    if default is not ... and default is not None:
        default = Quantity(float(default), None, unit, source, assumed, default=True)
    return _field(
        Spec(
            *("number", help),
            default=default,
            unit=unit,
            low=low,
            high=high,
            guide=guide,
            aside=aside,
        )
    )


def word(
    default: Any = ...,
    *,
    low: float | None = None,
    high: float | None = None,
    among: Sequence[str] = (),
    pattern: str = "",
    length: int | None = None,
    aside: bool = False,
) -> Any:
    """A plain value, whose annotation says what: text, a number, a date, or a list of them.

    Parameters
    ----------
    among : the texts allowed; with `pattern`, texts of that regular expression are allowed too
    pattern : without `among`, the only texts allowed
    low, high : closed range of a number
    length : exact length of a list
    aside : whether it is said about the scenario and moves no result
    """
    bounds: dict[str, Any] = {"low": low, "high": high, "length": length, "aside": aside}
    return _field(Spec("", default=default, among=tuple(among), pattern=pattern, **bounds))


def phrase(default: Any = ..., *, aside: bool = False) -> Any:
    """Text for readers, which other languages say in their own words; see `word`."""
    return _field(Spec("text", default=default, aside=aside, phrase=True))


def flag(default: Any = ...) -> Any:
    """True or false."""
    return _field(Spec("flag", default=default))


def days(default: Any = ..., *, low: int, high: int) -> Any:
    """A length of time: a whole number of days, or a text like "26 weeks"."""
    return _field(Spec("days", default=default, unit="days", low=low, high=high))


def link(table: str, default: Any = ..., *, aside: bool = False) -> Any:
    """The name of an entry of a table.

    Tables are states, groups, sectors, mediators, sources, and actors (states, groups, mediators).
    """
    return _field(Spec("text", default=default, table=table, aside=aside))


def links(table: str, item: Any = None, *, length: int | None = None) -> Any:
    """Names of entries of a table: a list, or a map to `item` (a block class or a `number`)."""
    inner = None
    if isinstance(item, type):
        inner = Spec("block", block=item)
    elif item is not None:
        inner = item.metadata["spec"]
    default = ... if length else attrs.Factory(dict if inner else list)
    form = "map" if inner else "list"
    return _field(Spec(form, default=default, table=table, length=length, item=inner))


def settings() -> Any:
    """Numbers by dotted path: values that other numbers take, in their units and ranges."""
    help = "What the number at this path becomes, in its unit and its range."
    item = Spec("number", help, unit=OF_PATH)
    return _field(Spec("map", default=attrs.Factory(dict), item=item))


def each(
    kind: Any,
    default: Any = ...,
    *,
    key: str = "",
    table: str = "",
    ordered: bool = False,
    aside: bool = False,
    phrase: bool = False,
) -> Any:
    """A block, or a list or map of blocks or plain values; empty (or all defaults) unless given.

    `key` is the field's key in a file, where Python has that word for itself; `table` what the keys
    of a map refer to; `ordered` marks a map whose order has a meaning, `aside` what moves no
    result, `phrase` texts for readers: the items of a list, the keys of a map.
    """
    empty = attrs.Factory(get_origin(kind) or kind)
    made = empty if default is ... else default
    about: dict[str, Any] = {"table": table, "ordered": ordered, "aside": aside, "phrase": phrase}
    return _field(Spec("", key=key, default=made, **about))


def specs(block: type[Block]) -> dict[str, Spec]:
    """The fields of a block by the key that a file uses, in the order of the schema."""
    return _read(block)[0]


def _specs(block: type[Block]) -> tuple[dict[str, Spec], dict[str, Spec]]:
    """The fields of a block, by key and by attribute."""
    hints = get_type_hints(block)
    home = (block.__module__, block.__name__)
    found = []
    for field in attrs.fields(block):
        name, spec = field.name, _with_type(field.metadata["spec"], hints[field.name])
        found.append(attrs.evolve(spec, name=name, key=spec.key or name, home=home))
    return {spec.key: spec for spec in found}, {spec.name: spec for spec in found}


# mypy does not see that a class can be hashed
_read: Callable[[type[Block]], tuple[dict[str, Spec], dict[str, Spec]]]
_read = cache(_specs)  # type: ignore[assignment]


PLAIN = {str: "text", int: "whole", float: "real", bool: "flag", date: "date", Quantity: "number"}


def _with_type(spec: Spec, hint: Any) -> Spec:
    """The spec completed from the annotation."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        kind = next(a for a in inside if a is not type(None))
        return attrs.evolve(_with_type(spec, kind), optional=True)
    if origin is Literal:
        form = "text" if isinstance(inside[0], str) else "whole"
        return attrs.evolve(spec, form=form, among=inside)
    if origin is list:
        bounds: dict[str, Any] = {"low": spec.low, "high": spec.high, "among": spec.among}
        item = _with_type(Spec("", table=spec.table, phrase=spec.phrase, **bounds), inside[0])
        return attrs.evolve(spec, form="list", item=item, table="", low=None, high=None, among=())
    if origin is dict:
        return attrs.evolve(spec, form="map", item=spec.item or _with_type(Spec(""), inside[1]))
    if spec.form:
        return spec
    if isinstance(hint, type) and issubclass(hint, Block):
        return attrs.evolve(spec, form="block", block=hint)
    return attrs.evolve(spec, form=PLAIN[hint])
