"""A user's own classes, named "module:Class", from files beside the scenario.

Loading a class runs its module. That happens when a model is made and the user has allowed it,
never when a scenario is read or checked.

The files become modules of a package with a private name, whose text is what `Source` has read.
Neither the search path nor the names of other modules change: nothing in the folder can stand in
for a module of the standard library or an installed one, and two folders can each have a module of
one name. `import helper` in such a file means a module of that name that Python has, else the file
beside it; `from . import helper` always means the file.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

from sim.engine.world import Template
from sim.errors import ModelError
from sim.model.agents import Actor, BorderCommand, Mediator, MilitantGroup, StateAgent
from sim.printable import one_line
from sim.scenario import Scenario
from sim.scenario.programs import (
    INIT,
    PRIVATE,
    Program,
    Source,
    public_name,
    read_source,
    require_consent,
)

#: The class of each kind of actor, by the first and last part of the path of its policy.
KINDS: Mapping[tuple[str, str], type[Actor]] = {
    ("states", "policy"): StateAgent,
    ("states", "command_policy"): BorderCommand,
    ("groups", "policy"): MilitantGroup,
    ("mediators", "policy"): Mediator,
}

_SOURCES: dict[str, Source] = {}  # by the name of its package


def check_class(path: str, value: object) -> type[Actor]:
    """The class, if it fits the actor whose policy stands at the path."""
    table, _, policy = path.split(".")
    kind = KINDS[table, policy]
    if not isinstance(value, type) or not issubclass(value, kind):
        got = value.__name__ if isinstance(value, type) else one_line(repr(value))
        raise ModelError(f"{path}: needs a subclass of sim.model.{kind.__name__}, got {got}")
    return value


def classes_of(
    template: Template,
    scenario: Scenario | None,
    given: Mapping[str, type[Actor]],
    *,
    allow_python: bool,
) -> dict[str, type[Actor]]:
    """The classes of actors with a mind of their own, by the path of their policy.

    Those given, else those that the scenario names, which `allow_python` consents to run.

    Raises
    ------
    ConsentError : if a class would have to be loaded and that is not allowed
    ModelError : if a class cannot be loaded or does not fit, or there is no such actor
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
    missing = [path for path in template.python_policies if path not in given]
    if missing and scenario is None:
        raise ModelError(
            f"{missing[0]}: {template.python_policies[missing[0]]} stands beside its scenario, and "
            "a template knows no folder: give the scenario, or the class by `policies`"
        )
    wanted = [one for one in scenario.programs if one.path in missing] if scenario else []
    require_consent(wanted, allowed=allow_python)
    named = load(wanted, read_source(wanted)) if wanted else {}
    return named | {path: check_class(path, cls) for path, cls in given.items()}


def load(wanted: Sequence[Program], source: Source) -> dict[str, type[Actor]]:
    """The classes of programs by the path of their policy; their consent was given.

    Raises
    ------
    ModelError : if a module cannot be imported, or has no such class, or the class does not fit
    """
    return {one.path: _load(one, source) for one in wanted}


def _load(program: Program, source: Source) -> type[Actor]:
    path, name, module = program.path, program.name, program.module
    class_name = name.partition(":")[2]
    package = _package(source)
    try:
        code = import_module(f"{package}.{module}")
    except ModuleNotFoundError as error:
        missing = one_line(public_name(error.name or str(error)))
        raise ModelError(
            f"{path}: {name}: {module} needs a module that is missing: {missing}"
        ) from error
    except (Exception, SystemExit) as error:
        words = one_line(f"{type(error).__name__}: {public_name(str(error))}")
        raise ModelError(f"{path}: {name}: importing {module} raised {words}") from error
    if not hasattr(code, class_name):
        raise ModelError(f"{path}: {name}: {module} has no class {class_name}")
    return check_class(path, getattr(code, class_name))


def _package(source: Source) -> str:
    """The name of the package of a source, which can be imported from then on."""
    name = PRIVATE + sha256(f"{source.folder} {source.digest}".encode()).hexdigest()[:16]
    if name not in _SOURCES:
        _SOURCES[name] = source
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.append(_Finder())
    return name


class _Finder(MetaPathFinder):
    """Finds modules of sources, by their private names and by no other."""

    def find_spec(
        self, fullname: str, path: object = None, target: object = None
    ) -> ModuleSpec | None:
        package, _, rest = fullname.partition(".")
        source = _SOURCES.get(package)
        if source is None:
            return None
        inside = rest.replace(".", "/")
        init = f"{inside}/{INIT}" if inside else ""
        if f"{inside}.py" in source.files:
            file = f"{inside}.py"
        elif init in source.files:
            file = init
        elif not inside or any(name.startswith(f"{inside}/") for name in source.files):
            file = ""
        else:
            return None
        loader = _TextLoader(package, source, file)
        return spec_from_loader(fullname, loader, is_package=file in ("", init))


class _TextLoader(Loader):
    """Runs a file of a source from the text that was read; `file` is empty for a bare folder."""

    def __init__(self, package: str, source: Source, file: str) -> None:
        self.package, self.source, self.file = package, source, file

    def create_module(self, spec: ModuleSpec) -> None:
        """Python's own kind of module."""

    def exec_module(self, module: ModuleType) -> None:
        if not self.file:
            return
        place = str(self.source.folder / self.file)
        module.__file__ = place
        module.__dict__["__builtins__"] = _builtins(self.package, self.source)
        code = compile(self.source.files[self.file], place, "exec", dont_inherit=True)
        exec(code, module.__dict__)


def _builtins(package: str, source: Source) -> dict[str, Any]:
    """Python's own, but `import`, which knows the files beside a module too."""

    def load_module(
        name: str,
        globals: Mapping[str, Any] | None = None,
        locals: Mapping[str, Any] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        if level or not _is_beside(name.partition(".")[0], package):
            return builtins.__import__(name, globals, locals, fromlist or (), level)
        found = builtins.__import__(f"{package}.{name}", globals, locals, fromlist or (), 0)
        return found if fromlist else sys.modules[f"{package}.{name.partition('.')[0]}"]

    return {**vars(builtins), "__import__": load_module}


@cache
def _is_beside(top: str, package: str) -> bool:
    """Whether a name means a file of the source, because Python has no module of that name."""
    source = _SOURCES[package]
    if not any(name == f"{top}.py" or name.startswith(f"{top}/") for name in source.files):
        return False
    if top in sys.stdlib_module_names:
        return False
    try:
        spec = find_spec(top)
    except (ImportError, ValueError):
        return True
    if spec is None or not spec.has_location or spec.origin is None:
        return True
    return Path(spec.origin).resolve().is_relative_to(source.folder)
