"""What pyproject.toml cannot say: a package carries the scenarios, and the engine for browsers."""

from pathlib import Path

from setuptools import find_namespace_packages, setup
from setuptools.command.build_py import build_py

from build_backend import compile_engine

#: Where the scenarios lie in a package, and in a checkout: a folder and its subfolders.
FOLDERS = {"sim.scenario.bundled": "scenarios"} | {
    f"sim.scenario.bundled.{path.name}": path.as_posix()
    for path in sorted(Path("scenarios").iterdir())
    if path.is_dir()
}


class BuildWithEngine(build_py):
    """Copies the packages, then compiles the engine for the browser from the copy into the copy.

    Where it cannot be compiled, the wheel is built without it and one sentence says so: a page is
    one command of many, and that command then builds the engine when it is first asked to.
    """

    def run(self) -> None:
        super().run()
        if self.editable_mode:  # a checkout compiles it on first use, of the text as it is then
            return
        if why := compile_engine(Path(self.build_lib)):
            self.warn(f"the wheel is built without the engine for the browser. {why}")


setup(
    packages=[
        *find_namespace_packages(include=["sim", "sim.*", "calibration", "calibration.*"]),
        *FOLDERS,
    ],
    package_dir=FOLDERS,
    cmdclass={"build_py": BuildWithEngine},
)
