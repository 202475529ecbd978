"""The script of a page: JavaScript modules joined into one text, so that a page stays one file.

A browser loads no module beside a page that was opened from disk, so the modules that the tests
import one by one go into the page as one script, without their imports and exports.
"""

from __future__ import annotations

import re
from pathlib import Path

IMPORT = re.compile(r'^import\s[^;]*?\sfrom "([^"]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|class|const|let)\b)", re.MULTILINE)
# documentation of types is for the checker; `(?!\*/).` keeps it from running past its own end
TYPES = re.compile(r"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*\n", re.MULTILINE | re.DOTALL)


def module_order(entry: Path) -> list[Path]:
    """Give a module and all that it imports, each once and after what it needs.

    Raises
    ------
    ValueError
        if modules import each other in a circle
    FileNotFoundError
        if an imported module is not there
    """
    order: list[Path] = []
    open_modules: list[Path] = []

    def visit(module: Path) -> None:
        if module in order:
            return
        if module in open_modules:
            circle = [*open_modules[open_modules.index(module) :], module]
            raise ValueError(f"modules in a circle: {' → '.join(one.name for one in circle)}")
        open_modules.append(module)
        for name in IMPORT.findall(module.read_text(encoding="utf-8")):
            visit((module.parent / name).resolve())
        order.append(open_modules.pop())

    visit(entry.resolve())
    return order


def join_modules(entry: Path) -> str:
    """Text of a module with all that it imports, in a scope of its own.

    The modules share that scope, so their names at top level have to differ.
    """
    texts = (module.read_text(encoding="utf-8") for module in module_order(entry))
    body = "\n".join(EXPORT.sub("", IMPORT.sub("", TYPES.sub("", text))) for text in texts)
    return f'(() => {{\n"use strict";\n{body}}})();'
