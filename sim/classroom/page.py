"""Pages for the classroom: one file each, with style, script and data inside, written whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import ModelError
from sim.words import words

if TYPE_CHECKING:
    from markupsafe import Markup

    from sim.words import Words

HERE = Path(__file__).parent / "templates"
ENDINGS = (".html", ".htm")


def render(template: str, words: Words, part: str, **values: Any) -> str:
    """Fill a template of `sim/classroom/templates`.

    It can say `t(...)` for the words of its own part of the section classroom, and
    `words.text(...)` for all others; `own(name)` puts a file beside it in as it stands; `say` are
    the words for its script.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("sim.classroom"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(
        words=words,
        t=lambda key, **known: words.text(f"classroom.{part}.{key}", **known),
        own=own,
        say=embedded(script_words(words, part)),
        **values,
    )


def script_words(words: Words, part: str) -> dict[str, Any]:
    """The words of a page's script by dotted key, and the locale that counts and writes dates."""
    return {
        **words.section("common", "vocabulary", "narration.trace", f"classroom.{part}"),
        "locale": words.tag,
    }


def own(name: str) -> Markup:
    """A style or script of ours, as it stands."""
    from markupsafe import Markup

    return Markup((HERE / name).read_text(encoding="utf-8"))


def scripts(names: Sequence[str]) -> Markup:
    """Scripts one after the other, in a scope of their own."""
    from markupsafe import Markup

    return Markup('(() => {\n"use strict";\n' + "\n".join(own(name) for name in names) + "\n})();")


def embedded(value: Any) -> Markup:
    """JSON that can stand inside a script element, whatever texts are in it."""
    from markupsafe import Markup

    return Markup(
        json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    )


def fit(out: Path, endings: Sequence[str] = ENDINGS) -> None:
    """Raise a `ModelError` if a file with one of these endings cannot be written there, before the work begins."""
    if out.suffix.lower() not in endings:
        raise ModelError(
            f"--out: must be a file that ends in {words().join(endings, 'or')}, got {out}"
        )
    if out.is_dir():
        raise ModelError(f"--out: must be a file, got the folder {out}")
    if not out.parent.is_dir():
        raise ModelError(
            f"--out: must lie in a folder that exists, got {out} (make {out.parent} first)"
        )
    if not os.access(out.parent, os.W_OK) or (out.exists() and not os.access(out, os.W_OK)):
        raise ModelError(f"--out: must lie where files can be written, got {out}")


def write(out: Path, text: str) -> None:
    """Put a page in its place; who reads it meanwhile sees the old one or the new one."""
    partial = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        partial.write_text(text, encoding="utf-8")
        os.replace(partial, out)
    finally:
        partial.unlink(missing_ok=True)
