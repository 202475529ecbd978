"""The language as a JSON Schema, for completion and checks in editors.

It says what one value must be. What must hold between parts (names that exist, events between start
and release) only the reader checks.
"""

from __future__ import annotations

from functools import reduce
from typing import Any

from sim.scenario.build import has_numbers
from sim.scenario.distributions import FAMILIES, NAMES
from sim.scenario.fields import CITE, Block, specs
from sim.scenario.quantities import PROVENANCE
from sim.scenario.schema import ScenarioFile
from sim.scenario.spec import NAME, OF_PATH, Quantity, Spec, show

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]
#: 600_000 is a number to us and a text to most editors.
GROUPED: Schema = {"type": "string", "pattern": "^[1-9][0-9]{0,2}(_[0-9]{3})+$"}
WORDS = {
    "unit": "The unit of the field, as a reminder; any other is refused.",
    "source": "Key of the source that states the number.",
    "assumed": "Why the number is taken, where there is no source.",
    "note": "What is quoted, or what to beware of.",
    "claimed_by": "The party that claims it.",
    "from": "The file it came from, in a resolved form.",
}


#: What a file may say beside the fields of a scenario, and what it is.
AROUND = {
    "extends": (
        "A file in the same folder or below, or the name of a bundled scenario, whose fields are "
        "taken where this one gives none."
    ),
    "variants": (
        "Named variants: each says what differs, as a file that extends this one would, and "
        "has a label. FILE#NAME names one."
    ),
}


def schema_json() -> Schema:
    """The JSON Schema (draft 2020-12) of a scenario file, as plain Python objects."""
    defs: dict[str, Schema] = {
        "stated": _statement(),
        "distribution": _distribution(),
        "choices": _choices(),
    }
    root = _block(ScenarioFile, defs)
    root["properties"]["extends"] = {"type": "string", "description": AROUND["extends"]}
    root["properties"]["variants"] = {
        "type": "object",
        "description": AROUND["variants"],
        "propertyNames": {"pattern": f"^{NAME}$"},
        "additionalProperties": _nullable({"type": "object"}),
    }
    root["properties"]["from"] = {
        "type": "object",
        "description": "In a resolved form, the files that its leaves came from.",
    }
    if_whole = {
        "if": {"not": {"required": ["extends"]}},
        "then": {"required": root.pop("required")},
    }
    return {
        "$schema": DIALECT,
        "title": "Scenario",
        **root,
        "required": ["id"],
        **if_whole,
        "$defs": defs,
    }


def _block(block: type[Block], defs: dict[str, Schema]) -> Schema:
    """The schema of a mapping with known keys.

    No key is demanded below the top, as it may be inherited.
    """
    fields = specs(block)
    properties = {key: _describe(spec, _form(spec, defs)) for key, spec in fields.items()}
    for key in CITE if has_numbers(block) and block is not ScenarioFile else ():
        properties.setdefault(
            key,
            {
                "type": ["string", "null"],
                "description": f"For the numbers in here that state none: {WORDS[key]}",
            },
        )
    return {
        "type": "object",
        "description": " ".join((block.__doc__ or "").split()),
        "properties": properties,
        "required": [key for key, spec in fields.items() if spec.is_required],
        "additionalProperties": False,
    }


def _describe(spec: Spec, schema: Schema) -> Schema:
    """The schema of a field with its help, unit, range and default in words and in keywords."""
    if not spec.help:
        return schema
    facts = []
    if spec.form == "number":
        facts = [] if spec.unit == OF_PATH else [spec.unit]
        if spec.low is not None and spec.high is not None:
            facts.append(f"{show(spec.low)} to {show(spec.high)}")
        if isinstance(spec.default, Quantity):
            facts.append(
                f"default {show(spec.default.value)}: {spec.default.source or spec.default.assumed}"
            )
    words, guide = [spec.help], spec.guide
    if guide is not None:
        low, typical, high = map(show, (guide.low, guide.typical, guide.high))
        words.append(f"Usual: {low} to {high}, say {typical}: {guide.rule}.")
    if facts:
        words.append(f"[{'; '.join(facts)}]")
    described: Schema = {"description": " ".join(words), **schema}
    if guide is not None:
        described["examples"] = [guide.typical, guide.low, guide.high]
    if isinstance(spec.default, Quantity):
        described["default"] = spec.default.value
    elif isinstance(spec.default, bool | int | float | str):
        described["default"] = spec.default
    return described


def _form(spec: Spec, defs: dict[str, Schema]) -> Schema:
    if spec.form == "number":
        return _number(spec)
    if spec.form == "block" and spec.block is not None:
        name = spec.block.__name__
        if name not in defs:
            defs[name] = {}
            made = _block(spec.block, defs)
            made.pop("required")
            defs[name] = made
        return _nullable({"$ref": f"#/$defs/{name}"})
    if spec.form == "map" and spec.item is not None:
        items = _describe(spec.item, _form(spec.item, defs))
        names = (
            {"propertyNames": {"pattern": f"^{NAME}$"}} if spec.table not in ("", "sources") else {}
        )
        whole = {"type": "object", "additionalProperties": _nullable(items), **names}
        if spec.ordered:
            single = {**whole, "minProperties": 1, "maxProperties": 1}
            return {"anyOf": [{"type": "array", "items": single}, _nullable(whole)]}
        return _nullable(whole)
    if spec.form == "list" and spec.item is not None:
        length = {} if spec.length is None else {"minItems": spec.length, "maxItems": spec.length}
        return _nullable({"type": "array", "items": _form(spec.item, defs), **length})
    return _nullable(_plain(spec))


def _bounds(spec: Spec) -> Schema:
    ends = (("minimum", spec.low), ("maximum", spec.high))
    return {key: bound for key, bound in ends if bound is not None}


def _plain(spec: Spec) -> Schema:
    bounds = _bounds(spec)
    if spec.among:
        choice: Schema = {"enum": list(spec.among)}
        return (
            {"anyOf": [choice, {"type": "string", "pattern": f"^{spec.pattern}$"}]}
            if spec.pattern
            else choice
        )
    if spec.pattern:
        return {"type": "string", "pattern": f"^{spec.pattern}$"}
    if spec.form == "days":
        return {
            "anyOf": [
                {"type": "integer", **bounds},
                {"type": "string", "pattern": "^[0-9]+ *(days?|weeks?)$"},
            ]
        }
    forms: dict[str, Schema] = {
        "text": {"type": ["string", "number"]},
        "whole": {"type": "integer"},
        "real": {"type": "number"},
        "flag": {"type": "boolean"},
        "date": {"type": "string", "format": "date"},
    }
    return forms[spec.form] | bounds


def _nullable(schema: Schema) -> Schema:
    """A null in a file that extends another removes what it inherits."""
    return {"anyOf": [schema, {"type": "null"}]}


def _number(spec: Spec) -> Schema:
    plain = {"type": "number", **_bounds(spec)}
    unit = {} if spec.unit == OF_PATH else {"unit": {"const": spec.unit}}
    given = {
        "$ref": "#/$defs/stated",
        "properties": {"value": {"anyOf": [plain, GROUPED]}, **unit},
    }
    return {
        "anyOf": [
            plain,
            GROUPED,
            given,
            {"$ref": "#/$defs/distribution"},
            {"$ref": "#/$defs/choices"},
            {"type": "null"},
        ]
    }


def _words() -> dict[str, Schema]:
    return {key: {"type": "string", "description": WORDS[key]} for key in PROVENANCE}


def _statement() -> Schema:
    return {
        "type": "object",
        "description": "A number and where it comes from.",
        "properties": {"value": {"description": "The number."}, **_words()},
        "required": ["value"],
        "additionalProperties": False,
    }


def _distribution() -> Schema:
    shapes: dict[str, Schema] = reduce(
        lambda found, family: found | {p: {"type": "number"} for p in family.params},
        FAMILIES.values(),
        {},
    )
    friendly = "; ".join(
        f"{name} ({', '.join(family.params)})" for name, family in FAMILIES.items()
    )
    return {
        "type": "object",
        "description": (
            f"A distribution: {friendly}; or one of scipy.stats with its own parameters, loc and "
            "scale. low and high cut it off."
        ),
        "properties": {
            "dist": {"enum": list(NAMES)},
            **shapes,
            "low": {"type": "number"},
            "high": {"type": "number"},
            **_words(),
        },
        "required": ["dist"],
        "additionalProperties": {"type": "number"},
    }


def _choices() -> Schema:
    numbers = {"type": "array", "items": {"type": "number"}, "minItems": 1}
    return {
        "type": "object",
        "description": "One of a few values, equally likely unless probabilities are given.",
        "properties": {"values": numbers, "probabilities": numbers, **_words()},
        "required": ["values"],
        "additionalProperties": False,
    }
