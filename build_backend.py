"""The build backend: setuptools, and what a wheel needs to compile the engine for the browser.

Only a wheel does. An editable install and an archive of the sources need nothing more than
setuptools. The ranges of versions stand in `pyproject.toml`, once.
"""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from setuptools import build_meta
from setuptools.build_meta import *  # noqa: F403

#: What `python -m sim.engine.wasm` imports, of the dependencies of the project.
COMPILERS = ("attrs", "babel", "numba", "numpy", "ruamel.yaml")


def get_requires_for_build_wheel(
    config_settings: dict[str, str | list[str] | None] | None = None,
) -> list[str]:
    """What has to be installed to build a wheel: the compilers, and a linker if there is none."""
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [each for each in project["dependencies"] if each.split(">")[0] in COMPILERS]
    if shutil.which("wasm-ld") is None:
        wanted += project["optional-dependencies"]["page"]
    return [*build_meta.get_requires_for_build_wheel(config_settings), *wanted]


def compile_engine(copy: Path) -> str | None:
    """Compile the engine for the browser from a copied package into it; why not, if it cannot be.

    The copy is a folder with all of `sim`, and what is compiled is its text.
    """
    for old in copy.glob("sim/engine/engine-*.wasm"):  # of a build before this one
        old.unlink()
    command = [sys.executable, "-B", "-m", "sim.engine.wasm", "--in-package"]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return None
    return (done.stderr.strip() or "no reason given").splitlines()[-1]
