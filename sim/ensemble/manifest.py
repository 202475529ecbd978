"""The manifest of a results folder: whose results these are, and what must agree to add more."""

from __future__ import annotations

import hashlib
import json
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
_NUMBERS = ("seed", "replications", "runs", "failed")
_OBJECTS = ("versions", "environment", "policies", "design")
_SHOWN = 12  # digits of a digest that a message shows


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a results folder says of itself.

    `engine` is the digest of the text of the rules, `policies` those of the files of Python
    policies by path, `environment` what machine code depends on; `command` the call that made it.
    `design` (digest of the `points`, `draws`) and `replications` at each point are there in a study
    of many points. `runs` replications lie in the tables, `failed` of them without measures.

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

    def as_json(self) -> str:
        """The text of the file; a field of a design is left out where there is none."""
        values = asdict(self)
        for name in ("design", "replications"):
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
    except ValueError as error:
        raise StoreError(f"{path}: must be JSON: {error} (choose another --out)") from error
    if not isinstance(values, dict):
        raise StoreError(f"{path}: must be an object of names and values (choose another --out)")
    known = {one.name for one in fields(Manifest)} & values.keys()
    return Manifest(**{name: _check(path, name, values[name]) for name in known})


_WORDS = {int: "a whole number", dict: "an object", str: "text"}


def _check(path: Path, name: str, value: Any) -> Any:
    """A value of the file, if it is of the kind that the field has, or nothing."""
    kind = int if name in _NUMBERS else dict if name in _OBJECTS else str
    if value is None or isinstance(value, kind):
        return value
    words = _WORDS[kind]
    raise StoreError(f"{path}: {name}: must be {words}, got {value!r} (choose another --out)")


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
