"""What pyproject.toml cannot say: a package carries the scenarios that lie beside it."""

from pathlib import Path

from setuptools import find_namespace_packages, setup

#: Where the scenarios lie in a package, and in a checkout: a folder and its subfolders.
FOLDERS = {"sim.scenario.bundled": "scenarios"} | {
    f"sim.scenario.bundled.{path.name}": path.as_posix()
    for path in sorted(Path("scenarios").iterdir())
    if path.is_dir()
}

setup(
    packages=[
        *find_namespace_packages(include=["sim", "sim.*", "calibration", "calibration.*"]),
        *FOLDERS,
    ],
    package_dir=FOLDERS,
)
