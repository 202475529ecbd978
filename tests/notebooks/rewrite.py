"""Execute the notebooks of the docs and keep their outputs: `python -m tests.notebooks.rewrite`.

The commit that holds them says why results moved.
"""

from __future__ import annotations

import sys

import nbformat

from tests.notebooks.execute import NOTEBOOKS, execute, read, texts


def main() -> None:
    for path in NOTEBOOKS:
        notebook = execute(path)
        same = texts(read(path)) == texts(notebook)
        nbformat.write(notebook, path)
        sys.stdout.write(f"{path.name}: {'as it was' if same else 'rewritten'}\n")


if __name__ == "__main__":
    main()
