"""Read this project's docstrings for the reference pages.

A parameter stands there as `name : what it is` on one line, because its type is in the signature.
NumPy's style reads the text behind the colon as a type, so each line becomes a name and an indented
description here, and the type comes from the signature.
"""

from __future__ import annotations

import re
from typing import Any

import griffe

_HEAD = re.compile(
    r"^(Parameters|Attributes|Returns|Yields|Raises)\n-{3,}\n((?:.+\n?|\n(?=    ))*)", re.MULTILINE
)
_ENTRY = re.compile(r"^(\S[^:\n]*?) ?: (.*)$", re.MULTILINE)


def _section(match: re.Match[str], returns: str) -> str:
    title, body = match[1], match[2]
    rule = "-" * len(title)
    if title in ("Returns", "Yields"):
        text = "\n".join(f"    {line}" for line in body.strip("\n").split("\n"))
        return f"{title}\n{rule}\n{returns or 'value'}\n{text}\n"
    return f"{title}\n{rule}\n" + _ENTRY.sub(r"\1\n    \2", body)


class DescriptionsAfterColons(griffe.Extension):
    """Change the text of docstrings before they are parsed."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Rewrite the sections of one object's docstring."""
        if obj.docstring is not None:
            returns = str(getattr(obj, "returns", None) or "")
            obj.docstring.value = _HEAD.sub(
                lambda match: _section(match, returns), obj.docstring.value
            )
