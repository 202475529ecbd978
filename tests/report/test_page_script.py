"""Modules of JavaScript become one script of a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.report.pages.script import join_modules, module_order


def write_modules(folder: Path, **texts: str) -> Path:
    """Write modules by name; gives the first."""
    for name, text in texts.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder / f"{next(iter(texts))}.js"


def test_each_module_stands_once_and_after_what_it_needs(tmp_path: Path) -> None:
    entry = write_modules(
        tmp_path,
        main='import { a } from "./a.js";\nimport { b } from "./b.js";\na(b);\n',
        a='import { b } from "./b.js";\nexport const a = () => b;\n',
        b="export let b = 1;\n",
    )
    assert [module.stem for module in module_order(entry)] == ["b", "a", "main"]


def test_imports_exports_and_types_do_not_reach_the_page(tmp_path: Path) -> None:
    entry = write_modules(
        tmp_path,
        main='import {\n  half,\n  Pair,\n} from "./a.js";\n\nconsole.log(half(2), Pair);\n',
        a="""// Halves.
/** @typedef {number} Number */

/**
 * @param {Number} x
 */
export function half(x) {
  const two = /** @type {2} */ (2);
  return x / two;
}
export class Pair {}
""",
    )
    assert (
        join_modules(entry)
        == """(() => {
"use strict";
// Halves.

function half(x) {
  const two = /** @type {2} */ (2);
  return x / two;
}
class Pair {}


console.log(half(2), Pair);
})();"""
    )


def test_a_circle_of_modules_is_refused_by_name(tmp_path: Path) -> None:
    entry = write_modules(
        tmp_path,
        main='import { a } from "./a.js";\n',
        a='import { b } from "./b.js";\n',
        b='import { a } from "./a.js";\n',
    )
    with pytest.raises(ValueError, match=r"circle: a\.js → b\.js → a\.js"):
        module_order(entry)


def test_a_missing_module_is_an_error(tmp_path: Path) -> None:
    entry = write_modules(tmp_path, main='import { a } from "./nowhere.js";\n')
    with pytest.raises(FileNotFoundError, match="nowhere"):
        module_order(entry)
