"""A user's own classes, named "module:Class", from the scenario's folder or installed modules.

Loading a class runs its module. That happens when a model is made, never when a scenario is read or
checked.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from threading import Lock
from types import ModuleType

from sim.engine.world import Template
from sim.errors import ModelError
from sim.model.agents import Actor, BorderCommand, Mediator, MilitantGroup, StateAgent

#: The class of each kind of actor, by the first and last part of the path of its policy.
KINDS: Mapping[tuple[str, str], type[Actor]] = {
    ("states", "policy"): StateAgent,
    ("states", "command_policy"): BorderCommand,
    ("groups", "policy"): MilitantGroup,
    ("mediators", "policy"): Mediator,
}


_one_at_a_time = Lock()  # modules of one name take turns in `sys.modules`


def check_class(path: str, value: object) -> type[Actor]:
    """The class, if it fits the actor whose policy stands at the path."""
    table, _, policy = path.split(".")
    kind = KINDS[table, policy]
    if not isinstance(value, type) or not issubclass(value, kind):
        got = value.__name__ if isinstance(value, type) else repr(value)
        raise ModelError(f"{path}: needs a subclass of sim.model.{kind.__name__}, got {got}")
    return value


def classes_of(
    template: Template, folder: Path | None, given: Mapping[str, type[Actor]]
) -> dict[str, type[Actor]]:
    """The classes of actors with a mind of their own, by the path of their policy.

    Those given, else those that the scenario names.
    """
    known = {
        *(
            f"states.{name}.{policy}"
            for name in template.states
            for policy in ("policy", "command_policy")
        ),
        *(f"groups.{name}.policy" for name in template.groups),
        *(f"mediators.{name}.policy" for name in template.mediators),
    }
    for path in given:
        if path not in known:
            raise ModelError(
                f"policies: {path} is no policy of this scenario; there are "
                f"{', '.join(sorted(known))}"
            )
    named = {
        path: load(path, name, folder)
        for path, name in template.python_policies.items()
        if path not in given
    }
    return named | {path: check_class(path, cls) for path, cls in given.items()}


def load(path: str, name: str, folder: Path | None) -> type[Actor]:
    """The class that a scenario names for an actor.

    Parameters
    ----------
    path : of the policy, such as "states.westmark.policy"
    name : "module:Class"
    folder : of the scenario, where the module is looked for first

    Raises
    ------
    ModelError : if the module cannot be imported, or if it has no such class, or if the class
        does not fit
    """
    module, _, class_name = name.partition(":")
    try:
        code = _from_folder(module, folder) or importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{module}.".startswith(f"{error.name}."):
            raise ModelError(
                f"{path}: {name}: {module} needs a module that is missing: {error.name}"
            ) from error
        places = f"{folder} or among the installed modules" if folder else "the installed modules"
        raise ModelError(f"{path}: {name}: there is no module {module} in {places}") from error
    except Exception as error:
        raise ModelError(
            f"{path}: {name}: importing {module} raised {type(error).__name__}: {error}"
        ) from error
    if not hasattr(code, class_name):
        raise ModelError(f"{path}: {name}: {module} has no class {class_name}")
    return check_class(path, getattr(code, class_name))


def digests(template: Template, folder: Path | None) -> dict[str, str]:
    """SHA-256 of the file of each class that a scenario names, by the path of its policy.

    A changed policy is another scenario. Files that the policy imports are not looked at. Runs no
    module, but the packages around it.
    """
    sums = {}
    for path, name in template.python_policies.items():
        module = name.partition(":")[0]
        file = _file(module, folder)
        if file is None:
            with suppress(ModuleNotFoundError):  # a run will say so
                spec = importlib.util.find_spec(module)
                file = (
                    Path(spec.origin)
                    if spec is not None and spec.has_location and spec.origin
                    else None
                )
        sums[path] = hashlib.sha256(file.read_bytes()).hexdigest() if file is not None else ""
    return sums


def _file(module: str, folder: Path | None) -> Path | None:
    """The module as a file of the folder, or None if there is no such file."""
    if folder is None:
        return None
    file = folder.resolve().joinpath(*module.split(".")).with_suffix(".py")
    return file if file.is_file() else None


def _from_folder(module: str, folder: Path | None) -> ModuleType | None:
    file = _file(module, folder)
    return None if file is None else _run(module, file, file.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _run(module: str, file: Path, _changed: int) -> ModuleType:
    """Run a file as a module of its own.

    The search path stays as it is, so that two folders can each have a module of one name.
    """
    spec = importlib.util.spec_from_file_location(module, file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} cannot be loaded")
    made = importlib.util.module_from_spec(spec)
    # dataclasses and the like look for their module by name
    with _one_at_a_time:
        hidden = sys.modules.get(module)
        sys.modules[module] = made
        try:
            spec.loader.exec_module(made)
        finally:
            del sys.modules[module]
            if hidden is not None:
                sys.modules[module] = hidden
    return made
