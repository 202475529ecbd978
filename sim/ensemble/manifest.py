"""The manifest of a results folder: whose results these are, and what must agree to add more."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from sim.engine import jit
from sim.engine.cache import sources
from sim.errors import StoreError
from sim.files import reason, write_file
from sim.scenario import Scenario
from sim.version import __version__, versions

MANIFEST = "manifest.json"

#: What must be the same for replications to belong together, and what to call it.
AGREE = {
    "digest": "digest of the scenario",
    "seed": "seed",
    "engine": "version of the rules (digest of their text)",
    "policies": "version of the Python policies",
    "design": "design",
}
AGREE_VERSIONS = ("escalation", "numpy", "scipy", "numba")

_LIBRARIES = ("numpy", "scipy", "numba", "pandas", "pyarrow", "mesa")
#: The largest value of each number of a manifest; none is below 0.
_NUMBERS = {"seed": 2**64 - 1, "replications": 10**7, "runs": 10**13, "failed": 10**13}
#: Objects of names and texts; `environment` has truths too.
_OBJECTS = ("versions", "environment", "policies", "design", "checksums")
_SHOWN = 12  # digits of a digest that a message shows
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SHOWN_WRONG = 60  # characters of a wrong value that a message shows


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a results folder says of itself.

    `engine` is the digest of the text of the rules, `policies` those of the files of Python
    policies by path, `environment` what machine code depends on; `command` the call that made it.
    `design` (digest of the `points`, `draws`) and `replications` at each point are there in a study
    of many points. `runs` replications lie in the tables, `failed` of them without measures.
    `checksums` are the seals (`sim/ensemble/seal.py`) of finished chunks, by their range, and of
    tables, by their names.

    A field is None where a file has none: one that another version of the program wrote.
    """

    created_by: str | None = None
    scenario: str | None = None
    title: str | None = None
    digest: str | None = None
    seed: int | None = None
    engine: str | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str | bool] = field(default_factory=dict)
    policies: Mapping[str, str] | None = None
    command: str | None = None
    design: Mapping[str, str] | None = None
    replications: int | None = None
    runs: int = 0
    failed: int = 0
    checksums: Mapping[str, str] | None = None

    @property
    def identity(self) -> str:
        """What must be the same for replications to belong together, as text for seals."""
        agree = {name: getattr(self, name) for name in AGREE}
        libraries = {name: self.versions.get(name) for name in AGREE_VERSIONS}
        return json.dumps([agree, libraries], sort_keys=True)

    def as_json(self) -> str:
        """The text of the file; a field of a design is left out where there is none."""
        values = asdict(self)
        for name in ("design", "replications", "checksums"):
            if values[name] is None:
                del values[name]
        return json.dumps(values, indent=2, ensure_ascii=False) + "\n"


def manifest_for(
    scenario: Scenario, seed: int, policies: Mapping[str, str] | None, command: str | None
) -> Manifest:
    """The manifest of a run by this process, with no replications yet."""
    return Manifest(
        created_by=f"escalation {__version__}",
        scenario=scenario.id,
        title=scenario.title,
        digest=scenario.digest,
        seed=seed,
        engine=rules_digest(),
        versions=versions(*_LIBRARIES),
        environment=jit.environment(),
        policies=policies,
        command=command,
    )


@cache
def rules_digest() -> str:
    """Digest of the text of the rules, as this process read it: tells one version from another."""
    digest = hashlib.sha256()
    for path in sources():
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def what_runs() -> list[str]:
    """What must be the same in all workers of a run: rules, and what computes with them."""
    libraries = versions(*_LIBRARIES)
    return [rules_digest(), *(libraries.get(name, "none") for name in AGREE_VERSIONS)]


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a results folder, None if there is none.

    Raises
    ------
    StoreError : if it cannot be read, or is no manifest
    """
    path = folder / MANIFEST
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {reason(error)}") from error
    except (ValueError, RecursionError) as error:
        raise StoreError(f"{path}: must be JSON: {error} (choose another --out)") from error
    if not isinstance(values, dict):
        raise StoreError(f"{path}: must be an object of names and values (choose another --out)")
    known = {one.name for one in fields(Manifest)} & values.keys()
    return Manifest(
        **{name: _check(path, name, values[name]) for name in known if values[name] is not None}
    )


def _check(path: Path, name: str, value: Any) -> Any:
    """A value of the file, if it is of the kind that the field has."""
    if name in _NUMBERS:
        fits = type(value) is int and 0 <= value <= _NUMBERS[name]
        words = f"a whole number from 0 to {_NUMBERS[name]}"
    elif name in _OBJECTS:
        kinds = (str, bool) if name == "environment" else (str,)
        fits = isinstance(value, dict) and all(type(one) in kinds for one in value.values())
        words = "an object of names and texts"
    else:
        fits, words = isinstance(value, str), "text"
    if not fits:
        given = repr(value)
        given = given if len(given) <= _SHOWN_WRONG else given[:_SHOWN_WRONG] + "..."
        raise StoreError(f"{path}: {name}: must be {words}, got {given} (choose another --out)")
    if isinstance(value, dict):
        return {_line(one): _line(word) for one, word in value.items()}
    return _line(value)


def _line(value: Any) -> Any:
    """A text that prints as one line: what lies in a folder may be a stranger's."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest into a results folder."""
    write_file(folder / MANIFEST, manifest.as_json())


def check_agreement(folder: Path, there: Manifest, here: Manifest) -> None:
    """Refuse to mix: raise a `StoreError` with everything in which a folder and a run differ."""
    wrong = [
        f"{words} {_short(getattr(there, name))} there, {_short(getattr(here, name))} here"
        for name, words in AGREE.items()
        if getattr(there, name) != getattr(here, name)
    ]
    wrong += [
        f"{name} {there.versions.get(name)} there, {here.versions.get(name)} here"
        for name in AGREE_VERSIONS
        if there.versions.get(name) != here.versions.get(name)
    ]
    if wrong:
        raise StoreError(
            f"{folder}: holds results that must not be mixed with these: {'; '.join(wrong)} "
            "(choose another --out, or discard them with --fresh)"
        )


def _short(value: object) -> str:
    """Enough of a digest, or of several by name, to tell two apart."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_short(one)}" for name, one in value.items())
    return value[:_SHOWN] if isinstance(value, str) else str(value)
