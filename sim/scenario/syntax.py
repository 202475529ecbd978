"""What is wrong with a text that is no YAML, in words for somebody who writes one by hand."""

from __future__ import annotations

import re

#: What the parser complains of, what that is in plain words, and what to do about it; the first
#: that is found counts.
_COMPLAINTS = (
    (
        r"found character '\\t'",
        "a tab",
        "indent with spaces, and put one behind the colon",
    ),
    (
        r"found character '(?P<sign>.)' that cannot start",
        "a text that begins with {sign}",
        "put it in quotes",
    ),
    (
        r"expected alphabetic or numeric character",
        "a text that begins with * or &",
        "put it in quotes",
    ),
    (
        r"mapping values are not allowed here",
        "a colon where none can be",
        "a text with a colon needs quotes; names of one mapping begin in the same column, each "
        "with a colon and a space behind it",
    ),
    (
        r"sequence entries are not allowed here",
        "a list that begins behind a name",
        "begin it on the next line, or write [a, b]",
    ),
    (
        r"expected ',' or '(?P<sign>.)', but got (?P<got>.+)",
        "{got} where a comma or {sign} must stand",
        "{sign} is missing, or a comma, or quotes around a text with a colon or a quotation mark",
    ),
    (
        r"found unexpected end of stream",
        "the end of the file within quotes",
        "close the quotation mark; an apostrophe within '...' is written twice",
    ),
    (
        r"expected <block end>, but found '<scalar>'",
        "more text behind a closing quotation mark",
        'an apostrophe within \'...\' is written twice, a quotation mark within "..." as \\"',
    ),
    (
        r"expected <block end>, but found",
        "a line that belongs to nothing above",
        "what belongs together begins in the same column",
    ),
    (
        r"could not find expected ':'",
        "a line without a colon",
        "a name has a colon and a space behind it",
    ),
)


def complaint(problem: str) -> tuple[str, str]:
    """What was given and what to do, for a complaint of the parser of YAML.

    Parameters
    ----------
    problem : the parser's words

    Returns
    -------
    what was given, in plain words; a hint. The parser's own words and no hint where it complains
    of something that people seldom write
    """
    words = " ".join(problem.split())
    for pattern, given, hint in _COMPLAINTS:
        if found := re.search(pattern, words):
            parts = found.groupdict()
            return given.format(**parts), hint.format(**parts)
    return words, ""
