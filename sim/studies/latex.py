"""Tables for LaTeX with booktabs, in which all text is text, also where a stranger wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

#: Signs that no font of LaTeX has, and what stands for them.
_UNSAFE = {"\u2212": "$-$", "\u202f": "\\,", "\u00a0": "~", "\u2013": "--", "\u2019": "'"}


def tex_table(
    rows: Sequence[Sequence[str]], heads: Sequence[str], caption: str, label: str
) -> bytes:
    """A table with a caption.

    Parameters
    ----------
    rows : texts, the first column to the left, the others to the right
    heads : of the columns
    caption : below it
    label : what it is referred to by, after `tab:`
    """
    frame = pd.DataFrame([[_flat(cell) for cell in row] for row in rows], columns=list(heads))
    head = pd.DataFrame({"caption": [_flat(caption)]}).to_latex(
        index=False, header=False, escape=True
    )
    safe = re.search(r"\\midrule\n(.*?) \\\\\n\\bottomrule", head, re.DOTALL)
    text = frame.to_latex(
        index=False,
        escape=True,
        column_format="l" + "r" * (len(heads) - 1),
        caption=safe[1] if safe else label,
        label=f"tab:{label}",
        position="htbp",
    )
    for sign, tex in _UNSAFE.items():
        text = text.replace(sign, tex)
    return text.encode()


def _flat(text: str) -> str:
    """Text on one line, without signs that no font of LaTeX has."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split(" "))
