"""The bundled scenarios: where they lie, and the file of a name."""

from __future__ import annotations

from pathlib import Path


def folder() -> Path:
    """Folder of the bundled scenarios: in the installed package, or in a checkout."""
    here = Path(__file__).resolve().parent
    installed = here / "scenario" / "bundled"
    return installed if installed.is_dir() else here.parent / "scenarios"


def bundled_files() -> list[Path]:
    """Files of the bundled scenarios, those of subfolders too, by name."""
    return sorted(folder().rglob("*.yaml"), key=lambda path: path.stem)


def bundled_names() -> list[str]:
    """Names of the bundled scenarios."""
    return [path.stem for path in bundled_files()]


def file_of(name: str) -> Path | None:
    """The file of a bundled scenario, None if there is none of that name."""
    return next((path for path in bundled_files() if path.stem == name), None)
