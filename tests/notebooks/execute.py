"""Run a notebook of the docs in a kernel (ipykernel), from the root of the project."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
LONGEST = 900  # seconds of a cell, the first compilation among them


def read(path: Path) -> Any:
    """A notebook as it lies on the disk."""
    return nbformat.read(path, as_version=4)


def execute(path: Path) -> Any:
    """The notebook with the outputs of today; what other packages warn of is left out."""
    notebook = read(path)
    seen = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    NotebookClient(
        notebook,
        timeout=LONGEST,
        record_timing=False,
        resources={"metadata": {"path": str(ROOT)}},
    ).execute(env=os.environ | {"PYTHONPATH": seen})
    notebook.metadata.pop("language_info", None)  # names this machine's Python
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [one for one in cell.outputs if one.get("name") != "stderr"]
    return notebook


def texts(notebook: Any) -> list[str]:
    """What each code cell printed or gave, as text."""
    return [
        "".join(one.get("text") or one.data.get("text/plain", "") for one in cell.outputs)
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
