"""Text of strangers, made fit for a terminal.

Names, titles, messages of exceptions and names of files come from whoever wrote them. A terminal
obeys the control characters in them: they move the cursor, hide lines, set the title of the window,
or answer in the user's place.
"""

from __future__ import annotations

import re

_ESCAPE_CODES = re.compile(
    r"""
    (?: \x1b\[ | \x9b ) [0-?]* [ -/]* [@-~]?             # CSI: colours, cursor
  | (?: \x1b[\]PX^_] | [\x90\x98\x9d-\x9f] )             # OSC, DCS, ...: window title, clipboard
    [^\x07\x1b\x9c\n]* (?: \x07 | \x1b\\ | \x9c )?
  | \x1b [ -/]* [0-~]?                                   # the others: reset, character set
    """,
    re.VERBOSE,
)
#: Control characters but tab and newline.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
#: Characters that reverse the order in which what follows is shown.
_REVERSALS = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: What JSON permits in a text, and a terminal obeys.
_RAW_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
MOST = 300  # characters of a foreign sentence


def printable(text: str) -> str:
    """The text without codes, and without characters that show it in another order."""
    return _REVERSALS.sub("", without_codes(text))


def without_codes(text: str) -> str:
    """The text without escape codes and control characters; its lines stay."""
    if text.isprintable():
        return text
    return _CONTROLS.sub("", _ESCAPE_CODES.sub("", text.replace("\r\n", "\n")))


def json_escaped(text: str) -> str:
    """The same JSON, with characters that could command a terminal by their numbers."""
    return _RAW_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def one_line(text: str, most: int = MOST) -> str:
    """The text on one line, cut after `most` characters."""
    line = " ".join(printable(text).split())
    return line if len(line) <= most else f"{line[: most - 3]}..."
