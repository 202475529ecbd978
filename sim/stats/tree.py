"""A small tree of yes-or-no questions that tells classes apart, with honest shares.

Half of the sample chooses the questions, the other half alone gives the shares and intervals in the
leaves: shares from the half that chose would be too good (honest trees, Athey and Imbens (2016),
Proc. Natl. Acad. Sci. 113:7353). At each place stands the question with the greatest information
gain (Quinlan (1986), Mach. Learn. 1:81), if that is more than chance would give: the gain makes the
statistic of the likelihood-ratio test, and its p value, times the number of questions that were
tried there (Bonferroni (1936)), must be at most `SURE`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

#: Questions one after the other; a deeper tree is not read.
DEEPEST = 3
#: Least rows of either half in a branch, and the share of the half.
FEWEST, LEAST = 30, 0.05
SURE = 0.01
Flags = NDArray[np.bool_]
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Node:
    """A place in the tree.

    Attributes
    ----------
    counts : (classes,) rows of the honest half
    grown : rows of the half that chose
    question : number of the question that divides it, None in a leaf
    gain : information gain of that question, in bits
    yes, no : what follows, None in a leaf
    """

    counts: Codes
    grown: int
    question: int | None = None
    gain: float = 0.0
    yes: Node | None = None
    no: Node | None = None

    @property
    def n(self) -> int:
        """Rows of the honest half."""
        return int(self.counts.sum())

    def walk(self, path: Sequence[tuple[int, bool]] = ()) -> Iterator[tuple[Path, Node]]:
        """Every place with the answers that lead there, the yes before the no."""
        yield tuple(path), self
        if self.question is not None and self.yes is not None and self.no is not None:
            yield from self.yes.walk((*path, (self.question, True)))
            yield from self.no.walk((*path, (self.question, False)))


Path = tuple[tuple[int, bool], ...]


def grow(answers: Flags, ends: Codes, classes: int, chooses: Flags) -> Node:
    """The tree.

    Parameters
    ----------
    answers : (n, questions) whether each question is answered with yes; of equal gains the first
        question is taken
    ends : (n,) class of each row, from 0
    classes : their number
    chooses : (n,) whether a row is of the half that chooses the questions
    """
    least = max(FEWEST, LEAST * min(int(chooses.sum()), int((~chooses).sum())))

    def node(rows: Flags, depth: int) -> Node:
        chosen, honest = rows & chooses, rows & ~chooses
        counts = np.bincount(ends[honest], minlength=classes).astype(np.int64)
        leaf = Node(counts, int(chosen.sum()))
        if depth == DEEPEST:
            return leaf
        best, gain = _best(answers, ends, classes, (chosen, honest), least)
        if best is None:
            return leaf
        yes = answers[:, best]
        return Node(
            counts,
            leaf.grown,
            best,
            gain,
            node(rows & yes, depth + 1),
            node(rows & ~yes, depth + 1),
        )

    return node(np.ones(len(ends), dtype=bool), 0)


def _best(
    answers: Flags, ends: Codes, classes: int, halves: tuple[Flags, Flags], least: float
) -> tuple[int | None, float]:
    """The question with the greatest gain and that gain; None where none beats chance."""
    chosen, honest = halves
    n = int(chosen.sum())
    sizes = [answers[half].sum(axis=0) for half in halves]
    totals = (n, int(honest.sum()))
    fit = np.all(
        [
            (size >= least) & (total - size >= least)
            for size, total in zip(sizes, totals, strict=True)
        ],
        axis=0,
    )
    tried = np.flatnonzero(fit)
    if not len(tried):
        return None, 0.0
    one_hot = np.eye(classes)[ends[chosen]]
    yes = answers[np.ix_(chosen, tried)].astype(np.float64).T @ one_hot
    whole = one_hot.sum(axis=0)
    gains = (_spread(whole[None]) - _spread(yes) - _spread(whole - yes)) / n
    best = int(np.argmax(np.round(gains, 12)))
    free = int((whole > 0).sum()) - 1
    if free < 1:
        return None, 0.0
    p = float(chdtrc(free, 2 * n * np.log(2) * gains[best])) * len(tried)
    return (int(tried[best]), float(gains[best])) if p <= SURE else (None, 0.0)


def _spread(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Entropy in bits of each row of counts, times the row's sum."""
    total = counts.sum(axis=1, keepdims=True)
    share = np.divide(counts, total, out=np.ones_like(counts), where=(total > 0) & (counts > 0))
    found: NDArray[np.float64] = -(counts * np.log2(share)).sum(axis=1)
    return found
