"""What pyproject.toml cannot say: a package carries the scenarios that lie beside it."""

from setuptools import find_namespace_packages, setup

setup(
    packages=[
        *find_namespace_packages(include=["sim", "sim.*", "calibration", "calibration.*"]),
        "sim.scenario.bundled",
    ],
    package_dir={"sim.scenario.bundled": "scenarios"},
)
