"""What a policy is asked, beside the table of the decision."""

from __future__ import annotations

from typing import NamedTuple


class Question(NamedTuple):
    """A decision as a policy sees it.

    options : rows of the decision table
    rationality : precision of a quantal choice, 1/utility
    state, rival : rows of the states concerned; NOBODY where nobody is answered
    """

    options: int
    rationality: float
    state: int
    rival: int
