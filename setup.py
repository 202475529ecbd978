"""What pyproject.toml cannot say: the scenarios beside the packages travel inside them when they are installed."""

from setuptools import find_namespace_packages, setup

setup(
    packages=[
        *find_namespace_packages(include=["sim", "sim.*", "calibration", "calibration.*"]),
        "sim.scenario.bundled",
    ],
    package_dir={"sim.scenario.bundled": "scenarios"},
)
