"""How every page of the project is made, whichever room it comes from.

A page is one HTML file that works from a disk without a network: style, scripts, data and pictures
are inside it. One layout (`templates/layout.html.j2`) writes the head, so that no page can lack its
Content-Security-Policy. The policy allows nothing but the styles and scripts that the project's own
files hold, each by its digest: if a text of a scenario ever got into a page as markup, a browser
would refuse to run or apply it, and to ask for anything outside.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from sim.ensemble.manifest import Manifest
from sim.report.figures import missing
from sim.report.pages.script import join_modules
from sim.version import versions

if TYPE_CHECKING:
    from sim.words import Words

OWN = "sim.report.pages"  # whose templates every page may use
_BEFORE, _AFTER = re.compile(r" (?=[;:?!»%])"), re.compile(r"(?<=«) ")
TEMPLATES, SCRIPTS = "templates", "scripts"
LIBRARIES = ("numpy", "scipy", "numba", "pandas", "matplotlib")  # whose versions a page names


@dataclass(frozen=True)
class Kind:
    """A kind of page.

    Attributes
    ----------
    template : its file
    part : of the words, in which templates say `t("key")`, such as `classroom.replay`
    styles : files of its style, in the order of use
    script : module of JavaScript that the page starts with; what it imports comes along
    package : whose folders `templates` and `scripts` hold all of these, if this one's do not
    frames : pages that it shows within itself, whose styles and scripts its policy allows too
    engine : whether it holds the engine: compiled code, and workers that it makes of its own text
    """

    template: str
    part: str
    styles: tuple[str, ...]
    script: str = ""
    package: str = OWN
    frames: tuple[Kind, ...] = ()
    engine: bool = False

    @property
    def style_text(self) -> str:
        """What its `style` element holds."""
        return _together(self.package, self.styles)

    @property
    def script_text(self) -> str:
        """What its `script` element holds, empty without one."""
        return join_modules(_module(self)) if self.script else ""


@dataclass(frozen=True)
class Provenance:
    """What a reader needs to make a page again: the call, and the versions behind its results."""

    command: str
    versions: Mapping[str, str]

    @classmethod
    def of(cls, manifest: Manifest, command: str = "") -> Provenance:
        """As a manifest has it; the call that is given and today's versions where it has none."""
        return cls(
            manifest.command or command,
            manifest.versions or versions(*LIBRARIES),
        )

    @property
    def versions_text(self) -> str:
        """The versions in one line."""
        return ", ".join(f"{name} {version}" for name, version in self.versions.items())


def render(kind: Kind, words: Words, data: Mapping[str, Any] | None = None, **values: Any) -> str:
    """Fill the template of a page.

    Parameters
    ----------
    kind : of the page
    words : the language of the page; templates say `words.text(key)`, or `t(key)` for their part
    data : what scripts read, by the id of the element that holds it as JSON
    values : what else the template names
    """
    missing.tell(words)  # what its figures lack
    style, script = kind.style_text, kind.script_text
    scripts = [one for one in (script, *(frame.script_text for frame in kind.frames)) if one]
    styles = [style, *(frame.style_text for frame in kind.frames)]
    return (
        environment(kind.package)
        .get_template(kind.template)
        .render(
            words=words,
            t=lambda key, **known: words.text(f"{kind.part}.{key}", **known),
            style=Markup(style),
            script=Markup(script),
            policy=Markup(policy(styles, scripts, engine=kind.engine)),
            data={name: as_json(value) for name, value in (data or {}).items()},
            **values,
        )
    )


@pass_context
def _unbroken(context: Context, value: Any) -> Any:
    """A text of a page whose signs stay on the line of the word that they belong to.

    French has a space before ; : ? ! and inside guillemets, at which a browser would break a line.
    """
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    words = context.get("words")
    if words is None or not words.language.startswith("fr"):
        return value
    return _BEFORE.sub("\u00a0", _AFTER.sub("\u00a0", value))


@cache
def environment(package: str = OWN) -> Environment:
    """The one way to read templates: texts are escaped, and a missing value is an error."""
    return Environment(
        loader=ChoiceLoader([PackageLoader(name) for name in dict.fromkeys((package, OWN))]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_unbroken,
    )


def policy(styles: Sequence[str], scripts: Sequence[str], *, engine: bool = False) -> str:
    """The Content-Security-Policy of a page that holds these styles and scripts and nothing else.

    Parameters
    ----------
    styles, scripts : the texts of its `style` and `script` elements, as they stand in the page
    engine : whether it compiles WebAssembly and makes workers of its own text
    """
    rules = ["default-src 'none'", "img-src data:", "base-uri 'none'", "form-action 'none'"]
    lists = {
        "style-src": [_digest(text) for text in styles],
        "script-src": [_digest(text) for text in scripts],
    }
    if engine:
        lists["script-src"].append("'wasm-unsafe-eval'")
        lists["worker-src"] = ["blob:"]
    rules += [f"{name} {' '.join(words)}" for name, words in lists.items() if words]
    return "; ".join(rules)


def as_json(value: Any) -> Markup:
    """JSON that can stand inside a script element, whatever texts are in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _together(package: str, names: Sequence[str]) -> str:
    """Files of a page, one after the other."""
    return "\n".join(_text(package, name) for name in names)


@cache
def _text(package: str, name: str) -> str:
    for home in (package, OWN):
        file = files(home) / TEMPLATES / name
        if file.is_file():
            return file.read_text(encoding="utf-8")
    raise FileNotFoundError(f"{package}: no file {name} in {TEMPLATES}")


def _module(kind: Kind) -> Path:
    """The file of the module that a page starts with."""
    return Path(str(files(kind.package) / SCRIPTS / kind.script))
