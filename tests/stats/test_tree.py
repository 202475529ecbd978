"""Outcome trees: a known one is found, noise grows none, and shares are honest."""

from __future__ import annotations

import numpy as np
import pytest

from sim.stats.tree import DEEPEST, FEWEST, SURE, Node, grow

ROWS = 800
HALF = np.arange(ROWS) % 2 == 0


def sample(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Answers to six questions; class 2 after a yes to question 3, else 0 or 1 by question 1."""
    answers = rng.random((ROWS, 6)) < 0.5
    ends = np.where(answers[:, 3], 2, answers[:, 1].astype(int))
    noise = rng.random(ROWS) < 0.1
    return answers, np.where(noise, rng.integers(3, size=ROWS), ends)


def test_a_known_tree_is_found() -> None:
    answers, ends = sample(np.random.default_rng(1))
    root = grow(answers, ends, 3, HALF)
    assert root.question == 3
    assert root.yes is not None
    assert root.no is not None
    assert root.yes.question is None
    assert root.no.question == 1
    assert [path for path, node in root.walk() if node.question is None] == [
        ((3, True),),
        ((3, False), (1, True)),
        ((3, False), (1, False)),
    ]


def test_counts_are_of_the_half_that_did_not_choose() -> None:
    answers, ends = sample(np.random.default_rng(2))
    root = grow(answers, ends, 3, HALF)
    assert root.counts.tolist() == np.bincount(ends[~HALF], minlength=3).tolist()
    assert (root.n, root.grown) == ((~HALF).sum(), HALF.sum())
    leaf = root.yes
    assert leaf is not None
    mine = ~HALF & answers[:, 3]
    assert leaf.counts.tolist() == np.bincount(ends[mine], minlength=3).tolist()


def test_noise_grows_no_tree_more_often_than_it_says() -> None:
    """At most 1 % of samples, and three binomial errors of 300 samples."""
    rng = np.random.default_rng(3)
    grown = [
        grow(rng.random((200, 20)) < 0.5, rng.integers(3, size=200), 3, HALF[:200]).question
        is not None
        for _ in range(300)
    ]
    assert np.mean(grown) <= SURE + 3 * np.sqrt(SURE * (1 - SURE) / 300)


def test_shares_of_the_choosing_half_would_be_too_good() -> None:
    """What the rule is for: where many questions are tried, the best looks better than it is."""
    rng, gaps = np.random.default_rng(4), []
    for _ in range(200):
        answers = rng.random((ROWS, 40)) < 0.5
        ends = (rng.random(ROWS) < np.where(answers[:, 0], 0.65, 0.35)).astype(np.int64)
        root = grow(answers, ends, 2, HALF)
        for path, node in root.walk() if root.question is not None else ():
            if node.question is None and len(path) == DEEPEST:
                rows = np.ones(ROWS, dtype=bool)
                for question, yes in path:
                    rows &= answers[:, question] == yes
                truth = 0.65 if (0, True) in path else 0.35
                seen, honest = ends[rows & HALF].mean(), node.counts[1] / node.n
                gaps.append((abs(seen - truth), abs(honest - truth)))
    if gaps:
        seen, honest = np.mean(gaps, axis=0)
        assert honest < seen


def test_a_branch_is_never_tiny_and_the_tree_never_deep() -> None:
    rng = np.random.default_rng(5)
    answers = rng.random((ROWS, 6)) < np.array([0.5, 0.5, 0.5, 0.5, 0.5, 0.05])
    ends = answers[:, :5].sum(axis=1) + 6 * answers[:, 5]
    root = grow(answers, ends, 12, HALF)
    nodes: list[tuple[tuple[tuple[int, bool], ...], Node]] = list(root.walk())
    assert max(len(path) for path, _ in nodes) == DEEPEST
    assert min(node.n for _, node in nodes) >= FEWEST
    assert min(node.grown for _, node in nodes) >= FEWEST
    assert all(5 not in dict(path) for path, _ in nodes)


def test_gain_by_hand() -> None:
    answers = np.repeat([[True], [False]], 100, axis=0)
    ends = np.repeat([0, 1], 100)
    root = grow(answers, ends, 2, np.arange(200) % 2 == 0)
    assert root.gain == pytest.approx(1.0)
